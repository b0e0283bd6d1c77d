"""The comparison of a draft in its wire form: scenes side by side, their paragraphs word by word."""

from collections.abc import Sequence

from backend.scenes.models import Scene
from backend.screenplay.revision import ElementPair, Revision, ScenePair, word_changes
from backend.scripts.draft_plan import DraftScene, Plan, Present, key_of
from backend.scripts.draft_schemas import ElementChange, SceneChange, SceneSide, ShotToldStale, WordChange


def describe_scenes(present: Present, draft: Sequence[DraftScene], revision: Revision, plan: Plan) -> list[SceneChange]:
    """Every scene of both sides, in the draft's order; `plan` is what happens when nothing else is decided."""
    return [_scene(pair, present, draft, plan) for pair in revision.scenes]


def _scene(pair: ScenePair, present: Present, draft: Sequence[DraftScene], plan: Plan) -> SceneChange:
    old = present.old[pair.old] if pair.old is not None else None
    is_plain = pair.kind in ("unchanged", "moved")
    return SceneChange(
        key=key_of(pair, present.old),
        kind=pair.kind,
        is_moved=pair.is_moved,
        decided=list(draft[pair.new].decided) if pair.new is not None else [],
        scene_id=old.id if old else None,
        old=SceneSide(number=_number(old), heading=old.slugline, position=old.sequence_number) if old else None,
        new=_new_side(pair, present, draft, plan),
        elements=[] if is_plain else [_element(one, pair, present, draft, plan) for one in pair.elements],
        shot_count=sum(shot.scene_id == old.id for shot in present.shots) if old else 0,
        stale_shots=[
            ShotToldStale(id=stale.shot.id, number=stale.shot.number, causes=stale.causes)
            for stale in plan.stale
            if old is not None and stale.shot.scene_id == old.id
        ],
    )


def _number(scene: Scene) -> str:
    return scene.scene_number or str(scene.sequence_number)


def _new_side(pair: ScenePair, present: Present, draft: Sequence[DraftScene], plan: Plan) -> SceneSide | None:
    if pair.new is None:
        return None
    return SceneSide(
        number=_number_after(pair.new, plan, draft),
        heading=draft[pair.new].parsed.heading,
        position=pair.new + 1,
    )


def _number_after(index: int, plan: Plan, draft: Sequence[DraftScene]) -> str:
    """The number the draft's scene gets in the project."""
    one = next((one for one in plan.placed if one.draft is draft[index]), None)
    if one is None:
        return draft[index].parsed.number or str(index + 1)
    return plan.numbers[one.key] or str(plan.order.index(one.key) + 1)


def _element(
    one: ElementPair, pair: ScenePair, present: Present, draft: Sequence[DraftScene], plan: Plan
) -> ElementChange:
    old = present.elements[one.old[0]][one.old[1]] if one.old else None
    new = draft[one.new[0]].parsed.elements[one.new[1]] if one.new else None
    other: str | None = None
    if one.old and one.new and one.old[0] != pair.old:
        other = _number(present.old[one.old[0]])
    elif one.old and one.new and one.new[0] != pair.new:
        other = _number_after(one.new[0], plan, draft)
    shown = new or old
    assert shown is not None
    words = word_changes(old.text, new.text) if one.kind == "changed" and old and new else []
    return ElementChange.model_validate(
        {
            "kind": one.kind,
            "type": shown.type,
            "old": old.text if old else None,
            "new": new.text if new else None,
            "old_character": old.character if old else None,
            "new_character": new.character if new else None,
            "old_line": old.line_start if old else None,
            "new_line": new.line_start if new else None,
            "words": [WordChange(kind=stretch.kind, text=stretch.text) for stretch in words],
            "other_scene": other,
        }
    )
