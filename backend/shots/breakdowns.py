"""Breakdown runs: store the shots of one, keep what a person edited, and revert it as a whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError, RetryableError
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.scenes import binning, elements
from backend.scenes import service as scenes
from backend.scenes.models import Scene, ScriptElement
from backend.shots import archive, bulk, repository
from backend.shots.archive import AnchoredShot
from backend.shots.models import BreakdownRun, Shot
from backend.shots.schemas import SLOT_COUNT


@dataclass(frozen=True)
class Room:
    """What of a scene a breakdown may cover: the elements that no kept shot covers.

    `kept` are the shots that stay, in order; `indexes` the positions in `elements` that are free, None for all.
    """

    elements: Sequence[ScriptElement]
    kept: Sequence[AnchoredShot]
    indexes: list[int] | None
    replace_edited: bool
    replace_stale: bool


async def start(
    session: AsyncSession,
    *,
    run_id: UUID,
    project_id: UUID,
    script_id: UUID | None,
    job_id: UUID,
    kind: str,
    engine: str,
    label: str,
) -> BreakdownRun:
    """Record a run before its shots are stored."""
    run = BreakdownRun(
        id=run_id,
        project_id=project_id,
        script_id=script_id,
        job_id=job_id,
        kind=kind,
        engine=engine,
        label=label,
    )
    session.add(run)
    await session.flush()
    return run


async def get(session: AsyncSession, run_id: UUID, *, lock: bool = False) -> BreakdownRun:
    """One run; 404 `shots.run_not_found`."""
    query = select(BreakdownRun).where(BreakdownRun.id == run_id).execution_options(populate_existing=True)
    run: BreakdownRun | None = await session.scalar(query.with_for_update() if lock else query)
    if run is None:
        raise NotFoundError("shots.run_not_found", "There is no breakdown run with this id.")
    return run


async def hold(session: AsyncSession, run_id: UUID) -> BreakdownRun:
    """One run, which is not reverted until the commit; 404 `shots.run_not_found`.

    Take it before the scenes: a revert takes them in this order.
    """
    await session.execute(select(BreakdownRun.id).where(BreakdownRun.id == run_id).with_for_update(read=True))
    return await get(session, run_id)


async def room(session: AsyncSession, scene: Scene, *, replace_edited: bool, replace_stale: bool = False) -> Room:
    """What a new breakdown of the scene may cover. With `replace_edited` none of its shots is kept.

    With `replace_stale` a shot whose paragraphs have changed is not kept either. What a shot in another scene covers
    stays with that one.
    """
    own = (await elements.load(session, [scene.id]))[scene.id]
    kept = [
        shot
        for shot in await archive.list_anchored(session, scene.id)
        if shot.is_edited and not replace_edited and not (replace_stale and shot.is_stale)
    ]
    taken = {anchor["id"] for shot in kept for anchor in shot.anchors}
    taken |= await archive.list_covered_elsewhere(session, scene.id)
    free = [index for index, element in enumerate(own) if str(element.id) not in taken]
    return Room(own, kept, None if len(free) == len(own) else free, replace_edited, replace_stale)


async def store(
    session: AsyncSession, run: BreakdownRun, scene: Scene, planned: Room, rows: Sequence[dict[str, Any]]
) -> None:
    """Put a breakdown's shots into a scene, in script order among those that are kept; the others go to the archive.

    The caller holds the scene's row lock. Each row has the columns of a shot but for its id, scene, number and
    slots, and `element_indexes`, positions in `planned.elements`. When the scene has changed since `planned` was
    read, a `RetryableError` has the work done again.
    """
    now = await room(session, scene, replace_edited=planned.replace_edited, replace_stale=planned.replace_stale)
    before, after = ([(one.id, one.digest) for one in room_.elements] for room_ in (planned, now))
    if before != after or now.indexes != planned.indexes:
        raise RetryableError(
            "shots.changed_meanwhile",
            "The scene was changed while its shots were being made.",
            fix="Retry when nobody is working on it; what is there stays until then.",
        )
    kept_ids = {shot.id for shot in now.kept}
    present = await archive.list_anchored(session, scene.id)
    await archive.archive(session, run.id, [shot.id for shot in present if shot.id not in kept_ids])
    new = [_new_row(run, scene, planned.elements, row) for row in rows]
    if new:
        await session.execute(insert(Shot), new)
    position = {str(element.id): index for index, element in enumerate(planned.elements)}
    # A kept shot that covers nothing stays behind the kept shot before it.
    order: list[tuple[int, UUID]] = []
    last = -1
    for shot in now.kept:
        last = max(last, _first(shot.anchors, position, last))
        order.append((last, shot.id))
    order.extend((_first(row["anchors"], position, -1), row["id"]) for row in new)
    await repository.renumber(session, [shot_id for _, shot_id in sorted(order, key=lambda item: item[0])])
    publish(session, "shots", scene.project_id)
    publish(session, "scenes", scene.project_id)


def _new_row(run: BreakdownRun, scene: Scene, own: Sequence[ScriptElement], row: dict[str, Any]) -> dict[str, Any]:
    covered = [own[index] for index in row["element_indexes"]]
    return {
        **{key: value for key, value in row.items() if key != "element_indexes"},
        "id": uuid4(),
        "scene_id": scene.id,
        "sequence_number": 0,
        "assigned_ingredients": [None] * SLOT_COUNT,
        "anchors": [{"id": str(element.id), "digest": element.digest} for element in covered],
        "run_id": run.id,
    }


def _first(anchors: Sequence[dict[str, Any]], position: dict[str, int], otherwise: int) -> int:
    return min((position[anchor["id"]] for anchor in anchors if anchor["id"] in position), default=otherwise)


async def is_worked_on(session: AsyncSession, job_id: UUID) -> bool:
    """Whether a person has worked on a shot of the run that this job made."""
    run_id = await session.scalar(select(BreakdownRun.id).where(BreakdownRun.job_id == job_id))
    return run_id is not None and any(shot.is_edited for shot in await archive.list_run_shots(session, run_id))


async def list_all(session: AsyncSession, project_id: UUID) -> list[BreakdownRun]:
    """A project's runs, newest first; 404 when there is no such project."""
    await projects.get(session, project_id)
    return await archive.list_runs(session, project_id)


async def revert(session: AsyncSession, run_id: UUID, *, discard_edited: bool) -> BreakdownRun:
    """Take a run back as a whole: its shots go to the archive, those it replaced come back as they were.

    The scenes of a reverted import go to the bin with everything in them. What of the run is not done yet stores
    nothing any more. 409 `shots.run_reverted` when it is reverted already, `shots.run_replaced` when a later breakdown
    stands in its place, `shots.edited_since` when a person has worked on its shots, unless `discard_edited`.
    """
    await projects.get(session, (await get(session, run_id)).project_id, lock=True)
    run = await get(session, run_id, lock=True)
    if run.reverted_at is not None:
        raise AppError(409, "shots.run_reverted", "This breakdown is reverted already.")
    script_id = run.script_id if run.kind == "import" else None
    later = await archive.find_replacing_run(session, run_id) if script_id is None else None
    if later is not None:
        raise AppError(
            409,
            "shots.run_replaced",
            f"A later breakdown ({later}) has replaced shots of this one.",
            fix="Revert the later one first.",
        )
    imported = await archive.list_scripts(session, script_id) if script_id is not None else set()
    scene_ids = await archive.lock_run_scenes(session, run_id, imported)
    made = await archive.list_run_shots(session, run_id)
    edited = [shot.number for shot in made if shot.is_edited]
    if edited and not discard_edited:
        shown = ", ".join(edited[:8]) + ("…" if len(edited) > 8 else "")
        raise AppError(
            409,
            "shots.edited_since",
            f"{len(edited)} of its shots were worked on since: {shown}.",
            fix="Send `discard_edited: true` to take them back with the rest; they stay in the archive.",
            shot_numbers=edited,
        )
    replaced = await archive.list_archived(session, run_id)
    binned = await _bin_scenes(session, run.project_id, imported) if imported else set()
    await archive.archive(session, run_id, [shot.id for shot in made if shot.scene_id not in binned])
    await archive.unarchive(session, replaced)
    # A shot marked by hand meanwhile keeps what it covers.
    await bulk.release_covered(session, run.project_id, list((await repository.lock_many(session, replaced)).values()))
    await repository.close_gaps(session, scene_ids)
    run.reverted_at = func.now()
    await session.flush()
    await session.refresh(run)
    for tag in ("shots", "scenes", "scripts", "projects"):
        publish(session, tag, run.project_id)
    return run


async def _bin_scenes(session: AsyncSession, project_id: UUID, script_ids: Collection[UUID]) -> set[UUID]:
    """Put the scenes of these scripts into the bin as they are; their ids."""
    live = await scenes.list_live(session, project_id)
    binned: set[UUID] = set()
    for before, scene in zip([None, *live], live, strict=False):
        if scene.script_id in script_ids:
            binning.put(scene, after=before.id if before else None)
            binned.add(scene.id)
    await session.flush()
    await scenes.close_gaps(session, project_id)
    return binned
