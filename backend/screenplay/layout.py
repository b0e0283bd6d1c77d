"""Reads a script laid out by indents (plain text, as typed or printed) and rewrites it as Fountain."""

import re
from collections import Counter
from dataclasses import dataclass

from backend.screenplay import headings
from backend.screenplay.lines import Ledger, Line, blank_at

_TRANSITION = re.compile(r"^(?:[A-Z][A-Z .'/\-]*\bTO:|FADE (?:IN|OUT|UP)[:.]?|FADE TO BLACK[.:]?|THE END\.?)$")
_CUE_MAX = 44
_FORCING = "!@>.~=#"


@dataclass(frozen=True)
class Columns:
    """Left margins of one document, in characters."""

    action: int
    dialogue: int
    cue: int


def expand(line: Line) -> Line:
    """Tabs to columns of eight."""
    return line.with_text(line.text.expandtabs(8).rstrip()) if "\t" in line.text else line.with_text(line.text.rstrip())


def find_columns(lines: list[Line]) -> Columns | None:
    """The margins of an indented script, or None for text that is not laid out by indents."""
    indents: Counter[int] = Counter()
    cues: Counter[int] = Counter()
    under_cues: Counter[int] = Counter()
    for index, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            continue
        indent = _indent(line.text)
        indents[indent] += 1
        if not _cue_like(text):
            continue
        below = _below(lines, index)
        if below is None:
            continue
        below_indent = _indent(below.text)
        if 4 <= indent - below_indent <= 40 and not below.text.strip().startswith("("):
            cues[indent] += 1
            under_cues[below_indent] += 1
    total = sum(indents.values())
    if not cues or sum(cues.values()) < 2 or not total:
        return None
    cue = cues.most_common(1)[0][0]
    dialogue = under_cues.most_common(1)[0][0]
    left = [n for n in indents if n < dialogue - 2]
    action = max(left, key=lambda n: (indents[n], -n)) if left else 0
    if cue - dialogue < 4 or dialogue - action < 3:
        return None
    return Columns(action, dialogue, cue)


def standard_columns(lines: list[Line]) -> Columns:
    """Where a typist sets the margins, from the left edge of the text: for a page with too few cues to tell."""
    action = min((_indent(line.text) for line in lines if not line.is_blank), default=0)
    return Columns(action, action + 10, action + 20)


def to_fountain(lines: list[Line], columns: Columns, ledger: Ledger) -> list[Line]:
    """Fountain lines: blocks apart by one blank line, hard-wrapped paragraphs joined, speeches under their cues."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        if not text:
            index += 1
            continue
        if _is_cue_here(lines, index, columns):
            index = _speech(out, lines, index, columns)
        elif headings.candidate(text):
            _block(out, line.with_text(text))
            index += 1
        elif _is_transition(text, _indent(line.text), columns):
            _block(out, line.with_text(f"> {text}"))
            index += 1
        else:
            index = _paragraph(out, lines, index)
    return out


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _cue_like(text: str) -> bool:
    bare = re.sub(r"\([^)]*\)?", "", text).strip()
    return (
        bool(bare)
        and len(bare) <= _CUE_MAX
        and bare == bare.upper()
        and any(c.isalpha() for c in bare)
        and not bare.endswith((":", "!", "?"))
        and headings.candidate(text) is None
    )


def _below(lines: list[Line], index: int) -> Line | None:
    """The next line with text, with at most one blank line between."""
    for line in lines[index + 1 : index + 3]:
        if not line.is_blank:
            return line
    return None


def _is_cue_here(lines: list[Line], index: int, columns: Columns) -> bool:
    text = lines[index].text.strip()
    if abs(_indent(lines[index].text) - columns.cue) > 4 or not _cue_like(text):
        return False
    below = _below(lines, index)
    return below is not None and columns.action + 2 < _indent(below.text) < columns.cue + 4


def _is_transition(text: str, indent: int, columns: Columns) -> bool:
    if indent > columns.cue + 8:
        return text == text.upper() and len(text) <= _CUE_MAX
    return indent > columns.action + 2 and bool(_TRANSITION.match(text))


def _speech(out: list[Line], lines: list[Line], index: int, columns: Columns) -> int:
    cue = lines[index]
    name = cue.text.strip()
    _block(out, cue.with_text(name if re.match(r"\w", name) else f"@{name}"))
    index += 1
    spoken: Line | None = None
    gap = 0
    while index < len(lines):
        line = lines[index]
        if line.is_blank:
            gap += 1
            index += 1
            if gap > 1:
                break
            continue
        inside = columns.action + 2 < _indent(line.text) and not _is_cue_here(lines, index, columns)
        if not inside or _indent(line.text) > columns.cue + 4 or headings.candidate(line.text.strip()):
            break
        if gap and spoken is not None:
            # A blank line ends a speech, unless the whole script is double spaced.
            break
        gap = 0
        text = line.text.strip()
        if text.startswith("(") or (spoken is not None and spoken.text.startswith("(") and ")" not in spoken.text):
            spoken = _flush_or_join(out, spoken, line, text, starts_new=text.startswith("("))
        elif spoken is not None and spoken.text.startswith("("):
            out.append(spoken)
            spoken = line.with_text(text)
        else:
            spoken = _flush_or_join(out, spoken, line, text, starts_new=False)
        index += 1
    if spoken is not None:
        out.append(spoken)
    return index


def _flush_or_join(out: list[Line], spoken: Line | None, line: Line, text: str, *, starts_new: bool) -> Line:
    if spoken is None or starts_new:
        if spoken is not None:
            out.append(spoken)
        return line.with_text(text)
    return Line(f"{spoken.text} {text}", spoken.start, line.end)


def _paragraph(out: list[Line], lines: list[Line], index: int) -> int:
    first = lines[index]
    text, end, indent = first.text.strip(), first.end, _indent(first.text)
    index += 1
    while index < len(lines) and not lines[index].is_blank:
        line = lines[index]
        # A line that stops short was ended by its writer; a full one was wrapped by the typewriter.
        if (
            abs(_indent(line.text) - indent) > 2
            or len(lines[index - 1].text.strip()) < 36
            or headings.candidate(line.text.strip())
        ):
            break
        text, end = f"{text} {line.text.strip()}", line.end
        index += 1
    shield = "!" if text[0] in _FORCING else ""
    _block(out, Line(shield + text, first.start, end))
    return index


def _block(out: list[Line], line: Line) -> None:
    if out and not out[-1].is_blank:
        out.append(blank_at(line))
    out.append(line)
