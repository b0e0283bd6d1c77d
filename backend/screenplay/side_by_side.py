"""Takes apart dual dialogue that was typed side by side: the left speech first, then the right one, marked."""

import re
from collections import Counter
from dataclasses import dataclass

from backend.screenplay import cues
from backend.screenplay.lines import Line, blank_at

_TWO_NAMES = re.compile(r"^(?P<left>\s*\S+(?: {1,2}\S+)*) {5,}(?P<right>\S+(?: {1,2}\S+)*)\s*$")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
# Columns right of action, where the two speeches go.
_CUE, _SPEECH = 20, 10
_MAX_ROWS = 60


@dataclass(frozen=True)
class _Pair:
    names: tuple[Line, Line]
    columns: tuple[list[Line], list[Line]]
    end: int


def part(lines: list[Line]) -> list[Line]:
    """Lines with each such pair as two speeches one below the other; the second name ends in `^`.

    Two names stand on one line, right over two columns of text; one of them at least speaks elsewhere.
    """
    known = Counter(cues.base_name(line.text.strip()) for line in lines if cues.looks_like_name(line.text.strip()))
    margin = cues.left_margin(lines)
    out: list[Line] = []
    index = 0
    while index < len(lines):
        pair = _pair_at(lines, index, known)
        if pair is None:
            out.append(lines[index])
            index += 1
            continue
        for name, column in zip(pair.names, pair.columns, strict=True):
            out.append(blank_at(name))
            out.append(name.with_text(" " * (margin + _CUE) + name.text))
            out.extend(row.with_text(" " * (margin + _SPEECH) + row.text) for row in column)
        index = pair.end
        out.append(blank_at(out[-1]))
    return out


def _pair_at(lines: list[Line], index: int, known: Counter[str]) -> _Pair | None:
    names = _two_names(lines[index])
    if names is None:
        return None
    first = index + 1
    more = _two_names(lines[first]) if first + 1 < len(lines) and not lines[first + 1].is_blank else None
    if more:
        # MARA'S VOICE over two rows.
        names = (f"{names[0]} {more[0]}", f"{names[1]} {more[1]}")
        first += 1
    border = _border(lines, first, lines[index].text.rstrip().rfind("  ") + 2)
    if border is None or not any(cues.base_name(name) in known for name in names):
        return None
    left: list[Line] = []
    right: list[Line] = []
    edge = min(cues.indent_of(line) for line in _block(lines, first) if cues.indent_of(line) < border)
    end = first
    for line in _block(lines, first):
        text = line.text
        if cues.indent_of(line) < edge or text[border - 1 : border].strip() or _two_names(line):
            break
        for column, words in ((left, text[:border].strip()), (right, text[border:].strip())):
            if words:
                column.append(line.with_text(words))
        end += 1
    if not left or not right:
        return None
    start = lines[index]
    marked = (start.with_text(names[0]), start.with_text(f"{names[1]} ^"))
    return _Pair(marked, (left, right), end)


def _two_names(line: Line) -> tuple[str, str] | None:
    match = _TWO_NAMES.match(line.text) if not line.kind else None
    if match is None:
        return None
    names = (match["left"].strip(), match["right"].strip())
    return names if all(cues.looks_like_name(name) for name in names) else None


def _block(lines: list[Line], first: int) -> list[Line]:
    out: list[Line] = []
    for line in lines[first : first + _MAX_ROWS]:
        if line.is_blank or line.kind:
            break
        out.append(line)
    return out


def _border(lines: list[Line], first: int, right_name: int) -> int | None:
    """The left edge of the right-hand speech: where it begins in a row that holds words of both."""
    starts = []
    for line in _block(lines, first):
        segments = [match.start() for match in _SEGMENT.finditer(line.text)]
        # The name stands somewhere over its speech, not before it.
        starts += [start for start in segments[1:] if right_name - 24 <= start <= right_name + 4]
    return min(starts, default=None)
