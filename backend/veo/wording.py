"""Cleaning and cutting the words of a script without changing what they say."""

import re
import unicodedata

_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|vs|No|Lt|Sgt|Capt|Prof)|\b[A-Za-z])\.$")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
_SMALL_WORDS = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}


def clean(text: str | None) -> str:
    """One line of text: white space collapsed, control characters and lone surrogates dropped. None gives ""."""
    if not text:
        return ""
    # PostgreSQL's JSONB refuses NUL, and UTF-8 has no lone surrogates: neither may reach a document.
    # A line end becomes a space; formatting characters stay: emoji and some scripts are spelled with them.
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return " ".join("".join(kept).split())


def cut(text: str, limit: int) -> tuple[str, str]:
    """`text` in at most `limit` characters and what was left out.

    Cut after the last whole sentence that fits; where even the first does not fit, between two words.
    """
    if len(text) <= limit:
        return text, ""
    ends = [end for end in sentence_ends(text) if end <= limit]
    if ends:
        return text[: ends[-1]], text[ends[-1] :].strip()
    space = text.rfind(" ", 1, limit + 1)
    at = space if space > 0 else limit
    return text[:at].rstrip(" ,;:-–—"), text[at:].strip()


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of `text` end, as offsets behind the full stop. `Dr.` and an initial end none."""
    ends: list[int] = []
    for match in _SENTENCE_END.finditer(text):
        before = text[: match.start() + 1]
        if match.group().startswith(".") and not match.group().startswith("..") and _ABBREVIATION.search(before):
            continue
        ends.append(match.end())
    return ends


def sentences(text: str) -> list[str]:
    """The sentences of a text, a last one without a full stop included."""
    starts = [0, *sentence_ends(text)]
    pieces = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [piece for piece in pieces if piece]


def natural_case(text: str) -> str:
    """`LIGHTHOUSE KITCHEN` → `Lighthouse Kitchen`; text that already has lower case letters stays as it is."""
    if any(char.islower() for char in text):
        return text
    words = text.lower().split(" ")
    return " ".join(word if i and word in _SMALL_WORDS else _capitalised(word) for i, word in enumerate(words))


def _capitalised(word: str) -> str:
    return re.sub(r"(?<![^\W_'’])[^\W\d_]", lambda match: match.group().upper(), word, count=1)


def as_clause(text: str) -> str:
    """A caption made to stand after a comma: no full stop at the end, no capital on a leading article."""
    clause = text.strip().rstrip(".;, ")
    return re.sub(r"^(?:An?|The|His|Her|Its|Their|With|Wearing)\b", lambda match: match.group().lower(), clause)


def as_sentence(text: str) -> str:
    """A clause made to stand alone: a capital first, a full stop last."""
    tidy = text.strip()
    if not tidy:
        return ""
    tidy = tidy[0].upper() + tidy[1:]
    return tidy if tidy[-1] in ".!?…" or tidy[-2:] in ('."', ".”", "!”", "?”") else tidy.rstrip(",;: ") + "."


def key_word(text: str) -> str:
    """A name reduced to comparable letters: case and punctuation removed."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def word_set(words: str) -> frozenset[str]:
    """A set of words from one readable string."""
    return frozenset(words.split())
