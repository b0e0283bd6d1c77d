"""What a revised draft means for shots: which follow their paragraphs, which speak new words, and accepting it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.outbox import publish
from backend.scenes import elements
from backend.scenes.models import Scene, ScriptElement
from backend.screenplay import Element, break_down
from backend.shots import repository, service
from backend.shots.models import Shot
from backend.shots.reading import FINGERPRINTS, NUMBER

Anchor = dict[str, Any]


@dataclass(frozen=True)
class Covering:
    """A shot as a draft sees it: where it is, and what of the script it covers."""

    id: UUID
    scene_id: UUID
    number: str
    anchors: list[Anchor]
    has_document: bool


async def list_covering(session: AsyncSession, scene_ids: Sequence[UUID], *, lock: bool = False) -> list[Covering]:
    """The shots of scenes in script order; with `lock` under row locks taken in one order."""
    if lock:
        await session.execute(
            select(Shot.id).where(Shot.scene_id.in_(scene_ids)).order_by(Shot.id).with_for_update(key_share=True)
        )
    rows = await session.execute(
        text(f"""
        SELECT s.id, s.scene_id, {NUMBER}, s.anchors, s.veo_json_payload IS NOT NULL AND s.compiled_from IS NOT NULL
        FROM shots s JOIN scenes sc ON sc.id = s.scene_id
        WHERE s.scene_id = ANY(:ids) ORDER BY sc.sequence_number, s.sequence_number, s.id
        """),  # noqa: S608  (constants of this package)
        {"ids": list(scene_ids)},
    )
    return [Covering(*row) for row in rows]


async def follow(session: AsyncSession, homes: Mapping[UUID, UUID]) -> None:
    """Move shots into the scenes their paragraphs went to (shot → scene), and order all by their paragraphs there."""
    if not homes:
        return
    shots = await _load(session, homes)
    left = {shot.scene_id for shot in shots.values() if shot.scene_id is not None}
    for shot_id, scene_id in homes.items():
        shots[shot_id].scene_id = scene_id
    await session.flush()
    for scene_id in left:
        await repository.renumber(session, await repository.list_ids(session, scene_id))
    entered = list(dict.fromkeys(homes.values()))
    held = await elements.load(session, entered)
    covering = await list_covering(session, entered)
    for scene_id in entered:
        position = {str(row.id): row.position for row in held[scene_id]}
        order: list[tuple[int, UUID]] = []
        last = -1
        for shot in covering:
            if shot.scene_id == scene_id:
                # One that covers nothing stays behind the one before it.
                last = min((position[a["id"]] for a in shot.anchors if a["id"] in position), default=last)
                order.append((last, shot.id))
        await repository.renumber(session, [shot_id for _, shot_id in sorted(order, key=lambda item: item[0])])


async def renew(session: AsyncSession, anchors: Mapping[UUID, list[Anchor]], renamed: Mapping[str, str]) -> None:
    """Bring dialogue and characters of shots (shot → its anchors) in line with the script's present words, verbatim.

    What a person wrote stays. A document was made from the words before; that the script has changed says so, and the
    shot's own fingerprint does not say it a second time.
    """
    shots = await _load(session, anchors)
    before = await _fingerprints(session, anchors)
    for shot_id, given in anchors.items():
        if shots[shot_id].anchors != given:
            shots[shot_id].anchors = given
    await session.flush()
    standing = [UUID(anchor["id"]) for shot in shots.values() for anchor in shot.anchors if anchor["digest"]]
    scene_of = await repository.scenes_of_elements(session, standing)
    scene_ids = {*scene_of.values(), *(shot.scene_id for shot in shots.values() if shot.scene_id is not None)}
    held = await elements.load(session, scene_ids)
    scenes = {scene.id: scene for scene in await session.scalars(select(Scene).where(Scene.id.in_(scene_ids)))}
    for shot in shots.values():
        assert shot.scene_id is not None
        # A person may have put the shot into another scene than its paragraphs'.
        own = {shot.scene_id, *(scene_of[id_] for a in shot.anchors if (id_ := UUID(a["id"])) in scene_of)}
        order = sorted(own, key=lambda scene_id: (scenes[scene_id].sequence_number, scene_id))
        _renew(shot, scenes[shot.scene_id], [row for scene_id in order for row in held[scene_id]], renamed)
    await session.flush()
    after = await _fingerprints(session, anchors)
    for shot_id, shot in shots.items():
        if shot.compiled_from is not None and shot.compiled_from.get("shot") == before[shot_id]:
            shot.compiled_from = {**shot.compiled_from, "shot": after[shot_id]}
    await session.flush()


def _renew(shot: Shot, scene: Scene, rows: Sequence[ScriptElement], renamed: Mapping[str, str]) -> None:
    held = {anchor["id"]: anchor for anchor in shot.anchors}
    spoken = _spoken(scene, rows, held)
    if shot.provenance.get("characters") == "parsed":
        text_ = " ".join(row.text for row in rows if str(row.id) in held).casefold()
        once = {renamed.get(line["character"], line["character"]) for line in shot.dialogue}
        speakers = list(dict.fromkeys(line["character"] for line in spoken))
        present = [renamed.get(name, name) for name in shot.characters]
        kept = [n for n in present if n not in once or n in speakers or n.casefold() in text_]
        shot.characters = list(dict.fromkeys([*kept, *speakers]))
    if shot.provenance.get("dialogue") == "parsed":
        shot.dialogue = spoken
    shot.updated_at = func.now()


def _spoken(scene: Scene, rows: Sequence[ScriptElement], held: Mapping[str, Anchor]) -> list[dict[str, Any]]:
    """The speeches of the covered elements, as the rules read them."""
    parsed = elements.as_parsed(scene, rows)
    own: list[Element] = []
    cue: Element | None = None
    for row, element in zip(rows, parsed.elements, strict=True):
        if element.type == "character":
            cue = element
        elif element.type not in ("dialogue", "parenthetical", "lyrics"):
            continue
        anchor = held.get(str(row.id))
        if anchor is None or element.type == "character":
            continue
        if cue is not None and (not own or cue not in own):
            own.append(cue)
        words = element.text[anchor.get("start", 0) : anchor.get("end", len(element.text))].strip()
        if words:
            own.append(element.model_copy(update={"text": words, "emphasis": []}))
    if not own:
        return []
    drafts = break_down(parsed.model_copy(update={"elements": own, "is_omitted": False}), is_new_location=False)
    return [line.model_dump(mode="json") for draft in drafts for line in draft.dialogue]


async def reline(session: AsyncSession, scene_ids: Sequence[UUID]) -> None:
    """Bring the lines that shots name in line with their paragraphs; nothing else of them is touched."""
    await session.execute(
        text("""
        UPDATE shots s SET line_start = l.first, line_end = l.last
        FROM (SELECT own.id, min(e.line_start) AS first, max(e.line_end) AS last
              FROM shots own CROSS JOIN LATERAL jsonb_array_elements(own.anchors) AS a(value)
              LEFT JOIN script_elements e ON e.id = CAST(a.value->>'id' AS uuid)
                   AND (e.scene_id = own.scene_id OR a.value->>'digest' <> '')
              WHERE own.scene_id = ANY(:ids) GROUP BY own.id) l
        WHERE s.id = l.id AND (s.line_start, s.line_end) IS DISTINCT FROM (l.first, l.last)
        """),
        {"ids": list(scene_ids)},
    )


async def accept_script(session: AsyncSession, shot_id: UUID) -> bytes:
    """Keep a shot as it is though the script under it has changed: its anchors take what the script says now.

    Paragraphs that are gone, or have gone to another scene, are let go of.
    """
    shot = await service.get(session, shot_id, lock=True)
    assert shot.scene_id is not None
    anchors: list[Anchor] = list(shot.anchors)
    rows = await session.scalars(select(ScriptElement).where(ScriptElement.id.in_([UUID(a["id"]) for a in anchors])))
    found = {str(row.id): row for row in rows}
    # Without a digest it has gone from the shot's scene; with one a person has put the shot into another scene.
    stays = [a for a in anchors if a["id"] in found and (a["digest"] or found[a["id"]].scene_id == shot.scene_id)]
    kept = [a for a in stays if a.get("start", 0) < a.get("end", 1)]
    digests = {id_: row.digest for id_, row in found.items()}
    now = [{**anchor, "digest": digests[anchor["id"]]} for anchor in kept]
    if now != anchors:
        shot.anchors = now
        shot.updated_at = func.now()
        await session.flush()
        project_id = await repository.find_project_id(session, shot_id)
        for tag in ("shots", "scenes"):
            publish(session, tag, project_id, shot_id if tag == "shots" else shot.scene_id)
    return await service.read_json(session, shot_id)


async def _load(session: AsyncSession, shot_ids: Iterable[UUID]) -> dict[UUID, Shot]:
    rows = await session.scalars(
        select(Shot).where(Shot.id.in_(list(shot_ids))).execution_options(populate_existing=True)
    )
    return {shot.id: shot for shot in rows}


async def _fingerprints(session: AsyncSession, shot_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The fingerprint of each shot's own words."""
    rows = await session.execute(
        text(f"""
        SELECT s.id, {FINGERPRINTS}->>'shot'
        FROM shots s JOIN scenes sc ON sc.id = s.scene_id JOIN projects p ON p.id = sc.project_id
        WHERE s.id = ANY(:ids)
        """),  # noqa: S608  (constants of this package)
        {"ids": list(shot_ids)},
    )
    return {row[0]: row[1] for row in rows}
