"""Routes of screenplay import."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile, status
from pydantic import Json

from backend.resources import ResourcesDep, SessionDep
from backend.scenes.schemas import ElementPage
from backend.screenplay.planning import ImportPlan
from backend.scripts import service
from backend.scripts.preview import checked_plan, preview
from backend.scripts.schemas import (
    BreakDownAccepted,
    BreakDownRequest,
    Engine,
    ImportAccepted,
    SampleAccepted,
    ScriptDetail,
    ScriptPage,
    ScriptPreview,
)
from backend.users.dependencies import signed_in, signed_in_standalone

router = APIRouter(tags=["scripts"])


@router.post(
    "/scripts/parse",
    operation_id="parse_script",
    response_model=ImportAccepted,
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[signed_in_standalone],
)
async def parse_script(
    resources: ResourcesDep,
    file: Annotated[
        UploadFile,
        File(description="A screenplay: `.fountain`, plain text, Final Draft (`.fdx`) or PDF; its content says which."),
    ],
    project_id: Annotated[UUID, Form()],
    engine: Annotated[
        Engine, Form(description="`auto` takes Ollama when it answers and has the model, else the built-in rules.")
    ] = "auto",
    plan: Annotated[Json[ImportPlan] | None, Form(description="What was decided at the preview, as JSON.")] = None,
) -> ImportAccepted:
    """Import a screenplay: its scenes, and the shots of each.

    202 at once; the job's progress counts scenes, and scenes and shots appear as they are made. A second
    screenplay's scenes go after those that are there: an import deletes nothing.
    """
    data = await file.read(resources.settings.limits.script_bytes + 1)
    script, job = await service.accept(
        resources,
        data=data,
        filename=file.filename,
        project_id=project_id,
        engine=engine,
        plan=checked_plan(plan, data),
    )
    return ImportAccepted(script_id=script.id, job_id=job.id)


@router.post(
    "/scripts/preview",
    operation_id="preview_script",
    response_model=ScriptPreview,
    dependencies=[signed_in_standalone],
)
async def preview_script(
    resources: ResourcesDep,
    file: Annotated[UploadFile, File(description="A screenplay, as for `scripts/parse`.")],
) -> ScriptPreview:
    """What an import would make of the file: scenes, people, places, length, estimated shots, and every guess.

    Nothing is stored. Send the same file to `scripts/parse` with a `plan` to rename, merge or leave out scenes.
    """
    data = await file.read(resources.settings.limits.script_bytes + 1)
    return await preview(resources, data=data, filename=file.filename)


@router.get(
    "/projects/{project_id}/scripts", operation_id="list_scripts", response_model=ScriptPage, dependencies=[signed_in]
)
async def list_scripts(project_id: UUID, session: SessionDep) -> ScriptPage:
    """A project's screenplays, newest first."""
    items = await service.list_all(session, project_id)
    return ScriptPage(items=items, total=len(items))


@router.get("/scripts/{script_id}", operation_id="get_script", response_model=ScriptDetail, dependencies=[signed_in])
async def get_script(script_id: UUID, session: SessionDep) -> ScriptDetail:
    """A screenplay with its text and what the import had to guess."""
    return await service.read(session, script_id)


@router.post(
    "/projects/sample",
    operation_id="create_sample_project",
    response_model=SampleAccepted,
    status_code=status.HTTP_201_CREATED,
    dependencies=[signed_in_standalone],
)
async def create_sample_project(resources: ResourcesDep) -> SampleAccepted:
    """A project with the bundled short screenplay, to look around in."""
    project, script, job = await service.create_sample(resources)
    return SampleAccepted(project=project, script_id=script.id, job_id=job.id)


@router.get(
    "/scripts/{script_id}/elements",
    operation_id="list_script_elements",
    response_model=ElementPage,
    dependencies=[signed_in],
)
async def list_script_elements(script_id: UUID, session: SessionDep) -> Response:
    """Every paragraph of the screenplay's scenes, with the shots that cover it: the lined script as data."""
    return Response(await service.read_elements(session, script_id), media_type="application/json")


@router.post(
    "/projects/{project_id}/breakdowns",
    operation_id="break_down_scenes",
    response_model=BreakDownAccepted,
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[signed_in_standalone],
)
async def break_down_scenes(project_id: UUID, data: BreakDownRequest, resources: ResourcesDep) -> BreakDownAccepted:
    """Break scenes down again with either engine.

    Shots that a person has worked on stay, and the new ones cover the rest of the scene, unless `replace_edited`.
    What is replaced is kept: the run can be reverted as a whole.
    """
    job = await service.break_down_again(resources, project_id, data)
    return BreakDownAccepted(job_id=job.id)
