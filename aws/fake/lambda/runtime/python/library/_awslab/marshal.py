"""Events and results as JSON, in the way of Lambda's own encoder."""

import json
import os
import sys

from .fault import Fault

# From this runtime on text is not escaped to ASCII.
_PLAIN_SINCE = (3, 12)


def _runtime():
    name = os.environ.get("AWS_EXECUTION_ENV", "")
    try:
        return tuple(int(part) for part in name.removeprefix("AWS_Lambda_python").split("."))
    except ValueError:
        return _PLAIN_SINCE


class _Encoder(json.JSONEncoder):
    """JSON with Decimals as numbers, named tuples as objects, and bytes as text."""

    _MARK = "\ue000decimal:%d\ue001"  # private use: not in anyone's text

    def __init__(self):
        super().__init__(ensure_ascii=_runtime() < _PLAIN_SINCE)
        self._decimals = []

    def default(self, obj):
        if isinstance(obj, bytes):
            return obj.decode("utf-8")
        decimal = sys.modules.get("decimal")
        if decimal and isinstance(obj, decimal.Decimal):
            if obj.is_nan():
                return float("nan")
            self._decimals.append(str(obj))
            return self._MARK % (len(self._decimals) - 1)
        return super().default(obj)

    def encode(self, obj):
        text = super().encode(_named(obj))
        for number, value in enumerate(self._decimals):
            mark = json.dumps(self._MARK % number, ensure_ascii=self.ensure_ascii)
            text = text.replace(mark, value, 1)
        return text


def _named(obj, parents=()):
    """The value with named tuples turned into dictionaries, itself if it has none."""
    if isinstance(obj, tuple) and hasattr(obj, "_asdict"):
        obj = obj._asdict()
    if not isinstance(obj, (dict, list, tuple)) or id(obj) in parents:
        return obj
    parents = (*parents, id(obj))
    if isinstance(obj, dict):
        changed = {key: _named(value, parents) for key, value in obj.items()}
        same = all(changed[key] is value for key, value in obj.items())
    else:
        changed = [_named(value, parents) for value in obj]
        same = all(new is old for new, old in zip(changed, obj))
    return obj if same else changed


def to_json(value):
    return _Encoder().encode(value)


def unmarshal(body, content_type):
    if content_type != "application/json":
        return body
    try:
        return json.loads(body)
    except Exception as e:
        raise Fault(Fault.UNMARSHAL_ERROR, "Unable to unmarshal input: {}".format(e))


def marshal(result):
    """The bytes of a handler's result, and their content type."""
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return to_json(result).encode("utf-8"), "application/json"
    except Exception as e:
        raise Fault(Fault.MARSHAL_ERROR, "Unable to marshal response: {}".format(e))
