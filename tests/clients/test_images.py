"""Uploaded pictures are judged by their content; copies are upright, small and without metadata."""

import io

import pytest
from PIL import Image

from backend.clients.images import ImageFacts, for_vision, inspect, thumbnail
from backend.core.errors import AppError
from tests.support import images as files

PIXELS = 100_000_000


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def refusal(data: bytes, *, max_pixels: int = PIXELS) -> AppError:
    with pytest.raises(AppError) as caught:
        inspect(io.BytesIO(data), max_pixels=max_pixels)
    return caught.value


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 180 and pixel[1] < 80 and pixel[2] < 80)


def test_a_photograph_is_a_jpeg_of_its_size() -> None:
    facts = inspect(io.BytesIO(files.photograph_jpeg()), max_pixels=PIXELS)

    assert facts == ImageFacts(format="jpeg", mime_type="image/jpeg", width=4000, height=3000, has_alpha=False)


def test_a_png_is_told_with_and_without_transparency() -> None:
    opaque = inspect(io.BytesIO(files.portrait_png()), max_pixels=PIXELS)
    cut_out = inspect(io.BytesIO(files.portrait_png(600, 800, alpha=True)), max_pixels=PIXELS)

    assert opaque == ImageFacts(format="png", mime_type="image/png", width=2400, height=3200, has_alpha=False)
    assert cut_out.has_alpha


def test_a_transparent_palette_colour_counts_as_alpha() -> None:
    assert inspect(io.BytesIO(files.palette_png()), max_pixels=PIXELS).has_alpha


def test_a_photograph_taken_sideways_has_its_size_as_shown() -> None:
    facts = inspect(io.BytesIO(files.photograph_jpeg(800, 600, orientation=6)), max_pixels=PIXELS)

    assert (facts.width, facts.height) == (600, 800)


def test_a_telephones_jpeg_with_two_pictures_is_a_jpeg() -> None:
    data = files.two_picture_jpeg()
    assert Image.open(io.BytesIO(data)).format == "MPO"

    assert inspect(io.BytesIO(data), max_pixels=PIXELS).format == "jpeg"


def test_the_file_can_be_read_again_from_its_start() -> None:
    good, bad = io.BytesIO(files.cmyk_jpeg()), io.BytesIO(b"not a picture")
    good.seek(17)

    inspect(good, max_pixels=PIXELS)
    with pytest.raises(AppError):
        inspect(bad, max_pixels=PIXELS)

    assert (good.tell(), bad.tell()) == (0, 0)


@pytest.mark.parametrize(
    "data",
    [b"", b"INT. BAR - NIGHT", b"GIF89a" + bytes(40), b"<svg xmlns='http://www.w3.org/2000/svg'/>", files.webp()],
    ids=["empty", "text", "gif", "svg", "webp"],
)
def test_anything_but_png_and_jpeg_is_not_an_image(data: bytes) -> None:
    error = refusal(data)

    assert (error.status, error.code) == (415, "assets.not_an_image")
    assert error.fix


@pytest.mark.parametrize("keep", [0.95, 0.5, 0.01], ids=lambda keep: f"{keep:.0%}")
@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_file_cut_short_is_broken(kind: str, keep: float) -> None:
    whole = files.photograph_jpeg(1200, 900) if kind == "jpeg" else files.portrait_png(600, 800)

    error = refusal(files.truncated(whole, keep=keep))

    assert (error.status, error.code) == (422, "assets.broken_image")
    assert error.fix


def test_a_header_alone_is_broken() -> None:
    assert refusal(files.portrait_png(60, 80)[:12]).code == "assets.broken_image"


def test_flipped_bits_in_a_png_are_broken() -> None:
    data = bytearray(files.portrait_png(600, 800))
    for place in range(len(data) // 2, len(data) // 2 + 64):
        data[place] ^= 0xFF

    assert refusal(bytes(data)).code == "assets.broken_image"


def test_a_bomb_is_refused_with_its_numbers_before_it_is_decoded() -> None:
    # Decoding it would fail (its data ends early) and take 10 GB: this answer can only come before that.
    error = refusal(files.bomb_png())

    assert (error.status, error.code) == (422, "assets.image_too_large")
    assert error.extra == {"width": 60_000, "height": 60_000, "pixels": 3_600_000_000, "max_pixels": PIXELS}
    assert error.fix


def test_the_pixel_limit_is_the_last_size_that_passes() -> None:
    data = files.cmyk_jpeg(200, 100)

    assert inspect(io.BytesIO(data), max_pixels=20_000).width == 200
    assert refusal(data, max_pixels=19_999).code == "assets.image_too_large"


def test_a_thumbnail_fits_the_edge_and_keeps_the_shape() -> None:
    small = opened(thumbnail(files.photograph_jpeg()))

    assert (small.format, small.size) == ("WEBP", (200, 150))


def test_a_small_picture_is_not_enlarged() -> None:
    assert opened(thumbnail(files.cmyk_jpeg(90, 60))).size == (90, 60)


# Where the stored upper left corner (red) is shown, for each EXIF orientation.
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, "lt"), (2, "rt"), (3, "rb"), (4, "lb"), (5, "lt"), (6, "rt"), (7, "rb"), (8, "lb")],
)
def test_a_thumbnail_is_upright(orientation: int, corner: str) -> None:
    small = opened(thumbnail(files.photograph_jpeg(800, 600, orientation=orientation)))

    assert small.size == ((150, 200) if orientation >= 5 else (200, 150))
    x, y = (10 if corner[0] == "l" else small.width - 11), (10 if corner[1] == "t" else small.height - 11)
    assert is_red(small.getpixel((x, y)))
    assert not is_red(small.getpixel((small.width - 1 - x, small.height - 1 - y)))


def test_a_thumbnail_carries_no_metadata() -> None:
    data = files.photograph_jpeg(800, 600, with_gps=True)
    assert opened(data).getexif().get_ifd(0x8825)  # the photograph does say where it was taken

    small = thumbnail(data)

    assert not opened(small).getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened(small).info)
    assert b"Panaflex" not in small


def test_a_thumbnail_keeps_transparency() -> None:
    small = opened(thumbnail(files.portrait_png(600, 800, alpha=True)))

    assert small.mode == "RGBA"
    corner, middle = small.getpixel((0, 0)), small.getpixel((75, 100))
    assert isinstance(corner, tuple)
    assert isinstance(middle, tuple)
    assert (corner[3], middle[3]) == (0, 255)


def test_a_palette_with_a_transparent_colour_becomes_alpha() -> None:
    small = opened(thumbnail(files.palette_png()))

    left, right = small.getpixel((5, 50)), small.getpixel((195, 50))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[3] == 0
    assert right[3] == 255
    assert right[0] > 200


def test_print_colours_become_screen_colours() -> None:
    small = opened(thumbnail(files.cmyk_jpeg()))

    pixel = small.getpixel((50, 50))
    assert small.mode == "RGB"
    assert isinstance(pixel, tuple)
    assert pixel[0] < 60
    assert pixel[1] > 120


def test_sixteen_bit_grey_is_scaled_and_not_cut() -> None:
    pixel = opened(thumbnail(files.deep_grey_png())).getpixel((50, 50))

    assert isinstance(pixel, tuple)
    assert 120 <= pixel[0] <= 136


def test_a_colour_profile_is_applied_and_dropped() -> None:
    data = files.profiled_jpeg()
    assert opened(data).info.get("icc_profile")

    small = opened(thumbnail(data))

    pixel = small.getpixel((50, 50))
    assert isinstance(pixel, tuple)
    assert all(abs(is_ - was) < 12 for is_, was in zip(pixel, (200, 80, 40), strict=True))
    assert "icc_profile" not in small.info


def test_a_thumbnail_of_a_broken_file_is_refused() -> None:
    with pytest.raises(AppError) as caught:
        thumbnail(files.truncated(files.photograph_jpeg(1200, 900)))

    assert caught.value.code == "assets.broken_image"


def test_a_vision_model_gets_a_plain_jpeg() -> None:
    small = opened(for_vision(files.portrait_png(600, 800, alpha=True), edge=256))

    corner = small.getpixel((2, 2))
    assert (small.format, small.mode, small.size) == ("JPEG", "RGB", (192, 256))
    assert isinstance(corner, tuple)
    assert all(abs(value - 128) < 12 for value in corner)
