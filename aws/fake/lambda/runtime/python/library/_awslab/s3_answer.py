"""What S3 sends and is sent, as Python values."""

import datetime

from botocore.response import StreamingBody

from .s3_table import ANSWER, ANSWER_NUMBERS, LISTS, NUMBERS, TIMES, TRUTHS

# Of an error without a body (the answer to a HEAD) the status tells all.
_REASONS = {
    301: "Moved Permanently", 304: "Not Modified", 307: "Temporary Redirect", 400: "Bad Request",
    401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
    412: "Precondition Failed", 416: "Requested Range Not Satisfiable", 500: "Internal Server Error",
    501: "Not Implemented", 503: "Service Unavailable",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _metadata(response):
    headers = dict(response.headers)
    return {"RequestId": headers.get("x-amz-request-id", ""), "HostId": headers.get("x-amz-id-2", ""),
            "HTTPStatusCode": response.status, "HTTPHeaders": headers, "RetryAttempts": 0}


def _http_time(text):
    """The time of a header like 'Sun, 22 Nov 2026 13:43:15 GMT'."""
    _, day, month, year, clock, _ = text.split(" ")
    return datetime.datetime(int(year), _MONTHS.index(month) + 1, int(day), *map(int, clock.split(":")),
                             tzinfo=datetime.timezone.utc)


def _from_headers(response, of_object):
    answer = {}
    headers = response.headers
    if "last-modified" in headers:
        answer["LastModified"] = _http_time(headers["last-modified"])
    if of_object and "content-length" in headers:
        answer["ContentLength"] = int(headers["content-length"])
    answer.update((name, headers[header]) for header, name in ANSWER.items() if header in headers)
    answer.update((name, int(headers[header])) for header, name in ANSWER_NUMBERS.items() if header in headers)
    if "x-amz-delete-marker" in headers:
        answer["DeleteMarker"] = headers["x-amz-delete-marker"] == "true"
    if of_object:
        answer["Metadata"] = {name[len("x-amz-meta-"):]: value for name, value in headers.items()
                              if name.startswith("x-amz-meta-")}
    return answer


def stream(response):
    """The answer to GetObject: its body is read by the caller."""
    answer = {"ResponseMetadata": _metadata(response), **_from_headers(response, True)}
    answer["Body"] = StreamingBody(response, response.headers.get("content-length", 0))
    return answer


def read(operation, response):
    """The answer to any other operation, with the key Error if it failed."""
    body = response.read()
    answer = {"ResponseMetadata": _metadata(response)}
    if response.status >= 300:
        return _failed(answer, response.status, body)
    answer.update(_from_headers(response, operation == "HeadObject"))
    if body:
        tree = _parse(body)
        if tree.tag == "Error":  # CompleteMultipartUpload and CopyObject may fail after their 200
            return _failed(answer, 500, body)
        if operation == "CopyObject":
            tree_answer = {"CopyObjectResult": _value(tree)}
        else:
            tree_answer = _value(tree)
        answer.update(_unquoted(tree_answer))
    return answer


def _failed(answer, status, body):
    error = {"Code": str(status), "Message": _REASONS.get(status, "")}
    if body:
        try:
            fields = {child.tag: child.text or "" for child in _parse(body)}
        except SyntaxError:  # what is not XML
            fields = {}
        request, host = fields.pop("RequestId", None), fields.pop("HostId", None)
        if request:
            answer["ResponseMetadata"]["RequestId"] = request
        if host:
            answer["ResponseMetadata"]["HostId"] = host
        error.update(fields)
    return {"Error": error, **answer}


def _parse(body):
    import xml.etree.ElementTree as ElementTree

    tree = ElementTree.fromstring(body)
    for element in tree.iter():
        element.tag = element.tag.rpartition("}")[2]  # without the namespace
    return tree


def _value(element):
    """An element as a dictionary, a list or a value."""
    name, text = element.tag, element.text or ""
    if len(element) == 0:
        if name in NUMBERS:
            return int(text)
        if name in TRUTHS:
            return text == "true"
        if name in TIMES:
            return datetime.datetime.fromisoformat(text)
        return text
    if name == "Buckets":
        return [_value(child) for child in element]
    answer = {}
    for child in element:
        if child.tag in LISTS:
            # The errors of DeleteObjects are called Errors, although each is an Error.
            answer.setdefault("Errors" if child.tag == "Error" else child.tag, []).append(_value(child))
        else:
            answer[child.tag] = _value(child)
    return answer


def _unquoted(answer):
    """Keys as they are, if they were asked for percent-encoded; boto3 takes the
    encoding out of what it did not have from its caller."""
    if answer.get("EncodingType") != "url":
        return answer
    from urllib.parse import unquote_plus

    for name in ("Delimiter", "Marker", "NextMarker", "Prefix", "StartAfter"):
        if name in answer:
            answer[name] = unquote_plus(answer[name])
    for item in answer.get("Contents", []):
        item["Key"] = unquote_plus(item["Key"])
    for item in answer.get("CommonPrefixes", []):
        item["Prefix"] = unquote_plus(item["Prefix"])
    return answer


def payload(operation, value, headers):
    """The body of a request, and the headers that it needs."""
    if operation in ("DeleteObjects", "CompleteMultipartUpload"):
        data = _document(operation, value)
        if operation == "DeleteObjects":
            import base64
            import hashlib

            headers["Content-MD5"] = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        headers["Content-Type"] = "application/xml"
        return data
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if not hasattr(value, "read"):
        from botocore.exceptions import ParamValidationError

        raise ParamValidationError(report=(
            f"Invalid type for parameter Body, value: {value}, type: {type(value)}, "
            "valid types: <class 'bytes'>, <class 'bytearray'>, file-like object"))
    try:
        here = value.tell()
        length = value.seek(0, 2) - here
        value.seek(here)
    except (AttributeError, OSError, TypeError):
        return value.read()
    if not hasattr(value, "mode") or "b" in str(value.mode):
        headers["Content-Length"] = length
        return value
    return value.read().encode("utf-8")


def _document(operation, value):
    from xml.sax.saxutils import escape

    def element(name, content):
        if isinstance(content, dict):
            content = "".join(element(n, v) for n, v in content.items())
        elif isinstance(content, list):
            return "".join(element(name, item) for item in content)
        else:
            content = escape(str(content).lower() if isinstance(content, bool) else str(content),
                             {"\r": "&#xD;", "\n": "&#xA;"})
        return f"<{name}>{content}</{name}>"

    root, items, item = {
        "DeleteObjects": ("Delete", "Objects", "Object"),
        "CompleteMultipartUpload": ("CompleteMultipartUpload", "Parts", "Part"),
    }[operation]
    value = {item if n == items else n: v for n, v in value.items()}
    text = element(root, value)
    return text.replace(f"<{root}>", f'<{root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">', 1).encode("utf-8")
