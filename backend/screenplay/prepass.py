"""Rewrites any screenplay text into strict Fountain, keeping a map from every line back to the source."""

import re
from collections.abc import Set
from dataclasses import dataclass, field

from backend.screenplay import (
    cues,
    furniture,
    heading_words,
    headings,
    ladder,
    layout,
    markdown,
    omitted_ranges,
    side_by_side,
    slugs,
    spacing,
    transcripts,
)
from backend.screenplay.comments import strip_comments
from backend.screenplay.counting import counted
from backend.screenplay.fountain import PLAIN_DOT
from backend.screenplay.lines import Ledger, Line, PageHints, blank_at
from backend.screenplay.markup import strip_markup
from backend.screenplay.models import SourceFormat

MAX_LINE = 1000
# fountain-py joins a paragraph line by line, each time copying all of it: an endless paragraph must be cut.
MAX_PARAGRAPH = 400
_TITLE_KEY = re.compile(r"^\s*(?:title|author|authors|credit|source|draft date|contact|copyright)\s*:", re.IGNORECASE)
_SURE_MARK = re.compile(r"^(?:@\w|>.*<$|===+$|#{1,6} |.*\S #[\w.\-]+#$)")
_FOUNTAIN_MARK = re.compile(r"^(?:\.[^\W\d_]|!\S|~\S)")
_KNOWN_TRANSITION = re.compile(r" TO:$|FADE|CUT|DISSOLVE|INTERCUT|THE END")
_BOTH_MARGINS = re.compile(rf"^(?P<number>{headings.NUMBER})\s+(?P<body>\S.*?)(?:\s+(?P=number))?$")


@dataclass(frozen=True)
class Prepared:
    """Strict Fountain as lines that know their source, and what was done to get there."""

    lines: list[Line]
    format: SourceFormat
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def prepare(text: str, pages: PageHints | None = None) -> Prepared:
    """Normalised text to Fountain text. Never raises; whatever is guessed or removed stands in the ledger.

    `pages` says that the text was read off printed pages, and what was seen there.
    """
    ledger = Ledger()
    source = [Line(row, n, n) for n, row in enumerate(text.split("\n"), start=1)]
    lines = strip_comments(_cap_lines(source, ledger), ledger)
    if pages is not None:
        return Prepared(_cap_paragraphs(_from_pages(spacing.settle(lines), pages, ledger)), "pdf", ledger)
    lines = markdown.plain_cues(spacing.settle(strip_markup(lines, ledger)), ledger)
    kind = _detect_format(lines)
    lines = _from_text(lines, ledger) if kind == "text" else _from_fountain(_dedent_title_page(lines), ledger)
    return Prepared(_cap_paragraphs(ladder.climb(lines, ledger, is_fountain=kind == "fountain")), kind, ledger)


def _from_text(lines: list[Line], ledger: Ledger) -> list[Line]:
    lines = omitted_ranges.join([layout.expand(line) for line in lines], ledger)
    lines = slugs.join_numbers(lines)
    lines = side_by_side.part(spacing.close_up(furniture.remove(lines, ledger)))
    return _to_fountain(slugs.find(lines, ledger), ledger)


def _to_fountain(lines: list[Line], ledger: Ledger) -> list[Line]:
    page = cues.read(lines)
    speakers = transcripts.find_speakers(lines)
    if speakers and sum(page.names.values()) < 40:
        return transcripts.to_fountain(lines, speakers)
    return layout.to_fountain(lines, page, ledger)


def _from_fountain(lines: list[Line], ledger: Ledger) -> list[Line]:
    body_from = _title_page_end(lines)
    body = slugs.find(lines[body_from:], ledger)
    return lines[:body_from] + [_shield(body, index) for index in range(len(body))]


def _from_pages(lines: list[Line], pages: PageHints, ledger: Ledger) -> list[Line]:
    title_page = [line for line in lines if line.start < pages.body_start]
    body = [line for line in lines if line.start >= pages.body_start]
    body = omitted_ranges.join(_without_page_breaks(body, pages, ledger), ledger)
    body = furniture.remove(body, ledger)
    body = _force_headings(slugs.find(body, ledger), pages.headings, ledger)
    return [*title_page, *ladder.climb(_to_fountain(body, ledger), ledger)]


def _without_page_breaks(lines: list[Line], pages: PageHints, ledger: Ledger) -> list[Line]:
    out: list[Line] = []
    seen: list[Line] = []
    for line in lines:
        if line.start in pages.furniture:
            if not line.is_blank:
                seen.append(line)
                ledger.removed.append(line.text)
            elif out and not out[-1].is_blank:
                out.append(line)
            continue
        while line.start in pages.runs_on and out and out[-1].is_blank:
            out.pop()
        out.append(line)
    if seen:
        message = counted(
            len(seen), "running head or page number was removed.", "running heads and page numbers were removed."
        )
        ledger.warn(seen[0].start, "furniture.headers", message, [line.start for line in seen])
    return out


def _force_headings(lines: list[Line], known: Set[int], ledger: Ledger) -> list[Line]:
    """Sluglines known by their looks, as forced headings with their number between hashes."""
    out: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if line.start not in known or not text or line.kind:
            out.append(line)
            continue
        number = _BOTH_MARGINS.match(text)
        if number:
            ledger.removed.append(number["number"])
            text = number["body"]
        slugs.air(out, line)
        out.append(slugs.force(line, text, number["number"] if number else None))
        out.append(blank_at(line))
    return out


def _detect_format(lines: list[Line]) -> SourceFormat:
    """Fountain by its marks or for want of anything else; text by its columns, page furniture or numbered headings."""
    rows = [line for line in lines if line.text.strip()]
    texts = [line.text for line in rows]
    if any(_TITLE_KEY.match(text) for text in texts[:12]):
        return "fountain"
    expanded = [layout.expand(line) for line in lines]
    kinds = furniture.classify(expanded)
    furnished = sum(1 for kind in kinds if kind)
    page = cues.read(expanded)
    sure = sum(1 for text in texts if _SURE_MARK.match(text.strip()))
    marks = sum(1 for text in texts if _FOUNTAIN_MARK.match(text.strip()))
    # A scanner's specks before a word look like marks.
    is_set_out = (page.is_indented or page.is_cue_apart) and page.names.total() >= 40
    is_marked = (sure and furnished < 12) or (marks and furnished < 3)
    if is_marked and not (is_set_out and sure + marks <= max(2, len(rows) / 500)):
        return "fountain"
    is_typed = page.is_indented or page.is_cue_apart or page.is_solid or (page.has_flat_cues and page.is_wrapped)
    if furnished >= 3 or is_typed or transcripts.find_speakers(lines):
        return "text"
    if len(rows) > 40 and spacing.close_up(lines) is not lines:
        return "text"
    if len(slugs.join_numbers(expanded)) != len(expanded):
        return "text"
    for text in texts:
        if text[:1].isspace() or text[:1].isdigit() or text[:1].isupper():
            found = headings.candidate(text.strip())
            if found is not None and found.number is not None:
                return "text"
    return "fountain"


def _cap_lines(lines: list[Line], ledger: Ledger) -> list[Line]:
    """Every library pattern is quadratic on one endless line, so lines are split at a space before 1000 characters."""
    out: list[Line] = []
    for line in lines:
        rest = line.text
        if len(rest) > MAX_LINE:
            ledger.warn(line.start, "line.split", f"A line of {len(rest)} characters was split.")
        while len(rest) > MAX_LINE:
            at = rest.rfind(" ", MAX_LINE // 2, MAX_LINE)
            if at <= 0:
                # One word longer than the limit: its halves are counted as removed, so that no word goes missing.
                at = MAX_LINE
                ledger.removed.append(rest)
            out.append(line.with_text(rest[:at]))
            rest = rest[at:].lstrip(" ")
        out.append(line.with_text(rest))
    return out


def _dedent_title_page(lines: list[Line]) -> list[Line]:
    """The title page at the left edge, its values' further lines as deep as the parser wants them."""
    first = next((i for i, line in enumerate(lines) if not line.is_blank), None)
    if first is None or not _TITLE_KEY.match(lines[first].text):
        return lines
    margin = len(lines[first].text) - len(lines[first].text.lstrip())
    out = list(lines)
    for index in range(first, len(lines)):
        if lines[index].is_blank:
            break
        text = lines[index].text
        text = text[min(margin, len(text) - len(text.lstrip())) :]
        if text[:1].isspace() and not text.startswith(("   ", "\t")):
            text = f"    {text.lstrip()}"
        out[index] = lines[index].with_text(text)
    return out


def _title_page_end(lines: list[Line]) -> int:
    first = next((i for i, line in enumerate(lines) if not line.is_blank), 0)
    if not lines or not _TITLE_KEY.match(lines[first].text):
        return 0
    return next((i for i in range(first, len(lines)) if lines[i].is_blank), len(lines))


def _is_blank(lines: list[Line], index: int) -> bool:
    return index < 0 or index >= len(lines) or lines[index].is_blank


def _shield(lines: list[Line], index: int) -> Line:
    """Keep lines that the parser would misread as headings what they are."""
    line = lines[index]
    text = line.text.lstrip()
    if line.kind or not text:
        return line
    if heading_words.TRANSITION.match(text) and not _KNOWN_TRANSITION.search(text) and _is_blank(lines, index - 1):
        # The parser knows only the English transitions.
        return line.with_text(f"> {text}")
    if text.startswith(".") and text[1:2].isdigit() and not _is_blank(lines, index - 1):
        # `.45 calibre` inside a paragraph is no forced heading.
        return line.with_text(PLAIN_DOT + text[1:])
    if headings.PREFIXED.match(text[:60]) and _is_blank(lines, index - 1) and _is_blank(lines, index + 1):
        # `Est il là ?` has the letters of a heading and nothing else of it; the parser would take it for one.
        return line.with_text(f"!{line.text}")
    return line


def _cap_paragraphs(lines: list[Line]) -> list[Line]:
    out: list[Line] = []
    run = 0
    for line in lines:
        run = 0 if line.is_blank else run + 1
        if run > MAX_PARAGRAPH:
            out.append(blank_at(line))
            run = 1
        out.append(line)
    return out
