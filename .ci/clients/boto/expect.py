"""What the boto3 scripts share: clients of the endpoint, and what must come back."""
import contextlib
import io
import os
import time
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["ENDPOINT"]
WORK = os.environ["WORK"]
ACCOUNT = "000000000000"
WAIT = {"Delay": 0.05, "MaxAttempts": 600}  # a waiter's: 30 seconds in all
LEARNER = ("AKIALEARNERSANDBOX00", "awslab")  # the sandbox's own user, whose signatures it can verify
os.makedirs(WORK, exist_ok=True)


def client(service, keys=(None, None), **config):
    """A client of the service, which does not try again what failed; its keys
    are those of the environment, or others."""
    config.setdefault("retries", {"max_attempts": 0})
    return boto3.client(
        service, endpoint_url=ENDPOINT, config=Config(**config), aws_access_key_id=keys[0], aws_secret_access_key=keys[1])


def resource(service):
    return boto3.resource(service, endpoint_url=ENDPOINT)


def equal(got, want, what=""):
    if got != want:
        raise AssertionError("%s: got %r, want %r" % (what or "answer", got, want))


def becomes(read, want, what=""):
    """What is read is this, within 30 seconds."""
    deadline = time.monotonic() + 30
    got = read()
    while got != want and time.monotonic() < deadline:
        got = read()
    equal(got, want, what)


def holds(condition, got):
    if not condition:
        raise AssertionError("got %r" % (got,))


@contextlib.contextmanager
def refused(code):
    """The block's call is refused by the service with this code."""
    try:
        yield
    except ClientError as error:
        equal(error.response["Error"]["Code"], code, str(error))
        return
    raise AssertionError("want %s, got no error" % code)


def await_that(condition):
    """Wait until the condition holds, and return what it gave: 30 seconds at most."""
    deadline = time.monotonic() + 30
    while True:
        got = condition()
        if got:
            return got
        if time.monotonic() > deadline:
            raise AssertionError("it did not come true in 30 seconds")


def archive(name, text):
    """A zip file with one file in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as z:
        z.writestr(name, text)
    return data.getvalue()


def role(name):
    return "arn:aws:iam::%s:role/%s" % (ACCOUNT, name)


def function_arn(name):
    return "arn:aws:lambda:us-west-2:%s:function:%s" % (ACCOUNT, name)
