"""Takes the boneyard and the notes out of the text before it is parsed, line by line, and keeps them aside."""

import re

from backend.screenplay.counting import counted
from backend.screenplay.fountain import OPEN_BONEYARD, OPEN_NOTE
from backend.screenplay.lines import Ledger, Line
from backend.screenplay.models import Note

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_LAST_WORD = re.compile(r"\w{0,100}$")
_FIRST_WORD = re.compile(r"^\w*")
_OPENING = re.compile(r"/\*|\[\[")


def strip_comments(lines: list[Line], ledger: Ledger) -> list[Line]:
    """Lines without /* boneyard */ and [[notes]]; a line that held nothing else disappears.

    An opening mark that is never closed is ordinary text (and a warning), so a forgotten mark cannot hide the rest
    of the film.
    """
    text = "\n".join(line.text for line in lines)
    if not _OPENING.search(text):
        return lines
    spans, unclosed = _find_spans(text)
    for position in unclosed[:1]:
        row = text.count("\n", 0, position)
        message = counted(
            len(unclosed),
            "note or boneyard mark is never closed; it was read as text.",
            "note or boneyard marks are never closed; they were read as text.",
        )
        ledger.warn(lines[row].start, "comment.unclosed", message)
    out: list[Line] = []
    current, had_comment = "", False
    first = row = position = 0
    for start, end in [*spans, (len(text), len(text))]:
        for index, part in enumerate(text[position:start].split("\n")):
            if index:
                _emit(out, lines[first], lines[row], current, had_comment)
                row += 1
                first, current, had_comment = row, "", False
            current += part
        body = text[start:end]
        if body:
            # wo/* */rd: the halves are one word from here on.
            ledger.removed.append(_LAST_WORD.findall(current)[0] + body + _FIRST_WORD.findall(text[end : end + 100])[0])
            if body.startswith("[["):
                ledger.notes.append(Note(line=lines[row].start, text=body[2:-2].strip()))
            row += body.count("\n")
            had_comment = True
            if current.endswith((" ", "\t")) and text[end : end + 1] in (" ", "\t", "\n", ""):
                current = current.rstrip(" \t") if current.strip() else current[:-1]
        position = end
    _emit(out, lines[first], lines[row], current, had_comment)
    return out


def _find_spans(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """(start, end) of every closed comment, and the positions of opening marks that are never closed."""
    spans: list[tuple[int, int]] = []
    unclosed: list[int] = []
    position = 0
    paragraph_end = -1
    last_close = text.rfind("*/")
    while match := _OPENING.search(text, position):
        opening = match.end()
        if match.group() == "/*":
            close = text.find("*/", opening) if opening <= last_close else -1
        else:
            # A note ends at its ]]; a truly empty line breaks it.
            if paragraph_end < opening:
                blank = _PARAGRAPH_END.search(text, opening)
                paragraph_end = blank.start() if blank else len(text)
            close = text.find("]]", opening, paragraph_end)
            if close < 0:
                # No further note can close in this paragraph, but a boneyard may open in it.
                unclosed.append(match.start())
                next_boneyard = text.find("/*", opening, paragraph_end)
                position = next_boneyard if next_boneyard >= 0 else paragraph_end
                continue
        if close < 0:
            unclosed.append(match.start())
            position = opening
            continue
        spans.append((match.start(), close + 2))
        position = close + 2
    return spans, unclosed


def _emit(out: list[Line], first: Line, last: Line, text: str, had_comment: bool) -> None:
    if had_comment and not text.strip():
        return
    # What is left of a mark is not closed anywhere: the parser must take it as text.
    out.append(Line(text.replace("/*", OPEN_BONEYARD).replace("[[", OPEN_NOTE), first.start, last.end))
