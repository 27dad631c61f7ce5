"""Lab 3 with boto3: a microservice with a URL of its own, and what breaks it."""
import json
import os
import urllib.error
import urllib.request

from expect import ENDPOINT, WAIT, archive, await_that, client, equal, function_arn, holds, refused, role, ACCOUNT

NAME = "FAQ"
GROUP = "/aws/lambda/" + NAME


def zipped(form, file):
    """The microservice's code in a zip file, as the lab has it."""
    with open(os.path.join(os.environ["SOURCES"], form)) as source:
        return archive(file, source.read())


def asked(url, data=None):
    """The status and the body of a request."""
    try:
        with urllib.request.urlopen(url, data) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def settled(functions):
    functions.get_waiter("function_updated_v2").wait(FunctionName=NAME, WaiterConfig=WAIT)


def deploy(functions, form, file="index.mjs"):
    functions.update_function_code(FunctionName=NAME, ZipFile=zipped(form, file))
    settled(functions)


def create_api(gateway):
    """The calls that the console makes of one button."""
    api = gateway.create_rest_api(name="FAQ-API", endpointConfiguration={"types": ["REGIONAL"]})["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]
    equal(root["path"], "/")
    made = gateway.create_resource(restApiId=api, parentId=root["id"], pathPart="FAQ")
    equal(made["path"], "/FAQ")
    method = {"restApiId": api, "resourceId": made["id"], "httpMethod": "ANY"}
    with refused("NotFoundException"):
        gateway.get_method(**method)
    equal(gateway.put_method(authorizationType="NONE", **method)["ResponseMetadata"]["HTTPStatusCode"], 201)
    gateway.put_integration(
        type="AWS_PROXY", integrationHttpMethod="POST",
        uri="arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/%s/invocations" % function_arn(NAME), **method)
    equal(gateway.get_method(**method)["methodIntegration"]["type"], "AWS_PROXY")
    with refused("NotFoundException"):
        gateway.get_stage(restApiId=api, stageName="myDeployment")
    deployment = gateway.create_deployment(restApiId=api, stageName="myDeployment")["id"]
    equal(gateway.get_stage(restApiId=api, stageName="myDeployment")["deploymentId"], deployment)
    names = [a["name"] for page in gateway.get_paginator("get_rest_apis").paginate() for a in page["items"] if a["id"] == api]
    equal(names, ["FAQ-API"])
    return api, method


def permit(functions, api):
    functions.add_permission(
        FunctionName=NAME, StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com",
        SourceArn="arn:aws:execute-api:us-west-2:%s:%s/*/*/FAQ" % (ACCOUNT, api))


def break_and_repair(functions, api, url):
    functions.remove_permission(FunctionName=NAME, StatementId="api")
    equal(asked(url), (500, {"message": "Internal server error"}))
    permit(functions, api)
    deploy(functions, "malformed")
    await_that(lambda: asked(url)[0] == 502)
    deploy(functions, "classic", "index.js")
    await_that(lambda: asked(url)[0] == 200)
    functions.update_function_configuration(FunctionName=NAME, Runtime="nodejs24.x")
    settled(functions)
    await_that(lambda: asked(url)[0] == 502)
    deploy(functions, "modern")
    await_that(lambda: asked(url)[0] == 200)


def main():
    functions, gateway, logs = client("lambda"), client("apigateway"), client("logs")
    functions.create_function(
        FunctionName=NAME, Runtime="nodejs22.x", Handler="index.handler", Role=role("lambda-basic-execution"),
        Code={"ZipFile": zipped("modern", "index.mjs")}, Description="Provide a random FAQ")
    functions.get_waiter("function_active_v2").wait(FunctionName=NAME, WaiterConfig=WAIT)
    answer = json.load(functions.invoke(FunctionName=NAME, Payload=b"{}")["Payload"])
    equal(sorted(json.loads(answer["body"])), ["a", "q"])

    api, method = create_api(gateway)
    stage = "%s/_aws/execute-api/%s/myDeployment" % (ENDPOINT, api)
    equal(asked(stage + "/FAQ")[0], 500)
    permit(functions, api)
    for data in (None, b"posted"):
        status, body = asked(stage + "/FAQ", data)
        equal([status, sorted(body)], [200, ["a", "q"]])
    equal(asked(stage + "/nothing"), (403, {"message": "Missing Authentication Token"}))
    tried = gateway.test_invoke_method(restApiId=api, resourceId=method["resourceId"], httpMethod="GET")
    equal(tried["status"], 200)
    holds("Method completed with status: 200" in tried["log"], tried["log"])
    break_and_repair(functions, api, stage + "/FAQ")
    events = [e["message"] for page in logs.get_paginator("filter_log_events").paginate(logGroupName=GROUP) for e in page["events"]]
    for text in ("Quote selected:  ", "context.succeed is not a function"):
        holds(any(text in e for e in events), events)

    gateway.delete_rest_api(restApiId=api)
    with refused("NotFoundException"):
        gateway.get_rest_api(restApiId=api)
    equal(asked(stage + "/FAQ")[0], 403)
    functions.delete_function(FunctionName=NAME)
    logs.delete_log_group(logGroupName=GROUP)


main()
