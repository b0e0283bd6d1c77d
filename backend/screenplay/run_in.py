"""Divides a line that is a scene heading and the first words of its action in one."""

import re

from backend.screenplay import heading_words

_PREFIX = re.compile(rf"^{heading_words.PREFIX}\.\s*", re.IGNORECASE)
# Int. Tower Room -- Close on the hour glass
_BEFORE_DASH = re.compile(
    rf"^\w[^.!?:;–—]{{1,40}}?(?:\s+(?:--+|[–—])\s+(?:{heading_words.TIME_WORDS}))?(?=\s+(?:--+|[–—])\s+\S)",
    re.IGNORECASE,
)


def divide(text: str) -> tuple[str, str] | None:
    """(heading, action) of `INT. CAR as she starts it` or `Int. Car -- she starts it`, or None where it is one thing.

    `text` is a line without scene numbers that opens with INT. or EXT. and is no heading as a whole.
    """
    prefix = _PREFIX.match(text)
    rest = text[prefix.end() :] if prefix else ""
    if prefix is None or rest[:1].islower():
        return None
    place = _capitals(rest) or _before_dash(rest)
    action = rest[len(place) :].strip(" \t-–—")
    if len(place) < 3 or len(action.split()) < 3 or not any(c.islower() for c in action):
        return None
    return text[: prefix.end()] + place, action


def _capitals(rest: str) -> str:
    """The words in capitals that `rest` opens with, without an A or I that opens the sentence after them."""
    end = 0
    for word in re.finditer(r"\S+", rest):
        if any(c.islower() for c in word.group()):
            break
        if len(word.group()) > 1 and any(c.isalpha() for c in word.group()):
            end = word.end()
    return rest[:end]


def _before_dash(rest: str) -> str:
    match = _BEFORE_DASH.match(rest)
    return match.group() if match else ""
