"""A stand-in for botocore: what functions import of it."""

__version__ = "0.0.0+sandbox"
