"""CreateThumbnail: makes a small copy of every picture that is uploaded.

Amazon S3 starts this function when an object is created in a bucket, say
`image-1234`, and hands over an event that tells which one. The function reads
the picture and writes its thumbnail, under the same key, to a second bucket:
`image-1234-resized`.
"""

import os
import tempfile
import urllib.parse

import boto3
from PIL import Image

# What is out here runs once, when an execution environment starts. The function
# below may then be called many times, and all calls share the client.
s3 = boto3.client("s3")

# A thumbnail fits in a square of this many pixels. Its shape is the picture's.
SIZE = (128, 128)


def resize_image(image_path, resized_path):
    """Writes the thumbnail of one file to another; tells the content type."""
    with Image.open(image_path) as image:
        # A file with another format's name is still what it is inside.
        image_format = image.format
        # thumbnail() changes the picture itself, and never enlarges it.
        image.thumbnail(SIZE)
        image.save(resized_path, format=image_format)
    return "image/" + image_format.lower()


def handler(event, context):
    # One event may tell of several objects.
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        # S3 quotes the key as a web form does: "my face.jpg" arrives as
        # "my+face.jpg". Without this line such an object is not found.
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])

        # The thumbnails must go to another bucket than the one that starts this
        # function: each would start it again, for ever.
        target = bucket + "-resized"

        # /tmp is the one place where a function may write files. The key is no
        # good as a file's name: it may hold slashes, and two calls may share it.
        with tempfile.TemporaryDirectory() as folder:
            image_path = os.path.join(folder, "image")
            resized_path = os.path.join(folder, "resized")

            s3.download_file(bucket, key, image_path)
            content_type = resize_image(image_path, resized_path)
            # A browser shows a picture only if it is told that it is one.
            s3.upload_file(resized_path, target, key, ExtraArgs={"ContentType": content_type})

        # What is printed appears in the function's log group in CloudWatch.
        print(f"{bucket}/{key} -> {target}/{key}")
