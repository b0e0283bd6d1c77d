"""Joins a range of omitted scenes that is typed over several lines (27 / thru / A34, or 27- / A34) into one line."""

import re

from backend.screenplay import headings
from backend.screenplay.lines import Ledger, Line

_NUMBER = rf"(?=\S*\d){headings.NUMBER}"
_TOKEN = re.compile(rf"(?P<omitted>\(?(?:OMITTED|OMIT|DELETED)\)?\.?)|(?P<thru>(?i:THRU|THROUGH|TO))|(?P<n>{_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})\s*[-–]\s*({_NUMBER})")
# 27- at the end of its line or its margin.
_CUT_RANGE = re.compile(rf"({_NUMBER})[-–](?=\s|$)")
_OPENS = re.compile(r"^\s*\(?(?:OMIT|DELETED|[A-Z]{0,3}-?\d)")
# 27 / thru / A34 / OMITTED, with a blank line after each.
_MAX_ROWS = 4
_MAX_LINES = 8


def join(lines: list[Line], ledger: Ledger) -> list[Line]:
    """`lines` with `27-A34 OMITTED` in place of each such range; the line spans all that it was typed over."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        found = _range_at(lines, index)
        if found is None:
            out.append(lines[index])
            index += 1
            continue
        end, first, last = found
        ledger.removed.extend(line.text for line in lines[index:end])
        out.append(Line(f"{first}-{last} OMITTED", lines[index].start, lines[end - 1].end))
        index = end
    return out


def _range_at(lines: list[Line], index: int) -> tuple[int, str, str] | None:
    """(index after it, first number, last number) of a range over at least two lines that begins here."""
    if len(lines[index].text) > 120 or not _OPENS.match(lines[index].text):
        return None
    seen: list[tuple[str, str]] = []
    rows = 0
    for at in range(index, min(len(lines), index + _MAX_LINES)):
        if lines[at].is_blank:
            if at and lines[at - 1].is_blank:
                return None
            continue
        row = _row(lines[at].text)
        rows += 1
        if row is None or rows > _MAX_ROWS:
            return None
        # What stands at both margins counts once.
        seen += [token for token in row if token not in seen]
        shape = [kind for kind, _ in seen if kind != "omitted"]
        if rows > 1 and len(seen) == 4 and shape == ["n", "thru", "n"]:
            numbers = [text for kind, text in seen if kind == "n"]
            again = _row(lines[at + 1].text) if at + 1 < len(lines) else None
            is_again = bool(again) and all(token in seen for token in again or [])
            return at + (2 if is_again else 1), numbers[0], numbers[1]
    return None


def _row(text: str) -> list[tuple[str, str]] | None:
    """(kind, text) of each different word of a line, or None where one is no part of such a range."""
    out: list[tuple[str, str]] = []
    for word in _RANGE.sub(r"\1 thru \2", _CUT_RANGE.sub(r"\1 thru", text)).rstrip("* ").split():
        match = _TOKEN.fullmatch(word)
        if match is None:
            return None
        kind = match.lastgroup or ""
        token = (kind, word if kind == "n" else "")
        if token not in out:
            out.append(token)
    return out
