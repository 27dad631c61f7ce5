"""A stand-in for Pillow, for functions that bring none: pictures are opened,
resized, cropped, turned, converted and saved. The sandbox works on the pixels."""

__version__ = "0.0.0+sandbox"


class UnidentifiedImageError(OSError):
    """The file is not a picture that can be opened."""
