"""How long things take on screen, in seconds and in steps of half a second."""

import math
import re
from collections.abc import Sequence

from backend.screenplay.eighths import SECONDS_PER_EIGHTH

WORDS_PER_SECOND = 2.5
CUE_CHANGE_SECONDS = 1.0
FRAGMENT_WORDS = 2
SHORTEST = 2.0
LONGEST = 8.0
# The fastest anyone says it: a shot is never cut below this.
_FASTEST_WORDS_PER_SECOND = 3.6


def speech_seconds(text: str) -> float:
    """Seconds to say a text at a normal pace, without the pause before it."""
    return max(0.5, word_count(text) / WORDS_PER_SECOND)


def action_seconds(sentence: str) -> float:
    """2 to 4 seconds for a sentence of action, by its length; a fragment such as `Listens.` takes one."""
    words = word_count(sentence)
    return 1.0 if words <= FRAGMENT_WORDS else min(4.0, max(2.0, 1.0 + words * 0.2))


def step(seconds: float) -> float:
    """Rounded to half a second."""
    return math.floor(seconds * 2 + 0.5) / 2


def fit(seconds: Sequence[float], spoken: Sequence[str], eighths: int) -> list[float]:
    """Shot lengths of a scene, brought under about twice its page time; no shot under 2 s or under its speech."""
    floors = [max(SHORTEST, _round_up(word_count(text) / _FASTEST_WORDS_PER_SECOND)) for text in spoken]
    lengths = [max(step(value), floor) for value, floor in zip(seconds, floors, strict=True)]
    limit = 2 * eighths * SECONDS_PER_EIGHTH
    excess = sum(lengths) - limit
    slack = sum(length - floor for length, floor in zip(lengths, floors, strict=True))
    if excess <= 0 or slack <= 0:
        return lengths
    share = min(1.0, excess / slack)
    return [
        max(floor, math.floor((length - (length - floor) * share) * 2) / 2)
        for length, floor in zip(lengths, floors, strict=True)
    ]


def _round_up(seconds: float) -> float:
    return math.ceil(seconds * 2) / 2


def word_count(text: str) -> int:
    """Spoken words; scripts without spaces count two characters to a word."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
    wide = sum(1 for c in text if "\u3040" <= c <= "\u9fff")
    return len(words) + wide // 2
