"""S3's client."""

import functools

from botocore.exceptions import ClientError, OperationNotPageableError, ParamValidationError

from . import s3_answer, s3_transfer
from .s3_table import EXCEPTIONS, OPERATIONS

_TOKENS = {  # of an operation that pages: the answer's, the request's, what it lists
    "list_objects_v2": ("NextContinuationToken", "ContinuationToken", ("Contents", "CommonPrefixes")),
    "list_objects": ("NextMarker", "Marker", ("Contents", "CommonPrefixes")),
    "list_buckets": ("ContinuationToken", "ContinuationToken", ("Buckets",)),
}


class _Exceptions:
    """client.exceptions: a class for each error that the service declares."""

    ClientError = ClientError

    def from_code(self, code):
        return getattr(self, code) if code in EXCEPTIONS else ClientError

    def __getattr__(self, name):
        valid = ", ".join(EXCEPTIONS)
        raise AttributeError(f"{self!r} object has no attribute {name}. Valid exceptions are: {valid}")


for _name in EXCEPTIONS:
    setattr(_Exceptions, _name, type(_name, (ClientError,), {"__module__": "botocore.errorfactory"}))

_EXCEPTIONS = _Exceptions()


class _Meta:
    def __init__(self, endpoint):
        self.region_name, self.endpoint_url = endpoint.region, endpoint.url
        self.partition, self.service_name = "aws", "s3"


class S3:
    exceptions = _EXCEPTIONS

    def __init__(self, endpoint):
        self.meta = _Meta(endpoint)
        self._endpoint = endpoint

    def _call(self, method, parameters):
        operation = OPERATIONS[method]
        validate(operation, parameters)
        verb, path, query, headers, body = self._request(operation, parameters)
        response = self._endpoint.send(verb, path, query, headers, body)
        if operation.name == "GetObject" and response.status < 300:
            return s3_answer.stream(response)
        answer = s3_answer.read(operation.name, response)
        if "Error" in answer:
            kind = self.exceptions.from_code(answer["Error"].get("Code"))
            raise kind(answer, operation.name)
        return answer

    def _request(self, operation, parameters):
        """The parts of the request that an operation makes of its parameters."""
        path = self._endpoint.path(*(parameters[n] for n in ("Bucket", "Key") if n in operation.required))
        query, headers, body = list(operation.fixed), {}, b""
        for name, value in parameters.items():
            if name == operation.payload:
                body = s3_answer.payload(operation.name, value, headers)
            elif name in operation.query:
                query.append((operation.query[name], _text(value)))
            elif name == "Metadata":
                headers.update((operation.headers[name] + key, item) for key, item in value.items())
            elif name == "CopySource":
                headers[operation.headers[name]] = _copy_source(value)
            elif name in operation.headers:
                headers[operation.headers[name]] = _text(value)
        if operation.name.startswith("ListObjects") and "EncodingType" not in parameters:
            # As boto3 does: so that a key may hold what XML cannot.
            query.append(("encoding-type", "url"))
        return operation.method, path, query, headers, body

    def can_paginate(self, operation_name):
        return operation_name in _TOKENS

    def get_paginator(self, operation_name):
        if operation_name not in _TOKENS:
            raise OperationNotPageableError(operation_name=operation_name)
        return Paginator(getattr(self, operation_name), *_TOKENS[operation_name])

    def generate_presigned_url(self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None):
        if ClientMethod not in OPERATIONS:
            raise ValueError(f"Client does not have method: {ClientMethod}")
        operation, parameters = OPERATIONS[ClientMethod], Params or {}
        validate(operation, parameters)
        verb, path, query, _, _ = self._request(operation, parameters)
        return self._endpoint.presign(HttpMethod or verb, path, query, ExpiresIn)

    def close(self):
        """Closes nothing: connections end with the process."""

    upload_file = s3_transfer.upload_file
    upload_fileobj = s3_transfer.upload_fileobj
    download_file = s3_transfer.download_file
    download_fileobj = s3_transfer.download_fileobj
    copy = s3_transfer.copy

    def __getattr__(self, name):
        raise AttributeError(f"'S3' object has no attribute '{name}'")


def _method(name):
    def call(self, *args, **parameters):
        if args:
            raise TypeError(f"{name}() only accepts keyword arguments.")
        return self._call(name, parameters)

    call.__name__ = name
    return call


for _name in OPERATIONS:
    setattr(S3, _name, _method(_name))


class Paginator:
    """Pages of a list, asked for as they are walked through."""

    def __init__(self, call, answer_token, request_token, listed):
        self._call, self._answer_token, self._request_token, self._listed = call, answer_token, request_token, listed

    def paginate(self, PaginationConfig=None, **parameters):
        return PageIterator(functools.partial(self._pages, PaginationConfig or {}, parameters), self._listed)

    def _pages(self, config, parameters):
        left = config.get("MaxItems")
        left = None if left is None else int(left)
        if config.get("PageSize"):
            parameters = {**parameters, "MaxKeys": int(config["PageSize"])}
        if config.get("StartingToken"):
            parameters = {**parameters, self._request_token: config["StartingToken"]}
        while True:
            page = self._call(**parameters)
            for name in self._listed:
                if left is not None and name in page:
                    page[name] = page[name][:left]
                    left -= len(page[name])
            yield page
            token = page.get(self._answer_token)
            if self._request_token == "Marker" and page.get("IsTruncated") and not token:
                token = page["Contents"][-1]["Key"]
            if not token or left == 0:
                return
            parameters = {**parameters, self._request_token: token}


class PageIterator:
    def __init__(self, pages, listed):
        self._pages, self._listed = pages, listed

    def __iter__(self):
        return self._pages()

    def build_full_result(self):
        full = {}
        for page in self:
            for name in self._listed:
                if name in page:
                    full.setdefault(name, []).extend(page[name])
        return full


def _text(value):
    if value is True or value is False:
        return str(value).lower()
    if hasattr(value, "astimezone"):
        import datetime
        import email.utils

        return email.utils.format_datetime(value.astimezone(datetime.timezone.utc), usegmt=True)
    return str(value)


def _copy_source(source):
    from .aws import quote

    if isinstance(source, str):
        return quote(source, "/?=&")
    text = quote(f"{source['Bucket']}/{source['Key']}", "/")
    return text + (f"?versionId={source['VersionId']}" if source.get("VersionId") else "")


# The types that parameters must have; the others are text.
_TYPES = {
    "Metadata": (dict,), "Delete": (dict,), "MultipartUpload": (dict,), "CopySource": (str, dict),
    "MaxKeys": (int,), "PartNumber": (int,), "MaxBuckets": (int,), "ContentLength": (int,), "FetchOwner": (bool,),
}
_ANY = {"Body", "IfModifiedSince", "IfUnmodifiedSince", "Expires", "ResponseExpires"}


def validate(operation, parameters):
    """Refuses parameters that are missing, unknown or of a wrong type, as boto3
    does before it sends anything."""
    _validate_bucket(parameters.get("Bucket", "-"))
    faults = [f'Missing required parameter in input: "{n}"' for n in operation.required if n not in parameters]
    faults += [f'Unknown parameter in input: "{n}", must be one of: {", ".join(operation.known)}'
               for n in parameters if n not in operation.known]
    for name, value in parameters.items():
        types = _TYPES.get(name, (str,))
        if name in operation.known and name not in _ANY and not isinstance(value, types):
            valid = ", ".join(str(t) for t in types)
            faults.append(f"Invalid type for parameter {name}, value: {value}, type: {type(value)}, "
                          f"valid types: {valid}")
        elif name == "Key" and value == "":
            faults.append("Invalid length for parameter Key, value: 0, valid min length: 1")
    if faults:
        raise ParamValidationError(report="\n".join(faults))
    for key, value in parameters.get("Metadata", {}).items():
        if not (isinstance(key, str) and isinstance(value, str) and key.isascii() and value.isascii()):
            raise ParamValidationError(report=(
                f'Non ascii characters found in S3 metadata for key "{key}", value: "{value}".  '
                "\nS3 metadata can only contain ASCII characters. "))


def _validate_bucket(bucket):
    import re

    if not re.match(r"^[a-zA-Z0-9.\-_]{1,255}$", bucket):
        raise ParamValidationError(report=(
            f'Invalid bucket name "{bucket}": Bucket name must match the regex "^[a-zA-Z0-9.\\-_]{{1,255}}$" '
            'or be an ARN matching the regex "^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:'
            'accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:]'
            '[a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$"'))
