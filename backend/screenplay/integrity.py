"""Counts words in and words out, so that no import loses text silently."""

import re
from collections import Counter
from collections.abc import Iterable

from backend.screenplay.counting import counted
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.models import Warning

MAX_MISSING_SHARE = 0.005
# Letters and digits apart: a scene number may stand glued to its heading (2EXT. LAKE).
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHOWN_WORDS = 8


def check(source: str, accounted_for: Iterable[str]) -> list[Warning]:
    """Warnings for words of `source` that appear nowhere in the result: one for all, with the lines they stand on.

    `accounted_for` is every text that was kept, or removed on purpose (boneyard, page furniture). Works for any
    format: `source` is the text that line numbers refer to. Raises ScreenplayError `scripts.text_lost` when over
    0.5 % of the words are missing.
    """
    words = Counter(_words(source))
    missing = words - Counter(_words("\n".join(accounted_for)))
    total, lost = words.total(), missing.total()
    if not lost:
        return []
    places = _places(source, missing)
    line, shown = places[0]
    if lost > total * MAX_MISSING_SHARE:
        raise ScreenplayError(
            "scripts.text_lost",
            f"{lost} of the script's {total} words could not be placed, first near line {line} (“{shown}”).",
            "Look at the formatting around that line, or paste that part as plain text, and import again.",
        )
    message = f"{counted(lost, 'word', 'words')} could not be placed, first on line {line}: “{shown}”."
    return [Warning(line=line, code="text.lost", message=message, lines=[at for at, _ in places])]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _places(source: str, missing: Counter[str]) -> list[tuple[int, str]]:
    """(line, its missing words) for the likeliest places: first the lines that are missing whole, then any."""
    for least_share in (1.0, 0.5, 0.0):
        left = Counter(missing)
        places: list[tuple[int, str]] = []
        for number, line in enumerate(source.split("\n"), start=1):
            if not left:
                break
            words = _words(line)
            hits = list((Counter(words) & left).elements())
            if hits and len(hits) >= least_share * len(words):
                left -= Counter(hits)
                places.append((number, " ".join(hits[:_SHOWN_WORDS])))
        if not left or least_share == 0.0:
            return places
    return [(1, " ".join(list(missing)[:_SHOWN_WORDS]))]
