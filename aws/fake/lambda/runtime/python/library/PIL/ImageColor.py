"""Colours by name or number."""

_NAMES = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "lime": "#00ff00", "blue": "#0000ff",
    "yellow": "#ffff00", "cyan": "#00ffff", "aqua": "#00ffff", "magenta": "#ff00ff", "fuchsia": "#ff00ff",
    "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0", "maroon": "#800000", "olive": "#808000",
    "green": "#008000", "purple": "#800080", "teal": "#008080", "navy": "#000080", "orange": "#ffa500",
    "pink": "#ffc0cb", "brown": "#a52a2a",
}


def getrgb(color):
    """The red, green, blue and maybe alpha of '#rgb', '#rrggbb', '#rrggbbaa',
    'rgb(r, g, b)' or a name."""
    text = _NAMES.get(color.lower(), color.lower())
    digits = text[1:]
    try:
        if text.startswith("#") and len(digits) in (3, 4):
            return tuple(int(d * 2, 16) for d in digits)
        if text.startswith("#") and len(digits) in (6, 8):
            return tuple(int(digits[at:at + 2], 16) for at in range(0, len(digits), 2))
        if text.startswith(("rgb(", "rgba(")) and text.endswith(")"):
            return tuple(int(part) for part in text[text.index("(") + 1:-1].split(","))
    except ValueError:
        pass
    raise ValueError(f"unknown color specifier: {color!r}")


def channels(color, mode):
    """A colour of a mode as red, green, blue and alpha."""
    if isinstance(color, str):
        color = getrgb(color)
        if mode in ("1", "L"):
            red, green, blue = color[:3]
            return channels((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16, "L")
    if isinstance(color, (int, float)):
        # One number is the first channel; in shades of grey that is all of them.
        value = int(color)
        if mode in ("1", "L", "LA"):
            parts = [value, value, value, 255 if mode != "LA" else 0]
        else:
            parts = [value & 255, value >> 8 & 255, value >> 16 & 255, 255 if mode != "RGBA" else value >> 24 & 255]
    elif mode == "LA" and len(color) == 2:
        parts = [color[0]] * 3 + [color[1]]
    elif len(color) in (3, 4):
        parts = [*color[:3], color[3] if len(color) == 4 else 255]
    elif len(color) == 1:
        return channels(color[0], mode)
    else:
        raise TypeError("color must be int, or tuple of one, three or four elements")
    return [max(0, min(255, int(part))) for part in parts]
