"""What programs do with boto3, told line by line. Run with the stand-in and with
the real boto3 it has to say the same."""

import io
import os
import sys
import tempfile

import boto3
import botocore.exceptions
from boto3.exceptions import S3UploadFailedError
from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import ClientError

os.chdir(tempfile.mkdtemp())
s3 = boto3.client("s3", region_name="us-east-1", endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                  config=Config(s3={"addressing_style": "path"}))


def show(*values):
    sys.stdout.buffer.write((" ".join(str(v) for v in values) + "\n").encode())


def told(what, call):
    """What a call raises, as a program sees it."""
    try:
        call()
        show(what, "worked")
    except ClientError as e:
        show(what, type(e).__module__, type(e).__name__, "|", e, "|", sorted(e.response["Error"].items()),
             e.operation_name, e.response["ResponseMetadata"]["HTTPStatusCode"],
             e.response["ResponseMetadata"]["RequestId"], isinstance(e, s3.exceptions.ClientError))
    except Exception as e:
        show(what, type(e).__module__, type(e).__name__, "|", e)


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


KEY = "album/Grüße & 1+1=2 #?.jpg"
write("a.jpg", b"picture")

show("-- files")
s3.upload_file("a.jpg", "photos", KEY, ExtraArgs={"ContentType": "image/jpeg", "Metadata": {"from": "test"}})
head = s3.head_object(Bucket="photos", Key=KEY)
show(head["ContentLength"], head["ContentType"], head["ETag"], head["Metadata"], head["LastModified"].isoformat(),
     head["AcceptRanges"], head["ResponseMetadata"]["HTTPStatusCode"], head["ResponseMetadata"]["HostId"])
s3.download_file("photos", KEY, "b.jpg")
show(open("b.jpg", "rb").read(), sorted(os.listdir(".")))
told("download missing", lambda: s3.download_file("photos", "nope", "c.jpg"))
told("download forbidden", lambda: s3.download_file("secret", "nope", "c.jpg"))
told("download no bucket", lambda: s3.download_file("absent", "nope", "c.jpg"))
told("upload missing file", lambda: s3.upload_file("nope.jpg", "photos", "x"))
told("upload no bucket", lambda: s3.upload_file("a.jpg", "absent", "dir/x"))
told("upload forbidden", lambda: s3.upload_file("a.jpg", "secret", "x"))
told("upload fileobj no bucket", lambda: s3.upload_fileobj(io.BytesIO(b"1"), "absent", "x"))
told("fileobj without read", lambda: s3.upload_fileobj("a.jpg", "photos", "x"))
show(sorted(os.listdir(".")))

show("-- file objects")
s3.upload_fileobj(io.BytesIO(b"from memory"), "photos", "memory.txt")
into = io.BytesIO()
s3.download_fileobj("photos", "memory.txt", into)
show(into.getvalue())

show("-- large files")
seen = []
write("large.bin", b"0123456789abcdef" * (9 * 65536))  # 9 MiB
s3.upload_file("large.bin", "photos", "large.bin", Callback=seen.append)
show(s3.head_object(Bucket="photos", Key="large.bin")["ContentLength"], sum(seen))
s3.download_file("photos", "large.bin", "large2.bin")
show(open("large.bin", "rb").read() == open("large2.bin", "rb").read())
s3.upload_fileobj(io.BytesIO(b"x" * (6 << 20)), "photos", "parts.bin",
                  Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
show(s3.head_object(Bucket="photos", Key="parts.bin")["ContentLength"])

show("-- objects")
show(s3.put_object(Bucket="photos", Key="t.txt", Body="tëxt")["ETag"])
show(s3.put_object(Bucket="photos", Key="f.txt", Body=open("a.jpg", "rb"))["ETag"])
got = s3.get_object(Bucket="photos", Key="t.txt")
show(got["ContentLength"], got["ContentType"], got["Metadata"], got["Body"].read().decode())
show(s3.get_object(Bucket="photos", Key="t.txt", Range="bytes=1-3")["ContentRange"])
show(list(s3.get_object(Bucket="photos", Key="f.txt")["Body"].iter_chunks(3)))
s3.put_object(Bucket="photos", Key="lines", Body=b"one\ntwo\nthree")
show(list(s3.get_object(Bucket="photos", Key="lines")["Body"].iter_lines()))
told("get missing", lambda: s3.get_object(Bucket="photos", Key="nope"))
told("get forbidden", lambda: s3.get_object(Bucket="secret", Key="nope"))
told("get no bucket", lambda: s3.get_object(Bucket="absent", Key="nope"))
told("head missing", lambda: s3.head_object(Bucket="photos", Key="nope"))
try:
    s3.get_object(Bucket="photos", Key="nope")
except s3.exceptions.NoSuchKey as e:
    show("NoSuchKey", e.response["Error"]["Code"])
show(s3.copy_object(Bucket="photos", Key="copy", CopySource={"Bucket": "photos", "Key": KEY})["CopyObjectResult"]["ETag"])
told("copy missing", lambda: s3.copy_object(Bucket="photos", Key="copy", CopySource="photos/nope"))
s3.copy({"Bucket": "photos", "Key": KEY}, "photos", "copy2")
show(s3.delete_object(Bucket="photos", Key="copy2")["ResponseMetadata"]["HTTPStatusCode"])

show("-- lists")
page = s3.list_objects_v2(Bucket="photos", Prefix="album/")
show(page["KeyCount"], page["MaxKeys"], page["IsTruncated"], page["Prefix"], [
    (c["Key"], c["Size"], c["ETag"], c["LastModified"].isoformat(), c["StorageClass"]) for c in page["Contents"]])
show("Contents" in s3.list_objects_v2(Bucket="photos", Prefix="none"))
paginator = s3.get_paginator("list_objects_v2")
for page in paginator.paginate(Bucket="photos", PaginationConfig={"PageSize": 3}):
    show([c["Key"] for c in page["Contents"]])
show([c["Key"] for p in paginator.paginate(Bucket="photos", PaginationConfig={"MaxItems": 2}) for c in p["Contents"]])
told("list no bucket", lambda: s3.list_objects_v2(Bucket="absent"))
show([b["Name"] for b in s3.list_buckets()["Buckets"]])
done = s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "copy"}, {"Key": "locked"}, {"Key": "a<b>&"}]})
show([d["Key"] for d in done["Deleted"]], [sorted(e.items()) for e in done["Errors"]])

show("-- wrong use")
told("missing parameters", lambda: s3.get_object())
told("unknown parameter", lambda: s3.delete_objects(Bucket="photos"))
told("wrong type", lambda: s3.head_object(Bucket="photos", Key=7))
told("none", lambda: s3.head_object(Bucket=None, Key="x"))
told("empty key", lambda: s3.head_object(Bucket="photos", Key=""))
told("empty bucket", lambda: s3.head_object(Bucket="", Key="x"))
told("bad metadata", lambda: s3.put_object(Bucket="photos", Key="x", Metadata={"a": "ü"}))
told("positional", lambda: s3.head_object("photos", "x"))
told("unpageable", lambda: s3.get_paginator("get_object"))
told("no such method", lambda: s3.make_coffee())

show("-- resource")
resource = boto3.resource("s3", region_name="us-east-1", endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                          config=Config(s3={"addressing_style": "path"}))
bucket = resource.Bucket("photos")
show(bucket, [o.key for o in bucket.objects.filter(Prefix="album/")], [b.name for b in resource.buckets.all()])
bucket.upload_file("a.jpg", "r/1")
bucket.put_object(Key="r/2", Body=b"22")
object = resource.Object("photos", "r/2")
show(object, object.content_length, object.e_tag, object.get()["Body"].read(), object.last_modified.isoformat())
bucket.download_file("r/1", "r1")
show(open("r1", "rb").read(), [(o.key, o.size) for o in bucket.objects.filter(Prefix="r/")])
object.delete()
bucket.objects.filter(Prefix="r/").delete()
show([o.key for o in bucket.objects.filter(Prefix="r/")])
told("load missing", lambda: resource.Object("photos", "nope").load())
