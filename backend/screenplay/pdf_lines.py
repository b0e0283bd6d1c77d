"""Puts a page's characters back into lines: which stand beside each other, where, and with how much air above."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeVar

from backend.screenplay.decode import normalise
from backend.screenplay.pdf_glyphs import Glyph, Page
from backend.screenplay.pdf_objects import Rule

# How a character is set; a sum of these.
BOLD, ITALIC, UNDERLINE = 1, 2, 4
_T = TypeVar("_T")
_STARS = re.compile(r"^\*{1,4}$")


@dataclass(frozen=True)
class Metrics:
    """What holds for the whole document, in points: a character's cell, the type size and the line pitch."""

    cell: float
    size: float
    pitch: float


@dataclass(slots=True)
class Piece:
    """Words that stand together; a wide gap parts them from the next piece of the line.

    `lefts` and `styles` have one entry for each character of `text`: its left edge, and how it is set.
    """

    left: float
    right: float
    text: str
    lefts: list[float]
    styles: bytes

    def is_set(self, style: int) -> bool:
        """Whether nearly all of it is set so."""
        own = [bool(by & style) for char, by in zip(self.text, self.styles, strict=True) if char != " "]
        return sum(own) >= 0.8 * len(own)

    def cut(self, index: int) -> tuple["Piece", "Piece"]:
        """The piece before the character `index` and the one from it on; none of them may be empty."""
        end = len(self.text[:index].rstrip())
        first = Piece(self.left, self.lefts[end], self.text[:end], self.lefts[:end], self.styles[:end])
        rest = Piece(self.lefts[index], self.right, self.text[index:], self.lefts[index:], self.styles[index:])
        return first, rest


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

    def is_set(self, style: int) -> bool:
        """Whether its words are bold, italic or underlined; scene numbers need not be."""
        return all(piece.is_set(style) for piece in self.pieces if sum(c.isalpha() for c in piece.text) > 1)


def measure(pages: list[Page]) -> Metrics:
    """Cell, size and pitch of a document that has at least one character."""
    glyphs = [glyph for page in pages for glyph in page.glyphs]
    size = median(glyph.size for glyph in glyphs) or 12.0
    widths = Counter(round(glyph.right - glyph.left, 1) for glyph in glyphs if abs(glyph.size - size) < 0.6)
    width, count = widths.most_common(1)[0] if widths else (0.0, 0)
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
        pieces = _pieces(row, _underlines(row, page.rules, metrics), metrics)
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


def _underlines(row: list[Glyph], rules: list[Rule], metrics: Metrics) -> list[Rule]:
    """The thin lines close under the row that end where its words end; one that goes on is a border of the page."""
    size, baseline = max(glyph.size for glyph in row), row[0].baseline
    left, right = row[0].left - metrics.cell, max(glyph.right for glyph in row) + metrics.cell
    return [
        rule
        for rule in rules
        if baseline - 0.35 * size <= (rule.bottom + rule.top) / 2 <= baseline + 0.02 * size
        and left <= rule.left
        and rule.right <= right
    ]


def _pieces(row: list[Glyph], underlines: list[Rule], metrics: Metrics) -> list[Piece]:
    out: list[Piece] = []
    run = _Run(row[0].left)
    previous: Glyph | None = None
    is_spaced = False
    for glyph in row:
        if previous is not None and glyph.text == previous.text and glyph.left - previous.left < 0.2 * metrics.cell:
            # Printed twice, a hair apart: an old way to make bold type.
            run.make_bold()
            continue
        text = normalise(glyph.text).strip()
        if not text:
            is_spaced = True
            continue
        gap = glyph.left - run.right
        if run.chars and gap > 2.6 * metrics.cell:
            out.append(run.piece())
            run = _Run(glyph.left)
        elif run.chars and (gap > 0.28 * metrics.cell or is_spaced):
            run.add_space(max(1, round(gap / metrics.cell)))
        is_spaced = glyph.ends_word
        run.add(text, glyph, _style(glyph, underlines))
        previous = glyph
    if run.chars:
        out.append(run.piece())
    return out


def _style(glyph: Glyph, underlines: list[Rule]) -> int:
    middle = (glyph.left + glyph.right) / 2
    is_underlined = any(rule.left <= middle <= rule.right for rule in underlines)
    return BOLD * glyph.is_bold + ITALIC * glyph.is_italic + UNDERLINE * is_underlined


class _Run:
    """A piece that grows."""

    def __init__(self, left: float) -> None:
        self.left = self.right = left
        self.chars: list[str] = []
        self._lefts: list[float] = []
        self._styles = bytearray()

    def add(self, text: str, glyph: Glyph, style: int) -> None:
        if self.chars and unicodedata.combining(text[0]):
            # An accent that is drawn over its letter.
            self.chars[-1] = unicodedata.normalize("NFC", self.chars[-1] + text)
            self.right = max(self.right, glyph.right)
            return
        if not self.chars:
            self.left = self.right = glyph.left
        for number, char in enumerate(text):
            self.chars.append(char)
            self._lefts.append(glyph.left + (glyph.right - glyph.left) * number / len(text))
            self._styles.append(style)
        self.right = max(self.right, glyph.right)

    def add_space(self, count: int) -> None:
        self.chars += [" "] * count
        self._lefts += [self.right] * count
        self._styles += bytes(count)

    def make_bold(self) -> None:
        self._styles[-1] |= BOLD

    def piece(self) -> Piece:
        text = "".join(self.chars)
        lefts, styles = self._lefts, bytes(self._styles)
        composed = unicodedata.normalize("NFC", text)
        if len(composed) != len(styles):
            lefts, styles = _stretched(lefts, len(composed)), bytes(_stretched(styles, len(composed)))
        return Piece(self.left, self.right, composed, lefts, styles)


def _stretched(values: Sequence[_T], count: int) -> list[_T]:
    return [values[min(len(values) - 1, index * len(values) // count)] for index in range(count)]
