"""Finds the sluglines without INT. or EXT. by how the script sets its others: bold, underlined, or under more air."""

import re

from backend.screenplay import headings
from backend.screenplay.pdf_lines import BOLD, UNDERLINE, Metrics, PageLine

_NOT_A_SLUG = re.compile(
    r"[:!?]$|^(?:FADE|CUT|DISSOLVE|SMASH|MATCH|THE END|END|SUPER|TITLE|CONTINUED|ACT |TEASER|COLD OPEN|TAG|MORE)\b"
)

# A call for the camera is a scene of its own only where it is numbered as one.
_CAMERA = re.compile(
    r"^(?:(?:NEW|WIDE[RST]*|TWO|CLOSE|REVERSE|TRACKING|MOVING|AERIAL|LONG|MED(?:IUM|\.)?|FULL|MASTER|ANOTHER|HIGH|LOW)"
    r"[ -]*(?:SHOT|ANGLE)\b|(?:ANGLE|CLOSER?|CLOSE[- ]?UPS?|TIGHT|WIDE|REVERSE|FAVORING)(?: (?:ON|OF)\b|$)|INSERT\b"
    r"|BACK TO\b|RESUME\b)|\bP\.?O\.?V\b"
)


def find(pages: list[list[PageLine]], running: set[int], metrics: Metrics) -> set[int]:
    """`id` of the upper-case lines at the action margin that look as this script's sluglines look.

    In Fountain such a heading is forced by a dot; in print its type and the space above it are what is left.
    """
    own = [[line for line in lines if id(line) not in running] for lines in pages]
    body = [line for lines in own for line in lines]
    if not body:
        return set()
    margin = _margin(body, metrics)
    sluglines = [
        line for line in body if (c := headings.candidate(line.text)) and c.is_prefixed and line.text.isupper()
    ]
    found = _airy(own, body, sluglines, margin, metrics)
    for style in (BOLD, UNDERLINE):
        found |= _set_apart(style, own, body, sluglines, margin, metrics)
    return found


def _set_apart(
    style: int,
    pages: list[list[PageLine]],
    body: list[PageLine],
    sluglines: list[PageLine],
    margin: float,
    metrics: Metrics,
) -> set[int]:
    """Where the sluglines are set in bold or underlined."""
    count = sum(line.is_set(style) for line in body)
    if not count or count > 0.3 * len(body):
        return set()
    if sluglines and sum(line.is_set(style) for line in sluglines) < 0.7 * len(sluglines):
        return set()
    found: set[int] = set()
    for lines in pages:
        previous: PageLine | None = None
        for line in lines:
            follows = previous is not None and id(previous) in found and line.air == 0
            opens = line.air >= 1 or previous is None
            if line.is_set(style) and (follows or opens) and _is_slug(line, margin, metrics):
                found.add(id(line))
            previous = line
    # Two lines of bold capitals in a whole script are emphasis.
    return found if sluglines or len(found) >= 3 else set()


def _airy(
    pages: list[list[PageLine]], body: list[PageLine], sluglines: list[PageLine], margin: float, metrics: Metrics
) -> set[int]:
    """Where every slugline has two blank lines above it and hardly anything else has."""
    first = {id(lines[0]) for lines in pages if lines}
    inside = [line for line in sluglines if id(line) not in first]
    known = {id(line) for line in sluglines}
    others = [line for line in body if id(line) not in first and id(line) not in known and line.air]
    if len(inside) < 4 or sum(line.air == 2 for line in inside) < 0.85 * len(inside):
        return set()
    if sum(line.air >= 2 and not _is_slug(line, margin, metrics) for line in others) > 0.05 * len(others):
        return set()
    return {id(line) for line in others if line.air == 2 and _is_slug(line, margin, metrics)}


def _margin(body: list[PageLine], metrics: Metrics) -> float:
    """The left edge of action: the leftmost place where many lines begin with a letter."""
    starts: dict[int, int] = {}
    for line in body:
        piece = next((p for p in line.pieces if any(c.isalpha() for c in p.text)), line.pieces[0])
        column = round(piece.left / metrics.cell)
        starts[column] = starts.get(column, 0) + 1
    common = [column for column, count in starts.items() if count >= 0.08 * len(body)]
    return min(common, default=min(starts)) * metrics.cell


def _is_slug(line: PageLine, margin: float, metrics: Metrics) -> bool:
    lettered = [piece for piece in line.pieces if sum(c.isalpha() for c in piece.text) > 1]
    if not lettered or abs(lettered[0].left - margin) > 1.5 * metrics.cell:
        return False
    text = lettered[0].text
    if _CAMERA.search(text) and len(lettered) == len(line.pieces):
        return False
    return headings.upper_share(text) >= 0.95 and 3 <= len(text) <= 90 and not _NOT_A_SLUG.search(text)
