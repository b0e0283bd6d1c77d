"""Painted reference pictures for journeys and screenshots: characters, locations, props and styles."""

import io
import math
import random
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]


def write_references(folder: Path) -> list[Path]:
    """Write the painted set: four characters, four locations, three props, three styles. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in references().items():
        path = folder / name
        path.write_bytes(data)
        written.append(path)
    return written


def references() -> dict[str, bytes]:
    """The painted pictures by file name."""
    return {
        "character-ines.jpg": _jpeg(_portrait((38, 70, 83), (233, 196, 106), coat=(120, 40, 50), hair="long", seed=1)),
        "character-mara.jpg": _jpeg(_portrait((60, 30, 80), (240, 130, 110), coat=(30, 50, 90), hair="bun", seed=2)),
        "character-tomas.jpg": _jpeg(_portrait((20, 60, 60), (160, 190, 150), coat=(70, 60, 45), hair="hat", seed=3)),
        "character-old-keeper.jpg": _jpeg(
            _portrait((50, 50, 60), (200, 190, 180), coat=(35, 60, 70), hair="short", seed=4)
        ),
        "location-engine-room.jpg": _jpeg(_engine_room()),
        "location-harbour-dusk.jpg": _jpeg(_harbour()),
        "location-rooftop.jpg": _jpeg(_rooftop()),
        "location-desert-road.jpg": _jpeg(_desert_road()),
        "prop-lantern.png": png(_lantern()),
        "prop-brass-key.png": png(_key()),
        "prop-red-suitcase.png": png(_suitcase()),
        "style-noir.jpg": _jpeg(_noir()),
        "style-watercolour.jpg": _jpeg(_watercolour()),
        "style-neon.jpg": _jpeg(_neon()),
    }


def _portrait(top: Colour, bottom: Colour, *, coat: Colour, hair: str, seed: int) -> Image.Image:
    width, height = 1200, 1600
    image = gradient((width, height), top, bottom)
    image = ImageChops.screen(image, _lights(image.size, seed, bottom))
    figure = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(figure)
    dark = tuple(value // 3 for value in coat)
    skin, shade = (214, 170, 140), (160, 112, 92)
    hair_colour = (190, 190, 195) if hair == "short" else (44, 28, 24)
    if hair == "long":
        draw.rounded_rectangle((380, 420, 820, 1180), 200, fill=hair_colour)
    draw.polygon([(180, 1600), (300, 1150), (520, 1020), (680, 1020), (900, 1150), (1020, 1600)], fill=coat)
    draw.polygon([(180, 1600), (300, 1150), (520, 1020), (600, 1600)], fill=dark)
    draw.polygon([(520, 1020), (600, 1220), (680, 1020)], fill=(235, 228, 215))
    draw.rounded_rectangle((530, 880, 670, 1080), 60, fill=shade)
    draw.ellipse((420, 460, 780, 960), fill=skin)
    draw.chord((420, 460, 780, 960), 90, 270, fill=shade)
    if hair == "bun":
        draw.ellipse((500, 300, 700, 480), fill=hair_colour)
    if hair == "hat":
        draw.ellipse((310, 470, 890, 600), fill=(60, 48, 38))
        draw.rounded_rectangle((420, 320, 780, 540), 80, fill=(60, 48, 38))
        draw.rectangle((420, 490, 780, 530), fill=(150, 60, 40))
    else:
        draw.pieslice((405, 430, 795, 860), 180, 360, fill=hair_colour)
        draw.ellipse((440, 560, 760, 760), fill=skin)
        draw.pieslice((440, 560, 760, 760), 90, 270, fill=shade)
    for x in (520, 680):
        draw.ellipse((x - 26, 690, x + 26, 714), fill=(40, 26, 24))
    draw.arc((540, 780, 660, 860), 20, 160, fill=(120, 50, 50), width=10)
    figure = figure.filter(ImageFilter.GaussianBlur(2))
    image.paste(figure, None, figure)
    return _finish(image, seed)


def _engine_room() -> Image.Image:
    image = gradient((1920, 1080), (18, 24, 28), (60, 44, 30))
    draw = ImageDraw.Draw(image)
    for row, y in enumerate(range(80, 520, 110)):
        draw.rounded_rectangle((-40, y, 1960, y + 46), 22, fill=(70 + row * 8, 74, 78))
        draw.rectangle((-40, y + 6, 1960, y + 14), fill=(130, 134, 136))
    for x in range(140, 1900, 420):
        draw.rounded_rectangle((x, 430, x + 260, 980), 40, fill=(52, 66, 62))
        draw.ellipse((x + 60, 500, x + 200, 640), fill=(200, 190, 160), outline=(30, 30, 30), width=12)
        draw.line((x + 130, 570, x + 175, 530), fill=(180, 30, 30), width=8)
    return _finish(ImageChops.screen(image, _glow(image.size, (960, 980), 760, (255, 120, 30))), 11)


def _harbour() -> Image.Image:
    image = gradient((1920, 1080), (46, 38, 92), (250, 160, 110))
    image = ImageChops.screen(image, _glow(image.size, (1300, 620), 520, (255, 200, 120)))
    draw = ImageDraw.Draw(image)
    dice = random.Random(7)
    draw.rectangle((0, 660, 1920, 1080), fill=(38, 44, 84))
    for _ in range(260):
        x, y = dice.gauss(1300, 260), dice.uniform(665, 1075)
        draw.line((x - 30, y, x + 30, y), fill=(250, 170, 120), width=3)
    for x, size in ((240, 1.0), (640, 0.7), (1560, 0.85)):
        hull = [(x - 170 * size, 640), (x + 190 * size, 640), (x + 130 * size, 720), (x - 120 * size, 720)]
        draw.polygon(hull, fill=(22, 20, 36))
        draw.line((x, 640, x, 640 - 380 * size), fill=(22, 20, 36), width=10)
        draw.line((x, 640 - 360 * size, x + 160 * size, 630), fill=(22, 20, 36), width=4)
    return _finish(image, 12)


def _rooftop() -> Image.Image:
    image = gradient((1920, 1080), (8, 14, 40), (40, 60, 110))
    draw = ImageDraw.Draw(image)
    dice = random.Random(3)
    for layer, shade in ((0, 36), (1, 22)):
        x = -20
        while x < 1920:
            width, top = dice.randint(90, 220), dice.randint(260 + layer * 160, 620 + layer * 120)
            draw.rectangle((x, top, x + width, 1080), fill=(shade - 10, shade - 4, shade + 20))
            for wx in range(x + 16, x + width - 20, 34):
                for wy in range(top + 20, 900, 44):
                    if dice.random() < 0.32:
                        draw.rectangle((wx, wy, wx + 14, wy + 22), fill=dice.choice([(255, 210, 120), (150, 200, 255)]))
            x += width + dice.randint(0, 30)
    draw.rectangle((0, 900, 1920, 1080), fill=(14, 14, 20))
    draw.ellipse((1500, 90, 1680, 270), fill=(240, 236, 215))
    return _finish(image, 13)


def _desert_road() -> Image.Image:
    image = gradient((1920, 1080), (80, 150, 190), (250, 225, 180))
    draw = ImageDraw.Draw(image)
    ridge = [(x, 560 - 70 * math.sin(x / 210) - 40 * math.sin(x / 77)) for x in range(0, 1930, 10)]
    draw.polygon([(0, 1080), *ridge, (1920, 1080)], fill=(186, 110, 80))
    draw.rectangle((0, 640, 1920, 1080), fill=(222, 170, 110))
    draw.polygon([(930, 640), (990, 640), (1500, 1080), (420, 1080)], fill=(70, 64, 64))
    for step in range(6):
        top = 650 + step * step * 14
        draw.rectangle((960 - 3 - step * 2, top, 960 + 3 + step * 2, top + 16 + step * 10), fill=(245, 210, 90))
    return _finish(image, 14)


def _lantern() -> Image.Image:
    image = Image.new("RGBA", (1200, 1200), (255, 190, 80, 0))
    image.putalpha(_glow(image.size, (600, 680), 480, (150, 150, 150)).convert("L"))
    draw = ImageDraw.Draw(image)
    metal, edge = (58, 52, 46, 255), (120, 104, 80, 255)
    draw.arc((420, 120, 780, 520), 180, 360, fill=metal, width=26)
    draw.polygon([(440, 420), (760, 420), (690, 320), (510, 320)], fill=metal, outline=edge, width=6)
    draw.rounded_rectangle((450, 420, 750, 940), 40, fill=(255, 214, 120, 235), outline=metal, width=22)
    draw.polygon([(600, 560), (660, 760), (600, 840), (540, 760)], fill=(255, 130, 30, 255))
    draw.polygon([(600, 650), (630, 770), (600, 815), (570, 770)], fill=(255, 245, 200, 255))
    draw.line((600, 420, 600, 560), fill=metal, width=8)
    draw.rounded_rectangle((410, 920, 790, 1010), 24, fill=metal, outline=edge, width=6)
    return image


def _key() -> Image.Image:
    image = Image.new("RGBA", (1200, 1200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    brass, light = (181, 135, 52, 255), (240, 205, 120, 255)
    draw.ellipse((130, 420, 490, 780), outline=brass, width=80)
    draw.arc((130, 420, 490, 780), 180, 300, fill=light, width=22)
    draw.rectangle((470, 560, 1060, 640), fill=brass)
    draw.rectangle((470, 568, 1060, 586), fill=light)
    draw.rectangle((860, 640, 920, 760), fill=brass)
    draw.rectangle((980, 640, 1040, 800), fill=brass)
    return image.rotate(28, Image.Resampling.BICUBIC)


def _suitcase() -> Image.Image:
    image = Image.new("RGBA", (1400, 1000), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.arc((520, 90, 880, 360), 180, 360, fill=(70, 40, 30, 255), width=34)
    draw.rounded_rectangle((140, 230, 1260, 900), 70, fill=(170, 34, 40, 255), outline=(100, 16, 22, 255), width=14)
    for x in (330, 1010):
        draw.rectangle((x, 230, x + 70, 900), fill=(96, 52, 36, 255))
        draw.rounded_rectangle((x - 8, 400, x + 78, 500), 12, fill=(214, 180, 96, 255))
    draw.rounded_rectangle((640, 480, 860, 640), 12, fill=(238, 226, 196, 255))
    draw.line((670, 540, 830, 540), fill=(90, 70, 60, 255), width=8)
    draw.line((670, 585, 780, 585), fill=(90, 70, 60, 255), width=8)
    return image


def _noir() -> Image.Image:
    image = gradient((1600, 1000), (20, 20, 22), (90, 90, 94))
    draw = ImageDraw.Draw(image)
    for y in range(60, 940, 74):
        draw.polygon([(520, y), (1480, y - 46), (1480, y - 14), (520, y + 26)], fill=(205, 205, 205))
    draw.ellipse((240, 300, 430, 540), fill=(8, 8, 8))
    draw.rectangle((180, 330, 490, 366), fill=(8, 8, 8))
    draw.rounded_rectangle((255, 210, 415, 350), 30, fill=(8, 8, 8))
    draw.polygon([(110, 1000), (190, 600), (335, 520), (480, 600), (560, 1000)], fill=(8, 8, 8))
    return _finish(image.filter(ImageFilter.GaussianBlur(3)), 21)


def _watercolour() -> Image.Image:
    image = Image.new("RGB", (1600, 1000), (248, 244, 234))
    dice = random.Random(5)
    palette = [(120, 170, 190), (230, 160, 150), (160, 190, 140), (240, 210, 140), (150, 130, 180)]
    for _ in range(60):
        layer = Image.new("L", image.size, 0)
        x, y, size = dice.uniform(0, 1600), dice.uniform(0, 1000), dice.uniform(90, 260)
        points = [
            (x + math.cos(turn) * size * dice.uniform(0.6, 1.1), y + math.sin(turn) * size * dice.uniform(0.6, 1.1))
            for turn in (step * math.tau / 14 for step in range(14))
        ]
        ImageDraw.Draw(layer).polygon(points, fill=70)
        layer = layer.resize((400, 250)).filter(ImageFilter.GaussianBlur(4)).resize(image.size)
        image = Image.composite(Image.new("RGB", image.size, dice.choice(palette)), image, layer)
    return _finish(image, 22)


def _neon() -> Image.Image:
    image = gradient((1600, 1000), (14, 6, 34), (50, 10, 70))
    lines = Image.new("RGB", image.size, (0, 0, 0))
    draw = ImageDraw.Draw(lines)
    for x in range(-1600, 3300, 160):
        draw.line((800 + (x - 800) * 0.12, 560, x, 1000), fill=(0, 230, 240), width=4)
    for step in range(8):
        y = 560 + step * step * 8
        draw.line((0, y, 1600, y), fill=(0, 230, 240), width=4)
    draw.ellipse((560, 180, 1040, 660), outline=(255, 60, 160), width=14)
    draw.polygon([(800, 270), (960, 540), (640, 540)], outline=(255, 220, 60), width=12)
    bloom = lines.resize((400, 250)).filter(ImageFilter.GaussianBlur(7)).resize(image.size)
    return _finish(ImageChops.screen(ImageChops.screen(image, bloom), lines), 23)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def _glow(size: tuple[int, int], centre: tuple[float, float], radius: float, colour: Colour) -> Image.Image:
    """Light around `centre`, on black."""
    disc = ImageChops.invert(Image.radial_gradient("L")).resize((int(radius * 2), int(radius * 2)))
    mask = Image.new("L", size, 0)
    mask.paste(disc.point(lambda value: max(0, value - 75)), (int(centre[0] - radius), int(centre[1] - radius)))
    return Image.composite(Image.new("RGB", size, colour), Image.new("RGB", size, (0, 0, 0)), mask)


def _lights(size: tuple[int, int], seed: int, colour: Colour) -> Image.Image:
    """Lights out of focus, on black."""
    dice = random.Random(seed)
    image = Image.new("RGB", (size[0] // 4, size[1] // 4), (0, 0, 0))
    draw = ImageDraw.Draw(image)
    for _ in range(22):
        x, y, radius = dice.uniform(0, image.width), dice.uniform(0, image.height * 0.7), dice.uniform(8, 34)
        share = dice.uniform(0.15, 0.45)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tuple(int(v * share) for v in colour))
    return image.filter(ImageFilter.GaussianBlur(2)).resize(size)


def _finish(image: Image.Image, seed: int) -> Image.Image:
    """Film grain and darker corners; the grain differs by `seed`."""
    grain = Image.effect_noise((image.width // 2, image.height // 2), 24 + seed % 5).resize(image.size)
    image = Image.blend(image, Image.merge("RGB", [grain] * 3), 0.05)
    corners = (
        ImageChops.invert(Image.radial_gradient("L")).resize(image.size).point(lambda value: min(255, value + 110))
    )
    return ImageChops.multiply(image, Image.merge("RGB", [corners] * 3))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def png(image: Image.Image, *, compress_level: int = 6) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=compress_level)
    return out.getvalue()
