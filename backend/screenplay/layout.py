"""Rewrites a script laid out by indents or typed line by line (plain text, printed pages) as Fountain."""

import re

from backend.screenplay import cues, heading_words, headings
from backend.screenplay.cues import Page, indent_of
from backend.screenplay.fountain import PLAIN, is_plain_cue
from backend.screenplay.lines import Ledger, Line, blank_at

_FORCING = "!@>.~=#"
_SENTENCE_ENDS = '.!?"”…'
_SHORT_ASIDE = re.compile(r"^\([^()]{1,40}\)$")


def expand(line: Line) -> Line:
    """Tabs to columns of eight."""
    return line.with_text(line.text.expandtabs(8).rstrip()) if "\t" in line.text else line.with_text(line.text.rstrip())


def to_fountain(lines: list[Line], page: Page, ledger: Ledger) -> list[Line]:
    """Fountain lines: blocks apart by one blank line, hard-wrapped paragraphs joined, speeches under their cues."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        if not text:
            index += 1
        elif line.kind:
            _block(out, line)
            index += 1
        elif cues.is_cue(lines, index, page):
            index = _speech(out, lines, index, page)
        elif _is_transition(text, indent_of(line), page):
            _block(out, line.with_text(f"> {text}"))
            index += 1
        else:
            index = _paragraph(out, lines, index, page)
    return out


def _is_transition(text: str, indent: int, page: Page) -> bool:
    if len(text) > 44 or text.startswith("("):
        return False
    if heading_words.TRANSITION.match(text):
        return True
    return indent >= page.margin + 34 and text == text.upper() and text.endswith(":")


def _speech(out: list[Line], lines: list[Line], index: int, page: Page) -> int:
    cue = lines[index]
    name = cue.text.strip().replace("[", "(").replace("]", ")")
    _block(out, cue.with_text(name if is_plain_cue(name) else f"@{name}"))
    cue_at = indent_of(cue)
    spoken: list[Line] = []
    column: int | None = None
    gap, row = 0, ""
    index += 1
    while index < len(lines):
        line = lines[index]
        if line.is_blank:
            gap += 1
            index += 1
            if gap > (2 if page.is_cue_apart and not spoken else 1):
                break
            continue
        text = line.text.strip()
        indent = indent_of(line)
        if line.kind or cues.is_cue(lines, index, page) or _is_transition(text, indent, page):
            break
        is_aside = text.startswith("(") or _is_open(spoken)
        goes_on = _goes_on_after_blank(spoken, indent, column, cue_at, page) or _is_aside_in_speech(lines, index)
        if gap and not goes_on:
            break
        if not gap and spoken and not is_aside and _has_ended(row, text, indent, column, page):
            break
        if column is None and not is_aside:
            column = indent
        is_new = bool(gap) or text.startswith("(") or (bool(row) and not is_aside and _is_verse(row, text, page))
        _say(spoken, line, text, is_new=is_new)
        gap, row = 0, text
        index += 1
    out.extend(spoken)
    return index


def _is_open(spoken: list[Line]) -> bool:
    return bool(spoken) and spoken[-1].text.startswith("(") and ")" not in spoken[-1].text


def _goes_on_after_blank(spoken: list[Line], indent: int, column: int | None, cue_at: int, page: Page) -> bool:
    """After a blank line: the speech of a cue that stands apart, or the next paragraph in the column of speech."""
    if all(line.text.startswith("(") for line in spoken):
        return True
    return (
        page.is_indented
        and column is not None
        and column >= page.margin + 4
        and abs(indent - column) <= 1
        and indent + 3 <= cue_at
    )


def _is_aside_in_speech(lines: list[Line], index: int) -> bool:
    """A (beat) with words right under it."""
    return (
        bool(_SHORT_ASIDE.match(lines[index].text.strip()))
        and index + 1 < len(lines)
        and not (lines[index + 1].is_blank or lines[index + 1].kind)
    )


def _has_ended(row: str, text: str, indent: int, column: int | None, page: Page) -> bool:
    """Whether action begins with `text`, though no blank line parts it from the spoken `row` above."""
    if column is not None and column > page.margin:
        return indent <= max(page.margin, column - 3)
    if page.is_narrow and len(text) > page.speech_width + 5 and row[-1] in _SENTENCE_ENDS and not text[0].islower():
        return True
    if not page.is_solid:
        return False
    if page.width >= 48 and len(text) > page.speech_width + 4:
        return True
    # The first word would have fitted on the line above, so somebody began a new paragraph.
    return row[-1] in _SENTENCE_ENDS and len(row) + 1 + len(text.split()[0]) < page.speech_width - 4


def _is_verse(row: str, text: str, page: Page) -> bool:
    """Whether the writer broke the line: the next word would have fitted with room to spare."""
    return not row.endswith(")") and len(row) + 1 + len(text.split()[0]) < page.speech_width - 9


def _say(spoken: list[Line], line: Line, text: str, *, is_new: bool) -> None:
    if text[0] in _FORCING and text[0] != "~" and not text.startswith(".."):
        text = PLAIN + text
    if not spoken or is_new or (spoken[-1].text.startswith("(") and ")" in spoken[-1].text):
        spoken.append(line.with_text(text))
        return
    last = spoken[-1]
    spoken[-1] = Line(f"{last.text} {text}", last.start, line.end)


def _paragraph(out: list[Line], lines: list[Line], index: int, page: Page) -> int:
    first = lines[index]
    text, end, indent = first.text.strip(), first.end, indent_of(first)
    last = text
    index += 1
    while index < len(lines) and not lines[index].is_blank:
        line = lines[index]
        here = line.text.strip()
        if (
            line.kind
            or abs(indent_of(line) - indent) > 2
            or _stopped_short(last, here, page)
            or cues.is_cue(lines, index, page)
            or _is_transition(here, indent_of(line), page)
        ):
            break
        text, end, last = f"{text} {here}", line.end, here
        index += 1
    # What only looks like a heading was refused before; the parser would still take it for one.
    shield = "!" if text[0] in _FORCING or headings.PREFIXED.match(text[:60]) else ""
    _block(out, Line(shield + text, first.start, end))
    return index


def _stopped_short(last: str, here: str, page: Page) -> bool:
    """A line that stops short was ended by its writer; a full one was wrapped by the typewriter."""
    if len(last) < 36:
        return True
    return page.width >= 48 and len(last) + 1 + len(here.split()[0]) < page.width - 14


def _block(out: list[Line], line: Line) -> None:
    if out and not out[-1].is_blank:
        out.append(blank_at(line))
    out.append(line)
