"""Add, change, order and delete shots, and ask for their documents."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError
from backend.core.jobs import Job, enqueue
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.scenes import service as scenes
from backend.scenes.models import Scene
from backend.shots import archive, editing, reading, repository
from backend.shots.deriving import DIRECTED
from backend.shots.edit_schemas import Effects
from backend.shots.models import Shot
from backend.shots.payloads import GenerateFlow
from backend.shots.schemas import SLOT_COUNT, Engine, ShotCreate, ShotMove, ShotPrompt, ShotUpdate
from backend.veo import DocumentError, check_document, estimate_tokens, findings, render_negative, render_prompt


def _not_found() -> NotFoundError:
    return NotFoundError("shots.not_found", "There is no shot with this id.")


async def get(session: AsyncSession, shot_id: UUID, *, lock: bool = False) -> Shot:
    """One shot; 404 `shots.not_found`."""
    shot = await repository.find(session, shot_id, lock=lock)
    if shot is None:
        raise _not_found()
    return shot


async def read_json(session: AsyncSession, shot_id: UUID) -> bytes:
    """One shot in its wire form; 404 `shots.not_found`."""
    found = await reading.find_json(session, shot_id)
    if found is None:
        raise _not_found()
    return found


async def read_prompt(session: AsyncSession, shot_id: UUID) -> ShotPrompt:
    """The prompt of a shot's document, rendered from it now; 409 when it has none."""
    shot = await get(session, shot_id)
    if shot.veo_json_payload is None:
        raise AppError(
            409, "shots.no_document", "This shot has no document yet.", fix="Generate it first, then copy its prompt."
        )
    document = check_document(shot.veo_json_payload)
    prompt = render_prompt(document)
    return ShotPrompt(
        prompt=prompt,
        negative_prompt=render_negative(document),
        tokens=estimate_tokens(prompt),
        findings=findings(document, today=datetime.now(UTC).date()),
    )


async def page_of_project(session: AsyncSession, project_id: UUID, limit: int, offset: int) -> bytes:
    """A page of a project's shots; 404 when there is no such project."""
    await projects.get(session, project_id)
    return await reading.page_of_project(session, project_id, limit, offset)


async def page_of_scene(session: AsyncSession, scene_id: UUID, limit: int, offset: int) -> bytes:
    """A page of a scene's shots; 404 when there is no such scene."""
    await scenes.get(session, scene_id)
    return await reading.page_of_scene(session, scene_id, limit, offset)


async def create(session: AsyncSession, scene_id: UUID, data: ShotCreate) -> tuple[UUID, Effects]:
    """Add a shot at a position, or where the script has its elements; the later ones move back."""
    scene = await scenes.get(session, scene_id)
    slots = await _checked_slots(session, scene.project_id, data.assigned_ingredients)
    if data.element_ids is not None:
        scene, shot_id, effects = await editing.mark(session, scene_id, data, slots)
        editing.changed(session, scene)
        return shot_id, effects
    await scenes.get(session, scene_id, lock=True)
    ids = await repository.list_ids(session, scene_id)
    position = min(data.position or len(ids) + 1, len(ids) + 1)
    fields = data.model_dump(exclude={"position", "assigned_ingredients", "element_ids"})
    fields["provenance"] = {"description": "human"} | {f: "human" for f in DIRECTED if fields.get(f) is not None}
    shot = Shot(scene_id=scene_id, sequence_number=position, assigned_ingredients=slots, **fields)
    session.add(shot)
    await session.flush()
    ids.insert(position - 1, shot.id)
    await repository.renumber(session, ids)
    _changed(session, scene, shot.id)
    return shot.id, Effects()


async def update(session: AsyncSession, shot_id: UUID, data: ShotUpdate) -> bytes:
    """Change what is named in `data`. A document of one's own makes the shot ready; null makes it a draft."""
    project_id = await repository.find_project_id(session, shot_id)
    if project_id is None:
        raise _not_found()
    named = data.model_fields_set
    slots: list[str | None] | None = None
    # The ingredients are locked before the shot, in the order a deletion takes, so the two never wait in a ring.
    if data.assigned_ingredients is not None:
        slots = await _checked_slots(session, project_id, data.assigned_ingredients)
    document = _checked_document(data.veo_json_payload) if data.veo_json_payload is not None else None
    shot = await get(session, shot_id, lock=True)
    for field in ("description", *DIRECTED):
        if field in named:
            setattr(shot, field, getattr(data, field))
    by_hand = named & {"description", *DIRECTED}
    if by_hand:
        shot.provenance = {**shot.provenance, **dict.fromkeys(by_hand, "human")}
    if slots is not None:
        shot.assigned_ingredients = slots
    if "veo_json_payload" in named:
        shot.veo_json_payload = document
        shot.payload_source = "human" if document is not None else None
        shot.status = "ready" if document is not None else "draft"
    shot.updated_at = func.now()
    await session.flush()
    if "veo_json_payload" in named:
        _, fingerprints = await repository.fingerprint(session, shot_id)
        shot.compiled_from = fingerprints if document is not None else None
        await session.flush()
    publish(session, "shots", project_id, shot_id)
    if named & {"veo_json_payload", "duration"}:
        publish(session, "scenes", project_id, shot.scene_id)
        publish(session, "projects", project_id)
    if slots is not None:
        publish(session, "assets", project_id)
    return await read_json(session, shot_id)


def _checked_document(payload: dict[str, Any]) -> dict[str, Any]:
    try:
        check_document(payload)
    except DocumentError as error:
        raise AppError(
            422,
            "shots.invalid_document",
            "This is not a valid shot document; nothing was stored.",
            fix=error.fix or "Mend the named fields; `GET veo/schema` has the rules.",
            errors=[{**entry, "loc": ["body", "veo_json_payload", *entry["loc"]]} for entry in error.errors],
        ) from error
    return payload


async def _checked_slots(
    session: AsyncSession, project_id: UUID | None, slots: Sequence[UUID | None]
) -> list[str | None]:
    known = await repository.lock_ingredients(session, [slot for slot in slots if slot])
    errors: list[dict[str, Any]] = []

    def refuse(index: int, kind: str, message: str) -> None:
        errors.append({"loc": ["body", "assigned_ingredients", index], "msg": message, "type": kind})

    for index, slot in enumerate(slots):
        if slot is None:
            continue
        if slot not in known or known[slot] != project_id:
            refuse(index, "unknown_ingredient", f"Slot {index + 1}: this project has no ingredient {slot}.")
        elif slot in slots[:index]:
            first = slots.index(slot) + 1
            refuse(index, "duplicate_ingredient", f"Slot {index + 1}: this ingredient is in slot {first} already.")
    if errors:
        raise AppError(
            422,
            "shots.invalid_slots",
            " ".join(error["msg"] for error in errors),
            fix="Send at most three entries, each null or an ingredient of the shot's own project, none twice.",
            errors=errors,
        )
    filled = [str(slot) if slot else None for slot in slots]
    return filled + [None] * (SLOT_COUNT - len(filled))


async def reorder(session: AsyncSession, scene_id: UUID, shot_ids: list[UUID]) -> None:
    """Put a scene's shots into a new order; 409 when the list is not exactly its shots."""
    scene = await scenes.get(session, scene_id, lock=True)
    if sorted(shot_ids) != sorted(await repository.list_ids(session, scene_id)):
        raise AppError(
            409,
            "shots.order_mismatch",
            "The list is not exactly this scene's shots, each once. They may have changed meanwhile.",
            fix="Read the shots again and send all their ids in the new order.",
        )
    await repository.renumber(session, shot_ids)
    _changed(session, scene)


async def move(session: AsyncSession, shot_id: UUID, data: ShotMove) -> bytes:
    """Move a shot to a place in a scene of the same project; both scenes stay numbered without gaps."""
    shot = await get(session, shot_id)
    assert shot.scene_id is not None
    source_id = shot.scene_id
    locked = {
        scene_id: await scenes.get(session, scene_id, lock=True) for scene_id in sorted({source_id, data.scene_id})
    }
    shot = await get(session, shot_id, lock=True)
    source, target = locked[source_id], locked[data.scene_id]
    if target.binned_at is not None:
        raise AppError(409, "scenes.in_bin", "This scene is in the bin.", fix="Bring it back first.")
    if shot.scene_id != source_id:
        raise AppError(
            409, "shots.moved_meanwhile", "The shot was moved meanwhile.", fix="Read it again, then move it."
        )
    if source.project_id != target.project_id:
        raise AppError(409, "shots.other_project", "A shot can only move within its project.")
    shot.scene_id = target.id
    if target.id != source_id:
        # It covers what it covered, in another scene: no breakdown of either may take it for one of its own.
        shot.provenance = {**shot.provenance, "anchors": "human"}
    await session.flush()
    if target.id != source_id:
        await repository.renumber(session, await repository.list_ids(session, source_id))
    ids = [other for other in await repository.list_ids(session, target.id) if other != shot_id]
    ids.insert(min(data.position - 1, len(ids)), shot_id)
    await repository.renumber(session, ids)
    _changed(session, target, shot_id)
    return await read_json(session, shot_id)


async def remove(session: AsyncSession, shot_id: UUID) -> None:
    """Put a shot into the archive; the later ones of its scene move up."""
    shot = await get(session, shot_id)
    assert shot.scene_id is not None
    scene = await scenes.get(session, shot.scene_id, lock=True)
    await archive.archive(session, None, [shot_id])
    await repository.renumber(session, await repository.list_ids(session, scene.id))
    _changed(session, scene, shot_id)


def _changed(session: AsyncSession, scene: Scene, shot_id: UUID | None = None) -> None:
    publish(session, "shots", scene.project_id, shot_id)
    publish(session, "scenes", scene.project_id, scene.id)
    publish(session, "projects", scene.project_id)


async def generate(session: AsyncSession, shot_id: UUID, engine: Engine) -> Job:
    """Accept the compile of a shot's document; a compile that is under way already is returned instead."""
    shot = await get(session, shot_id, lock=True)
    project_id = await repository.find_project_id(session, shot_id)
    number, _ = await repository.fingerprint(session, shot_id)
    job = await enqueue(
        session,
        GenerateFlow(shot_id=shot_id, engine=engine),
        project_id=project_id,
        subject_id=shot_id,
        label=f"Shot {number}",
    )
    if shot.status != "generating_json":
        shot.status = "generating_json"
        await session.flush()
        publish(session, "shots", project_id, shot_id)
    return job
