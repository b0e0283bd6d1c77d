"""Add, change, order and delete scenes. Sequence numbers stay 1, 2, 3 … without gaps."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.scenes import elements, reading, repository
from backend.scenes.models import Scene
from backend.scenes.numbering import number_between, number_imported
from backend.scenes.schemas import SceneCreate, ScenePage, SceneRead, SceneRenumber, SceneRenumbered, SceneUpdate


async def get(session: AsyncSession, scene_id: UUID, *, lock: bool = False) -> Scene:
    """One scene; 404 `scenes.not_found`."""
    scene = await repository.find(session, scene_id, lock=lock)
    if scene is None:
        raise NotFoundError("scenes.not_found", "There is no scene with this id.")
    return scene


async def find(session: AsyncSession, scene_id: UUID, *, lock: bool = False) -> Scene | None:
    """One scene, also one in the bin, or None."""
    return await repository.find(session, scene_id, lock=lock)


async def list_by_ids(session: AsyncSession, scene_ids: Sequence[UUID], *, lock: bool = False) -> dict[UUID, Scene]:
    """Those of these scenes that are there and not in the bin, by id; with `lock` under row locks."""
    return {scene.id: scene for scene in await repository.list_by_ids(session, scene_ids, lock=lock)}


async def read(session: AsyncSession, scene_id: UUID) -> SceneRead:
    """One scene in its wire form; 404 `scenes.not_found`."""
    row = await repository.find_read(session, scene_id)
    if row is None:
        raise NotFoundError("scenes.not_found", "There is no scene with this id.")
    return SceneRead.model_validate(row)


async def list_all(session: AsyncSession, project_id: UUID) -> ScenePage:
    """A project's scenes in script order; 404 when there is no such project."""
    rows = await repository.list_read(session, project_id)
    if not rows:
        await projects.get(session, project_id)
    return ScenePage(items=[SceneRead.model_validate(row) for row in rows], total=len(rows))


async def create(session: AsyncSession, project_id: UUID, data: SceneCreate) -> SceneRead:
    """Add a scene at a position; the later ones move back."""
    await projects.get(session, project_id, lock=True)
    ids = await repository.list_ids(session, project_id)
    position = min(data.position or len(ids) + 1, len(ids) + 1)
    numbers = await repository.list_numbers(session, project_id)
    taken = [number for number in numbers if number]
    scene = Scene(
        project_id=project_id,
        slugline=data.slugline,
        raw_content=data.raw_content,
        sequence_number=position,
        scene_number=number_between(numbers[position - 2] if position > 1 else None, taken) if taken else None,
    )
    session.add(scene)
    await session.flush()
    ids.insert(position - 1, scene.id)
    await repository.renumber(session, ids)
    _changed(session, scene)
    return await read(session, scene.id)


async def append(
    session: AsyncSession, project_id: UUID, scenes: Sequence[Scene], element_rows: Sequence[dict[str, Any]]
) -> None:
    """Add imported scenes with their elements after those that are there. The caller holds the project's row lock."""
    existing = await repository.list_numbers(session, project_id)
    numbers = number_imported([scene.scene_number for scene in scenes], existing)
    for position, (scene, number) in enumerate(zip(scenes, numbers, strict=True), start=len(existing) + 1):
        scene.sequence_number = position
        scene.scene_number = number
    session.add_all(scenes)
    await session.flush()
    await elements.store(session, element_rows)
    publish(session, "scenes", project_id)
    publish(session, "projects", project_id)


async def update(session: AsyncSession, scene_id: UUID, data: SceneUpdate) -> SceneRead:
    """Change what is named in `data`."""
    if data.number is not None:
        await _give_number(session, scene_id, data.number)
    scene = await get(session, scene_id, lock=True)
    if data.slugline is not None:
        scene.slugline = data.slugline
    if "raw_content" in data.model_fields_set:
        scene.raw_content = data.raw_content
    await session.flush()
    _changed(session, scene)
    publish(session, "shots", scene.project_id)
    return await read(session, scene_id)


async def _give_number(session: AsyncSession, scene_id: UUID, number: str) -> None:
    """Give a scene its own number; in a project without numbers the others get those they are shown with."""
    project_id = (await get(session, scene_id)).project_id
    assert project_id is not None
    await projects.get(session, project_id, lock=True)
    ids = await repository.list_ids(session, project_id)
    if scene_id not in ids:
        raise AppError(409, "scenes.in_bin", "This scene is in the bin.", fix="Bring it back first.")
    own = await repository.list_numbers(session, project_id)
    numbers = [known or str(position) for position, known in enumerate(own, start=1)]
    at = ids.index(scene_id)
    if number in numbers[:at] + numbers[at + 1 :]:
        raise AppError(
            409,
            "scenes.number_taken",
            f"Another scene has the number {number}.",
            fix="Choose another, for example with a letter, or number all scenes anew.",
        )
    numbers[at] = number
    await repository.set_numbers(session, ids, numbers)


async def renumber(session: AsyncSession, project_id: UUID, data: SceneRenumber) -> SceneRenumbered:
    """Number a project's scenes `start`, `start` + 1 … in their order, or give each the number in `numbers`.

    409 when those are not the numbers of exactly its scenes, each its own or all none.
    """
    await projects.get(session, project_id, lock=True)
    ids = await repository.list_ids(session, project_id)
    before = dict(zip(ids, await repository.list_numbers(session, project_id), strict=True))
    wanted: list[str | None] = [str(data.start + place) for place in range(len(ids))]
    if data.numbers is not None:
        wanted = [data.numbers.get(scene_id) for scene_id in ids]
        if data.numbers.keys() != before.keys() or (any(wanted) and len(set(wanted) - {None}) < len(ids)):
            raise AppError(
                409,
                "scenes.numbers_mismatch",
                "These are not the numbers of exactly this project's scenes, each its own or all none.",
                fix="Scenes may have come or gone meanwhile; give them numbers one by one.",
            )
    await repository.set_numbers(session, ids, wanted)
    publish(session, "scenes", project_id)
    publish(session, "shots", project_id)
    page = await list_all(session, project_id)
    return SceneRenumbered(items=page.items, total=page.total, before=before)


async def reorder(session: AsyncSession, project_id: UUID, scene_ids: list[UUID]) -> ScenePage:
    """Put a project's scenes into a new order; 409 when the list is not exactly its scenes."""
    await projects.get(session, project_id, lock=True)
    if sorted(scene_ids) != sorted(await repository.list_ids(session, project_id)):
        raise AppError(
            409,
            "scenes.order_mismatch",
            "The list is not exactly this project's scenes, each once. They may have changed meanwhile.",
            fix="Read the scenes again and send all their ids in the new order.",
        )
    await repository.renumber(session, scene_ids)
    publish(session, "scenes", project_id)
    publish(session, "shots", project_id)
    return await list_all(session, project_id)


async def remove(session: AsyncSession, scene_id: UUID) -> None:
    """Delete a scene with its shots; the later ones move up."""
    scene = await get(session, scene_id)
    assert scene.project_id is not None
    await projects.get(session, scene.project_id, lock=True)
    await session.delete(scene)
    await session.flush()
    await repository.renumber(session, await repository.list_ids(session, scene.project_id))
    _changed(session, scene)
    publish(session, "shots", scene.project_id)


def _changed(session: AsyncSession, scene: Scene) -> None:
    publish(session, "scenes", scene.project_id, scene.id)
    publish(session, "projects", scene.project_id)


async def close_gaps(session: AsyncSession, project_id: UUID) -> None:
    """Number the project's scenes 1, 2, 3 … again. The caller holds the project's row lock."""
    await repository.renumber(session, await repository.list_ids(session, project_id))


async def list_live(session: AsyncSession, project_id: UUID, *, lock: bool = False) -> list[Scene]:
    """A project's scenes as rows, in script order, without those in the bin; with `lock` under row locks."""
    if lock:
        await repository.lock_live(session, project_id)
    return await repository.list_live(session, project_id)


async def list_binned(session: AsyncSession, project_id: UUID) -> list[Scene]:
    """The scenes of a project's bin as rows, last binned first."""
    return await repository.list_binned(session, project_id)


async def put_in_order(session: AsyncSession, scene_ids: Sequence[UUID]) -> None:
    """Give a project's scenes this order. The caller holds the project's row lock and names them all."""
    await repository.renumber(session, list(scene_ids))


async def read_elements(session: AsyncSession, scene_id: UUID) -> bytes:
    """A scene's script elements with the shots that cover each, as JSON; 404 `scenes.not_found`."""
    await get(session, scene_id)
    return await reading.elements_of_scene(session, scene_id)
