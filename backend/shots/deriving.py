"""What a shot says of the script elements it covers: lines and dialogue verbatim, the rest by the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func

from backend.scenes import elements
from backend.scenes.models import Scene, ScriptElement
from backend.screenplay import Element, break_down
from backend.shots import partition
from backend.shots.models import Shot
from backend.shots.partition import Anchor
from backend.shots.schemas import MAX_SECONDS

DIRECTED = ("duration", "size", "angle", "movement")


@dataclass(frozen=True)
class Derived:
    """The columns of a shot that follow from its elements."""

    line_start: int | None
    line_end: int | None
    dialogue: list[dict[str, Any]]
    characters: list[str]
    # Description, seconds, size, angle and movement; None where the rules find nothing to show.
    by_rules: dict[str, Any] | None


def derive(scene: Scene, rows: Sequence[ScriptElement], anchors: Sequence[Anchor], *, cast: Sequence[str]) -> Derived:
    """What a shot with these anchors shows and says.

    `rows` are the elements of `scene`, in order; `cast` is that of the whole script, who may be seen without speaking.
    """
    held = {anchor["id"]: anchor for anchor in anchors}
    covered = [row for row in rows if str(row.id) in held]
    if scene.parsed is None or not covered:
        return Derived(None, None, [], [], None)
    drafts = break_down(
        _only(scene, rows, held),
        cast=list(dict.fromkeys([*cast, *(r.character for r in rows if r.type == "character" and r.character)])),
        is_new_location=False,
        target_shots=1,
    )
    first = drafts[0] if drafts else None
    return Derived(
        line_start=min(row.line_start for row in covered),
        line_end=max(row.line_end for row in covered),
        dialogue=[line.model_dump(mode="json") for draft in drafts for line in draft.dialogue],
        characters=list(dict.fromkeys(name for draft in drafts for name in draft.characters)),
        by_rules={
            "description": " ".join(dict.fromkeys(draft.description for draft in drafts)),
            "duration": min(sum(draft.duration_seconds for draft in drafts), float(MAX_SECONDS)),
            "size": first.size.value,
            "angle": first.angle.value,
            "movement": first.movement.value,
        }
        if first
        else None,
    )


def _only(scene: Scene, rows: Sequence[ScriptElement], held: dict[str, Anchor]) -> Any:
    """The scene as if it had nothing but what is covered; over a part of a speech stands its cue."""
    parsed = elements.as_parsed(scene, rows)
    own: list[Element] = []
    cues: set[int] = set()
    for index, (row, element) in enumerate(zip(rows, parsed.elements, strict=True)):
        if (anchor := held.get(str(row.id))) is None:
            continue
        cue = partition.cue_of(rows, index)
        if cue is not None and cue not in cues and str(rows[cue].id) not in held:
            own.append(parsed.elements[cue])
        cues.add(index if cue is None else cue)
        text = partition.text_of(row, anchor) if partition.is_part(anchor) else element.text
        own.append(element.model_copy(update={"text": text, "emphasis": []}))
    share = sum(len(element.text) for element in own) / max(1, sum(len(row.text) for row in rows))
    return parsed.model_copy(update={"elements": own, "eighths": max(1, round(parsed.eighths * share))})


def refresh(shot: Shot, anchors: list[Anchor], derived: Derived, *, keeps_words: bool = False) -> None:
    """Give a shot its new anchors and what follows from them; what a person wrote stays.

    `keeps_words` also keeps description, seconds and camera, where the rules know no better.
    """
    shot.anchors = anchors
    shot.line_start, shot.line_end = derived.line_start, derived.line_end
    shot.dialogue = derived.dialogue
    shot.characters = derived.characters
    provenance = {**shot.provenance, "characters": "parsed", "dialogue": "parsed"}
    if derived.by_rules is not None and not keeps_words:
        for field in ("description", *DIRECTED):
            if provenance.get(field) != "human":
                setattr(shot, field, derived.by_rules[field])
                provenance[field] = "rules"
    shot.provenance = provenance
    shot.updated_at = func.now()
