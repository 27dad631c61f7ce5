"""Ready-made operations on pictures."""

from .Image import Resampling, Transpose

_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112


def exif_transpose(image, *, in_place=False):
    """The picture turned as its EXIF data say; in place, or as a new one."""
    method = _UPRIGHT.get(image.getexif().get(_ORIENTATION))
    turned = image.transpose(method) if method is not None else image.copy()
    if not in_place:
        return turned
    if method is not None:
        image._set(turned._data, turned._steps, turned.mode, turned.size)
    return None


def grayscale(image):
    return image.convert("L")


def mirror(image):
    return image.transpose(Transpose.FLIP_LEFT_RIGHT)


def flip(image):
    return image.transpose(Transpose.FLIP_TOP_BOTTOM)


def scale(image, factor, resample=Resampling.BICUBIC):
    if factor == 1:
        return image.copy()
    if factor <= 0:
        raise ValueError("the factor must be greater than 0")
    return image.resize((round(factor * image.width), round(factor * image.height)), resample)


def contain(image, size, method=Resampling.BICUBIC):
    """The picture as large as fits into a size."""
    return image.resize(_sized(image.size, size, wide=image.width / image.height > size[0] / size[1]), method)


def cover(image, size, method=Resampling.BICUBIC):
    """The picture as small as covers a size."""
    return image.resize(_sized(image.size, size, wide=image.width / image.height < size[0] / size[1]), method)


def _sized(source, size, wide):
    ratio = source[0] / source[1]
    if ratio == size[0] / size[1]:
        return size
    return (size[0], round(source[1] / source[0] * size[0])) if wide else (round(ratio * size[1]), size[1])


def fit(image, size, method=Resampling.BICUBIC, bleed=0.0, centering=(0.5, 0.5)):
    """The picture cut to the aspect of a size, and resized to it."""
    ratio, wanted = image.width / image.height, size[0] / size[1]
    width, height = image.size
    if ratio >= wanted:
        width = wanted * image.height
    else:
        height = image.width / wanted
    left, top = (image.width - width) * centering[0], (image.height - height) * centering[1]
    return image.resize(size, method, (left, top, left + width, top + height))
