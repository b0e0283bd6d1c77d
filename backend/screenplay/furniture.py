"""Finds what the printed page added to a script (page numbers, CONTINUED, (MORE), running headers) and removes it."""

import re
from collections import Counter
from collections.abc import Set

from backend.screenplay import headings
from backend.screenplay.lines import Ledger, Line

_CONTINUED = re.compile(
    rf"^(?:{headings.NUMBER}\s+)?\(?\s*CONTINUED\s*\)?\s*:?\s*(?:\(\d+\))?\s*(?:{headings.NUMBER})?\s*\.?\s*\*?$"
)
_MORE = re.compile(r"^\(\s*MORE\s*\)\s*\*?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^(?:p(?:age|\.)?\s*)?-?\s*\d{1,3}[A-Z]?\s*(?:[.\-]|\|\s*P\s*a\s*g\s*e)?\s*(?:of \d+)?\s*\*?$", re.I
)
_HEADER_WORDS = re.compile(r"rev|draft|script|pages?\b|\d/\d|[-/]\d\d|#\.?$", re.IGNORECASE)
_CONTD = re.compile(r"\s*\(\s*CONT(?:['’]?D|INUED|INUING|\.)?\s*\.?\)", re.IGNORECASE)


def remove(lines: list[Line], ledger: Ledger, known: Set[int] = frozenset()) -> list[Line]:
    """Lines without page furniture; a speech or paragraph that the page cut in two is joined again.

    `known` are source lines that the caller knows to be furniture; a blank one among them is where a page ends.
    """
    repeated = _repeated_headers(lines)
    dropped = [
        line.start in known or (bool(text := line.text.strip()) and (_is_furniture(text) or _key(text) in repeated))
        for line in lines
    ]
    if not any(dropped):
        return lines
    out: list[Line] = []
    index = 0
    while index < len(lines):
        if not dropped[index]:
            out.append(lines[index])
            index += 1
            continue
        # The whole page break: furniture and the blank lines among it.
        more = False
        end = index
        while end < len(lines) and (dropped[end] or lines[end].is_blank):
            more = more or (dropped[end] and bool(_MORE.match(lines[end].text.strip())))
            if dropped[end]:
                ledger.removed.append(lines[end].text)
            end += 1
        index = _close_break(out, lines, end, more, ledger)
    removed = [line for line, is_dropped in zip(lines, dropped, strict=True) if is_dropped and not line.is_blank]
    if removed:
        message = f"{len(removed)} page furniture line(s) were removed."
        ledger.warn(removed[0].start, "furniture.removed", message)
    return out


def _is_furniture(text: str) -> bool:
    return text == "*" or bool(_CONTINUED.match(text) or _MORE.match(text) or _PAGE_NUMBER.match(text))


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text.strip(" *")))


def _repeated_headers(lines: list[Line]) -> set[str]:
    counts = Counter(_key(line.text) for line in lines if not line.is_blank)
    return {
        key
        for key, count in counts.items()
        if count >= 3 and "#" in key and len(key) < 70 and _HEADER_WORDS.search(key) and not _is_heading(key)
    }


def _is_heading(key: str) -> bool:
    found = headings.candidate(key.replace("#", "1"))
    return found is not None


def _close_break(out: list[Line], lines: list[Line], end: int, more: bool, ledger: Ledger) -> int:
    """Join what the page cut, or leave one blank line; returns the index to go on from."""
    while out and out[-1].is_blank:
        out.pop()
    if end >= len(lines):
        return end
    following = lines[end]
    if more and _CONTD.search(following.text) and headings.upper_share(following.text) == 1.0:
        # (MORE) ... NAME (CONT'D): one speech, so the second cue goes.
        ledger.removed.append(following.text)
        end += 1
        while end < len(lines) and lines[end].is_blank:
            end += 1
        return end
    text = following.text.strip()
    sentence_goes_on = bool(out) and not re.search(r"[.!?:…\"”)\-—–]$", out[-1].text.strip()) and text[:1].islower()
    if sentence_goes_on:
        out[-1] = Line(f"{out[-1].text} {text}", out[-1].start, following.end)
        return end + 1
    if out:
        out.append(Line("", out[-1].end, out[-1].end))
    return end
