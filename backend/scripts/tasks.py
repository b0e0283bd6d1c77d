"""Background work on screenplays: store the scenes, then break them down in batches."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid4

import structlog

from backend.clients.llm_errors import LlmAttempt
from backend.core.errors import AppError, RetryableError
from backend.core.jobs import NewJob
from backend.core.outbox import publish
from backend.jobs.registry import handles
from backend.jobs.run import JobRun
from backend.projects import service as projects
from backend.scenes import elements
from backend.scenes import service as scenes
from backend.scenes.models import Scene
from backend.screenplay import Screenplay
from backend.scripts import breakdown, service
from backend.scripts.breakdown import SceneTask
from backend.scripts.models import Script
from backend.scripts.parsed import describe, new_locations
from backend.scripts.payloads import BreakDownAgain, BreakDownScenes, ParseScript
from backend.scripts.preview import planned
from backend.shots import breakdowns
from backend.shots.breakdowns import Room

log = structlog.get_logger(__name__)

UsedEngine = Literal["ollama", "rules"]


@handles(ParseScript)
async def parse_script(run: JobRun, payload: ParseScript) -> None:
    """Store all scenes in one transaction, with one job for each batch of them under this one."""
    async with run.resources.db.transaction() as session:
        plan = (await service.get(session, payload.script_id)).plan
    screenplay = await service.read_screenplay(await service.original(run.resources, payload.script_id))
    screenplay, target_shots = planned(screenplay, plan)
    used, model = await decide_engine(run, payload.engine)
    async with run.complete() as completion:
        session = completion.session
        script = await service.get(session, payload.script_id)
        await projects.get(session, script.project_id, lock=True)
        describe(script, screenplay)
        script.engine = f"ollama:{model}" if used == "ollama" else "rules"
        rows = _scene_rows(script, screenplay)
        element_rows = [
            elements.to_row(row.id, position, element)
            for row, scene in zip(rows, screenplay.scenes, strict=True)
            for position, element in enumerate(scene.elements)
        ]
        await scenes.append(session, script.project_id, rows, element_rows)
        made = await breakdowns.start(
            session,
            run_id=uuid4(),
            project_id=script.project_id,
            script_id=script.id,
            job_id=run.id,
            kind="import",
            engine=script.engine or used,
            label=script.filename,
        )
        tasks = [
            SceneTask(
                key=str(row.id),
                scene=scene,
                cast=script.cast_names,
                is_new_location=bool((row.parsed or {})["is_new_location"]),
                elements=None,
                target_shots=target_shots,
            )
            for row, scene in zip(rows, screenplay.scenes, strict=True)
        ]
        completion.children = _batch_jobs(tasks, made.id, used, may_fall_back=payload.engine == "auto")
        completion.result = {
            "script_id": str(script.id),
            "run_id": str(made.id),
            "engine": script.engine,
            "scene_count": len(rows),
            "warning_count": len(screenplay.warnings),
        }
        publish(session, "scripts", script.project_id, script.id)


def _batch_jobs(
    tasks: Sequence[SceneTask],
    run_id: UUID,
    engine: UsedEngine,
    *,
    may_fall_back: bool,
    replace_edited: bool = False,
    replace_stale: bool = False,
) -> list[NewJob]:
    jobs: list[NewJob] = []
    for batch in breakdown.batches(tasks, engine=engine):
        first, last = batch[0].scene.heading, batch[-1].scene.heading
        jobs.append(
            NewJob(
                payload=BreakDownScenes(
                    scene_ids=[UUID(task.key) for task in batch],
                    run_id=run_id,
                    engine=engine,
                    may_fall_back=may_fall_back,
                    target_shots=batch[0].target_shots,
                    replace_edited=replace_edited,
                    replace_stale=replace_stale,
                ),
                subject_id=UUID(batch[0].key),
                label=first if len(batch) == 1 else f"{first} … {last}",
                weight=len(batch),
            )
        )
    return jobs


async def decide_engine(run: JobRun, wanted: str) -> tuple[UsedEngine, str]:
    """The engine an import or a re-run uses, and the model's name."""
    if wanted == "rules":
        return "rules", ""
    status = await run.resources.llm.status(max_age_seconds=0)
    if status.state == "ok":
        return "ollama", status.model
    if wanted == "ollama":
        error = RetryableError if status.state == "unreachable" else _missing
        raise error(f"llm.{status.state}", status.detail or "The language model does not answer.", fix=status.fix)
    return "rules", ""


def _missing(code: str, detail: str, *, fix: str | None) -> AppError:
    return AppError(409, code, detail, fix=fix)


def _scene_rows(script: Script, screenplay: Screenplay) -> list[Scene]:
    return [
        Scene(
            id=uuid4(),
            project_id=script.project_id,
            script_id=script.id,
            slugline=scene.heading,
            scene_number=scene.number,
            raw_content=scene.raw_text,
            parsed=elements.to_parsed(scene, is_new_location=is_new_location),
        )
        for scene, is_new_location in zip(screenplay.scenes, new_locations(screenplay.scenes), strict=True)
    ]


@handles(BreakDownAgain)
async def break_down_again(run: JobRun, payload: BreakDownAgain) -> None:
    """Decide on the engine, and hand the scenes out in batches as one run that can be reverted."""
    used, model = await decide_engine(run, payload.engine)
    async with run.complete() as completion:
        session = completion.session
        assert run.project_id is not None
        found = await scenes.list_by_ids(session, payload.scene_ids)
        # Those deleted or put into the bin meanwhile are left out.
        rows = [found[scene_id] for scene_id in payload.scene_ids if scene_id in found]
        if not rows:
            completion.result = {"run_id": None, "engine": None, "scene_count": 0}
            return
        held = await elements.load(session, found)
        made = await breakdowns.start(
            session,
            run_id=uuid4(),
            project_id=run.project_id,
            script_id=rows[0].script_id,
            job_id=run.id,
            kind=payload.run_kind,
            engine=f"ollama:{model}" if used == "ollama" else "rules",
            label=payload.label or (rows[0].slugline if len(rows) == 1 else f"{len(rows)} scenes"),
        )
        tasks = [
            SceneTask(str(row.id), elements.as_parsed(row, held[row.id]), [], True, None, payload.target_shots)
            for row in rows
            if row.parsed is not None
        ]
        completion.children = _batch_jobs(
            tasks,
            made.id,
            used,
            may_fall_back=payload.engine == "auto",
            replace_edited=payload.replace_edited,
            replace_stale=payload.replace_stale,
        )
        completion.result = {"run_id": str(made.id), "engine": made.engine, "scene_count": len(tasks)}


@handles(BreakDownScenes)
async def break_down_scenes(run: JobRun, payload: BreakDownScenes) -> None:
    """Store the shots of a batch of scenes. A scene that fails is tried again alone; the others are stored."""
    planned = await _plan(run, payload)
    results, failed = await _break_down(run, payload, planned)
    async with run.complete() as completion:
        session = completion.session
        made = await breakdowns.hold(session, payload.run_id)
        if made.reverted_at is not None:
            # Taken back while this part was waiting or at work.
            results, failed = [], []
        standing = await scenes.list_by_ids(session, [UUID(result.key) for result in results], lock=True)
        results = [result for result in results if UUID(result.key) in standing]
        for result in results:
            rows = [breakdown.to_row(draft) for draft in result.drafts]
            await breakdowns.store(session, made, standing[UUID(result.key)], planned.rooms[result.key], rows)
        completion.left_over = [
            NewJob(
                payload=payload.model_copy(update={"scene_ids": [scene_id]}),
                subject_id=scene_id,
                label=planned.headings[scene_id],
            )
            for scene_id in failed
        ]
        completion.result = {
            "engines": sorted({result.engine for result in results}),
            "shot_count": sum(len(result.drafts) for result in results),
            "notes": {result.key: result.note for result in results if result.note},
        }


@dataclass
class _Planned:
    """What a batch is about: the scenes to break down, and the room each has."""

    tasks: list[SceneTask] = field(default_factory=list)
    rooms: dict[str, Room] = field(default_factory=dict)
    headings: dict[UUID, str] = field(default_factory=dict)
    broken: list[UUID] = field(default_factory=list)


async def _plan(run: JobRun, payload: BreakDownScenes) -> _Planned:
    planned = _Planned()
    async with run.resources.db.transaction() as session:
        made = await breakdowns.get(session, payload.run_id)
        casts: dict[UUID | None, list[str]] = {None: []}
        if made.reverted_at is not None:
            return planned
        found = await scenes.list_by_ids(session, payload.scene_ids)
        for scene_id in payload.scene_ids:
            scene = found.get(scene_id)
            # Deleted or put into the bin meanwhile: nothing is left to do.
            if scene is None:
                continue
            planned.headings[scene_id] = scene.slugline
            if scene.parsed is None:
                planned.broken.append(scene_id)
                continue
            room = await breakdowns.room(
                session, scene, replace_edited=payload.replace_edited, replace_stale=payload.replace_stale
            )
            planned.rooms[str(scene_id)] = room
            if scene.script_id is not None and scene.script_id not in casts:
                casts[scene.script_id] = (await service.get(session, scene.script_id)).cast_names
            planned.tasks.append(
                SceneTask(
                    key=str(scene_id),
                    scene=elements.as_parsed(scene, room.elements),
                    cast=casts[scene.script_id],
                    is_new_location=bool(scene.parsed.get("is_new_location", True)),
                    elements=room.indexes,
                    target_shots=payload.target_shots,
                )
            )
    if planned.broken and len(payload.scene_ids) == 1:
        raise AppError(409, "scripts.nothing_to_break_down", "This scene was not imported from a screenplay.")
    return planned


async def _break_down(
    run: JobRun, payload: BreakDownScenes, planned: _Planned
) -> tuple[list[breakdown.SceneShots], list[UUID]]:
    """The shots of the scenes, and the scenes that failed for a reason of their own."""
    if payload.engine == "ollama":
        attempts: list[LlmAttempt] = []
        try:
            made = await breakdown.by_llm(
                run.resources.llm,
                planned.tasks,
                attempts,
                may_fall_back=payload.may_fall_back,
                is_last_attempt=run.is_last_attempt,
            )
        finally:
            run.log.extend(attempt.model_dump(mode="json") for attempt in attempts)
        return made, planned.broken
    results: list[breakdown.SceneShots] = []
    failed = list(planned.broken)
    for task in planned.tasks:
        try:
            results.append(breakdown.SceneShots(task.key, breakdown.by_rules(task), "rules", None))
        except Exception:
            if len(payload.scene_ids) == 1:
                raise
            log.exception("breakdown_failed", scene_id=task.key)
            failed.append(UUID(task.key))
        # The batch is one task's work, but the process has other work too.
        await asyncio.sleep(0)
    return results, failed
