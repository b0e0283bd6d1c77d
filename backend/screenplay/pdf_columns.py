"""Takes apart dual dialogue that is printed side by side: the left speech first, then the right one, marked."""

import re
from dataclasses import dataclass, field

from backend.screenplay import headings
from backend.screenplay.pdf_lines import Metrics, PageLine, Piece

# Columns right of the action.
_INDENT_CUE, _INDENT_PARENTHETICAL, _INDENT_SPEECH = 20, 15, 10
_NAME = re.compile(r"^\w[\w\s.,'’\"“”#&/+-]*(?:\s*\([^)]*\)){0,3}$")
_MORE = re.compile(r"^\(\s*(?:MORE|SUITE|MÁS|MAIS|SEGUE|MEHR)\s*\.*\s*\)$", re.IGNORECASE)
_CONTD = re.compile(r"\s*\(\s*(?:CONT['’.]?D?\.?|CONTINUED|CONTINUING|SUITE)\s*\)", re.IGNORECASE)


@dataclass
class Row:
    """A line of one of the two speeches: its words, and how each of their characters is set."""

    text: str
    styles: bytes

    def indented(self, columns: int) -> "Row":
        return Row(" " * columns + self.text, bytes(columns) + self.styles)


@dataclass
class Pair:
    """Two speeches side by side: their names, their rows, and what the page break added to them."""

    cues: tuple[Row, Row]
    border: float
    columns: tuple[list[Row], list[Row]]
    removed: list[str] = field(default_factory=list)
    is_cut: bool = False

    def rows(self, margin: int) -> list[Row]:
        """Laid out as single speeches are where action begins at column `margin`; the right name is marked."""
        left, right = self.columns
        mark = Row(f"{self.cues[1].text} ^", self.cues[1].styles)
        first = [self.cues[0].indented(margin + _INDENT_CUE), *_speech(left, margin), Row("", b"")]
        return [*first, mark.indented(margin + _INDENT_CUE), *_speech(right, margin)]


def find(lines: list[PageLine], index: int, metrics: Metrics) -> tuple[Pair | None, int]:
    """The two speeches that begin at `index` and the index after them, or None.

    Two names stand on one line, with speech under both.
    """
    cues = _two_names(lines[index], metrics)
    block = _block(lines, index)
    if cues is None or len(block) < 2:
        return None, index
    border = _border(block[1:], cues, metrics)
    if border is None:
        return None, index
    columns = _columns(block[1:], border)
    if not columns[0] or not columns[1]:
        return None, index
    pair = Pair((_row(cues[0]), _row(cues[1])), border, columns)
    _drop_more(pair)
    return pair, index + len(block)


def go_on(pair: Pair, lines: list[PageLine]) -> int:
    """Adds to a pair at the end of a page what goes on at the top of the next; how many of its lines that was."""
    if not lines:
        return 0
    block = _block(lines, 0)
    names = _columns(block[:1], pair.border)
    has_names = [bool(name) and _is_same(name[0], cue) for name, cue in zip(names, pair.cues, strict=True)]
    if not any(has_names) or any(name and not same for name, same in zip(names, has_names, strict=True)):
        return 0
    if not pair.is_cut and not all(_CONTD.search(name[0].text) for name in names if name):
        return 0
    columns = _columns(block[1:], pair.border)
    if any(rows and not has_name for rows, has_name in zip(columns, has_names, strict=True)):
        return 0
    for column, rows in zip(pair.columns, columns, strict=True):
        column.extend(rows)
    pair.removed.extend(name[0].text for name in names if name)
    pair.is_cut = False
    _drop_more(pair)
    return len(block)


def _block(lines: list[PageLine], index: int) -> list[PageLine]:
    block = [lines[index]]
    for line in lines[index + 1 :]:
        if line.air > 0 or line.page != block[0].page:
            break
        block.append(line)
    return block


def _two_names(line: PageLine, metrics: Metrics) -> tuple[Piece, Piece] | None:
    pieces = line.pieces
    if len(pieces) != 2:
        return None
    if pieces[1].left - pieces[0].right < 3 * metrics.cell or not all(_is_name(piece.text) for piece in pieces):
        return None
    return pieces[0], pieces[1]


def _is_name(text: str) -> bool:
    bare = re.sub(r"\([^)]*\)", "", text)
    # McCABE, but no sentence.
    return (
        bool(_NAME.match(text))
        and len(bare) <= 40
        and any(c.isalpha() for c in bare)
        and headings.upper_share(bare) >= 0.75
        and headings.candidate(text) is None
    )


def _is_same(name: Row, cue: Row) -> bool:
    return _bare(name.text) == _bare(cue.text)


def _bare(name: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)?", "", name).split()).casefold()


def _border(block: list[PageLine], cues: tuple[Piece, Piece], metrics: Metrics) -> float | None:
    """The left edge of the right-hand column: the first wide gap with no word across it, or else the likeliest one."""
    lines = [_words(line) for line in block]

    def is_free(edge: float) -> bool:
        return not any(
            left < edge - 0.5 * metrics.cell and right > edge - 0.2 * metrics.cell
            for line in lines
            for left, right in line
        )

    def is_between(edge: float) -> bool:
        return cues[0].right < edge <= cues[1].left + metrics.cell

    apart = sorted(piece.left for line in block for piece in line.pieces if is_between(piece.left))
    if apart and is_free(apart[0]):
        return apart[0] - 0.5 * metrics.cell
    best: tuple[int, float] | None = None
    for edge in sorted({left for line in lines for left, _ in line if is_between(left) and is_free(left)}):
        begin = sum(any(abs(left - edge) < 0.5 * metrics.cell for left, _ in line) for line in lines)
        both = [line for line in lines if line[0][0] < edge - 0.5 * metrics.cell and line[-1][0] >= edge - 0.5]
        gaps = [
            min(left for left, _ in line if left >= edge - 0.5) - max(right for _, right in line if right < edge)
            for line in both
        ]
        # A space between two words of one speech is no gap between two columns.
        if (
            gaps
            and max(gaps) >= 1.5 * metrics.cell
            and min(gaps) >= 0.6 * metrics.cell
            and (not best or begin > best[0])
        ):
            best = (begin, edge)
    return best[1] - 0.5 * metrics.cell if best else None


def _words(line: PageLine) -> list[tuple[float, float]]:
    """The left and right edges of every word."""
    out: list[tuple[float, float]] = []
    for piece in line.pieces:
        for match in re.finditer(r"\S+", piece.text):
            right = piece.lefts[match.end()] if match.end() < len(piece.lefts) else piece.right
            out.append((piece.lefts[match.start()], right))
    return out


def _columns(lines: list[PageLine], border: float) -> tuple[list[Row], list[Row]]:
    left: list[Row] = []
    right: list[Row] = []
    for line in lines:
        for column, pieces in zip((left, right), _cut(line, border), strict=True):
            if pieces:
                column.append(_joined(pieces))
    return left, right


def _cut(line: PageLine, border: float) -> tuple[list[Piece], list[Piece]]:
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in line.pieces:
        at = next((i for i, x in enumerate(piece.lefts) if x >= border and piece.text[i] != " "), None)
        if at is None:
            left.append(piece)
        elif at == 0:
            right.append(piece)
        else:
            first, rest = piece.cut(at)
            left.append(first)
            right.append(rest)
    return left, right


def _row(piece: Piece) -> Row:
    return Row(piece.text, piece.styles)


def _joined(pieces: list[Piece]) -> Row:
    return Row(" ".join(piece.text for piece in pieces), b"\0".join(piece.styles for piece in pieces))


def _drop_more(pair: Pair) -> None:
    for column in pair.columns:
        if column and _MORE.match(column[-1].text):
            pair.removed.append(column.pop().text)
            pair.is_cut = True


def _speech(rows: list[Row], margin: int) -> list[Row]:
    out: list[Row] = []
    in_parenthetical = False
    for row in rows:
        in_parenthetical = in_parenthetical or row.text.startswith("(")
        out.append(row.indented(margin + (_INDENT_PARENTHETICAL if in_parenthetical else _INDENT_SPEECH)))
        in_parenthetical = in_parenthetical and ")" not in row.text
    return out
