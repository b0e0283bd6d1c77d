"""Counts words in and words out, so that no import loses text silently."""

import re
from collections import Counter
from collections.abc import Iterable

from backend.screenplay.errors import ScreenplayError

MAX_MISSING_SHARE = 0.005
# Letters and digits apart: a scene number may stand glued to its heading (2EXT. LAKE).
_WORD = re.compile(r"[^\W\d_]+|\d+")


def check(source: str, accounted_for: Iterable[str]) -> None:
    """Raises ScreenplayError `scripts.text_lost` when over 0.5 % of the source's words appear nowhere in the result.

    `accounted_for` is every text that was kept, or removed on purpose (boneyard, page furniture).
    """
    words = Counter(_words(source))
    missing = words - Counter(_words("\n".join(accounted_for)))
    total, lost = words.total(), missing.total()
    if lost <= total * MAX_MISSING_SHARE:
        return
    line, text = _worst_line(source, missing)
    raise ScreenplayError(
        "scripts.text_lost",
        f"{lost} of the script's {total} words could not be placed, first near line {line} ({text}).",
        "Look at the formatting around that line, or paste that part as plain text, and import again.",
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _worst_line(source: str, missing: Counter[str]) -> tuple[int, str]:
    left = Counter(missing)
    for number, line in enumerate(source.split("\n"), start=1):
        words = _words(line)
        hits = [word for word in words if left[word] > 0]
        if words and len(hits) * 2 >= len(words):
            return number, f"“{line.strip()[:60]}”"
    return 1, "spread over the whole text"
