"""The outcome of applying a draft: its plan, and the shots that the plan makes stale."""

from collections.abc import Collection, Sequence
from typing import Any

from backend.screenplay.revision import Revision
from backend.scripts.draft_plan import (
    Cause,
    DraftScene,
    Placed,
    Plan,
    Present,
    StaleShot,
    heading_of,
    make_plan,
    says_the_same,
)
from backend.shots.revising import Covering

_UNDER_A_CUE = ("parenthetical", "dialogue", "lyrics")


def decide(present: Present, draft: Sequence[DraftScene], revision: Revision, keep: Collection[str]) -> Plan:
    """The whole outcome when the scenes of `keep` stay as they are."""
    plan = make_plan(present, draft, revision, keep)
    _find_stale(plan, present)
    return plan


def _find_stale(plan: Plan, present: Present) -> None:
    """The shots whose paragraphs or whose scene's heading or number change, and the anchors that must say so."""
    before = {str(row.id): scene for scene, rows in zip(present.old, present.elements, strict=True) for row in rows}
    placed = {one.key: one for one in plan.placed}
    away = {scene.id for scene, _ in plan.binned} | {scene.id for scene in present.old if scene.binned_at is not None}
    # Where each paragraph is in the end, whether it says what it said, and how long it is.
    ending = {
        element_id: (str(scene.id), True, 0)
        for element_id, scene in before.items()
        if str(scene.id) not in placed and scene.id not in away
    }
    ending |= {
        str(row.id): (one.key, says_the_same(row, element), len(element.text))
        for one in plan.placed
        for element, row in one.elements
        if row is not None
    }
    for shot in present.shots:
        home = plan.homes.get(shot.id, str(shot.scene_id))
        if home not in placed and shot.scene_id in away:
            continue
        anchors = [dict(anchor) for anchor in shot.anchors]
        is_changed = False
        for anchor in anchors:
            if anchor["id"] not in before:
                continue
            key, is_as_it_was, length = ending.get(anchor["id"], ("", False, 0))
            # A person may have put the shot into another scene than its paragraph's.
            scene = before[anchor["id"]]
            is_in_place = key == home or (scene.id != shot.scene_id and key == str(scene.id))
            if is_in_place and is_as_it_was:
                continue
            is_changed = True
            if not is_in_place:
                # Gone from the shot's scene; a digest that nothing has says so, even if the row lives on elsewhere.
                anchor["digest"] = ""
            elif "start" in anchor:
                _gather(anchor, length)
        one = placed.get(home)
        grown = _with_rest_of_speeches(anchors, one) if one else anchors
        if is_changed or grown != anchors:
            plan.anchors[shot.id] = grown
        causes: list[Cause] = ["script"] if shot.id in plan.anchors else []
        if one and shot.has_document and _is_renamed(one, shot, plan, present):
            causes.append("scene")
        if causes:
            plan.stale.append(StaleShot(shot, causes))


def _gather(anchor: dict[str, Any], length: int) -> None:
    """A person divided the paragraph and it reads otherwise now: the first part holds it all, the others nothing."""
    if anchor["start"] == 0:
        del anchor["start"], anchor["end"]
    else:
        anchor["start"] = anchor["end"] = length


def _with_rest_of_speeches(anchors: list[dict[str, Any]], one: Placed) -> list[dict[str, Any]]:
    """The anchors with the new elements of the speeches they cover: no shot divides a speech."""
    held = {anchor["id"] for anchor in anchors}
    place = {str(element_id): index for index, element_id in enumerate(one.ids)}
    start = 0
    grown = list(anchors)
    while start < len(one.elements):
        end = start + 1
        if one.elements[start][0].type == "character":
            while end < len(one.elements) and one.elements[end][0].type in _UNDER_A_CUE:
                end += 1
        if any(str(one.ids[index]) in held for index in range(start, end)):
            new = [index for index in range(start, end) if one.elements[index][1] is None]
            grown.extend({"id": str(one.ids[index]), "digest": ""} for index in new)
        start = end
    if len(grown) == len(anchors):
        return anchors
    return sorted(grown, key=lambda anchor: place.get(anchor["id"], len(place)))


def _is_renamed(one: Placed, shot: Covering, plan: Plan, present: Present) -> bool:
    if one.row is None or shot.id in plan.homes:
        return True
    return heading_of(one, present) != one.row.slugline or plan.numbers[one.key] != one.row.scene_number
