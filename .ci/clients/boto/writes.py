"""Writes items and objects on several threads until the server is gone, and
holds what was acknowledged against what is there.

  writes.py create       makes the table and the bucket
  writes.py write        writes until the connection breaks; acknowledged writes
                         become lines of acknowledged in the directory $WORK
  writes.py check FILE   each write that the file names is there
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from botocore import exceptions

from expect import WAIT, WORK, client, equal, holds

THREADS = 4


def create(dynamodb, s3):
    dynamodb.create_table(
        TableName="Writes", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    s3.create_bucket(Bucket="writes", CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    dynamodb.get_waiter("table_exists").wait(TableName="Writes", WaiterConfig=WAIT)


def write(thread, dynamodb, s3, log):
    """Until the connection breaks; an error that the service answers is one of ours, and raised."""
    number = 0
    try:
        while True:
            number += 1
            name = "boto-%d-%d" % (thread, number)
            dynamodb.put_item(TableName="Writes", Item={"id": {"S": name}})
            log.write("item %s\n" % name)
            s3.put_object(Bucket="writes", Key=name, Body=b"object " + name.encode())
            log.write("object %s\n" % name)
    except (exceptions.ConnectionError, exceptions.HTTPClientError):
        return


def check(acknowledged):
    dynamodb, s3 = client("dynamodb"), client("s3")
    items = {i["id"]["S"] for page in dynamodb.get_paginator("scan").paginate(TableName="Writes") for i in page["Items"]}
    objects = {o["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="writes") for o in page.get("Contents", [])}
    there = {"item": items, "object": objects}
    lost = [line for line in acknowledged if line.split()[1] not in there[line.split()[0]]]
    equal(lost, [], "lost of %d writes" % len(acknowledged))
    for line in acknowledged:
        kind, name = line.split()
        if kind == "object":
            body = s3.get_object(Bucket="writes", Key=name)["Body"].read().decode()
            holds(body.strip() == "object " + name.replace("cli-", ""), body)


if sys.argv[1] == "check":
    with open(sys.argv[2]) as file:
        check(file.read().splitlines())
elif sys.argv[1] == "create":
    create(client("dynamodb"), client("s3"))
else:
    with open(os.path.join(WORK, "acknowledged"), "w", buffering=1) as log:
        with ThreadPoolExecutor(THREADS) as pool:
            for broken in [pool.submit(write, n, client("dynamodb"), client("s3"), log) for n in range(THREADS)]:
                broken.result()
