"""Aligns the paragraphs of a scene with those of its revision: the same, alike, or of one side only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from backend.screenplay.models import Element

# Two paragraphs are one, changed, from this share of common words on.
ALIKE = 0.4
# Texts this short are compared by letters too: Rain. Rains.
_SHORT = 120
# In a stretch where nothing is the same, a paragraph is looked for this far from its place.
_REACH = 30

_GROUPS = {"dialogue": "spoken", "lyrics": "spoken", "character": "cue", "parenthetical": "parenthetical"}
_SPEECH = ("parenthetical", "dialogue", "lyrics")

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An element as it is compared. Equal keys are the same paragraph; a cue's key has its whole speech in it."""

    group: str
    speaker: str
    text: str
    speech: str
    key: tuple[str, str, str, str]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())


def paragraphs(elements: Sequence[Element], fold: Callable[[str], str]) -> list[Paragraph]:
    """The elements of a scene, folded for comparison."""
    texts = [fold(element.text) for element in elements]
    out: list[Paragraph] = []
    speech = ""
    for index, element in enumerate(elements):
        if element.type == "character":
            said: list[str] = []
            for other in range(index + 1, len(elements)):
                if elements[other].type not in _SPEECH:
                    break
                if elements[other].type != "parenthetical":
                    said.append(texts[other])
            speech = " ".join(said)
        elif element.type not in _SPEECH:
            speech = ""
        is_told_by_speech = element.type in ("character", "parenthetical")
        speaker = fold(element.character or "")
        key = (element.type, speaker, texts[index], speech if is_told_by_speech else "")
        group = _GROUPS.get(element.type, "action")
        out.append(Paragraph(group, speaker, texts[index], speech, key))
    return out


def align(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Pair]:
    """Pairs of indexes in script order, None where a paragraph is of one side only; nothing crosses."""
    pairs: list[Pair] = []
    done_old = done_new = 0

    def close_gap(old_end: int, new_end: int) -> None:
        pairs.extend(_align_alike(old, new, range(done_old, old_end), range(done_new, new_end)))

    for block in Indel.opcodes([one.key for one in old], [one.key for one in new]):
        if block.tag == "equal":
            close_gap(block.src_start, block.dest_start)
            pairs.extend(
                zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)
            )
            done_old, done_new = block.src_end, block.dest_end
    close_gap(len(old), len(new))
    return _join_replaced(pairs, old, new)


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """Share of words in common and in order, 0 to 1."""
    return Indel.normalized_similarity(old, new)


def _alike(a: Paragraph, b: Paragraph) -> float:
    """How surely `b` is `a` revised, 0 to 1; 0 below `ALIKE`."""
    if a.group != b.group:
        return 0.0
    if a.group == "cue":
        said = _same_words(a.speech, b.speech)
        if a.speaker == b.speaker:
            return 0.5 + said / 2
        return 0.6 * said if said >= 0.6 else 0.0
    score = _same_words(a.text, b.text)
    if score >= ALIKE and a.speaker == b.speaker:
        return score + 0.1
    return score if score >= ALIKE else 0.0


def _same_words(a: str, b: str) -> float:
    if a == b:
        return 1.0
    score = likeness(a.split(), b.split())
    if len(a) <= _SHORT and len(b) <= _SHORT:
        # Two texts of nothing in common still share half of their letters.
        score = max(score, fuzz.ratio(a, b) / 50 - 1)
    return score


def _join_replaced(pairs: list[Pair], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Pair]:
    """One paragraph for one other of its kind at the same place is that paragraph, rewritten: Yes. No."""
    out: list[Pair] = []
    run: list[Pair] = []
    for pair in [*pairs, None]:
        if pair is not None and None in pair:
            run.append(pair)
            continue
        gone = [i for i, _ in run if i is not None]
        come = [j for _, j in run if j is not None]
        if len(gone) == len(come) == 1:
            a, b = old[gone[0]], new[come[0]]
            is_rewritten = (a.group, a.speaker) == (b.group, b.speaker)
            run = [(gone[0], come[0])] if is_rewritten else run
        out.extend(run)
        run = []
        if pair is not None:
            out.append(pair)
    return out


def _align_alike(old: Sequence[Paragraph], new: Sequence[Paragraph], left: range, right: range) -> list[Pair]:
    """The alignment of two stretches with the greatest likeness in all."""
    if not left or not right:
        return [*((i, None) for i in left), *((None, j) for j in right)]
    slope = len(right) / len(left)
    scores = [
        [_alike(old[i], new[j]) if abs((i - left.start) * slope - (j - right.start)) <= _REACH else 0.0 for j in right]
        for i in left
    ]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            together = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((left[i], None))
            i += 1
        else:
            pairs.append((None, right[j]))
            j += 1
    return [*pairs, *((left[k], None) for k in range(i, len(left))), *((None, right[k]) for k in range(j, len(right)))]
