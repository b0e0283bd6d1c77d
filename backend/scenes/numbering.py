"""Scene numbers: in a project either every scene has one of its own, or none has and scenes count 1, 2, 3 …"""

import re
from collections.abc import Iterable, Sequence

# I and O are left out: on a slate they look like 1 and 0.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def number_imported(numbers: Sequence[str | None], existing: Sequence[str | None]) -> list[str | None]:
    """The scene numbers of an import.

    `numbers` are the script's own, None where a scene has none; `existing` those of the project's scenes.
    A script that numbers some of its scenes gets the others numbered as inserted ones (4, 4A, 4B, 5). Behind a
    numbered script the count goes on; behind an unnumbered one no number is kept, since scenes are counted there.
    """
    taken = {number for number in existing if number}
    own = [number for number in numbers if number]
    if (existing and not taken) or (not own and not taken):
        return [None] * len(numbers)
    if not own or taken.intersection(own):
        first = _highest(taken) + 1
        return [str(number) for number in range(first, first + len(numbers))]
    used = taken | set(own)
    out: list[str | None] = []
    seen: set[str] = set()
    before: str | None = None
    for number in numbers:
        if number is None or number in seen:
            number = _inserted(before, used)
        used.add(number)
        seen.add(number)
        out.append(number)
        before = number
    return out


def number_revised(wanted: Sequence[tuple[str | None, bool]], reserved: Iterable[str]) -> list[str | None]:
    """The scene numbers of a numbered project after a revised draft, in script order.

    `wanted` has for each scene the number it has or should get, and whether that is fixed because the draft does not
    touch the scene. A scene without one, or whose number is taken, is numbered as inserted behind the one before it.
    `reserved` are numbers that no inserted scene gets, as those of scenes in the bin.
    """
    given = {number for number, is_fixed in wanted if number and is_fixed}
    used = {number for number, _ in wanted if number} | set(reserved)
    out: list[str | None] = []
    before: str | None = None
    for number, is_fixed in wanted:
        if not is_fixed and (number is None or number in given):
            number = _inserted(before, used)
        if number is not None:
            used.add(number)
            given.add(number)
            before = number
        out.append(number)
    return out


def number_between(before: str | None, taken: Iterable[str]) -> str:
    """The number of a scene put behind `before` (None: in front of all) into a numbered project: 12 → 12A."""
    return _inserted(before, set(taken))


def _inserted(before: str | None, used: set[str]) -> str:
    if before is None:
        return next(f"{letter}1" for letter in LETTERS if f"{letter}1" not in used)
    stem = re.sub(r"[A-Z]$", "", before)
    tail = before[len(stem) :]
    for letter in LETTERS[LETTERS.find(tail) + 1 if tail else 0 :]:
        if stem + letter not in used:
            return stem + letter
    return _inserted(before + LETTERS[0] if before + LETTERS[0] in used else before + "-", used)


def _highest(numbers: Iterable[str]) -> int:
    return max((int(match[0]) for number in numbers if (match := re.search(r"\d+", number))), default=0)
