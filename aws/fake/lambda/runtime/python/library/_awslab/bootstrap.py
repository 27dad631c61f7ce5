"""Runs a handler: resolves it, then asks the Runtime API for one event after
the other. Errors, their payloads and the log's format are those of AWS's
runtime interface client for Python."""

import importlib
import json
import logging
import os
import sys
import time
import traceback

from . import packages
from .context import LambdaContext
from .fault import Fault
from .marshal import marshal, to_json, unmarshal
from .wire import Connection, WireError

API = "/2018-06-01/runtime"
NO_BREAK_SPACE = "\u00a0"

UNHANDLED_WARNING = (
    "LAMBDA_WARNING: Unhandled exception. "
    "The most likely cause is an issue in the function code. "
    "However, in rare cases, a Lambda runtime update can cause unexpected function behavior. "
    "For functions using managed runtimes, runtime updates can be triggered by a function change, "
    "or can be applied automatically. "
    "To determine if the runtime has been updated, check the runtime version in the INIT_START log entry. "
    "If this error correlates with a change in the runtime version, you may be able to mitigate this error "
    "by temporarily rolling back to the previous runtime version. "
    "For more information, see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)


class Output:
    """The two pipes to the sandbox. It writes to them directly: a function may
    replace or close sys.stdout."""

    def __init__(self):
        self.request_id = ""

    def log(self, message):
        """Writes one event of the log, framed if it has several lines."""
        _flush()
        text = message.removesuffix("\n").encode("utf-8", "backslashreplace")
        if b"\n" in text or b"\0" in text:
            text = b"\0EVENT %d\n%s" % (len(text), text)
        _write(1, text + b"\n")

    def log_error(self, error):
        head = "[ERROR]"
        if error["errorType"]:
            head += " " + error["errorType"]
        if error["errorMessage"]:
            head += (": " if error["errorType"] else " ") + error["errorMessage"]
        lines = [head, "Traceback (most recent call last):"]
        for element in error["stackTrace"]:
            lines += [_no_break(line) for line in element.splitlines()] or [""]
        self.log("\n".join(lines))

    def end(self):
        """Says that all that belongs to the request has been written."""
        _flush()
        for pipe in (1, 2):
            _write(pipe, b"\0END %s\n" % self.request_id.encode())


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # replaced or closed by the function


def _write(pipe, data):
    try:
        while data:
            data = data[os.write(pipe, data):]
    except OSError:
        pass  # closed by the function: there is nowhere to say it


def _no_break(line):
    rest = line.lstrip(" ")
    return NO_BREAK_SPACE * (len(line) - len(rest)) + rest


class LogHandler(logging.Handler):
    def __init__(self, log_sink):
        super().__init__()
        self.log_sink = log_sink

    def emit(self, record):
        self.log_sink.log(self.format(record))


def _setup_logging(output):
    def stamp(record):
        record.aws_request_id = output.request_id
        return True

    logging.Formatter.converter = time.gmtime
    handler = LogHandler(output)
    handler.setFormatter(logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(stamp)
    logging.getLogger().addHandler(handler)


def get_handler(handler):
    """The function that a handler setting names."""
    try:
        modname, fname = handler.rsplit(".", 1)
    except ValueError as e:
        raise Fault(Fault.MALFORMED_HANDLER_NAME, "Bad handler '{}': {}".format(handler, e))
    try:
        if modname.split(".")[0] in sys.builtin_module_names:
            raise Fault(Fault.BUILT_IN_MODULE_CONFLICT,
                        "Cannot use built-in module {} as a handler module".format(modname))
        module = importlib.import_module(modname.replace("/", "."))
    except ImportError as e:
        raise Fault(Fault.IMPORT_MODULE_ERROR, "Unable to import module '{}': {}".format(modname, e))
    except SyntaxError as e:
        trace = ['  File "%s" Line %s\n    %s' % (_shown(e.filename or ""), e.lineno, e.text)]
        raise Fault(Fault.USER_CODE_SYNTAX_ERROR, "Syntax error in module '{}': {}".format(modname, e), trace)
    try:
        return getattr(module, fname)
    except AttributeError:
        raise Fault(Fault.HANDLER_NOT_FOUND, "Handler '{}' missing on module '{}'".format(fname, modname))


def _shown(path):
    """A file's path as Lambda's image has it."""
    for folder, name in _places:
        if path.startswith(folder + os.sep):
            return name + path[len(folder):].replace(os.sep, "/")
    return path


_places = []  # (folder, its path in Lambda's image), filled by run


def _error(message, kind, trace, request_id=""):
    return {"errorMessage": message or "", "errorType": kind or "", "requestId": request_id,
            "stackTrace": trace or []}


def _error_of(exception, request_id=""):
    if isinstance(exception, Fault):
        return _error(exception.msg, exception.exception_type, exception.trace, request_id)
    frames = [(_shown(f.filename), f.lineno, f.name, f.line) for f in traceback.extract_tb(exception.__traceback__)]
    own = _shown(__file__)
    first = next((i for i, frame in enumerate(frames) if frame[0] != own), 0)
    return _error(str(exception), type(exception).__name__, traceback.format_list(frames[first:]), request_id)


class Runtime:
    """The Runtime API."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self._connection = Connection(host.strip("[]"), int(port))

    def next(self):
        response = self._connection.request("GET", API + "/invocation/next")
        return response.headers, response.read()

    def post(self, path, body, headers):
        response = self._connection.request("POST", API + path, headers, body)
        answer = response.read()
        # 413: the response was too large, which the sandbox has dealt with.
        if response.status >= 300 and response.status != 413:
            raise WireError("the Runtime API answered %d: %s" % (response.status, answer.decode("utf-8", "replace")))

    def post_error(self, path, error):
        self.post(path, to_json(error).encode("utf-8", "backslashreplace"), {
            "Content-Type": "application/vnd.aws.lambda.error+json",
            "Lambda-Runtime-Function-Error-Type": _header(error["errorType"]),
        })


def _header(text):
    return "".join(c if " " <= c <= "~" else "?" for c in text)


def _context(headers):
    def parsed(header, name):
        text = headers.get(header)
        if not text:
            return None
        try:
            return json.loads(text)
        except Exception as e:
            raise Fault(Fault.CONTEXT_UNMARSHAL_ERROR, "Unable to parse {} JSON: {}".format(name, e))

    return LambdaContext(
        headers.get("lambda-runtime-aws-request-id"),
        parsed("lambda-runtime-client-context", "Client Context"),
        parsed("lambda-runtime-cognito-identity", "Cognito Identity"),
        int(headers.get("lambda-runtime-deadline-ms", 0)),
        headers.get("lambda-runtime-invoked-function-arn"),
        headers.get("lambda-runtime-aws-tenant-id"),
    )


def _handle(runtime, output, handler, headers, body):
    """Has one event handled, and its result or error posted."""
    error = None
    try:
        context = _context(headers)
        event = unmarshal(body, headers.get("content-type", "application/json"))
        result, content_type = marshal(handler(event, context))
    except Exception as e:
        error = _error_of(e, output.request_id)
    path = "/invocation/" + output.request_id
    if error is not None:
        output.log_error(error)
        output.end()
        runtime.post_error(path + "/error", error)
    else:
        output.end()
        runtime.post(path + "/response", result, {"Content-Type": content_type})


def _initialise(runtime, output):
    """The handler; without one it posts the error and ends the process."""
    try:
        return get_handler(os.environ.get("_HANDLER", ""))
    except Exception as e:
        error = _error_of(e)
    logging.warning(UNHANDLED_WARNING)
    output.log_error(error)
    output.end()
    runtime.post_error("/init/error", error)
    sys.exit(1)


def run(library):
    root = os.environ.get("LAMBDA_TASK_ROOT") or os.getcwd()
    os.chdir(root)
    sys.path.insert(0, root)
    own = os.path.dirname(os.path.abspath(__file__))
    _places.extend([(root, "/var/task"), (own, "/var/runtime"), (library, "/var/runtime"), (sys.prefix, "/var/lang")])
    output = Output()
    runtime = Runtime(os.environ["AWS_LAMBDA_RUNTIME_API"])
    _setup_logging(output)
    packages.arrange(root, library, output)
    handler = _initialise(runtime, output)
    output.end()
    while True:
        headers, body = runtime.next()
        output.request_id = headers.get("lambda-runtime-aws-request-id", "")
        trace = headers.get("lambda-runtime-trace-id")
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        _handle(runtime, output, handler, headers, body)
