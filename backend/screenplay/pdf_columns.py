"""Takes apart dual dialogue that is printed side by side: the left speech first, then the right one, marked."""

import re

from backend.screenplay import headings
from backend.screenplay.pdf_lines import Metrics, PageLine, Piece

_INDENT_CUE, _INDENT_PARENTHETICAL, _INDENT_SPEECH = 20, 15, 10
_NAME = re.compile(r"^[^\W\d_][^a-z]*(?:\([^)]*\))?(?:\s*\([^)]*\))?$")


def split_dual(lines: list[PageLine], index: int, metrics: Metrics) -> tuple[list[str], int]:
    """The rows of the two speeches that begin at `index` and the index after them, or no rows.

    Two names stand on one line, with speech under both. The rows are laid out as single speeches are.
    """
    first = lines[index]
    cues = _two_names(first)
    if cues is None:
        return [], index
    block = [first]
    for line in lines[index + 1 :]:
        if line.air > 0 or line.page != first.page:
            break
        block.append(line)
    if len(block) < 2:
        return [], index
    border = _border(block, cues, metrics)
    if border is None:
        return [], index
    left: list[str] = []
    right: list[str] = []
    for line in block[1:]:
        one, other = _cut(line, border)
        left.extend([one] if one else [])
        right.extend([other] if other else [])
    if not left or not right:
        return [], index
    margin = round(min(line.left for line in lines) / metrics.cell)
    rows = [" " * (margin + _INDENT_CUE) + cues[0].text, *_speech(left, margin), ""]
    rows += [" " * (margin + _INDENT_CUE) + cues[1].text + " ^", *_speech(right, margin)]
    return rows, index + len(block)


def _two_names(line: PageLine) -> tuple[Piece, Piece] | None:
    if len(line.pieces) != 2:
        return None
    one, other = line.pieces
    for piece in (one, other):
        if not _NAME.match(piece.text) or len(piece.text) > 40 or headings.candidate(piece.text):
            return None
    return one, other


def _border(block: list[PageLine], cues: tuple[Piece, Piece], metrics: Metrics) -> float | None:
    """The left edge of the right-hand column."""
    starts = [
        piece.left
        for line in block[1:]
        for piece in line.pieces
        if piece.left > cues[0].right and piece.left <= cues[1].left + metrics.cell
    ]
    if not starts:
        return None
    edge = min(starts)
    # In the right column nothing of the left one may stand.
    crossing = sum(
        piece.left < edge - metrics.cell and piece.right > edge + metrics.cell
        for line in block[1:]
        for piece in line.pieces
    )
    return edge - 0.5 * metrics.cell if crossing == 0 else None


def _cut(line: PageLine, border: float) -> tuple[str, str]:
    left = " ".join(piece.text for piece in line.pieces if piece.left < border)
    right = " ".join(piece.text for piece in line.pieces if piece.left >= border)
    return left, right


def _speech(rows: list[str], margin: int) -> list[str]:
    out: list[str] = []
    in_parenthetical = False
    for row in rows:
        in_parenthetical = in_parenthetical or row.startswith("(")
        out.append(" " * (margin + (_INDENT_PARENTHETICAL if in_parenthetical else _INDENT_SPEECH)) + row)
        in_parenthetical = in_parenthetical and ")" not in row
    return out
