"""Pillow's Image module, as far as the stand-in has it. An Image holds the bytes
of its file and the list of what was done; save has it done."""

import builtins
import enum
import math
import os

from . import UnidentifiedImageError, __version__

__all__ = ["DecompressionBombError", "DecompressionBombWarning", "Image", "UnidentifiedImageError", "__version__",
           "new", "open"]

MAX_IMAGE_PIXELS = int(1024 * 1024 * 1024 // 4 // 3)


class DecompressionBombWarning(RuntimeWarning):
    pass


class DecompressionBombError(Exception):
    pass


class Transpose(enum.IntEnum):
    FLIP_LEFT_RIGHT = 0
    FLIP_TOP_BOTTOM = 1
    ROTATE_90 = 2
    ROTATE_180 = 3
    ROTATE_270 = 4
    TRANSPOSE = 5
    TRANSVERSE = 6


class Resampling(enum.IntEnum):
    NEAREST = 0
    LANCZOS = 1
    BILINEAR = 2
    BICUBIC = 3
    BOX = 4
    HAMMING = 5


globals().update(Transpose.__members__)
globals().update(Resampling.__members__)

# The formats that are written, by the names of files. Pillow has more.
EXTENSION = {".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".apng": "PNG",
             ".gif": "GIF"}
_NOT_HERE = {".bmp": "BMP", ".webp": "WEBP", ".tif": "TIFF", ".tiff": "TIFF", ".ico": "ICO", ".pdf": "PDF",
             ".ppm": "PPM", ".jp2": "JPEG2000", ".avif": "AVIF"}
MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
_WRITABLE = {"JPEG": ("1", "L", "RGB", "CMYK"), "PNG": (*_MODES, "I;16"), "GIF": _MODES}


def registered_extensions():
    return dict(EXTENSION)


def _ask(path, *pieces):
    """What the sandbox answers about a picture."""
    from _awslab.wire import Connection

    host, _, port = os.environ["AWS_LAMBDA_RUNTIME_API"].rpartition(":")
    connection = Connection(host.strip("[]"), int(port))
    try:
        response = connection.request("POST", "/_awslab/pictures/" + path, {"Content-Type": "application/octet-stream"},
                                      b"".join(pieces))
        body = response.read()
    finally:
        connection.close()
    if response.status == 200:
        return body
    if response.status != 422:
        raise OSError(f"the sandbox cannot work on pictures: {response.status} {body.decode('utf-8', 'replace')}")
    import json

    refusal = json.loads(body)
    kinds = {"unidentified": UnidentifiedImageError, "bomb": DecompressionBombError, "invalid": ValueError}
    raise kinds.get(refusal["kind"], OSError)(refusal["message"])


def _check_bomb(size):
    pixels = max(1, size[0]) * max(1, size[1])
    if MAX_IMAGE_PIXELS is None or pixels <= MAX_IMAGE_PIXELS:
        return
    if pixels > 2 * MAX_IMAGE_PIXELS:
        raise DecompressionBombError(f"Image size ({pixels} pixels) exceeds limit of {2 * MAX_IMAGE_PIXELS} pixels, "
                                     "could be decompression bomb DOS attack.")
    import warnings

    warnings.warn(f"Image size ({pixels} pixels) exceeds limit of {MAX_IMAGE_PIXELS} pixels, "
                  "could be decompression bomb DOS attack.", DecompressionBombWarning, stacklevel=3)


def open(fp, mode="r", formats=None):
    """Opens a picture: a path, or a file object in binary mode."""
    if mode != "r":
        raise ValueError(f"bad mode {mode!r}")
    filename = ""
    if isinstance(fp, (str, bytes, os.PathLike)):
        filename = os.fspath(fp)
        with builtins.open(filename, "rb") as file:
            data = file.read()
    else:
        try:
            fp.seek(0)
        except (AttributeError, OSError):
            pass  # it is read from where it stands
        data = fp.read()
        filename = getattr(fp, "name", "") if isinstance(getattr(fp, "name", ""), str) else ""
    try:
        import json

        identity = json.loads(_ask("identify", data))
    except UnidentifiedImageError:
        raise UnidentifiedImageError("cannot identify image file %r" % (filename if filename else fp)) from None
    if formats is not None and identity["format"] not in [name.upper() for name in formats]:
        raise UnidentifiedImageError("cannot identify image file %r" % (filename if filename else fp))
    size = (identity["width"], identity["height"])
    _check_bomb(size)
    image = Image()
    image.filename, image.format = filename, identity["format"]
    image._set(data, [], identity["mode"], size)
    return image


def new(mode, size, color=0):
    """A picture of one colour."""
    if mode not in _MODES:
        raise ValueError("unrecognized image mode" if mode not in ("CMYK", "YCbCr", "HSV", "LAB", "I", "F")
                         else f"the sandbox's stand-in for Pillow has no mode {mode}")
    from .ImageColor import channels

    width, height = int(size[0]), int(size[1])
    if width < 0 or height < 0:
        raise ValueError("Width and height must be >= 0")
    image = Image()
    image._set(b"", [{"do": "new", "size": [width, height], "fill": channels(color, mode)}], mode, (width, height))
    return image


class Image:
    """A picture. What changes it is noted, and done when it is saved."""

    format = None
    format_description = None
    filename = ""

    def __init__(self):
        self._set(b"", [], "", (0, 0))
        self.info = {}

    def _set(self, data, steps, mode, size):
        self._data, self._steps, self._mode, self._size = data, steps, mode, size

    mode = property(lambda self: self._mode)
    size = property(lambda self: self._size)
    width = property(lambda self: self._size[0])
    height = property(lambda self: self._size[1])

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def __repr__(self):
        return (f"<{type(self).__module__}.{type(self).__name__} image mode={self.mode} "
                f"size={self.size[0]}x{self.size[1]} at 0x{id(self):X}>")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"the sandbox's stand-in for Pillow has no Image.{name}")

    def close(self):
        self._data = None

    def load(self):
        """Does nothing: the pixels are decoded by save."""

    def verify(self):
        self._held()

    def _held(self):
        if self._data is None:
            raise ValueError("Operation on closed image")
        return self._data

    def _with(self, step, size=None, mode=None):
        """A picture like this with one more step."""
        other = Image()
        other.info = dict(self.info)
        other._set(self._held(), [*self._steps, step] if step else list(self._steps), mode or self._mode,
                   size or self._size)
        return other

    def copy(self):
        return self._with(None)

    def thumbnail(self, size, resample=Resampling.BICUBIC, reducing_gap=2.0):
        """Makes the picture fit into a size: smaller, never larger, its aspect kept."""
        self._held()
        most = tuple(map(math.floor, size))
        small = _fitted(self._size, most)
        if small is not None:
            self._steps = [*self._steps, {"do": "thumbnail", "size": small, "max": most, "filter": _filter(resample)}]
            self._size = small

    def resize(self, size, resample=None, box=None, reducing_gap=None):
        size = (int(size[0]), int(size[1]))
        if size[0] < 1 or size[1] < 1:
            raise ValueError("height and width must be > 0")
        if resample is None:
            resample = Resampling.NEAREST if self.mode in ("1", "P") else Resampling.BICUBIC
        source = self
        if box is not None:
            if box[0] < 0 or box[1] < 0:
                raise ValueError("Box offset can't be negative")
            if box[2] > self.width or box[3] > self.height:
                raise ValueError("Box can't exceed original image size")
            source = self.crop(box)
        return source._with({"do": "resize", "size": size, "filter": _filter(resample)}, size)

    def reduce(self, factor, box=None):
        across, down = factor if isinstance(factor, (tuple, list)) else (factor, factor)
        size = (-(-self.width // across), -(-self.height // down))
        return self.resize(size, Resampling.BOX, box)

    def crop(self, box=None):
        if box is None:
            return self.copy()
        if box[2] < box[0]:
            raise ValueError("Coordinate 'right' is less than 'left'")
        if box[3] < box[1]:
            raise ValueError("Coordinate 'lower' is less than 'upper'")
        box = tuple(int(round(side)) for side in box)
        size = (box[2] - box[0], box[3] - box[1])
        return self._with({"do": "crop", "box": box, "size": size, "fill": self._fill(None)}, size)

    def rotate(self, angle, resample=Resampling.NEAREST, expand=0, center=None, translate=None, fillcolor=None):
        if center is not None or translate is not None:
            raise NotImplementedError("the sandbox's stand-in for Pillow rotates around the centre only")
        angle = angle % 360.0
        size = self._size
        if angle == 0:
            return self.copy()
        if angle == 180 or angle in (90, 270) and (expand or size[0] == size[1]):
            return self.transpose({90: Transpose.ROTATE_90, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_270}[angle])
        if expand:
            size = _expanded(size, angle)
        return self._with({"do": "rotate", "angle": angle, "size": size, "fill": self._fill(fillcolor)}, size)

    def transpose(self, method):
        method = Transpose(method)
        turned = method not in (Transpose.FLIP_LEFT_RIGHT, Transpose.FLIP_TOP_BOTTOM, Transpose.ROTATE_180)
        size = (self.height, self.width) if turned else self._size
        return self._with({"do": "transpose", "method": int(method)}, size)

    def convert(self, mode=None, matrix=None, dither=None, palette=None, colors=256):
        mode = mode or ("RGB" if self.mode == "P" else self.mode)
        if mode == self.mode:
            return self.copy()
        if mode not in _MODES:
            raise ValueError(f"the sandbox's stand-in for Pillow does not convert to {mode}")
        return self._with({"do": "convert", "mode": mode}, mode=mode)

    def getbands(self):
        return {"P": ("P",), "1": ("1",), "I;16": ("I",)}.get(self.mode) or tuple(self.mode)

    def getexif(self):
        from .ExifTags import read

        return read(self._held() if self.format == "JPEG" else b"")

    def _getexif(self):
        return self.getexif() or None

    def get_format_mimetype(self):
        return MIME.get(self.format)

    def _fill(self, color):
        from .ImageColor import channels

        if color is None:
            return [0, 0, 0, 0 if self.mode in ("LA", "RGBA") else 255]
        return channels(color, self.mode)

    def save(self, fp, format=None, **params):
        """Writes the picture to a path or a file object."""
        data = self._held()
        path = os.fspath(fp) if isinstance(fp, (str, bytes, os.PathLike)) else None
        name = path if path is not None else getattr(fp, "name", "")
        suffix = os.path.splitext(os.fsdecode(name))[1].lower() if isinstance(name, (str, bytes)) else ""
        body = self._rendered(data, _format(format, suffix), params)
        if path is None:
            fp.write(body)
            if hasattr(fp, "flush"):
                fp.flush()
            return
        with builtins.open(path, "w+b") as file:
            file.write(body)

    def _rendered(self, data, format, params):
        import json

        if 0 in self._size:
            raise ValueError(f"cannot write empty image as {format}" if format == "JPEG"
                             else "cannot write empty image")
        if self.mode not in _WRITABLE[format]:
            raise OSError(f"cannot write mode {self.mode} as {format}")
        quality = params.get("quality", 0)
        if quality in ("keep", -1):
            quality = 0
        if not isinstance(quality, int):
            raise ValueError("Invalid quality setting")
        # What is opened in a mode without alpha is written without.
        mode = {"CMYK": "RGB", "I;16": "L"}.get(self.mode, self.mode)
        request = {"steps": self._steps, "format": format, "mode": mode, "quality": max(0, min(quality, 100))}
        return _ask("render", json.dumps(request).encode(), b"\n", data)


def _format(format, suffix):
    if format:
        name = format.upper()
        if name in MIME:
            return name
        if name in _NOT_HERE.values():
            raise OSError(f"the sandbox's stand-in for Pillow does not write {name}")
        raise KeyError(name)
    if suffix in EXTENSION:
        return EXTENSION[suffix]
    if suffix in _NOT_HERE:
        raise OSError(f"the sandbox's stand-in for Pillow does not write {_NOT_HERE[suffix]}")
    raise ValueError(f"unknown file extension: {suffix}")


def _filter(resample):
    try:
        return int(Resampling(resample))
    except ValueError:
        raise ValueError(f"Unknown resampling filter ({resample}).") from None


def _fitted(size, most):
    """The size that a picture of a size takes in another, or None if it fits. Of
    the two whole numbers next to the exact one it is that which comes nearer to
    the aspect."""

    def nearer(number, fault):
        return max(min(math.floor(number), math.ceil(number), key=fault), 1)

    x, y = most
    if x >= size[0] and y >= size[1]:
        return None
    aspect = size[0] / size[1]
    if x / y >= aspect:
        return nearer(y * aspect, lambda n: abs(aspect - n / y)), y
    return x, nearer(x / aspect, lambda n: 0 if n == 0 else abs(aspect - x / n))


def _expanded(size, angle):
    """The size of the box around a turned picture."""
    turn = -math.radians(angle)
    cos, sin = round(math.cos(turn), 15), round(math.sin(turn), 15)
    width, height = size
    middle = (width / 2, height / 2)
    offset = (-cos * middle[0] - sin * middle[1] + middle[0], sin * middle[0] - cos * middle[1] + middle[1])
    corners = ((0, 0), (width, 0), (width, height), (0, height))
    xs = [cos * x + sin * y + offset[0] for x, y in corners]
    ys = [-sin * x + cos * y + offset[1] for x, y in corners]
    return math.ceil(max(xs)) - math.floor(min(xs)), math.ceil(max(ys)) - math.floor(min(ys))
