"""Reads the free lines of a printed title page as the title page's keys; every line ends up under one of them."""

import re

_CREDIT = re.compile(
    r"^(?:(?:screenplay|teleplay|written|script|story|original screenplay|created|a screenplay|a film|un film|escrito|"
    r"roteiro|guion|guión|scénario|scenario|écrit|ein drehbuch|drehbuch|scritto|sceneggiatura)\b.{0,40}?"
    r"(?:\b(?:by|de|par|por|von|di)\b)?|by|de|par|por|von|di)\s*:?$",
    re.IGNORECASE,
)
_CREDIT_AND_NAME = re.compile(
    r"^(?P<credit>(?:(?:screenplay|teleplay|written|script|story)\b.{0,30}?\b)?by)\s+(?P<name>\S.*)$", re.IGNORECASE
)
# The keys of Fountain, written out by programs that print what they keep.
_LABELLED = re.compile(
    r"^(?P<key>title|credit|authors?|source|draft date|contact|copyright)\s*:\s*(?P<value>\S.*)$", re.IGNORECASE
)
_SOURCE = re.compile(
    r"^(?:based (?:up)?on|inspired by|from the|adapted from|story by|d'après|baseado)\b", re.IGNORECASE
)
_DRAFT = re.compile(
    r"\b(?:draft|rev(?:ised|ision)?s?\.?|version|shooting script|production script|white|blue|pink|yellow|green|"
    r"goldenrod|buff|salmon|cherry|tan)\b.*|^\W*(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4})\W*$|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.*\d",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved", re.IGNORECASE)
_CONTACT = re.compile(
    r"@|\bwww\.|https?:|\b\d{3}[-.) ]+\d{3}[-. ]\d{4}\b|\b(?:tel|phone|fax|e-?mail|contact|agent|manager|agency|"
    r"management|literary|suite|street|avenue|blvd|registered|wga)\b|,\s*[A-Z]{2}\s+\d{5}",
    re.IGNORECASE,
)


def read(lines: list[str]) -> dict[str, str]:
    """Keys as Fountain names them (`title`, `credit`, `author`, `source`, `draft date`, `copyright`, `contact`).

    `lines` come in reading order, blank lines between paragraphs. A value keeps its lines, joined by newlines.
    """
    page: dict[str, list[str]] = {}
    key = "title"
    previous_blank = False
    for raw in lines:
        line = " ".join(raw.split())
        if not line:
            previous_blank = True
            continue
        labelled = _LABELLED.match(line)
        if labelled:
            key = labelled["key"].lower().replace("authors", "author")
            page.setdefault(key, []).append(labelled["value"])
            previous_blank = False
            continue
        key = _key(line, key, page, previous_blank)
        previous_blank = False
        both = _CREDIT_AND_NAME.match(line) if key == "credit" else None
        if both:
            page.setdefault("credit", []).append(both["credit"])
            page.setdefault("author", []).append(both["name"])
            key = "author"
            continue
        page.setdefault(key, []).append(line)
        if key == "credit":
            key = "author"
    return {name: "\n".join(values) for name, values in page.items()}


def _key(line: str, current: str, page: dict[str, list[str]], starts_paragraph: bool) -> str:
    if _SOURCE.match(line):
        return "source"
    if "title" in page and (_CREDIT.match(line) or _CREDIT_AND_NAME.match(line)):
        return "credit"
    if _COPYRIGHT.search(line):
        return "copyright"
    if _CONTACT.search(line):
        return "contact"
    if "title" in page and _DRAFT.search(line) and len(line) < 60:
        return "draft date"
    if current in ("contact", "copyright"):
        return current
    if current == "draft date" or (current in ("author", "source") and starts_paragraph and current in page):
        return "contact"
    # A second paragraph under the title, before any credit, still belongs to it: an episode, a subtitle.
    return current


def as_lines(page: dict[str, str]) -> list[str]:
    """The title page as Fountain writes it."""
    out: list[str] = []
    for name, value in page.items():
        rows = value.split("\n")
        label = f"{name.capitalize()}:"
        if len(rows) == 1:
            out.append(f"{label} {rows[0]}")
        else:
            out.extend([label, *(f"    {row}" for row in rows)])
    return out
