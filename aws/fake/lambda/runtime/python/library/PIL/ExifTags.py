"""The EXIF tags of a JPEG: those of its first directory that are text or numbers."""

TAGS = {
    0x010E: "ImageDescription", 0x010F: "Make", 0x0110: "Model", 0x0112: "Orientation", 0x011A: "XResolution",
    0x011B: "YResolution", 0x0128: "ResolutionUnit", 0x0131: "Software", 0x0132: "DateTime", 0x013B: "Artist",
    0x0213: "YCbCrPositioning", 0x8298: "Copyright", 0x8769: "ExifOffset", 0x8825: "GPSInfo",
}
_ASCII, _SHORT, _LONG = 2, 3, 4


def read(data):
    """The tags as a dictionary by number; empty if there are none or they are broken."""
    tiff = _segment(data)
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return {}

    def number(at, size):
        return int.from_bytes(tiff[at:at + size], order)

    tags, start = {}, number(4, 4)
    for entry in range(start + 2, min(start + 2 + 12 * number(start, 2), len(tiff) - 11), 12):
        tag, kind, count = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4)
        if kind == _SHORT and count == 1:
            tags[tag] = number(entry + 8, 2)
        elif kind == _LONG and count == 1:
            tags[tag] = number(entry + 8, 4)
        elif kind == _ASCII:
            at = entry + 8 if count <= 4 else number(entry + 8, 4)
            tags[tag] = tiff[at:at + count].split(b"\0")[0].decode("latin-1")
    return tags


def _segment(data):
    """What follows the EXIF mark in a JPEG's header."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xD9, 0xDA):
        if data[at + 1] == 0xFF:  # padding
            at += 1
            continue
        size = int.from_bytes(data[at + 2:at + 4], "big")
        if data[at + 1] == 0xE1 and data[at + 4:at + 10] == b"Exif\0\0":
            return data[at + 10:at + 2 + size]
        at += 2 + size
    return b""
