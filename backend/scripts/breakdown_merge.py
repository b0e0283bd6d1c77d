"""Makes a scene's shot list of a model's shots: gaps closed, nothing twice, as many as were asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from backend.screenplay import ShotDraft, break_down
from backend.screenplay.anchoring import cover, lines_of
from backend.screenplay.durations import LONGEST, fit
from backend.scripts.breakdown_items import Item, SceneTask, names_of
from backend.scripts.breakdown_prompt import ANGLES, MOVEMENTS, SIZES, ReplyShot

# What no shot covers and is seen no longer than this goes with the shot before it.
SHORT_GAP_SECONDS = 2.5


@dataclass(frozen=True)
class KeptShot:
    """A shot of the model's, anchored to paragraphs of its scene by their place (from 0, both included)."""

    first: int
    last: int
    shot: ReplyShot


def shot_list(task: SceneTask, items: Sequence[Item], kept: Sequence[KeptShot]) -> tuple[list[ShotDraft], int]:
    """The shots of a scene in order, and how many of them the rules had to make.

    `items` are all its paragraphs to cover. Every one of them is in a shot afterwards.
    """
    spans = _with_short_gaps(items, sorted(kept, key=lambda one: one.first))
    gaps = _gaps(items, spans)
    drafts = [(first, _draft(task, items, first, last, shot)) for first, last, shot in spans]
    by_rules = 0
    for first, last in gaps:
        elements = sorted({index for item in items[first : last + 1] for index in item.elements})
        made = break_down(
            task.scene,
            cast=task.cast,
            is_new_location=task.is_new_location and first == 0,
            elements=elements,
            language=task.language,
        )
        by_rules += len(made)
        drafts.extend((first, draft) for draft in made)
    drafts.sort(key=lambda one: one[0])
    ordered = [draft for _, draft in drafts]
    if task.target_shots is not None:
        ordered = toward(task, ordered, task.target_shots)
    if task.elements is None:
        lengths = fit(
            [draft.duration_seconds for draft in ordered],
            [" ".join(line.line for line in draft.dialogue) for draft in ordered],
            task.scene.eighths,
        )
        ordered = [
            draft.model_copy(update={"duration_seconds": length})
            for draft, length in zip(ordered, lengths, strict=True)
        ]
    return _unlike(ordered), by_rules


def toward(task: SceneTask, drafts: Sequence[ShotDraft], target: int) -> list[ShotDraft]:
    """The shots merged, shortest neighbours first, or divided by the rules, longest first, until there are `target`.

    Fewer come out when nothing is left to divide; at least one when there was one.
    """
    out = list(drafts)
    while len(out) > max(1, target):
        lengths = [a.duration_seconds + b.duration_seconds for a, b in pairwise(out)]
        at = lengths.index(min(lengths))
        out[at : at + 2] = [_merged(task, out[at], out[at + 1])]
    # What each shot is divided into. A paragraph that two shots share cannot be divided between four.
    parts = [[draft] for draft in out]
    shared = [
        any(set(draft.element_indexes) & set(other.element_indexes) for other in out if other is not draft)
        for draft in out
    ]
    divisible = [at for at in range(len(out)) if not shared[at]]
    while divisible and sum(map(len, parts)) < target:
        at = max(divisible, key=lambda index: out[index].duration_seconds / len(parts[index]))
        more = break_down(
            task.scene,
            cast=task.cast,
            is_new_location=task.is_new_location and at == 0,
            elements=out[at].element_indexes,
            target_shots=len(parts[at]) + 1,
            language=task.language,
        )
        if len(more) > len(parts[at]):
            parts[at] = more
        else:
            divisible.remove(at)
    return [draft for part in parts for draft in part]


def _with_short_gaps(items: Sequence[Item], kept: Sequence[KeptShot]) -> list[tuple[int, int, ReplyShot]]:
    """The shots with the paragraphs that no shot covers and that are over in a moment."""
    spans = [(one.first, one.last, one.shot) for one in kept]
    for first, last in _gaps(items, spans):
        gap = items[first : last + 1]
        length = sum(item.seconds for item in gap)
        if any(item.is_speech for item in gap) or length > SHORT_GAP_SECONDS:
            continue
        for at, (start, end, shot) in enumerate(spans):
            if (end == first - 1 and gap[0].follows(items[end])) or (
                start == last + 1 and items[start].follows(gap[-1])
            ):
                spans[at] = (min(start, first), max(end, last), shot)
                break
    return spans


def _gaps(items: Sequence[Item], spans: Sequence[tuple[int, int, ReplyShot]]) -> list[tuple[int, int]]:
    """(first, last) of each stretch of paragraphs that no shot covers."""
    covered = {place for first, last, _ in spans for place in range(first, last + 1)}
    out: list[tuple[int, int]] = []
    for place in range(len(items)):
        if place in covered:
            continue
        if out and out[-1][1] == place - 1 and items[place].follows(items[place - 1]):
            out[-1] = (out[-1][0], place)
        else:
            out.append((place, place))
    return out


def _draft(task: SceneTask, items: Sequence[Item], first: int, last: int, shot: ReplyShot) -> ShotDraft:
    elements = sorted({index for item in items[first : last + 1] for index in item.elements})
    draft = cover(
        task.scene,
        elements,
        names_of(task),
        description=shot.description,
        size=SIZES[shot.size],
        angle=ANGLES[shot.angle],
        movement=MOVEMENTS[shot.movement],
        seconds=float(min(shot.seconds, LONGEST)),
    )
    return draft.model_copy(update={"author": "llm"})


def _merged(task: SceneTask, before: ShotDraft, after: ShotDraft) -> ShotDraft:
    elements = sorted({*before.element_indexes, *after.element_indexes})
    line_start, line_end = lines_of(task.scene, elements)
    return before.model_copy(
        update={
            "description": " ".join(dict.fromkeys([before.description, after.description])),
            "author": "llm" if "llm" in (before.author, after.author) else "rules",
            "duration_seconds": before.duration_seconds + after.duration_seconds,
            "characters": list(dict.fromkeys([*before.characters, *after.characters])),
            "dialogue": [*before.dialogue, *after.dialogue],
            "on_screen_text": before.on_screen_text or after.on_screen_text,
            "transition": after.transition or before.transition,
            "element_indexes": elements,
            "line_start": line_start,
            "line_end": line_end,
        }
    )


def _unlike(drafts: Sequence[ShotDraft]) -> list[ShotDraft]:
    """The shots, those that repeat a description with a number after it."""
    seen: dict[str, int] = {}
    out: list[ShotDraft] = []
    for draft in drafts:
        key = draft.description.casefold()
        seen[key] = seen.get(key, 0) + 1
        again = f"{draft.description} ({seen[key]})" if seen[key] > 1 else draft.description
        out.append(draft.model_copy(update={"description": again}))
    return out
