"""Finds characters that a revised draft calls by another name, so that their lines are still known for theirs."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from backend.screenplay.models import Scene

# Of a vanished name's speeches that stand in the draft, so many must be one new name's.
_MAJORITY = 0.6


def folded(text: str) -> str:
    """Text as it is compared: case and white space do not count."""
    return " ".join(text.split()).casefold()


def renamed(old: Sequence[Scene], new: Sequence[Scene]) -> dict[str, str]:
    """Old name → new name of the characters whose cue vanished while a new cue says what they said."""
    before, after = _cues(old), _cues(new)
    vanished, appeared = before - after, after - before
    if not vanished or not appeared:
        return {}
    said_before, said_after = _speakers(old), _speakers(new)
    votes: Counter[tuple[str, str]] = Counter()
    for line, name in said_before.items():
        other = said_after.get(line)
        if name in vanished and other is not None:
            votes[name, other] += 1
    found: dict[str, str] = {}
    for (name, other), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        of_name = sum(many for (one, _), many in votes.items() if one == name)
        is_clear = other in appeared and count >= of_name * _MAJORITY
        if is_clear and name not in found and other not in found.values():
            found[name] = other
    return found


def translate(names: Mapping[str, str]) -> Callable[[str], str]:
    """A function that folds a text of the old script and calls the renamed by their new names."""
    if not names:
        return folded
    table = {folded(name): folded(other) for name, other in names.items()}
    longest_first = sorted(table, key=lambda name: (-len(name), name))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return lambda text: pattern.sub(lambda match: table[match[0]], folded(text))


def _cues(scenes: Sequence[Scene]) -> set[str]:
    return {e.character for scene in scenes for e in scene.elements if e.character}


def _speakers(scenes: Sequence[Scene]) -> dict[str, str]:
    """Line → who says it, of the lines that only one says, and once."""
    found: dict[str, list[str]] = {}
    for scene in scenes:
        for element in scene.elements:
            if element.type == "dialogue" and element.character:
                found.setdefault(folded(element.text), []).append(element.character)
    return {line: names[0] for line, names in found.items() if len(names) == 1}
