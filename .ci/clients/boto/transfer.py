"""Large files, many files and signed URLs with boto3."""
import hashlib
import io
import os
import urllib.error
import urllib.request

from boto3.s3.transfer import TransferConfig

from expect import LEARNER, client, equal, holds, refused, resource

BUCKET = "transfer-boto"
MEGABYTE = 1 << 20


def large(s3, data):
    """Up in parts of five megabytes and down in ranges, on several threads."""
    config = TransferConfig(multipart_threshold=5 * MEGABYTE, multipart_chunksize=5 * MEGABYTE, max_concurrency=4)
    seen = []
    s3.upload_fileobj(
        io.BytesIO(data), BUCKET, "large", Config=config, Callback=seen.append,
        ExtraArgs={"Metadata": {"owner": "learner"}, "ContentType": "application/x-large"})
    equal(sum(seen), len(data))
    head = s3.head_object(Bucket=BUCKET, Key="large")
    parts = [data[at : at + 5 * MEGABYTE] for at in range(0, len(data), 5 * MEGABYTE)]
    etag = hashlib.md5(b"".join(hashlib.md5(part).digest() for part in parts)).hexdigest()
    equal(head["ETag"], '"%s-%d"' % (etag, len(parts)))
    equal([head["ContentLength"], head["ContentType"], head["Metadata"]], [len(data), "application/x-large", {"owner": "learner"}])
    back = io.BytesIO()
    s3.download_fileobj(BUCKET, "large", back, Config=config)
    holds(back.getvalue() == data, len(back.getvalue()))
    s3.copy({"Bucket": BUCKET, "Key": "large"}, BUCKET, "copied", Config=config)
    holds(s3.get_object(Bucket=BUCKET, Key="copied")["Body"].read() == data, "another copy")
    got = s3.get_object(Bucket=BUCKET, Key="large", Range="bytes=-3")
    equal([got["ResponseMetadata"]["HTTPStatusCode"], got["Body"].read()], [206, data[-3:]])
    with refused("InvalidRange"):
        s3.get_object(Bucket=BUCKET, Key="large", Range="bytes=%d-" % len(data))


def parts_by_hand(s3):
    """An upload given up, one that is too small, and one that is right."""
    at = {"Bucket": BUCKET, "Key": "by hand"}
    upload = s3.create_multipart_upload(**at)["UploadId"]
    etags = [s3.upload_part(UploadId=upload, PartNumber=n, Body=b"%d" % n, **at)["ETag"] for n in (1, 2)]
    uploads = [u["Key"] for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=BUCKET) for u in page["Uploads"]]
    equal(uploads, ["by hand"])
    listed = [p["ETag"] for page in s3.get_paginator("list_parts").paginate(
        UploadId=upload, PaginationConfig={"PageSize": 1}, **at) for p in page["Parts"]]
    equal(listed, etags)
    with refused("EntityTooSmall"):
        s3.complete_multipart_upload(UploadId=upload, MultipartUpload={
            "Parts": [{"PartNumber": n + 1, "ETag": e} for n, e in enumerate(etags)]}, **at)
    s3.complete_multipart_upload(UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 2, "ETag": etags[1]}]}, **at)
    equal(s3.get_object(**at)["Body"].read(), b"2")
    with refused("NoSuchUpload"):
        s3.abort_multipart_upload(UploadId=upload, **at)


def many(s3, bucket):
    """Keys that have to be escaped, in pages, and deleted in one request."""
    keys = sorted(["k/%02d" % n for n in range(20)] + ["k/a b", "k/c+d", "k/e&<f>", "k/ü%20", "k/sub/x", "k/'\""])
    for key in keys:
        bucket.put_object(Key=key, Body=key.encode())
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="k/", PaginationConfig={"PageSize": 7}))
    equal([o["Key"] for page in pages for o in page["Contents"]], keys)
    equal(len(pages), 4)
    pages = s3.get_paginator("list_objects").paginate(Bucket=BUCKET, Prefix="k/", Delimiter="/", PaginationConfig={"PageSize": 7})
    equal([p["Prefix"] for page in pages for p in page.get("CommonPrefixes", [])], ["k/sub/"])
    for key in keys:
        equal(bucket.Object(key).get()["Body"].read(), key.encode())
    etag = bucket.Object("k/00").e_tag
    for tag, code in (({"IfNoneMatch": etag}, "304"), ({"IfMatch": '"other"'}, "PreconditionFailed")):
        with refused(code):
            s3.get_object(Bucket=BUCKET, Key="k/00", **tag)
    gone = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": k} for k in keys]})
    equal(sorted(d["Key"] for d in gone["Deleted"]), keys)


def status(url, data=None, method=None):
    """What a program without credentials gets."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": ""}, method=method)) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def signed(s3, key):
    """URLs for whoever has them; returns one that was good."""
    at = {"Bucket": BUCKET, "Key": key}
    equal(status(s3.generate_presigned_url("put_object", at, ExpiresIn=60), b"by URL", "PUT")[0], 200)
    url = s3.generate_presigned_url("get_object", at, ExpiresIn=60)
    equal(status(url), (200, b"by URL"))
    code, body = status(s3.generate_presigned_url("get_object", dict(at, Key="none"), ExpiresIn=60))
    equal(code, 404)
    holds(b"<Code>NoSuchKey</Code>" in body, body)
    return url


def urls():
    """With the signature that this boto3 takes by itself, the older one, and today's."""
    old, new = client("s3", signature_version="s3"), client("s3", LEARNER, signature_version="s3v4")
    holds("AWSAccessKeyId=" in signed(old, "signed/ü +2"), "another signature")
    code, body = status(old.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "signed/ü +2"}, ExpiresIn=-1))
    equal([code, b"Request has expired" in body], [403, True], body)
    url = signed(new, "signed/ü +4")
    holds("X-Amz-Signature=" in url, url)
    code, body = status(url.replace("%2B4", "%2B5"))
    equal([code, b"<Code>SignatureDoesNotMatch</Code>" in body], [403, True], body)


def main():
    s3, bucket = client("s3"), resource("s3").Bucket(BUCKET)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    equal(s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"], "us-west-2")
    large(s3, os.urandom(24 * MEGABYTE))
    parts_by_hand(s3)
    many(s3, bucket)
    urls()
    with refused("404"):
        s3.head_object(Bucket=BUCKET, Key="k/00")
    bucket.objects.all().delete()
    bucket.delete()
    with refused("404"):
        s3.head_bucket(Bucket=BUCKET)


main()
