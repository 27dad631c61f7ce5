"""A JPEG's width and height, from its header: python3-pil need not be there."""
import sys


def size(data):
    """Width and height in pixels of a JPEG; ValueError if it is none."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG: it begins with %r" % data[:4])
    at = 2
    while at + 9 <= len(data):
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        # The start-of-frame markers, of which three numbers mean other things.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    raise ValueError("a JPEG without a frame")


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as picture:
        print(*size(picture.read()))
