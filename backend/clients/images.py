"""Pictures: what an uploaded file really is, and the small copies that lists and models see."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Literal

from PIL import Image, ImageCms, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict

from backend.core.errors import AppError

ImageFormat = Literal["png", "jpeg"]

THUMBNAIL_MIME_TYPE = "image/webp"
# Uploads were inspected against the operator's limit; this only stops a file that never was.
COPY_MAX_PIXELS = 400_000_000

# Telephones write a second picture (a depth map) behind the first: Pillow calls such a JPEG "MPO".
_FORMATS: dict[str | None, ImageFormat] = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg"}
_MIME_TYPES: dict[ImageFormat, str] = {"png": "image/png", "jpeg": "image/jpeg"}

_EXIF_ORIENTATION = 0x0112
# What turns a picture upright, by the value of the EXIF tag.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}

# The pixel count is compared with the caller's limit before anything is decoded. Pillow's own limit
# does not know that setting, and below twice its value it only warns.
Image.MAX_IMAGE_PIXELS = None


class ImageFacts(BaseModel):
    """What a picture is by its content; `width` and `height` in pixels as it is shown (EXIF orientation applied)."""

    model_config = ConfigDict(frozen=True)

    format: ImageFormat
    mime_type: str
    width: int
    height: int
    has_alpha: bool


def inspect(fileobj: IO[bytes], *, max_pixels: int) -> ImageFacts:
    """Decode the whole file once and say what it is; the position goes back to the start.

    Blocks for the decode (about 0.1 s for 12 megapixels): call it in a thread.
    Raises `AppError` 415 `assets.not_an_image` unless the content is PNG or JPEG, 422
    `assets.image_too_large` for more than `max_pixels`, before decoding them, and 422
    `assets.broken_image` when the file is cut short or damaged.
    """
    try:
        with _opened(fileobj, max_pixels=max_pixels) as image:
            format_ = _FORMATS[image.format]
            width, height = image.size
            if _orientation(image) in _SIDEWAYS:
                width, height = height, width
            return ImageFacts(
                format=format_,
                mime_type=_MIME_TYPES[format_],
                width=width,
                height=height,
                has_alpha=image.has_transparency_data,
            )
    finally:
        fileobj.seek(0)


def thumbnail(data: bytes, *, edge: int = 200) -> bytes:
    """A WebP picture (`THUMBNAIL_MIME_TYPE`) that fits `edge` × `edge` pixels, never enlarged.

    Upright, in sRGB, without metadata (a photograph's GPS position stays behind). WebP because it
    keeps transparency and stays small: a prop that was cut out must not get a background of our
    choosing, and every browser the app supports shows it.
    Raises the same errors as `inspect`. Blocks: call it in a thread.
    """
    out = io.BytesIO()
    _small(data, edge).save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def for_vision(data: bytes, *, edge: int) -> bytes:
    """A JPEG that fits `edge` × `edge` pixels, for a vision model: upright, in sRGB, without metadata.

    Transparency becomes a neutral grey, against which black and white props both stand out.
    Raises the same errors as `inspect`. Blocks: call it in a thread.
    """
    small = _small(data, edge)
    if small.mode == "RGBA":
        backdrop = Image.new("RGBA", small.size, (128, 128, 128, 255))
        small = Image.alpha_composite(backdrop, small).convert("RGB")
    out = io.BytesIO()
    small.save(out, "JPEG", quality=88)
    return out.getvalue()


def _small(data: bytes, edge: int) -> Image.Image:
    """RGB or RGBA, upright, in sRGB, without metadata."""
    with _opened(io.BytesIO(data), max_pixels=COPY_MAX_PIXELS, draft_edge=edge * 2) as image:
        orientation, profile = _orientation(image), image.info.get("icc_profile")
        # Shrink first: colours and turning then cost nothing.
        small = _resizable(image)
        small.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
        small = _to_srgb(small, profile if isinstance(profile, bytes) else None)
    if orientation in _TURNS:
        small = small.transpose(_TURNS[orientation])
    # A fresh picture from the pixels: `info` (EXIF, XMP, ICC, comments) cannot travel along.
    return Image.frombytes(small.mode, small.size, small.tobytes())


@contextmanager
def _opened(fileobj: IO[bytes], *, max_pixels: int, draft_edge: int | None = None) -> Iterator[Image.Image]:
    """The decoded picture. With `draft_edge`, a JPEG is decoded at the smallest scale (1/2, 1/4, 1/8)
    that still has that many pixels per edge: libjpeg then skips most of the work."""
    fileobj.seek(0)
    try:
        image = Image.open(fileobj, formats=("PNG", "JPEG"))
    except UnidentifiedImageError as error:
        raise _not_a_picture(fileobj) from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as error:
        raise _broken(error) from error
    with image:
        width, height = image.size
        if width * height > max_pixels:
            raise AppError(
                422,
                "assets.image_too_large",
                f"The picture has {width} × {height} = {width * height:,} pixels; the limit is {max_pixels:,}.",
                fix="Scale the picture down; Veo works with far fewer pixels.",
                width=width,
                height=height,
                pixels=width * height,
                max_pixels=max_pixels,
            )
        try:
            if draft_edge is not None and _FORMATS[image.format] == "jpeg":
                image.draft(None, (draft_edge, draft_edge))
            image.load()
        except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as error:
            raise _broken(error) from error
        yield image


def _not_a_picture(fileobj: IO[bytes]) -> AppError:
    """Pillow also calls a file unidentified whose header is cut or damaged: the first bytes tell these apart."""
    fileobj.seek(0)
    start = fileobj.read(8)
    if start == b"\x89PNG\r\n\x1a\n" or start.startswith(b"\xff\xd8\xff"):
        return _broken(None)
    return AppError(
        415,
        "assets.not_an_image",
        "The file is neither a PNG nor a JPEG picture, whatever its name says.",
        fix="Export the picture as PNG or JPEG and upload that file.",
    )


def _broken(error: Exception | None) -> AppError:
    return AppError(
        422,
        "assets.broken_image",
        "The picture is cut short or damaged" + (f" ({error})." if error else "."),
        fix="Open the picture in an image editor, export it again and upload that file.",
    )


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 (upright) when the block is missing or unreadable."""
    try:
        value = image.getexif().get(_EXIF_ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return 1
    return value if isinstance(value, int) else 1


def _resizable(image: Image.Image) -> Image.Image:
    """A copy in a mode that can be averaged: palettes become colours, a transparent colour becomes alpha."""
    if image.mode.startswith("I;16"):
        # Pillow would cut 16-bit values at 255 instead of scaling them.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGB", "L", "CMYK") and not image.has_transparency_data:
        return image.copy()
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB; a damaged or unfitting colour profile is passed over."""
    if profile is not None and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if image.mode == "RGBA" else "RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")
