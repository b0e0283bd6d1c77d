"""Puts a page's characters back into lines: which stand beside each other, where, and with how much air above."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from backend.screenplay.decode import normalise
from backend.screenplay.pdf_glyphs import Glyph, Page

_STARS = re.compile(r"^\*{1,4}$")


@dataclass(frozen=True)
class Metrics:
    """What holds for the whole document, in points: a character's cell, the type size and the line pitch."""

    cell: float
    size: float
    pitch: float


@dataclass(slots=True)
class Piece:
    """Words that stand together; a wide gap parts them from the next piece of the line."""

    left: float
    right: float
    text: str
    is_bold: bool


@dataclass(slots=True)
class PageLine:
    """A printed line. `air` is the number of blank lines above it, 0 for the first of a page."""

    page: int
    baseline: float
    pieces: list[Piece]
    size: float
    air: int = 0

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def is_bold(self) -> bool:
        return all(piece.is_bold for piece in self.pieces if any(c.isalpha() for c in piece.text))


def measure(pages: list[Page]) -> Metrics:
    """Cell, size and pitch of a document that has at least one character."""
    glyphs = [glyph for page in pages for glyph in page.glyphs]
    size = median(glyph.size for glyph in glyphs) or 12.0
    widths = Counter(round(glyph.right - glyph.left, 1) for glyph in glyphs if abs(glyph.size - size) < 0.6)
    (width, count), *_ = widths.most_common(1)
    # Only a typewriter face has one width; for others a middling letter serves as the unit.
    cell = width if count > 0.4 * sum(widths.values()) else size * 0.5
    gaps: Counter[float] = Counter()
    for page in pages:
        rows = sorted({round(glyph.baseline, 1) for glyph in page.glyphs}, reverse=True)
        gaps.update(round((a - b) * 2) / 2 for a, b in pairwise(rows) if size * 0.8 <= a - b <= 40)
    pitch = min((gap for gap, n in gaps.items() if n >= 0.25 * max(gaps.values())), default=size)
    return Metrics(max(1.0, cell), size, max(pitch, size * 0.8))


def lines_of(pages: list[Page], metrics: Metrics) -> list[list[PageLine]]:
    """The lines of every page from top to bottom. Revision stars in the margin and giant stamps are left out."""
    return [_page_lines(index, page, metrics) for index, page in enumerate(pages)]


def _page_lines(index: int, page: Page, metrics: Metrics) -> list[PageLine]:
    # Type far larger than the script's is a title on the first pages, and a stamp on all others.
    glyphs = [g for g in page.glyphs if g.size <= 2.2 * metrics.size or index < 2]
    lines: list[PageLine] = []
    for row in _rows(glyphs, metrics):
        pieces = _pieces(row, metrics)
        while len(pieces) > 1 and _STARS.match(pieces[-1].text):
            pieces.pop()
        if not pieces or (len(pieces) == 1 and _STARS.match(pieces[0].text)):
            continue
        lines.append(PageLine(index, row[0].baseline, pieces, max(g.size for g in row)))
    for above, below in pairwise(lines):
        gap = (above.baseline - below.baseline) / metrics.pitch
        below.air = max(0, min(4, int(gap - 1 + 0.62)))
    return lines


def _rows(glyphs: list[Glyph], metrics: Metrics) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    tolerance = metrics.size * 0.35
    for glyph in sorted(glyphs, key=lambda g: -g.baseline):
        if rows and rows[-1][0].baseline - glyph.baseline <= tolerance:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda g: g.left)
    return rows


def _pieces(row: list[Glyph], metrics: Metrics) -> list[Piece]:
    out: list[Piece] = []
    text, bold, letters = "", 0, 0
    left = right = row[0].left
    previous: Glyph | None = None
    for glyph in row:
        if previous is not None and glyph.text == previous.text and glyph.left - previous.left < 0.2 * metrics.cell:
            # Printed twice, a hair apart: an old way to make bold type.
            bold += 1
            continue
        gap = glyph.left - right
        if previous is not None and gap > 2.6 * metrics.cell:
            out.append(_piece(left, right, text, bold, letters))
            text, bold, letters, left = "", 0, 0, glyph.left
        elif previous is not None and gap > 0.28 * metrics.cell:
            text += " " * max(1, round(gap / metrics.cell))
        text += glyph.text
        letters += 1
        bold += glyph.is_bold
        right = max(right, glyph.right) if text != glyph.text else glyph.right
        previous = glyph
    out.append(_piece(left, right, text, bold, letters))
    return [piece for piece in out if piece.text]


def _piece(left: float, right: float, text: str, bold: int, letters: int) -> Piece:
    return Piece(left, right, normalise(text).replace("\n", " ").strip(), letters > 0 and bold >= 0.8 * letters)
