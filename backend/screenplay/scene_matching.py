"""Matches the scenes of a screenplay with those of its revised draft, by number, heading and text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from backend.screenplay.alignment import Paragraph, likeness

_TEXT, _HEADING, _NUMBER = 0.6, 0.25, 0.15
# Common words in a row that make two scenes worth comparing, unless half the script has them.
_SHINGLE = 3
_COMMON = 12
_CANDIDATES = 8
# Fewer words than this prove nothing by themselves.
_FEW_WORDS = 8


@dataclass(frozen=True)
class Sketch:
    """A scene as it is compared."""

    number: str | None
    heading: str
    body: tuple[Hashable, ...]
    words: tuple[str, ...]
    is_omitted: bool

    @classmethod
    def of(cls, number: str | None, heading: str, own: Sequence[Paragraph], *, is_omitted: bool) -> "Sketch":
        words = tuple(word for one in own for word in one.words)
        return cls(number, heading, tuple(one.key for one in own), words, is_omitted)


@dataclass(frozen=True)
class Score:
    """How alike two scenes are, each from 0 to 1; `total` weighs number, heading and text together."""

    text: float
    heading: float
    total: float


def match(old: Sequence[Sketch], new: Sequence[Sketch]) -> dict[int, tuple[int, float]]:
    """Index of an old scene → index of the new one that is the same scene, and how alike the two are, 0 to 1."""
    found: dict[int, tuple[int, float]] = {}
    _pair_unique(old, new, lambda scene: (scene.heading, scene.body), found)
    _pair_unique(old, new, lambda scene: scene.body if len(scene.words) >= _FEW_WORDS else None, found)
    taken = {j for j, _ in found.values()}
    left = [i for i in range(len(old)) if i not in found]
    right = [j for j in range(len(new)) if j not in taken]
    scored = {
        (i, j): score
        for i, others in _candidates(old, new, left, right).items()
        for j in others
        if (score := _score(old[i], new[j])) is not None
    }
    _take_best(
        {pair: score for pair, score in scored.items() if _is_strong(score, old[pair[0]], new[pair[1]])},
        found,
        (len(old), len(new)),
    )
    # What is left is the same scene rewritten only where it stands at the same place among its neighbours.
    backbone = _in_order(found)
    old_marks, new_marks = sorted(backbone), sorted(backbone.values())
    _take_best(
        {
            (i, j): score
            for (i, j), score in scored.items()
            if bisect_left(old_marks, i) == bisect_left(new_marks, j) and (score.total >= 0.4 or score.heading == 1.0)
        },
        found,
        (len(old), len(new)),
    )
    return found


def moved(found: dict[int, tuple[int, float]]) -> set[int]:
    """The old scenes that stand elsewhere: those outside the longest run that kept its order."""
    return set(found) - set(_in_order(found))


def _pair_unique(
    old: Sequence[Sketch],
    new: Sequence[Sketch],
    key: Callable[[Sketch], Hashable],
    found: dict[int, tuple[int, float]],
) -> None:
    """Pair the scenes that have a key in common which no other scene has; a key of None does not count."""
    taken = {j for j, _ in found.values()}
    left: dict[Hashable, list[int]] = {}
    right: dict[Hashable, list[int]] = {}
    for index, sketch in enumerate(old):
        if index not in found and not sketch.is_omitted and (value := key(sketch)) is not None:
            left.setdefault(value, []).append(index)
    for index, sketch in enumerate(new):
        if index not in taken and not sketch.is_omitted and (value := key(sketch)) is not None:
            right.setdefault(value, []).append(index)
    for value, ones in left.items():
        others = right.get(value, [])
        if len(ones) == len(others) == 1:
            found[ones[0]] = (others[0], 1.0)


def _candidates(
    old: Sequence[Sketch], new: Sequence[Sketch], left: Sequence[int], right: Sequence[int]
) -> dict[int, list[int]]:
    """For each old scene the new ones worth comparing, so that the work grows with the script, not its square."""
    having: dict[Hashable, list[int]] = {}
    for j in right:
        for shingle in _shingles(new[j].words):
            having.setdefault(shingle, []).append(j)
        having.setdefault(("heading", new[j].heading), []).append(j)
        if new[j].number:
            having.setdefault(("number", new[j].number), []).append(j)
    out: dict[int, list[int]] = {}
    for i in left:
        counts: Counter[int] = Counter()
        for shingle in _shingles(old[i].words):
            others = having.get(shingle, ())
            if len(others) <= _COMMON:
                counts.update(others)
        by_text = sorted(counts, key=lambda j: (-counts[j], j))[:_CANDIDATES]
        same_heading = having.get(("heading", old[i].heading), [])
        near = sorted(same_heading, key=lambda j: (abs(i / len(old) - j / len(new)), j))[:_CANDIDATES]
        same_number = having.get(("number", old[i].number), []) if old[i].number else []
        out[i] = list(dict.fromkeys([*by_text, *near, *same_number[:_CANDIDATES]]))
    return out


def _shingles(words: Sequence[str]) -> set[Hashable]:
    return {tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))} if words else set()


def _score(a: Sketch, b: Sketch) -> Score | None:
    is_number_same = a.number is not None and a.number == b.number
    if a.is_omitted or b.is_omitted:
        # A number without a scene is that number again, or the scene that has been put there.
        return Score(0.0, 1.0, 0.9) if is_number_same and a.is_omitted else None
    text = likeness(a.words, b.words) if a.words or b.words else 1.0
    heading = 1.0 if a.heading == b.heading else max(0.0, fuzz.ratio(a.heading, b.heading) / 50 - 1) * 0.8
    total, weight = _TEXT * text + _HEADING * heading, _TEXT + _HEADING
    if a.number and b.number:
        total, weight = total + _NUMBER * is_number_same, weight + _NUMBER
    return Score(text, heading, total / weight)


def _is_strong(score: Score, a: Sketch, b: Sketch) -> bool:
    if score.text >= 0.5 and min(len(a.words), len(b.words)) >= _FEW_WORDS:
        return True
    return score.total >= 0.5 and (score.text >= 0.35 or a.is_omitted)


def _take_best(
    scored: dict[tuple[int, int], Score], found: dict[int, tuple[int, float]], sizes: tuple[int, int]
) -> None:
    """Pair the most alike first; of equals the ones that stand at the same place."""
    taken = {j for j, _ in found.values()}
    old_size, new_size = sizes

    def order(item: tuple[tuple[int, int], Score]) -> tuple[float, float, int, int]:
        (i, j), score = item
        return -score.total, abs(i / old_size - j / new_size), i, j

    for (i, j), score in sorted(scored.items(), key=order):
        if i not in found and j not in taken:
            found[i] = (j, score.total)
            taken.add(j)


def _in_order(found: dict[int, tuple[int, float]]) -> dict[int, int]:
    """The longest run of pairs that stand in the same order on both sides: old → new."""
    pairs = sorted((i, j) for i, (j, _) in found.items())
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for position, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(at[place - 1] if place else None)
        if place == len(ends):
            ends.append(j)
            at.append(position)
        else:
            ends[place], at[place] = j, position
    run: dict[int, int] = {}
    position_or_none = at[-1] if at else None
    while position_or_none is not None:
        i, j = pairs[position_or_none]
        run[i] = j
        position_or_none = before[position_or_none]
    return run
