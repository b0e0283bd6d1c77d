"""Manual work on what shots cover: mark a shot over elements, re-cover, split, merge. No element is lost or doubled.

Every operation locks the scenes it works in before the shots, in the order of their ids.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError
from backend.core.outbox import publish
from backend.scenes import elements
from backend.scenes import service as scenes
from backend.scenes.models import Scene, ScriptElement
from backend.shots import archive, partition, repository
from backend.shots.deriving import DIRECTED, Derived, derive, refresh
from backend.shots.edit_schemas import Effects, ShotCover, ShotRef, SplitPoint
from backend.shots.models import Shot
from backend.shots.partition import Anchor
from backend.shots.schemas import MAX_SECONDS, SLOT_COUNT, ShotCreate

_CONTEXT = 60


@dataclass(frozen=True)
class Ground:
    """A locked scene, and the elements its shots can cover: its own, and those its shots brought along, in order."""

    scene: Scene
    rows: Sequence[ScriptElement]
    cast: Sequence[str]

    def derive(self, anchors: Sequence[Anchor]) -> Derived:
        """What a shot with these anchors shows and says."""
        return derive(self.scene, self.rows, anchors, cast=self.cast)

    def wanted(self, element_ids: Collection[UUID]) -> list[ScriptElement]:
        """The elements with these ids, in script order; a problem when one is not here or a speech is divided."""
        known = {row.id for row in self.rows}
        foreign = [index for index, one in enumerate(element_ids) if one not in known]
        if foreign:
            raise AppError(
                422,
                "shots.foreign_elements",
                "A shot covers elements of its own scene.",
                fix="`GET scenes/{scene_id}/elements` lists them.",
                errors=[
                    {"loc": ["body", "element_ids", index], "msg": "Not an element of this scene.", "type": "foreign"}
                    for index in foreign
                ],
            )
        missing = partition.missing_of_speeches(self.rows, set(element_ids))
        if missing:
            whole = [str(row.id) for row in self.rows if row.id in {*element_ids, *(one.id for one in missing)}]
            raise AppError(
                409,
                "shots.speech_divided",
                f"A speech is covered whole or not at all: “{_short(missing[0].text)}” belongs to one of these.",
                fix="Send the ids in `element_ids`, which complete the speech; to divide a long one, split its shot.",
                element_ids=whole,
            )
        return [row for row in self.rows if row.id in set(element_ids)]


async def ground(
    session: AsyncSession, scene_id: UUID, anchors: Iterable[Anchor] = (), *, touched: Collection[UUID] = ()
) -> Ground:
    """The scene and its elements, with those of other scenes that `anchors` name, under row locks.

    Also locked are the scenes of all shots that cover `touched` elements.
    """
    named = set((await repository.scenes_of_elements(session, [UUID(anchor["id"]) for anchor in anchors])).values())
    touching = await repository.scenes_touching(session, touched) if touched else set()
    locked = {one: await scenes.get(session, one, lock=True) for one in sorted({scene_id, *named, *touching})}
    shown = [locked[one] for one in {scene_id, *named}]
    held = await elements.load(session, [scene.id for scene in shown])
    order = sorted(shown, key=lambda scene: (scene.sequence_number, scene.id))
    cast = await repository.find_cast(session, locked[scene_id].script_id)
    return Ground(locked[scene_id], [row for scene in order for row in held[scene.id]], cast)


async def ground_of_shot(
    session: AsyncSession, shot_id: UUID, *, touched: Collection[UUID] = ()
) -> tuple[Ground, Shot]:
    """A shot and its ground, both locked; 404 `shots.not_found`."""
    seen = await repository.find(session, shot_id)
    if seen is None or seen.scene_id is None:
        raise NotFoundError("shots.not_found", "There is no shot with this id.")
    found = await ground(session, seen.scene_id, seen.anchors, touched=touched)
    anchored = [anchor["id"] for anchor in seen.anchors]
    shot = await repository.find(session, shot_id, lock=True)
    if shot is None:
        raise NotFoundError("shots.not_found", "There is no shot with this id.")
    if shot.scene_id != found.scene.id or [anchor["id"] for anchor in shot.anchors] != anchored:
        raise AppError(409, "shots.changed_meanwhile", "The shot was changed meanwhile.", fix="Read it again.")
    return found, shot


async def mark(
    session: AsyncSession, scene_id: UUID, data: ShotCreate, slots: list[str | None]
) -> tuple[Scene, UUID, Effects]:
    """A new shot over elements of a scene, in script order among its shots unless `position` says where."""
    assert data.element_ids is not None
    land = await ground(session, scene_id, touched=data.element_ids)
    rows = land.wanted(data.element_ids)
    effects, run_id = await _take_away(session, land.scene, [row.id for row in rows])
    anchors = partition.anchors_of(rows)
    given = data.model_dump(mode="json", include={"description", *DIRECTED}, exclude_none=True)
    shot = Shot(
        scene_id=scene_id,
        sequence_number=0,
        description="",
        assigned_ingredients=slots,
        run_id=run_id,
        provenance={"anchors": "human", **dict.fromkeys(given, "human")},
        **{key: value for key, value in given.items() if key != "description"},
    )
    refresh(shot, anchors, land.derive(anchors))
    shot.description = given.get("description") or shot.description or rows[0].text
    session.add(shot)
    await session.flush()
    await _place(session, land, shot.id, data.position)
    return land.scene, shot.id, effects


async def cover(session: AsyncSession, shot_id: UUID, data: ShotCover) -> tuple[Scene, Effects]:
    """Cover exactly these elements; the shots that covered them give them up."""
    land, shot = await ground_of_shot(session, shot_id, touched=data.element_ids)
    rows = land.wanted(data.element_ids)
    ids = {row.id for row in rows}
    given_up = [row for row in land.rows if str(row.id) in {a["id"] for a in shot.anchors} and row.id not in ids]
    await _refuse_uncovering(session, land, shot, given_up, is_allowed=data.leave_uncovered)
    effects, _ = await _take_away(session, land.scene, [row.id for row in rows], but=[shot_id])
    anchors = partition.anchors_of(rows)
    refresh(shot, anchors, land.derive(anchors))
    _by_hand(shot)
    await session.flush()
    return land.scene, effects


async def _refuse_uncovering(
    session: AsyncSession, land: Ground, shot: Shot, given_up: Sequence[ScriptElement], *, is_allowed: bool
) -> None:
    if not given_up or is_allowed:
        return
    assert land.scene.project_id is not None
    others = await repository.list_anchors(session, land.scene.project_id, [row.id for row in given_up], but=shot.id)
    covered = {anchor["id"] for anchor in others if not partition.is_part(anchor)}
    left = [row for row in given_up if str(row.id) not in covered]
    if left:
        raise AppError(
            409,
            "shots.would_uncover",
            f"No other shot covers “{_short(left[0].text)}” (line {left[0].line_start}).",
            fix="Cover it with another shot instead, or send `leave_uncovered: true`.",
            element_ids=[str(row.id) for row in left],
        )


async def read_split_points(session: AsyncSession, shot_id: UUID) -> list[SplitPoint]:
    """Where the shot can be split."""
    land, shot = await ground_of_shot(session, shot_id)
    held = {anchor["id"]: anchor for anchor in shot.anchors}
    out: list[SplitPoint] = []
    for row, offset in partition.split_points(land.rows, shot.anchors):
        anchor = held[str(row.id)]
        if offset is not None:
            before = row.text[anchor.get("start", 0) : offset]
            after = row.text[offset : anchor.get("end", len(row.text))]
        else:
            covered = [one for one in land.rows if str(one.id) in held]
            last = covered[covered.index(row) - 1]
            before = partition.text_of(last, held[str(last.id)])
            after = partition.text_of(row, anchor)
        out.append(SplitPoint(element_id=row.id, offset=offset, before=_tail(before), after=after.strip()))
    return out


async def split(session: AsyncSession, shot_id: UUID, element_id: UUID, offset: int | None) -> tuple[Scene, UUID]:
    """Split a shot before an element, or at a sentence inside one; returns the second shot's id.

    A person's words stay with the first, the slots go to both, the document stays with the first.
    """
    land, shot = await ground_of_shot(session, shot_id)
    points = partition.split_points(land.rows, shot.anchors)
    if (element_id, offset) not in {(row.id, at) for row, at in points}:
        raise AppError(
            409,
            "shots.no_split_there",
            "The shot cannot be split there: a part would be empty, or a speech would come apart between words.",
            fix="`GET shots/{shot_id}/split-points` lists the places: before an element, or at a sentence.",
        )
    order = {str(row.id): index for index, row in enumerate(land.rows)}
    at = order[str(element_id)]
    first = [anchor for anchor in shot.anchors if order.get(anchor["id"], len(order)) < at]
    second = [anchor for anchor in shot.anchors if order.get(anchor["id"], len(order)) > at]
    middle = next(anchor for anchor in shot.anchors if anchor["id"] == str(element_id))
    if offset is None:
        second.insert(0, middle)
    else:
        halves = partition.divided(land.rows[at], middle, offset)
        assert halves is not None, "it is one of the split points"
        first.append(halves[0])
        second.insert(0, halves[1])
    keeps_words = await _shares_text(session, land, shot, first)
    new = Shot(
        scene_id=shot.scene_id,
        sequence_number=0,
        description=shot.description,
        duration=shot.duration,
        size=shot.size,
        angle=shot.angle,
        movement=shot.movement,
        assigned_ingredients=list(shot.assigned_ingredients or []),
        run_id=shot.run_id,
        provenance={"anchors": "human"},
    )
    refresh(new, second, land.derive(second))
    refresh(shot, first, land.derive(first), keeps_words=keeps_words)
    _by_hand(shot)
    session.add(new)
    await session.flush()
    ids = [one for one in await repository.list_ids(session, land.scene.id) if one != new.id]
    ids.insert(ids.index(shot_id) + 1, new.id)
    await repository.renumber(session, ids)
    return land.scene, new.id


async def merge(session: AsyncSession, shot_id: UUID, other_id: UUID) -> tuple[Scene, Effects]:
    """Make one shot of two neighbours: the first named stays, the other goes to the archive."""
    other_seen = await repository.find(session, other_id)
    if other_seen is None or shot_id == other_id:
        raise NotFoundError("shots.not_found", "There is no other shot with this id.")
    # The ground is locked with what both cover.
    seen = await repository.find(session, shot_id)
    if seen is None or seen.scene_id is None:
        raise NotFoundError("shots.not_found", "There is no shot with this id.")
    land = await ground(session, seen.scene_id, [*seen.anchors, *other_seen.anchors])
    ids = await repository.list_ids(session, land.scene.id)
    if shot_id not in ids or other_id not in ids or abs(ids.index(shot_id) - ids.index(other_id)) != 1:
        raise AppError(
            409,
            "shots.not_neighbours",
            "Only two shots that stand next to each other in one scene can be merged.",
            fix="Move one of them next to the other first.",
        )
    locked = await repository.lock_many(session, [shot_id, other_id])
    shot, other = locked[shot_id], locked[other_id]
    first, second = (shot, other) if ids.index(shot_id) < ids.index(other_id) else (other, shot)
    anchors = partition.united(first.anchors, second.anchors, land.rows)
    if anchors is None:
        raise AppError(
            409,
            "shots.parts_apart",
            "Between these two parts of a divided element lies a third.",
            fix="Merge each with the part next to it.",
        )
    slots = _united_slots(first, second)
    number = (await repository.find_places(session, [other_id]))[other_id][2]
    fields = _united_fields(first, second)
    refresh(shot, anchors, land.derive(anchors), keeps_words=True)
    if not anchors:
        shot.dialogue = [*first.dialogue, *second.dialogue]
    for name, value in fields.items():
        setattr(shot, name, value)
    shot.assigned_ingredients = slots
    shot.provenance = {**first.provenance, **_of_person(second.provenance), "anchors": "human"}
    await session.flush()
    await archive.archive(session, None, [other_id])
    await repository.renumber(session, await repository.list_ids(session, land.scene.id))
    return land.scene, Effects(archived_shots=[ShotRef(id=other_id, number=number)])


def _united_slots(first: Shot, second: Shot) -> list[str | None]:
    filled = list(
        dict.fromkeys(s for s in [*(first.assigned_ingredients or []), *(second.assigned_ingredients or [])] if s)
    )
    if len(filled) > SLOT_COUNT:
        raise AppError(
            409,
            "shots.too_many_ingredients",
            f"Together they have {len(filled)} ingredients; Flow takes {SLOT_COUNT}.",
            fix=f"Empty {len(filled) - SLOT_COUNT} of their slots first.",
        )
    return filled + [None] * (SLOT_COUNT - len(filled))


def _united_fields(first: Shot, second: Shot) -> dict[str, Any]:
    lengths = [length for length in (first.duration, second.duration) if length is not None]
    return {
        "description": " ".join(dict.fromkeys([first.description, second.description])),
        "duration": min(sum(lengths), float(MAX_SECONDS)) if lengths else None,
        "size": first.size,
        "angle": first.angle,
        "movement": first.movement,
        "characters": list(dict.fromkeys([*first.characters, *second.characters])),
    }


def _of_person(provenance: dict[str, str]) -> dict[str, str]:
    # The camera of the second is not kept; its words and its seconds are.
    return {key: who for key, who in provenance.items() if who == "human" and key in ("description", "duration")}


def _by_hand(shot: Shot) -> None:
    shot.provenance = {**shot.provenance, "anchors": "human"}


async def _take_away(
    session: AsyncSession, scene: Scene, element_ids: Sequence[UUID], *, but: Sequence[UUID] = ()
) -> tuple[Effects, UUID | None]:
    """Take elements out of the shots that cover them: what happened to those, and the run that had made the first.

    A shot that is left with nothing goes to the archive, unless a person has worked on it.
    """
    assert scene.project_id is not None
    edited = await repository.lock_covering(session, scene.project_id, element_ids, but=but)
    places = await repository.find_places(session, list(edited))
    shots = await repository.lock_many(session, list(edited))
    run_id: UUID | None = None
    gone: list[UUID] = []
    effects = Effects()
    for shot_id, shot in sorted(shots.items(), key=lambda item: item[1].sequence_number or 0):
        run_id = run_id or shot.run_id
        left = partition.without(shot.anchors, element_ids)
        ref = ShotRef(id=shot_id, number=places[shot_id][2])
        if left or edited[shot_id]:
            assert shot.scene_id is not None
            land = await ground(session, shot.scene_id, left)
            refresh(shot, left, land.derive(left), keeps_words=await _shares_text(session, land, shot, left))
            effects.changed_shots.append(ref)
        else:
            gone.append(shot_id)
            effects.archived_shots.append(ref)
    await session.flush()
    await archive.archive(session, None, gone)
    for scene_id in {shots[shot_id].scene_id for shot_id in gone}:
        assert scene_id is not None
        await repository.renumber(session, await repository.list_ids(session, scene_id))
    for shot_id in gone:
        session.expunge(shots[shot_id])
    return effects, run_id


async def _shares_text(session: AsyncSession, land: Ground, shot: Shot, anchors: Sequence[Anchor]) -> bool:
    """Whether another shot shows some of the same paragraphs: then the rules cannot tell whose words are whose."""
    whole = [UUID(anchor["id"]) for anchor in anchors if not partition.is_part(anchor)]
    assert land.scene.project_id is not None
    return bool(whole) and bool(await repository.lock_covering(session, land.scene.project_id, whole, but=[shot.id]))


async def _place(session: AsyncSession, land: Ground, shot_id: UUID, position: int | None) -> None:
    """Number the scene's shots with this one at `position`, or else where the script has it."""
    order = {str(row.id): index for index, row in enumerate(land.rows)}

    def first(anchors: Sequence[Anchor]) -> int | None:
        return min((order[anchor["id"]] for anchor in anchors if anchor["id"] in order), default=None)

    anchored = await archive.list_anchored(session, land.scene.id)
    own = next(first(shot.anchors) for shot in anchored if shot.id == shot_id)
    others = [shot for shot in anchored if shot.id != shot_id]
    at = len(others)
    if position is not None:
        at = min(position - 1, at)
    elif own is not None:
        later = (i for i, shot in enumerate(others) if (place := first(shot.anchors)) is not None and place > own)
        at = next(later, at)
    ids = [shot.id for shot in others]
    ids.insert(at, shot_id)
    await repository.renumber(session, ids)


def changed(session: AsyncSession, scene: Scene) -> None:
    """Tell the browsers that a scene's shots and its coverage changed."""
    for tag in ("shots", "scenes", "scripts", "projects", "assets"):
        publish(session, tag, scene.project_id)


def _tail(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _CONTEXT else words[-_CONTEXT:].partition(" ")[2]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _CONTEXT else f"{words[:_CONTEXT]}…"
