"""Transfers of files, as boto3's client methods of these names do them. They
are methods of the client: self is the client."""

import os

from boto3.exceptions import S3UploadFailedError
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from .s3_table import COPY_ARGS, DOWNLOAD_ARGS, UPLOAD_ARGS

_PIECE = 256 * 1024


def _extra(arguments, allowed):
    for key in arguments or {}:
        if key not in allowed:
            raise ValueError(f"Invalid extra_args key '{key}', must be one of: {', '.join(allowed)}")
    return dict(arguments or {})


def _file_name(name):
    if not isinstance(name, (str, os.PathLike)):
        raise ValueError("Filename must be a string or a path-like object")
    return os.fspath(name)


def upload_file(self, Filename, Bucket, Key, ExtraArgs=None, Callback=None, Config=None):
    name = _file_name(Filename)
    extra = _extra(ExtraArgs, UPLOAD_ARGS)
    size = os.path.getsize(name)
    try:
        with open(name, "rb") as file:
            _upload(self, file, size, Bucket, Key, extra, Callback, Config)
    except ClientError as e:
        raise S3UploadFailedError("Failed to upload {} to {}: {}".format(name, "/".join([Bucket, Key]), e)) from e


def upload_fileobj(self, Fileobj, Bucket, Key, ExtraArgs=None, Callback=None, Config=None):
    if not hasattr(Fileobj, "read"):
        raise ValueError("Fileobj must implement read")
    _upload(self, Fileobj, None, Bucket, Key, _extra(ExtraArgs, UPLOAD_ARGS), Callback, Config)


def _upload(client, file, size, bucket, key, extra, callback, config):
    """Uploads in one piece, or from the threshold on in parts. A size of None
    is found out by reading."""
    config = config or TransferConfig()
    threshold = config.multipart_threshold
    head = b""
    if size is None or size < threshold:
        head = _read(file, threshold)
        if len(head) < threshold:
            client.put_object(Bucket=bucket, Key=key, Body=head, **extra)
            if callback and head:
                callback(len(head))
            return
    upload = client.create_multipart_upload(Bucket=bucket, Key=key, **extra)["UploadId"]
    where = {"Bucket": bucket, "Key": key, "UploadId": upload}
    try:
        parts = _upload_parts(client, where, file, head, config.multipart_chunksize, callback)
        client.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
    except BaseException:
        client.abort_multipart_upload(**where)
        raise


def _upload_parts(client, where, file, head, size, callback):
    parts = []
    while True:
        part, head = head[:size], head[size:]
        part += _read(file, size - len(part))
        if not part:
            return parts
        number = len(parts) + 1
        etag = client.upload_part(**where, PartNumber=number, Body=part)["ETag"]
        parts.append({"ETag": etag, "PartNumber": number})
        if callback:
            callback(len(part))


def _read(file, amount):
    """So many bytes of a file that may give fewer at a time."""
    pieces = []
    while amount > 0 and (data := file.read(amount)):
        pieces.append(data)
        amount -= len(data)
    return b"".join(pieces)


def download_file(self, Bucket, Key, Filename, ExtraArgs=None, Callback=None, Config=None):
    name = _file_name(Filename)
    extra = _extra(ExtraArgs, DOWNLOAD_ARGS)
    self.head_object(Bucket=Bucket, Key=Key, **extra)
    # Under its name the file appears when it is complete.
    temporary = name + os.extsep + os.urandom(4).hex()
    try:
        with open(temporary, "wb") as file:
            _download(self, file, Bucket, Key, extra, Callback)
        os.replace(temporary, name)
    except BaseException:
        try:
            os.remove(temporary)
        except OSError:
            pass  # it was not made
        raise


def download_fileobj(self, Bucket, Key, Fileobj, ExtraArgs=None, Callback=None, Config=None):
    if not hasattr(Fileobj, "write"):
        raise ValueError("Fileobj must implement write")
    extra = _extra(ExtraArgs, DOWNLOAD_ARGS)
    self.head_object(Bucket=Bucket, Key=Key, **extra)
    _download(self, Fileobj, Bucket, Key, extra, Callback)


def _download(client, file, bucket, key, extra, callback):
    body = client.get_object(Bucket=bucket, Key=key, **extra)["Body"]
    while data := body.read(_PIECE):
        file.write(data)
        if callback:
            callback(len(data))


def copy(self, CopySource, Bucket, Key, ExtraArgs=None, Callback=None, SourceClient=None, Config=None):
    extra = _extra(ExtraArgs, COPY_ARGS)
    source = {name: CopySource[name] for name in ("Bucket", "Key", "VersionId") if name in CopySource}
    size = (SourceClient or self).head_object(**source)["ContentLength"]
    self.copy_object(CopySource=CopySource, Bucket=Bucket, Key=Key, **extra)
    if Callback:
        Callback(size)
