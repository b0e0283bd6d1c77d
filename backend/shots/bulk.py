"""One change to many shots of a project: all of them or none, and deletions that can be taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.scenes import service as scenes
from backend.shots import archive, partition, repository
from backend.shots.deriving import refresh
from backend.shots.edit_schemas import ShotBulkUpdate
from backend.shots.editing import ground
from backend.shots.models import Shot
from backend.shots.schemas import SLOT_COUNT


async def update(session: AsyncSession, project_id: UUID, data: ShotBulkUpdate) -> list[UUID]:
    """Set the same fields in all named shots. 422 with an entry for each shot that refuses; then none is changed."""
    await projects.get(session, project_id)
    fields = data.set.model_dump(mode="json", include=data.set.model_fields_set - {"slot"})
    slot = data.set.slot
    wanted = str(slot.ingredient_id) if slot is not None and slot.ingredient_id is not None else None
    if slot is not None and slot.ingredient_id is not None:
        known = await repository.lock_ingredients(session, [slot.ingredient_id])
        if known.get(slot.ingredient_id) != project_id:
            raise _refused(
                [_entry(["set", "slot", "ingredient_id"], "unknown", "This project has no such ingredient.")]
            )
    shot_ids = list(dict.fromkeys(data.shot_ids))
    shots = await repository.lock_many(session, shot_ids)
    places = await _places(session, project_id, shot_ids)
    errors: list[dict[str, Any]] = []
    for index, shot_id in enumerate(shot_ids):
        shot = shots[shot_id]
        if slot is not None:
            slots = list(shot.assigned_ingredients or []) + [None] * SLOT_COUNT
            at = slots.index(wanted) if wanted is not None and wanted in slots else None
            if at is not None and at != slot.number - 1:
                message = f"Shot {places[shot_id][2]}: this ingredient is in slot {at + 1} already."
                errors.append(_entry(["shot_ids", index], "duplicate_ingredient", message))
            slots[slot.number - 1] = wanted
            shot.assigned_ingredients = slots[:SLOT_COUNT]
        for field, value in fields.items():
            setattr(shot, field, value)
        shot.provenance = {**shot.provenance, **dict.fromkeys(fields, "human")}
        shot.updated_at = func.now()
    if errors:
        raise _refused(errors)
    await session.flush()
    publish(session, "shots", project_id)
    if "duration" in fields:
        publish(session, "scenes", project_id)
        publish(session, "projects", project_id)
    if slot is not None:
        publish(session, "assets", project_id)
    return shot_ids


async def delete(session: AsyncSession, project_id: UUID, shot_ids: Sequence[UUID]) -> list[UUID]:
    """Put shots into the archive, from which `restore` brings them back; the later ones of their scenes move up."""
    places = await _places(session, project_id, shot_ids)
    scene_ids = sorted({scene_id for scene_id, _, _ in places.values()})
    for scene_id in scene_ids:
        await scenes.get(session, scene_id, lock=True)
    await archive.archive(session, None, list(places))
    for scene_id in scene_ids:
        await repository.renumber(session, await repository.list_ids(session, scene_id))
    _changed(session, project_id)
    return list(dict.fromkeys(shot_ids))


async def restore(session: AsyncSession, project_id: UUID, shot_ids: Sequence[UUID]) -> list[UUID]:
    """Bring deleted shots back to the places they had.

    What another shot has come to cover meanwhile stays with that one: no speech is in two shots.
    """
    await projects.get(session, project_id)
    found = await archive.list_deleted(session, project_id, shot_ids)
    missing = set(shot_ids) - {shot_id for shot_id, _ in found}
    if missing:
        raise AppError(
            409,
            "shots.not_in_archive",
            f"{len(missing)} of these shots cannot be brought back: they were not deleted, or their scene is gone.",
            fix="Bring the scene back first.",
            shot_ids=sorted(map(str, missing)),
        )
    for scene_id in sorted({scene_id for _, scene_id in found}):
        await scenes.get(session, scene_id, lock=True)
    # Each id once more under the scene's lock: another request may have brought it back.
    still = {shot_id for shot_id, _ in await archive.list_deleted(session, project_id, shot_ids)}
    back = [(shot_id, scene_id) for shot_id, scene_id in found if shot_id in still]
    standing = {scene_id: await repository.list_ids(session, scene_id) for scene_id in {scene for _, scene in back}}
    await archive.unarchive(session, [shot_id for shot_id, _ in back])
    shots = await repository.lock_many(session, [shot_id for shot_id, _ in back])
    for shot_id, scene_id in back:
        order = standing[scene_id]
        order.insert(min((shots[shot_id].sequence_number or 1) - 1, len(order)), shot_id)
    for order in standing.values():
        await repository.renumber(session, order)
    await release_covered(session, project_id, [shots[shot_id] for shot_id, _ in back])
    _changed(session, project_id)
    return list(dict.fromkeys(shot_ids))


async def release_covered(session: AsyncSession, project_id: UUID, restored: Sequence[Shot]) -> None:
    """Take from shots that came back the speeches that others cover meanwhile; of two that did, the later."""
    doubled = await repository.find_doubled(session, project_id, [shot.id for shot in restored])
    for shot in reversed([shot for shot in restored if shot.id in doubled]):
        assert shot.scene_id is not None
        land = await ground(session, shot.scene_id, shot.anchors)
        ids = [UUID(anchor["id"]) for anchor in shot.anchors]
        taken = partition.overlapping(
            shot.anchors, await repository.list_anchors(session, project_id, ids, but=shot.id)
        )
        gone = [
            land.rows[index].id
            for piece in partition.pieces(land.rows)
            if len(piece) > 1 and any(str(land.rows[index].id) in taken for index in piece)
            for index in piece
        ]
        if gone:
            left = partition.without(shot.anchors, gone)
            refresh(shot, left, land.derive(left), keeps_words=True)
            await session.flush()


async def _places(
    session: AsyncSession, project_id: UUID, shot_ids: Sequence[UUID]
) -> dict[UUID, tuple[UUID, UUID, str]]:
    await projects.get(session, project_id)
    places = await repository.find_places(session, shot_ids)
    errors = [
        _entry(["shot_ids", index], "unknown_shot", f"This project has no shot {shot_id}.")
        for index, shot_id in enumerate(shot_ids)
        if shot_id not in places or places[shot_id][1] != project_id
    ]
    if errors:
        raise _refused(errors)
    return places


def _entry(loc: list[str | int], kind: str, message: str) -> dict[str, Any]:
    return {"loc": ["body", *loc], "msg": message, "type": kind}


def _refused(errors: list[dict[str, Any]]) -> AppError:
    first = errors[0]["msg"]
    return AppError(
        422,
        "shots.bulk_refused",
        first if len(errors) == 1 else f"{first} {len(errors) - 1} more refused too.",
        fix="Nothing was changed. Leave the named shots out, or mend what `errors` says.",
        errors=errors,
    )


def _changed(session: AsyncSession, project_id: UUID) -> None:
    publish(session, "shots", project_id)
    publish(session, "scenes", project_id)
    publish(session, "scripts", project_id)
    publish(session, "projects", project_id)
    publish(session, "assets", project_id)
