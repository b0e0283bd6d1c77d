"""Rewrites any screenplay text into strict Fountain, keeping a map from every line back to the source."""

import re
from collections.abc import Set
from dataclasses import dataclass, field

from backend.screenplay import furniture, headings, layout
from backend.screenplay.comments import strip_comments
from backend.screenplay.fountain import PLAIN_DOT
from backend.screenplay.lines import Ledger, Line, PageHints, blank_at
from backend.screenplay.models import SourceFormat

MAX_LINE = 1000
# fountain-py joins a paragraph line by line, each time copying all of it: an endless paragraph must be cut.
MAX_PARAGRAPH = 400
_TITLE_KEY = re.compile(r"^\s*(?:title|author|authors|credit|source|draft date|contact|copyright)\s*:", re.IGNORECASE)
_FOUNTAIN_MARK = re.compile(r"^(?:\.[^\W\d_]|@\w|!\S|~\S|>.*<$|===+$|#+ |.*\S #[\w.\-]+#$)")
_BOTH_MARGINS = re.compile(rf"^(?P<number>{headings.NUMBER})\s+(?P<body>\S.*?)(?:\s+(?P=number))?$")
_TRANSITION = re.compile(r"^(?:>.*|[A-Z][A-Z .'/\-]* TO:|FADE (?:IN:|OUT\.))$")


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
    lines = _settle_blank_lines(lines)
    if pages is not None:
        return Prepared(_cap_paragraphs(_from_pages(lines, pages, ledger)), "pdf", ledger)
    kind = _detect_format(lines)
    if kind == "text":
        lines = furniture.remove([layout.expand(line) for line in lines], ledger)
        columns = layout.find_columns(lines)
        if columns:
            lines = layout.to_fountain(lines, columns, ledger)
    lines = _dedent_title_page(lines)
    lines = _mark_headings(lines, ledger)
    return Prepared(_cap_paragraphs(lines), kind, ledger)


def _from_pages(lines: list[Line], pages: PageHints, ledger: Ledger) -> list[Line]:
    title_page = [line for line in lines if line.start < pages.body_start]
    body = furniture.remove([line for line in lines if line.start >= pages.body_start], ledger, pages.furniture)
    columns = layout.find_columns(body) or layout.standard_columns(body)
    body = layout.to_fountain(body, columns, ledger)
    return _mark_headings([*title_page, *_force_headings(body, pages.headings, ledger)], ledger)


def _force_headings(lines: list[Line], known: Set[int], ledger: Ledger) -> list[Line]:
    """Sluglines known by their looks, as forced headings with their number between hashes."""
    out: list[Line] = []
    for line in lines:
        text = line.text.lstrip("!>@ ")
        if line.start not in known or not text or headings.candidate(text):
            out.append(line)
            continue
        number = _BOTH_MARGINS.match(text)
        if number:
            ledger.removed.append(number["number"])
            text = number["body"]
        _air(out, line)
        out.append(line.with_text(f".{text}" + (f" #{number['number']}#" if number else "")))
        out.append(blank_at(line))
    return out


def _detect_format(lines: list[Line]) -> SourceFormat:
    texts = [line.text for line in lines if line.text.strip()]
    if any(_TITLE_KEY.match(t) for t in texts[:12]) or any(_FOUNTAIN_MARK.match(t.strip()) for t in texts):
        return "fountain"
    if layout.find_columns([layout.expand(line) for line in lines]):
        return "text"
    numbered = 0
    for text in texts:
        if text[:1].isspace() or text[:1].isdigit() or text[:1].isupper():
            found = headings.candidate(text.strip())
            numbered += found is not None and found.number is not None
    return "text" if numbered else "fountain"


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


def _settle_blank_lines(lines: list[Line]) -> list[Line]:
    """Lines of spaces are blank, except the deliberate two-space line that keeps a speech open."""
    empty = sum(1 for line in lines if not line.text)
    spaces = sum(1 for line in lines if line.text and line.is_blank)
    keep_two = empty >= spaces
    out: list[Line] = []
    for line in lines:
        if line.is_blank:
            out.append(line.with_text("  " if keep_two and line.text == "  " else ""))
        else:
            out.append(line.with_text(line.text.rstrip()))
    return out


def _dedent_title_page(lines: list[Line]) -> list[Line]:
    first = next((i for i, line in enumerate(lines) if not line.is_blank), None)
    if first is None or not lines[first].text[0].isspace() or not _TITLE_KEY.match(lines[first].text):
        return lines
    margin = len(lines[first].text) - len(lines[first].text.lstrip())
    out = list(lines)
    for index in range(first, len(lines)):
        if lines[index].is_blank:
            break
        text = lines[index].text
        out[index] = lines[index].with_text(text[min(margin, len(text) - len(text.lstrip())) :])
    return out


def _mark_headings(lines: list[Line], ledger: Ledger) -> list[Line]:
    """Every recognised slugline becomes a Fountain heading with its number between hashes and air around it."""
    body_from = _title_page_end(lines)
    found = {i: c for i in range(body_from, len(lines)) if (c := _candidate_at(lines, i))}
    numbered_twice = sum(1 for c in found.values() if c.is_numbered_twice)
    accepted = {i: c for i, c in found.items() if _accept(lines, i, c, numbered_twice)}
    # PLACE - DAY counts as a heading only in a script that does not open with an INT./EXT. or forced one.
    first = next((i for i in range(body_from, len(lines)) if i in accepted or _is_forced(lines[i].text)), len(lines))
    slugs = _bare_slugs(lines, body_from, accepted.keys())
    if slugs and min(slugs) < first:
        message = f"{len(slugs)} upper-case slug line(s) without INT./EXT. were read as scene headings."
        ledger.warn(lines[min(slugs)].start, "headings.inferred", message)
    else:
        slugs = set()
    out: list[Line] = []
    inserted: list[int] = []
    for index, line in enumerate(lines):
        if index in accepted:
            _write_heading(out, lines, index, accepted[index], ledger, inserted)
        elif index in slugs:
            _air(out, line)
            out.append(line.with_text(f".{line.text.strip()}"))
            out.append(blank_at(line))
        else:
            out.append(_shield(lines, index) if index >= body_from else line)
    if inserted:
        message = f"{len(inserted)} scene heading(s) had no blank line around them; they were read as headings."
        ledger.warn(inserted[0], "heading.glued", message)
    return out


def _title_page_end(lines: list[Line]) -> int:
    first = next((i for i, line in enumerate(lines) if not line.is_blank), 0)
    if not lines or not _TITLE_KEY.match(lines[first].text):
        return 0
    return next((i for i in range(first, len(lines)) if lines[i].is_blank), len(lines))


def _candidate_at(lines: list[Line], index: int) -> headings.Candidate | None:
    text = lines[index].text.strip()
    # Cheap refusals first: most lines are prose, and this runs on every line of the script.
    if not text or text[0] in "!@>~=#(." or len(text) > 300:
        return None
    return headings.candidate(text)


def _is_blank(lines: list[Line], index: int) -> bool:
    return index < 0 or index >= len(lines) or lines[index].is_blank


def _accept(lines: list[Line], index: int, found: headings.Candidate, numbered_twice: int) -> bool:
    above, below = _is_blank(lines, index - 1), _is_blank(lines, index + 1)
    upper = found.upper_share
    if found.is_omitted:
        return above and below
    if found.is_infix:
        return upper >= 0.7 and above
    if not found.is_prefixed:
        # Numbered at both margins without INT./EXT.: a scene only where the script numbers its scenes so.
        return upper >= 0.7 and above and numbered_twice >= 3 and len(found.text) > 2
    if not above and not _is_transition(lines, index - 1):
        # Under running text, perhaps in a speech: only an unmistakable slugline.
        return (
            upper >= 0.9
            and (found.has_dot or found.number is not None)
            and headings.split(found.text).location is not None
        )
    if below:
        return upper >= 0.5 or found.has_dot
    return upper >= 0.7 or (found.has_dot and found.number is not None)


def _is_transition(lines: list[Line], index: int) -> bool:
    return index >= 0 and bool(_TRANSITION.match(lines[index].text.strip()))


def _write_heading(
    out: list[Line],
    lines: list[Line],
    index: int,
    found: headings.Candidate,
    ledger: Ledger,
    inserted: list[int],
) -> None:
    line = lines[index]
    glued = not _is_blank(lines, index - 1) or not _is_blank(lines, index + 1)
    if glued:
        inserted.append(line.start)
    _air(out, line)
    if found.transition:
        out.extend([line.with_text(f"> {found.transition}"), blank_at(line)])
    number = re.sub(r"[^A-Za-z0-9.\-]", "-", found.number).strip("-") if found.number else ""
    # The second number and words such as SCENE are not written again.
    ledger.removed.append(line.text.replace(found.text, " ", 1))
    out.append(line.with_text(f".{found.text}" + (f" #{number}#" if number else "")))
    if not _is_blank(lines, index + 1):
        out.append(blank_at(line))


def _air(out: list[Line], line: Line) -> None:
    if out and not out[-1].is_blank:
        out.append(blank_at(line))


def _is_forced(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) > 1 and stripped[0] == "." and stripped[1] != "." and stripped[1].isalnum()


def _shield(lines: list[Line], index: int) -> Line:
    """Keep lines that the parser would misread as headings what they are."""
    line = lines[index]
    text = line.text.lstrip()
    if text.startswith(".") and text[1:2].isdigit() and not _is_blank(lines, index - 1):
        # `.45 calibre` inside a paragraph is no forced heading.
        return line.with_text(PLAIN_DOT + text[1:])
    if (
        headings.PREFIXED.match(text[:60])
        and _is_blank(lines, index - 1)
        and _is_blank(lines, index + 1)
        and not headings.upper_share(text) >= 0.5
    ):
        # `Est il là ?` has the letters of a heading and nothing else of it.
        return line.with_text(f"!{line.text}")
    return line


def _bare_slugs(lines: list[Line], start: int, accepted: Set[int]) -> set[int]:
    """PLACE - DAY lines, and with them upper-case lines straight after a transition."""
    slugs: set[int] = set()
    after_transition: set[int] = set()
    previous = ""
    for index in range(start, len(lines)):
        text = lines[index].text.strip()
        if not text:
            continue
        if index not in accepted and _is_blank(lines, index - 1) and _is_blank(lines, index + 1):
            if headings.is_bare_slug(text):
                slugs.add(index)
            elif _TRANSITION.match(previous) and headings.upper_share(text) == 1.0 and not _TRANSITION.match(text):
                after_transition.add(index)
        previous = text
    return slugs | after_transition if slugs else slugs


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
