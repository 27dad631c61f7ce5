"""A stand-in for boto3 with the S3 client and resource, for functions that bring
no boto3 of their own. It speaks to the sandbox under AWS_ENDPOINT_URL."""

__version__ = "0.0.0+sandbox"

DEFAULT_SESSION = None


def setup_default_session(**settings):
    global DEFAULT_SESSION
    from .session import Session

    DEFAULT_SESSION = Session(**settings)


def _default_session():
    if DEFAULT_SESSION is None:
        setup_default_session()
    return DEFAULT_SESSION


def client(*args, **settings):
    """A client of a service, as boto3.client gives it."""
    return _default_session().client(*args, **settings)


def resource(*args, **settings):
    """A resource of a service, as boto3.resource gives it."""
    return _default_session().resource(*args, **settings)


def set_stream_logger(name="boto3", level=10, format_string=None):
    import logging

    logger = logging.getLogger(name)
    logger.setLevel(level)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(format_string or "%(asctime)s %(name)s [%(levelname)s] %(message)s"))
    logger.addHandler(handler)


def __getattr__(name):
    if name == "Session":
        from .session import Session

        return Session
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
