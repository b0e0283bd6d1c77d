"""Routes of shots."""

import asyncio
import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from backend.core.errors import AppError
from backend.core.schemas import PageQuery
from backend.jobs import service as jobs
from backend.jobs.schemas import JobRead
from backend.resources import ResourcesDep, SessionDep
from backend.shots import breakdowns, revising, service
from backend.shots.schemas import (
    Engine,
    RunPage,
    RunRead,
    RunRevert,
    ShotDetail,
    ShotMove,
    ShotOrder,
    ShotPage,
    ShotPrompt,
    ShotUpdate,
)
from backend.users.dependencies import signed_in, signed_in_standalone

router = APIRouter(tags=["shots"])

MAX_WAIT_SECONDS = 60
POLL_SECONDS = 0.15


def _json(content: bytes, status_code: int = 200) -> Response:
    """JSON that PostgreSQL wrote; its form is the declared response model's, which a test checks."""
    return Response(content, status_code=status_code, media_type="application/json")


@router.get(
    "/projects/{project_id}/shots",
    operation_id="list_project_shots",
    response_model=ShotPage,
    dependencies=[signed_in],
)
async def list_project_shots(project_id: UUID, query: Annotated[PageQuery, Query()], session: SessionDep) -> Response:
    """A project's shots in script order, `limit` at a time."""
    return _json(await service.page_of_project(session, project_id, query.limit, query.offset))


@router.get(
    "/scenes/{scene_id}/shots", operation_id="list_scene_shots", response_model=ShotPage, dependencies=[signed_in]
)
async def list_scene_shots(scene_id: UUID, query: Annotated[PageQuery, Query()], session: SessionDep) -> Response:
    """A scene's shots in order, `limit` at a time."""
    return _json(await service.page_of_scene(session, scene_id, query.limit, query.offset))


@router.post(
    "/scenes/{scene_id}/shots/reorder",
    operation_id="reorder_shots",
    response_model=ShotPage,
    dependencies=[signed_in],
)
async def reorder_shots(scene_id: UUID, data: ShotOrder, session: SessionDep) -> Response:
    """Put all shots of a scene into a new order. 409 when the list is not exactly its shots."""
    await service.reorder(session, scene_id, data.shot_ids)
    return _json(await service.page_of_scene(session, scene_id, len(data.shot_ids), 0))


@router.get("/shots/{shot_id}", operation_id="get_shot", response_model=ShotDetail, dependencies=[signed_in])
async def get_shot(shot_id: UUID, session: SessionDep) -> Response:
    """One shot, with the words that were sent to the language model."""
    return _json(await service.read_json(session, shot_id))


@router.get(
    "/shots/{shot_id}/prompt", operation_id="get_shot_prompt", response_model=ShotPrompt, dependencies=[signed_in]
)
async def get_shot_prompt(shot_id: UUID, session: SessionDep) -> ShotPrompt:
    """The document as one prompt to paste into Flow, with what the pre-flight rules say. 409 without a document."""
    return await service.read_prompt(session, shot_id)


@router.patch("/shots/{shot_id}", operation_id="update_shot", response_model=ShotDetail, dependencies=[signed_in])
async def update_shot(shot_id: UUID, data: ShotUpdate, session: SessionDep) -> Response:
    """Change a shot. 422 names the slot or the field of the document that is refused; then nothing is stored."""
    return _json(await service.update(session, shot_id, data))


@router.post(
    "/shots/{shot_id}/accept-script",
    operation_id="accept_shot_script",
    response_model=ShotDetail,
    dependencies=[signed_in],
)
async def accept_shot_script(shot_id: UUID, session: SessionDep) -> Response:
    """Keep a shot as it is though the script under it has changed: it is no longer stale for that."""
    return _json(await revising.accept_script(session, shot_id))


@router.post("/shots/{shot_id}/move", operation_id="move_shot", response_model=ShotDetail, dependencies=[signed_in])
async def move_shot(shot_id: UUID, data: ShotMove, session: SessionDep) -> Response:
    """Move a shot to a place in its own or another scene of the project."""
    return _json(await service.move(session, shot_id, data))


@router.delete(
    "/shots/{shot_id}",
    operation_id="delete_shot",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[signed_in],
)
async def delete_shot(shot_id: UUID, session: SessionDep) -> None:
    """Delete a shot. The later shots of the scene move up. `POST …/shots/restore` brings it back."""
    await service.remove(session, shot_id)


@router.post(
    "/shots/{shot_id}/generate-flow",
    operation_id="generate_flow",
    response_model=JobRead,
    status_code=status.HTTP_202_ACCEPTED,
    responses={200: {"model": ShotDetail, "description": "With `wait`: the shot with its new document."}},
    dependencies=[signed_in_standalone],
)
async def generate_flow(
    shot_id: UUID,
    resources: ResourcesDep,
    wait: Annotated[
        float, Query(ge=0, le=MAX_WAIT_SECONDS, description="Seconds to wait for the document at most.")
    ] = 0,
    engine: Annotated[
        Engine, Query(description="`auto` takes the language model when it answers, else the built-in rules.")
    ] = "auto",
) -> Response:
    """Compile the shot, its scene and its ingredients into a validated Veo 3.1 document.

    202 with the job. With `wait`, 200 with the shot when it is done in time; when the compile fails in that
    time, the problem says why and the shot is a draft again.
    """
    async with resources.db.transaction() as session:
        job = jobs.to_read(await service.generate(session, shot_id, engine))
    give_up = time.monotonic() + wait
    while time.monotonic() < give_up:
        async with resources.db.transaction() as session:
            row = await jobs.get(session, job.id)
            job = jobs.to_read(row)
            if job.status == "succeeded":
                return _json(await service.read_json(session, shot_id))
        if job.status in ("failed", "cancelled"):
            error = job.error
            raise AppError(
                502 if error and error.code.startswith("llm.") else 409,
                error.code if error else "jobs.cancelled",
                error.detail if error else "The compile was cancelled.",
                fix=error.fix if error else None,
                job_id=str(job.id),
            )
        await asyncio.sleep(POLL_SECONDS)
    return Response(job.model_dump_json(), status.HTTP_202_ACCEPTED, media_type="application/json")


@router.get(
    "/projects/{project_id}/breakdown-runs",
    operation_id="list_breakdown_runs",
    response_model=RunPage,
    dependencies=[signed_in],
)
async def list_breakdown_runs(project_id: UUID, session: SessionDep) -> RunPage:
    """What made the project's shots: every import and re-run, newest first."""
    runs = [RunRead.model_validate(run) for run in await breakdowns.list_all(session, project_id)]
    return RunPage(items=runs, total=len(runs))


@router.post(
    "/breakdown-runs/{run_id}/revert",
    operation_id="revert_breakdown_run",
    response_model=RunRead,
    dependencies=[signed_in],
)
async def revert_breakdown_run(run_id: UUID, data: RunRevert, session: SessionDep) -> RunRead:
    """Take a run back as a whole: its shots go, those it replaced come back as they were.

    The scenes of a reverted import go to the bin. 409 names the shots that were worked on since, or the later run that
    has replaced some.
    """
    return RunRead.model_validate(await breakdowns.revert(session, run_id, discard_edited=data.discard_edited))
