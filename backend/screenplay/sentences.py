"""Cuts prose into sentences, verbatim, never inside an abbreviation or a quotation."""

import re

_ABBREVIATIONS = {
    "mr", "mrs", "ms", "dr", "st", "prof", "sr", "jr", "lt", "sgt", "capt", "col", "gen", "rev", "hon", "vs", "no",
    "etc", "int", "ext", "approx", "ave", "blvd", "rd", "mt", "messrs", "mme", "mlle", "fr", "det", "cpl", "pvt",
    "a.m", "p.m", "e.g", "i.e", "o.s", "v.o", "o.c", "u.s", "u.k",
}  # fmt: skip
_END = re.compile(r"(?P<stop>[.!?…]+|--|—(?=\s)|[。！？]+)(?P<close>[\"”’'»)\]*_]*)(?P<gap>\s+|(?<=[。！？])|$)")
_BULLET = re.compile(r"\n(?=\s*(?:[-–—•*]+\s|\d{1,2}[.)]\s|[A-Za-z]\)\s|[A-Z\"“(]))")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order, each with single spaces; together they hold every word of the text."""
    out: list[str] = []
    for part in _BULLET.split(text):
        out.extend(_in_paragraph(" ".join(part.split())))
    return out


def _in_paragraph(text: str) -> list[str]:
    out: list[str] = []
    start = 0
    quotes = _quoted_spans(text)
    for match in _END.finditer(text):
        if not match["gap"] and match.end() < len(text) and match["stop"][-1] not in "。！？":
            continue
        if not _is_boundary(text, start, match, quotes):
            continue
        out.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    if rest:
        out.append(rest)
    return [sentence for sentence in out if sentence]


def _is_boundary(text: str, start: int, match: re.Match[str], quotes: list[tuple[int, int]]) -> bool:
    if any(a < match.start() < b and match.end() < b for a, b in quotes):
        return False
    following = text[match.end() : match.end() + 1]
    if not following:
        return True
    stop = match["stop"]
    if stop in ("--", "—"):
        return False
    if following.islower():
        return False
    if stop == ".":
        word = re.search(r"[\w.]*\w$", text[start : match.start()])
        if word and (word.group().lower() in _ABBREVIATIONS or re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", word.group())):
            # `J. Smith` and `Mr. Hale` go on; `the U.S. Then` cannot be told, and is left whole.
            return False
    return True


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each closed quotation; an unpaired quote protects nothing."""
    spans: list[tuple[int, int]] = []
    for pattern in (r"\"[^\"]*\"", r"“[^“”]*”", r"«[^«»]*»", r"\([^()]*\)"):
        spans.extend(match.span() for match in re.finditer(pattern, text))
    return spans


def sentence_starts(text: str) -> list[int]:
    """The offsets in `text` at which its sentences begin, in order."""
    out: list[int] = []
    at = 0
    for sentence in sentences(text):
        # Sentences have single spaces; the text has its own.
        found = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, at)
        if found is None:
            break
        out.append(found.start())
        at = found.end()
    return out
