"""Real picture files made with Pillow: photograph-sized, with every oddity an upload can have.

As a command, writes the painted references that journeys upload:

python -m tests.support.images OUTDIR
"""

import io
import struct
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw

from tests.support.paintings import gradient, png, write_references

_EXIF_ORIENTATION = 0x0112
_EXIF_GPS = 0x8825


def photograph_jpeg(
    width: int = 4000, height: int = 3000, *, orientation: int = 1, with_gps: bool = False, quality: int = 88
) -> bytes:
    """A camera-like JPEG: sky, grain and shapes; red in the stored upper left corner, to tell its orientation."""
    small = gradient((width // 8, height // 8), (40, 70, 120), (210, 170, 120))
    image = small.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width // 4, height // 4), 30).resize((width, height)).convert("RGB")
    image = Image.blend(image, grain, 0.12)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.55, height * 0.2, width * 0.75, height * 0.2 + width * 0.2), fill=(250, 230, 180))
    draw.rectangle((0, 0, width // 4, height // 4), fill=(220, 20, 20))
    exif = Image.Exif()
    exif[_EXIF_ORIENTATION] = orientation
    exif[0x010F] = "Panaflex"
    if with_gps:
        # 41° 24' 12" N, 2° 10' 26" E
        exif.get_ifd(_EXIF_GPS).update({1: "N", 2: (41.0, 24.0, 12.0), 3: "E", 4: (2.0, 10.0, 26.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif, comment=b"shot on location")
    return out.getvalue()


def portrait_png(width: int = 2400, height: int = 3200, *, alpha: bool = False) -> bytes:
    """An upright PNG with a text chunk; with `alpha` its corners are transparent."""
    image = gradient((width, height), (30, 30, 60), (200, 150, 160))
    if alpha:
        mask = Image.new("L", (width // 8, height // 8), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, *(size - 1 for size in mask.size)), fill=255)
        image.putalpha(mask.resize(image.size))
    return png(image, compress_level=1)


def cmyk_jpeg(width: int = 1200, height: int = 800) -> bytes:
    """A JPEG in print colours: cyan all over."""
    out = io.BytesIO()
    Image.new("CMYK", (width, height), (255, 0, 0, 0)).save(out, "JPEG")
    return out.getvalue()


def palette_png(width: int = 640, height: int = 480) -> bytes:
    """A PNG with a palette, of which one colour (the left half) is transparent."""
    image = Image.new("P", (width, height), 0)
    image.putpalette([0, 0, 0, 240, 200, 40])
    image.paste(1, (width // 2, 0, width, height))
    out = io.BytesIO()
    image.save(out, "PNG", transparency=0)
    return out.getvalue()


def deep_grey_png(width: int = 400, height: int = 300) -> bytes:
    """A grey PNG of 16 bits per pixel, as scanners write it: middle grey."""
    out = io.BytesIO()
    Image.new("I;16", (width, height), 0x8000).save(out, "PNG")
    return out.getvalue()


def profiled_jpeg(width: int = 800, height: int = 600) -> bytes:
    """A JPEG with a colour profile (sRGB, as telephones embed it)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 80, 40)).save(out, "JPEG", icc_profile=profile)
    return out.getvalue()


def two_picture_jpeg(width: int = 800, height: int = 600) -> bytes:
    """A JPEG with a second picture behind the first, as telephones store depth maps."""
    first, second = (Image.new("RGB", (width, height), colour) for colour in ((10, 90, 200), (0, 0, 0)))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def truncated(data: bytes, *, keep: float = 0.6) -> bytes:
    """The file as an interrupted transfer leaves it."""
    return data[: int(len(data) * keep)]


def bomb_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes whose header promises `width` × `height` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def webp() -> bytes:
    """A sound picture in a format that is not taken."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (20, 120, 90)).save(out, "WEBP")
    return out.getvalue()


if __name__ == "__main__":
    for reference in write_references(Path(sys.argv[1] if len(sys.argv) > 1 else "references")):
        print(reference)
