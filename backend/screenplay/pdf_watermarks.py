"""Takes out what is stamped over the pages of a PDF (a reader's name, DO NOT COPY), before it gets among the words."""

from collections import Counter, defaultdict
from statistics import median

from backend.screenplay.pdf_glyphs import Glyph, Page

_PALE = 150
_FAINT = 140


def remove(pages: list[Page]) -> None:
    """Drops the characters of watermarks from the pages.

    A watermark is set in another size or colour than the script and stands on most pages at one place across lines of
    the script, or is large and either pale or on most pages. What stands apart is left to be known as a running head.
    """
    glyphs = [glyph for page in pages for glyph in page.glyphs]
    if not glyphs:
        return
    size = median(glyph.size for glyph in glyphs)
    colour = Counter(glyph.colour for glyph in glyphs).most_common(1)[0][0]
    if not any(_is_odd(glyph, size, colour) for glyph in glyphs):
        return
    repeated = _repeated(pages, size, colour)
    crossing = _crossing(pages, repeated, size, colour)
    for page in pages:
        page.glyphs = [
            glyph
            for glyph in page.glyphs
            if not _is_odd(glyph, size, colour)
            or not (
                (_place(glyph) in repeated and (glyph.size > 1.5 * size or round(glyph.baseline) in crossing))
                or (glyph.size > 1.3 * size and _is_pale(glyph, colour))
            )
        ]


def _is_odd(glyph: Glyph, size: float, colour: tuple[int, int, int, int]) -> bool:
    return glyph.colour != colour or abs(glyph.size - size) > 0.15 * size


def _is_pale(glyph: Glyph, colour: tuple[int, int, int, int]) -> bool:
    """Much nearer to the paper than the script is."""
    if glyph.colour[3] < _FAINT <= colour[3]:
        return True
    return min(glyph.colour[:3]) > _PALE > max(colour[:3])


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, round(glyph.left / 2), round(glyph.baseline / 2)


def _repeated(pages: list[Page], size: float, colour: tuple[int, int, int, int]) -> set[tuple[str, int, int]]:
    seen: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        seen.update({_place(glyph) for glyph in page.glyphs if _is_odd(glyph, size, colour)})
    needed = max(3, round(len(pages) * 0.6))
    return {place for place, count in seen.items() if count >= needed}


def _crossing(
    pages: list[Page], repeated: set[tuple[str, int, int]], size: float, colour: tuple[int, int, int, int]
) -> set[int]:
    """The heights at which the script has words beside a stamp."""
    heights: dict[int, int] = defaultdict(int)
    for page in pages:
        own = {round(glyph.baseline) for glyph in page.glyphs if not _is_odd(glyph, size, colour)}
        stamped = {round(glyph.baseline) for glyph in page.glyphs if _place(glyph) in repeated}
        for height in stamped:
            heights[height] += any(height + shift in own for shift in range(-4, 5))
    return {height for height, count in heights.items() if count >= 1}
