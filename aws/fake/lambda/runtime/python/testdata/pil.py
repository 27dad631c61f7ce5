"""What programs do with Pillow, told line by line. Sizes, modes, exceptions and
their messages are those of the real one; run with it, it has to say the same."""

import io
import os
import sys

from PIL import Image, ImageOps, UnidentifiedImageError

os.chdir(sys.argv[1] if len(sys.argv) > 1 else os.environ["PICTURES"])


def show(*values):
    sys.stdout.buffer.write((" ".join(str(v) for v in values) + "\n").encode())


def told(what, call):
    try:
        show(what, call())
    except Exception as e:
        show(what, type(e).__module__, type(e).__name__, "|", e)


def saved(image, name, **params):
    """The picture as it is when it is saved and opened again."""
    into = io.BytesIO()
    image.save(into, name, **params)
    again = Image.open(into)
    return again.format, again.mode, again.size


for name in ("photo.jpg", "gray.jpg", "alpha.png", "palette.png", "gray.png", "still.gif", "turned.jpg"):
    with Image.open(name) as image:
        show(name, image.format, image.mode, image.size, image.width, image.height, image.filename, image.getbands(),
             image.get_format_mimetype(), image.getexif().get(274))

show("-- thumbnails")
for size in ((128, 128), (100, 300), (300, 20), (5000, 5000), (33.7, 33.7), (1, 1), (128, 5000)):
    with Image.open("photo.jpg") as image:
        image.thumbnail(size)
        image.save("small.jpg")
        show(size, image.size, image.format, Image.open("small.jpg").size)
for name in ("gray.jpg", "alpha.png", "palette.png", "gray.png", "still.gif"):
    with Image.open(name) as image:
        image.thumbnail((40, 40), Image.LANCZOS)
        image.save("small" + os.path.splitext(name)[1])
        small = Image.open("small" + os.path.splitext(name)[1])
        show(name, small.format, small.size)

show("-- changes")
image = Image.open("photo.jpg")
show(image.resize((50, 60)).size, saved(image.resize((50, 60)), "PNG"))
show(image.resize((50, 60), Image.Resampling.NEAREST, box=(0, 0, 10, 10)).size)
show(image.crop((10, 20, 110, 90)).size, saved(image.crop((10, 20, 110, 90)), "JPEG"))
show(image.crop((-10, -10, 20, 20)).size, saved(image.crop((-10, -10, 20, 20)), "JPEG"))
for angle in (0, 45, 90, 180, 270, 33.3, -90, 360, 450):
    show(angle, image.rotate(angle).size, image.rotate(angle, expand=True).size,
         saved(image.rotate(angle, expand=True), "JPEG"))
for method in Image.Transpose:
    show(method.name, saved(image.transpose(method), "PNG"))
for mode in ("1", "L", "LA", "RGB", "RGBA"):
    show(mode, image.convert(mode).mode, saved(image.convert(mode), "PNG")[::2])
show(saved(Image.open("alpha.png").convert("RGB"), "JPEG"), saved(Image.open("palette.png").convert("RGB"), "JPEG"))
show(saved(image, "GIF")[::2], saved(Image.open("still.gif").convert("RGB"), "JPEG"))
show(image.copy().size, image.format, image.copy().format, image.resize((5, 5)).format)
show(saved(Image.new("RGB", (7, 5), "red"), "PNG"), saved(Image.new("L", (7, 5), 128), "JPEG"))
show(saved(ImageOps.exif_transpose(Image.open("turned.jpg")), "JPEG"), ImageOps.fit(image, (40, 40)).size,
     ImageOps.contain(image, (40, 40)).size, ImageOps.grayscale(image).mode, saved(ImageOps.mirror(image), "JPEG"))

show("-- files")
with open("photo.jpg", "rb") as file:
    show(Image.open(file).size)
show(Image.open(io.BytesIO(open("photo.jpg", "rb").read())).size)
low, high = io.BytesIO(), io.BytesIO()
image.save(low, format="jpeg", quality=10)
image.save(high, format="jpeg", quality=95)
show(len(low.getvalue()) < len(high.getvalue()) / 2)
told("not a picture", lambda: Image.open("text.jpg"))
told("empty", lambda: Image.open("empty.jpg"))
told("absent", lambda: Image.open("absent.jpg"))
try:
    Image.open("text.jpg")
except OSError as e:
    show(isinstance(e, UnidentifiedImageError))
told("bomb", lambda: Image.open("bomb.png"))
told("no suffix", lambda: image.save("small"))
told("odd suffix", lambda: image.save("small.xyz"))
told("odd format", lambda: image.save("small.jpg", format="xyz"))
told("memory without format", lambda: image.save(io.BytesIO()))
told("alpha as JPEG", lambda: Image.open("alpha.png").save("small.jpg"))
told("palette as JPEG", lambda: Image.open("palette.png").save("small.jpg"))
told("no folder", lambda: image.save("absent/small.jpg"))
told("bad size", lambda: image.resize((0, 5)))
told("bad box", lambda: image.crop((10, 10, 5, 20)))
told("bad mode", lambda: Image.new("nope", (1, 1)))
told("bad open", lambda: Image.open("photo.jpg", "w"))
with Image.open("photo.jpg") as image:
    image.verify()
told("odd filter", lambda: isinstance(Image.LANCZOS, int))
