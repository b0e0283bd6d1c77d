"""How long things take on screen, in seconds and in steps of half a second."""

import math
import re
from collections.abc import Callable, Sequence

from backend.screenplay.eighths import SECONDS_PER_EIGHTH

WORDS_PER_SECOND = 2.5
CUE_CHANGE_SECONDS = 1.0
FRAGMENT_WORDS = 2
SHORTEST = 2.0
# A clip shorter than this wastes most of what Veo makes.
USEFUL = 4.0
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
    """Shot lengths of a scene, brought between half and twice its page time.

    No shot gets under 2 s or under its speech at the fastest, and none is stretched over 8 s; where the words or the
    number of shots do not allow the bounds, they give way.
    """
    floors = [max(SHORTEST, _round_up(word_count(text) / _FASTEST_WORDS_PER_SECOND)) for text in spoken]
    lengths = [max(step(value), floor) for value, floor in zip(seconds, floors, strict=True)]
    page = eighths * SECONDS_PER_EIGHTH
    if sum(lengths) > 2 * page:
        return _moved(lengths, floors, 2 * page, math.floor)
    if sum(lengths) < page / 2:
        return _moved(lengths, [max(length, LONGEST) for length in lengths], page / 2, math.ceil)
    return lengths


def _moved(lengths: list[float], bounds: list[float], total: float, whole: Callable[[float], int]) -> list[float]:
    """Each length moved the same share of its way to its bound, so that they come to `total` if that can be."""
    way = sum(bound - length for length, bound in zip(lengths, bounds, strict=True))
    if not way:
        return lengths
    share = min(1.0, (total - sum(lengths)) / way)
    return [
        bound if share == 1.0 else whole((length + (bound - length) * share) * 2) / 2
        for length, bound in zip(lengths, bounds, strict=True)
    ]


def _round_up(seconds: float) -> float:
    return math.ceil(seconds * 2) / 2


def word_count(text: str) -> int:
    """Spoken words; scripts without spaces count two characters to a word."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
    wide = sum(1 for c in text if "\u3040" <= c <= "\u9fff")
    return len(words) + wide // 2
