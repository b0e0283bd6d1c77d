"""Carries what was decided about a screenplay at its import over to a revised draft of it."""

from collections.abc import Iterable
from itertools import count, islice
from typing import Literal

from backend.screenplay.models import Screenplay
from backend.screenplay.planning import ImportPlan, PlannedScene
from backend.screenplay.revision import compare

Decided = Literal["left_out", "renamed", "merged"]

# From this likeness on a scene of the draft is the one that was decided about.
_SAME = 0.6


def carry(plan: ImportPlan, old: Screenplay, new: Screenplay, sha256: str) -> ImportPlan:
    """The decisions of `plan`, made about `old`, for the scenes of `new` whose text matches. Deterministic.

    A rename is kept while the writer has not changed the heading, a merge while the scene follows directly on the one
    it was merged into. `sha256` is that of the draft's file.
    """
    decisions = {one.index: one for one in plan.scenes}
    found = {
        pair.new: pair.old
        for pair in compare(old.scenes, new.scenes).scenes
        if pair.old is not None and pair.new is not None and pair.kind != "omitted" and pair.score >= _SAME
    }
    carried: list[PlannedScene] = []
    before: int | None = None
    for index, scene in enumerate(new.scenes):
        origin = found.get(index)
        one = decisions.get(origin) if origin is not None else None
        if one is None or origin is None:
            before = index
        elif one.is_dropped:
            before = None
            carried.append(PlannedScene(index=index, is_dropped=True))
        elif one.is_merged and before is not None and found.get(before) == _before(origin, decisions):
            carried.append(PlannedScene(index=index, is_merged=True))
        else:
            before = index
            if one.heading and old.scenes[origin].heading.split() == scene.heading.split():
                carried.append(PlannedScene(index=index, heading=one.heading))
    return ImportPlan(sha256=sha256, scenes=carried, target_shots=plan.target_shots)


def _before(index: int, decisions: dict[int, PlannedScene]) -> int | None:
    """The scene that `index` was merged into."""
    for other in range(index - 1, -1, -1):
        one = decisions.get(other)
        if one is None or not (one.is_dropped or one.is_merged):
            return other
    return None


def without_left_out(plan: ImportPlan) -> ImportPlan:
    """The plan with the scenes in it that are left out: whether they stay out is decided at the comparison."""
    return plan.model_copy(update={"scenes": [one for one in plan.scenes if not one.is_dropped]})


def decided(scenes: Iterable[PlannedScene], scene_count: int) -> list[list[Decided]]:
    """What was decided about each scene that is left of `scene_count` when the merged ones are merged, in order."""
    decisions = {one.index: one for one in scenes}
    out: list[list[Decided]] = []
    for index in range(scene_count):
        one = decisions.get(index, PlannedScene(index=index))
        if one.is_merged:
            if "merged" not in out[-1]:
                out[-1].append("merged")
        else:
            out.append(["left_out"] if one.is_dropped else ["renamed"] if one.heading else [])
    return out


def with_left_out(plan: ImportPlan, left_out: set[int], scene_count: int) -> ImportPlan:
    """The plan when these scenes stay out and no others, by their place among the `scene_count` of `decided`."""
    decisions = {one.index: one for one in plan.scenes}
    merged = {one.index for one in plan.scenes if one.is_merged}
    for place, index in enumerate(islice((index for index in count() if index not in merged), scene_count)):
        if place in left_out:
            decisions[index] = PlannedScene(index=index, is_dropped=True)
        elif index in decisions and decisions[index].is_dropped:
            del decisions[index]
    return plan.model_copy(update={"scenes": [decisions[index] for index in sorted(decisions)]})
