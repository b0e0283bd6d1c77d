"""Measures a scene's length in eighths of a standard page, from the lines it would take there."""

from collections.abc import Iterable

LINES_PER_PAGE = 54
SECONDS_PER_EIGHTH = 7.5

# Columns of 12-point Courier on the standard page.
_WIDTHS = {
    "action": 60,
    "shot": 60,
    "character": 38,
    "dialogue": 35,
    "parenthetical": 25,
    "transition": 20,
    "lyrics": 35,
    "centered": 60,
}
_HEADING_WIDTH = 60
# Blank lines before an element, as Final Draft sets them; none within a speech.
_SPACE_BEFORE = {"shot": 2, "action": 1, "character": 1, "transition": 1, "centered": 1}


def line_count(kind: str, text: str) -> int:
    """Printed lines of one element, with the blank lines that stand before it."""
    width = _WIDTHS.get(kind, 60)
    lines = sum(_wrapped(line, width) for line in text.split("\n")) if text.strip() else 1
    return lines + _SPACE_BEFORE.get(kind, 0)


def eighths(heading: str, elements: Iterable[tuple[str, str]]) -> int:
    """Length of a scene in eighths (at least 1), from its heading and its (type, text) elements."""
    lines = _wrapped(heading, _HEADING_WIDTH) + 2 + sum(line_count(kind, text) for kind, text in elements)
    return max(1, round(lines / (LINES_PER_PAGE / 8)))


def _wrapped(line: str, width: int) -> int:
    """Rows a line takes when it is broken at spaces; a word wider than the column breaks inside."""
    if len(line) <= width:
        return 1
    rows, column = 1, 0
    for word in line.split():
        size = len(word)
        if column and column + 1 + size > width:
            rows, column = rows + 1, 0
        column += size + (1 if column else 0)
        if column > width:
            rows += (column - 1) // width
            column = (column - 1) % width + 1
    return rows
