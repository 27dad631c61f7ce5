"""Where many programs import Config from."""

from .config import Config
from .exceptions import ClientError

__all__ = ["ClientError", "Config"]
