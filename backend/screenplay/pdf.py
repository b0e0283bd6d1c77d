"""Reads PDF screenplays: the pages become lines laid out as they were printed, and the plain-text importer reads on."""

from dataclasses import dataclass, field

from backend.screenplay import (
    pdf_columns,
    pdf_emphasis,
    pdf_furniture,
    pdf_glyphs,
    pdf_lines,
    pdf_slugs,
    pdf_watermarks,
    title_page,
)
from backend.screenplay.counting import counted
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.lines import PageHints
from backend.screenplay.models import Element, Screenplay
from backend.screenplay.pdf_breaks import PageBreaks, is_break_line
from backend.screenplay.pdf_columns import Pair
from backend.screenplay.pdf_glyphs import Page
from backend.screenplay.pdf_hyphens import Hyphens
from backend.screenplay.pdf_lines import Metrics, PageLine, Piece
from backend.screenplay.text_import import from_text

MIN_CHARACTERS_PER_PAGE = 50


@dataclass
class _Text:
    """The rebuilt lines, and what is known of them by their 1-based numbers."""

    lines: list[str] = field(default_factory=list)
    furniture: set[int] = field(default_factory=set)
    runs_on: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
    pages: list[int] = field(default_factory=list)
    styles: dict[int, bytes] = field(default_factory=dict)

    def add(self, text: str, page: int) -> int:
        self.lines.append(text.rstrip())
        self.pages.append(page)
        return len(self.lines)

    def add_row(self, row: "tuple[str, bytes]", page: int) -> int:
        number = self.add(row[0], page)
        if any(row[1]):
            self.styles[number] = row[1]
        return number


@dataclass(frozen=True)
class _Seen:
    """What the whole document says of its lines: sets of `id`, and where pages run on.

    `taken` are lines at the top of a page that were written with the page before.
    """

    running: set[int]
    slugs: set[int]
    breaks: PageBreaks
    metrics: Metrics
    taken: set[int] = field(default_factory=set)


def read(data: bytes) -> Screenplay:
    """A Screenplay of a PDF's bytes. `text` is its pages as lines; a scene's `page_start` is the number printed there.

    Raises ScreenplayError: `scripts.scanned` for pages that are pictures, `scripts.encrypted`, `scripts.unreadable`,
    and all that `text_import.from_text` raises.
    """
    pages = pdf_glyphs.read(data)
    _refuse_pictures(pages)
    pdf_watermarks.remove(pages)
    metrics = pdf_lines.measure(pages)
    printed = pdf_lines.lines_of(pages, metrics)
    running = pdf_furniture.running_lines(printed, metrics)
    front = pdf_furniture.title_pages(printed, running, metrics)
    labels = pdf_furniture.page_labels(printed, running, front)
    text = _Text()
    body_start = _write_title(text, printed[:front], running)
    slugs = pdf_slugs.find(printed[front:], running, metrics)
    seen = _Seen(running, slugs, PageBreaks(printed[front:], running, metrics), metrics)
    for number, lines in enumerate(printed[front:], start=front + 1):
        _write_page(text, lines, printed[number] if number < len(printed) else [], seen)
    hints = PageHints(frozenset(text.furniture), frozenset(text.runs_on), frozenset(text.headings), body_start)
    screenplay = from_text("\n".join(text.lines), "pdf", pages=hints)
    preamble, *rest = _elements(screenplay, text)
    scenes = [
        scene.model_copy(update={"page_start": labels[text.pages[scene.line_start - 1]], "elements": elements})
        for scene, elements in zip(screenplay.scenes, rest, strict=True)
    ]
    return screenplay.model_copy(update={"preamble": preamble, "scenes": scenes})


def _elements(screenplay: Screenplay, text: _Text) -> list[list[Element]]:
    """The elements of the preamble and of each scene, with what the printed lines show of their words."""
    hyphens = Hyphens(text.lines)
    parts = [screenplay.preamble, *(scene.elements for scene in screenplay.scenes)]
    parts = [[hyphens.mended(element) for element in elements] for elements in parts]
    if not text.styles:
        return parts
    apart = set(text.furniture)
    for warning in screenplay.warnings:
        if warning.code.startswith("furniture.") and warning.code != "furniture.revision_marks":
            apart.update(warning.lines)
    return pdf_emphasis.emphasise(parts, text.lines, text.styles, apart)


def _refuse_pictures(pages: list[Page]) -> None:
    count = sum(len(page.glyphs) for page in pages)
    unknown = sum(page.unknown for page in pages)
    ocr = "Run it through OCR (for example “ocrmypdf in.pdf out.pdf”) first, or export the script from your writing "
    if count == 0 or (count < MIN_CHARACTERS_PER_PAGE * len(pages) and any(page.has_picture for page in pages)):
        raise ScreenplayError(
            "scripts.scanned",
            f"The PDF has {counted(len(pages), 'page', 'pages')} of pictures without text, as a scanner makes them.",
            ocr + "program, and import that file.",
        )
    if unknown > 0.3 * count:
        raise ScreenplayError(
            "scripts.unreadable",
            "The PDF does not say which letters its characters are.",
            ocr + "program as Final Draft, Fountain or plain text, and import that file.",
        )


def _write_title(text: _Text, pages: list[list[PageLine]], running: set[int]) -> int:
    """Writes the title page as Fountain has it; returns the number of the first line after it."""
    rows: list[str] = []
    for lines in pages:
        rows.append("")
        for line in lines:
            rows.extend([""] * min(1, line.air))
            if id(line) not in running:
                rows.extend(piece.text for piece in line.pieces)
    for row in title_page.as_lines(title_page.read(rows)):
        text.add(row, 0)
    if text.lines:
        text.add("", 0)
    return len(text.lines) + 1


def _write_page(text: _Text, lines: list[PageLine], following: list[PageLine], seen: _Seen) -> None:
    index = 0
    while index < len(lines):
        line = lines[index]
        if id(line) in seen.taken:
            index += 1
            continue
        if id(line) in seen.running:
            text.furniture.add(text.add(_laid_out(line.pieces, seen.metrics)[0], line.page))
            index += 1
            continue
        for _ in range(line.air):
            blank = text.add("", line.page)
            if seen.breaks.is_first(line):
                text.furniture.add(blank)
        pair, after = pdf_columns.find(lines, index, seen.metrics)
        if pair:
            _write_pair(text, pair, lines, after, following, seen)
            index = after
        elif id(line) in seen.slugs:
            index = _write_slug(text, lines, index, seen)
        else:
            number = text.add_row(_laid_out(line.pieces, seen.metrics), line.page)
            if seen.breaks.runs_on(line):
                text.runs_on.add(number)
            index += 1
    if lines:
        text.furniture.add(text.add("", lines[0].page))


def _write_pair(
    text: _Text, pair: Pair, lines: list[PageLine], after: int, following: list[PageLine], seen: _Seen
) -> None:
    """Two speeches at once, with what the next page has of them."""

    def own(some: list[PageLine]) -> list[PageLine]:
        return [line for line in some if id(line) not in seen.running and not is_break_line(line)]

    if not own(lines[after:]):
        rest = own(following)
        seen.taken.update(id(line) for line in rest[: pdf_columns.go_on(pair, rest)])
    for row in pair.rows(seen.breaks.action):
        text.add_row((row.text, row.styles), lines[0].page)
    for removed in pair.removed:
        text.furniture.add(text.add(removed, lines[0].page))


def _write_slug(text: _Text, lines: list[PageLine], index: int, seen: _Seen) -> int:
    """A slugline known by its looks, on one line even where the page wrapped it."""
    line = lines[index]
    row, _ = _laid_out(line.pieces, seen.metrics)
    after = index + 1
    while after < len(lines) and id(lines[after]) in seen.slugs and lines[after].air == 0:
        row = f"{row} {lines[after].text}"
        after += 1
    text.headings.add(text.add(row, line.page))
    if after < len(lines) and lines[after].air == 0:
        text.add("", line.page)
    return after


def _laid_out(pieces: list[Piece], metrics: Metrics) -> tuple[str, bytes]:
    """Pieces at their columns, and how each character is set."""
    row, styles = "", b""
    for piece in pieces:
        column = round(piece.left / metrics.cell)
        row = row.ljust(column if not row else max(column, len(row) + 2))
        styles = styles.ljust(len(row), b"\0") + piece.styles
        row += piece.text
    return row, styles
