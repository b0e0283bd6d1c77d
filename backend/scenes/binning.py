"""The bin: scenes that a draft left out or a reverted import brought, kept with their shots until they come back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.scenes import repository, service
from backend.scenes.models import Scene
from backend.scenes.numbering import number_between
from backend.scenes.schemas import BinnedScene, BinPage, SceneRead


async def list_all(session: AsyncSession, project_id: UUID) -> BinPage:
    """The scenes in a project's bin, last binned first; 404 when there is no such project."""
    await projects.get(session, project_id)
    rows = await repository.list_binned_read(session, project_id)
    return BinPage(items=[BinnedScene.model_validate(row) for row in rows], total=len(rows))


def put(scene: Scene, *, after: UUID | None) -> None:
    """Put a scene into the bin; `after` is the scene it stood behind. The caller closes the gap."""
    scene.binned_at = func.now()
    scene.binned_after = after


async def restore(session: AsyncSession, scene_id: UUID) -> SceneRead:
    """Bring a scene back to its old place with all its shots; 409 `scenes.not_binned` when it is not in the bin.

    Its number comes back with it. Where the script kept that as OMITTED, the scene takes the stub's place; where
    another scene has it, it is numbered as inserted.
    """
    scene = await service.get(session, scene_id)
    assert scene.project_id is not None
    await projects.get(session, scene.project_id, lock=True)
    scene = await service.get(session, scene_id, lock=True)
    await session.refresh(scene)
    if scene.binned_at is None or scene.project_id is None:
        raise AppError(409, "scenes.not_binned", "This scene is not in the bin.")
    live = await repository.list_live(session, scene.project_id)
    binned = await repository.list_binned(session, scene.project_id)
    stub = next((one for one in live if _is_stub_of(one, scene)), None)
    at = live.index(stub) if stub else _old_place(scene, live, binned)
    if stub is not None:
        live.remove(stub)
        await session.delete(stub)
    taken = [one.scene_number for one in live if one.scene_number]
    if not taken and live:
        scene.scene_number = None
    elif taken and (scene.scene_number is None or scene.scene_number in taken):
        scene.scene_number = number_between(live[at - 1].scene_number if at else None, taken)
    live.insert(at, scene)
    scene.binned_at = scene.binned_after = None
    await session.flush()
    await repository.renumber(session, [one.id for one in live])
    for tag in ("scenes", "shots", "scripts", "projects"):
        publish(session, tag, scene.project_id)
    return await service.read(session, scene_id)


def _is_stub_of(stub: Scene, scene: Scene) -> bool:
    is_stub = bool((stub.parsed or {}).get("is_omitted"))
    return is_stub and scene.scene_number is not None and stub.scene_number == scene.scene_number


def _old_place(scene: Scene, live: Sequence[Scene], binned: Sequence[Scene]) -> int:
    """Behind the scene it stood behind, or the nearest one before that which is not in the bin itself."""
    place = {one.id: index for index, one in enumerate(live)}
    by_id = {one.id: one for one in binned}
    first, seen = scene, {scene.id}
    while first.binned_after is not None and first.binned_after not in seen:
        if first.binned_after in place:
            return place[first.binned_after] + 1
        if first.binned_after not in by_id:
            break
        first = by_id[first.binned_after]
        seen.add(first.id)
    # Nothing that stood before it is left: its sequence number says how far from the start it was.
    return min(first.sequence_number - 1, len(live))
