"""Lab 2 with boto3: pictures uploaded to one bucket, thumbnails made by a
function into another."""
import base64
import datetime
import io
import json
import os
import sys
import urllib.request
import zipfile

from expect import WAIT, WORK, archive, becomes, client, equal, function_arn, holds, refused, resource, role, ACCOUNT

sys.path.insert(0, os.environ["CLIENTS"])
import picture  # noqa: E402

PICTURES, THUMBNAILS, NAME = "image-0815", "image-0815-resized", "Create-Thumbnail"
EVENT = {"Records": [{"s3": {"bucket": {"name": PICTURES}, "object": {"key": "HappyFace.jpg"}}}]}
GROUP = "/aws/lambda/" + NAME


def buckets(s3):
    """The two buckets, and the lab's picture in the first."""
    with refused("NoSuchBucket"):
        s3.meta.client.list_objects_v2(Bucket=PICTURES)
    for name in (PICTURES, THUMBNAILS):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        s3.Bucket(name).wait_until_exists()
    file = os.path.join(WORK, "HappyFace.jpg")
    s3.Bucket("awslab-assets").download_file("HappyFace.jpg", file)
    s3.Bucket(PICTURES).upload_file(file, "HappyFace.jpg", ExtraArgs={"ContentType": "image/jpeg"})
    there = s3.Object(PICTURES, "HappyFace.jpg")
    equal([there.content_type, there.content_length], ["image/jpeg", os.path.getsize(file)])
    return file


def updated(functions):
    functions.get_waiter("function_updated_v2").wait(FunctionName=NAME, WaiterConfig=WAIT)


def create(functions, s3):
    """The function with its trigger and its code; the handler is the old one still."""
    hello = "def lambda_handler(event, context):\n    return {'statusCode': 200, 'body': 'Hello from Lambda!'}\n"
    made = functions.create_function(
        FunctionName=NAME, Runtime="python3.14", Handler="lambda_function.lambda_handler",
        Role=role("lambda-execution-role"), Code={"ZipFile": archive("lambda_function.py", hello)},
    )
    equal(made["State"], "Pending")
    functions.get_waiter("function_active_v2").wait(FunctionName=NAME, WaiterConfig=WAIT)
    answer = functions.invoke(FunctionName=NAME, Payload=b"{}")
    equal(json.load(answer["Payload"]), {"statusCode": 200, "body": "Hello from Lambda!"})

    notification = s3.BucketNotification(PICTURES)
    wanted = {"LambdaFunctionConfigurations": [{
        "Id": "pictures", "LambdaFunctionArn": function_arn(NAME), "Events": ["s3:ObjectCreated:*"],
    }]}
    with refused("InvalidArgument"):
        notification.put(NotificationConfiguration=wanted)
    functions.add_permission(
        FunctionName=NAME, StatementId="s3", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com",
        SourceArn="arn:aws:s3:::" + PICTURES, SourceAccount=ACCOUNT,
    )
    notification.put(NotificationConfiguration=wanted)
    notification.reload()
    equal(notification.lambda_function_configurations, wanted["LambdaFunctionConfigurations"])
    policy = json.loads(functions.get_policy(FunctionName=NAME)["Policy"])
    equal(policy["Statement"][0]["Principal"], {"Service": "s3.amazonaws.com"})

    functions.update_function_code(FunctionName=NAME, S3Bucket="awslab-assets", S3Key="CreateThumbnail.zip")
    updated(functions)
    location = functions.get_function(FunctionName=NAME)["Code"]["Location"]
    with urllib.request.urlopen(location) as code:
        equal(zipfile.ZipFile(io.BytesIO(code.read())).namelist(), ["CreateThumbnail.py"])


def invoke(functions):
    answer = functions.invoke(FunctionName=NAME, Payload=json.dumps(EVENT), LogType="Tail")
    return answer, json.load(answer["Payload"]), base64.b64decode(answer["LogResult"]).decode()


def tests(functions):
    """A test too early, and one when the handler is right."""
    answer, error, _ = invoke(functions)
    equal([answer["StatusCode"], answer["FunctionError"]], [200, "Unhandled"])
    equal(error["errorType"], "Runtime.ImportModuleError")
    functions.update_function_configuration(
        FunctionName=NAME, Handler="CreateThumbnail.handler", Description="Create a thumbnail-sized image")
    updated(functions)
    answer, result, log = invoke(functions)
    holds("FunctionError" not in answer, result)
    equal(result, None)
    holds("START RequestId" in log and "REPORT RequestId" in log, log)


def small(s3, key):
    """The thumbnail's size."""
    size = picture.size(s3.Object(THUMBNAILS, key).get()["Body"].read())
    holds(max(size) <= 128, size)
    return size


def watch(s3, file):
    """By itself: the thumbnail goes, and pictures come."""
    equal(small(s3, "HappyFace.jpg"), (128, 96))
    s3.Object(THUMBNAILS, "HappyFace.jpg").delete()
    with refused("NoSuchKey"):
        s3.Object(THUMBNAILS, "HappyFace.jpg").get()
    for key in ("HappyFace.jpg", "my faces/HappyFace.jpg"):
        s3.Bucket(PICTURES).upload_file(file, key)
        s3.meta.client.get_waiter("object_exists").wait(Bucket=THUMBNAILS, Key=key, WaiterConfig=WAIT)
        equal(small(s3, key), (128, 96))


def sums(cloudwatch):
    """How often the function ran and failed, ever: metrics outlive functions."""
    today = datetime.datetime.now(datetime.timezone.utc)
    metric = {"Namespace": "AWS/Lambda", "Dimensions": [{"Name": "FunctionName", "Value": NAME}]}
    pages = cloudwatch.get_paginator("get_metric_data").paginate(
        StartTime=today - datetime.timedelta(days=1), EndTime=today + datetime.timedelta(days=1),
        MetricDataQueries=[
            {"Id": n.lower(), "MetricStat": {"Metric": dict(metric, MetricName=n), "Period": 86400, "Stat": "Sum"}}
            for n in ("Invocations", "Errors")
        ],
    )
    found = {"invocations": 0, "errors": 0}
    for page in pages:
        for result in page["MetricDataResults"]:
            found[result["Id"]] += sum(result["Values"])
    return found["invocations"], found["errors"]


def graphs_and_log(cloudwatch, logs, before):
    # A thumbnail is there a moment before the function that made it has ended.
    becomes(lambda: tuple(after - at for after, at in zip(sums(cloudwatch), before)), (5, 1), "invocations and errors")
    listed = [m for page in cloudwatch.get_paginator("list_metrics").paginate(Namespace="AWS/Lambda") for m in page["Metrics"]]
    holds("Duration" in {m["MetricName"] for m in listed}, listed)

    def messages(text):
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=GROUP)
        return [e["message"] for page in pages for e in page["events"] if text in e["message"]]

    becomes(lambda: len(messages("REPORT RequestId")), 5, "reports")
    holds(messages("ImportModuleError"), messages(""))
    streams = logs.describe_log_streams(logGroupName=GROUP, orderBy="LastEventTime", descending=True)["logStreams"]
    holds("[$LATEST]" in streams[0]["logStreamName"], streams)
    got = logs.get_log_events(logGroupName=GROUP, logStreamName=streams[0]["logStreamName"], startFromHead=True)
    holds(any("REPORT RequestId" in e["message"] for e in got["events"]), got)


def rights(functions, iam):
    """A right taken away, and given back."""
    policy = iam.RolePolicy("lambda-execution-role", "thumbnail-buckets")
    allowed = json.dumps(policy.policy_document)
    policy.put(PolicyDocument=allowed.replace('"s3:PutObject"', '"s3:PutObjectAcl"'))
    _, error, _ = invoke(functions)
    holds("AccessDenied" in error["errorMessage"], error)
    policy.put(PolicyDocument=allowed)
    answer, result, _ = invoke(functions)
    holds("FunctionError" not in answer, result)


def main():
    s3, functions, logs, cloudwatch = resource("s3"), client("lambda"), client("logs"), client("cloudwatch")
    before = sums(cloudwatch)
    with refused("ResourceNotFoundException"):
        functions.get_function(FunctionName=NAME)
    file = buckets(s3)
    create(functions, s3)
    tests(functions)
    watch(s3, file)
    graphs_and_log(cloudwatch, logs, before)
    rights(functions, resource("iam"))

    functions.delete_function(FunctionName=NAME)
    with refused("ResourceNotFoundException"):
        functions.invoke(FunctionName=NAME)
    logs.delete_log_group(logGroupName=GROUP)
    for name in (PICTURES, THUMBNAILS):
        with refused("BucketNotEmpty"):
            s3.Bucket(name).delete()
        s3.Bucket(name).objects.all().delete()
        s3.Bucket(name).delete()
        s3.Bucket(name).wait_until_not_exists()


main()
