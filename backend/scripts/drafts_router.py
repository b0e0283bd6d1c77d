"""Routes of revised drafts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile, status

from backend.resources import ResourcesDep, SessionDep
from backend.scripts import draft_applying, draft_reverting, drafts
from backend.scripts.draft_schemas import DraftApplied, DraftApply, DraftDetail, DraftPage, DraftRead
from backend.users.dependencies import signed_in, signed_in_standalone

router = APIRouter(tags=["scripts"])


@router.post(
    "/projects/{project_id}/drafts",
    operation_id="create_draft",
    response_model=DraftRead,
    status_code=status.HTTP_201_CREATED,
    dependencies=[signed_in_standalone],
)
async def create_draft(
    project_id: UUID,
    resources: ResourcesDep,
    file: Annotated[UploadFile, File(description="The draft, in any format that is imported.")],
    script_id: Annotated[
        UUID | None, Form(description="The screenplay it revises; left out, the project's newest.")
    ] = None,
) -> DraftRead:
    """Take in a revised draft of a screenplay. Nothing changes before it is applied."""
    limit = resources.settings.limits.script_bytes
    data = await file.read(limit + 1)
    return await drafts.accept(resources, project_id, data=data, filename=file.filename, script_id=script_id)


@router.get(
    "/projects/{project_id}/drafts", operation_id="list_drafts", response_model=DraftPage, dependencies=[signed_in]
)
async def list_drafts(project_id: UUID, session: SessionDep) -> DraftPage:
    """The drafts that are not applied yet, newest first."""
    items = await drafts.list_open(session, project_id)
    return DraftPage(items=items, total=len(items))


@router.get("/drafts/{draft_id}", operation_id="get_draft", response_model=DraftDetail, dependencies=[signed_in])
async def get_draft(draft_id: UUID, session: SessionDep) -> DraftDetail:
    """A draft beside the script as it is now: scenes, their paragraphs word by word, the shots that become stale.

    Of an applied draft, what it changed.
    """
    return await drafts.read(session, draft_id)


@router.post(
    "/drafts/{draft_id}/apply",
    operation_id="apply_draft",
    response_model=DraftApplied,
    dependencies=[signed_in_standalone],
)
async def apply_draft(draft_id: UUID, data: DraftApply, resources: ResourcesDep) -> DraftApplied:
    """Make the draft the project's script, all at once.

    Shots, slots and documents stay with what did not change. Shots whose paragraphs changed become stale, with the
    cause; omitted scenes go to the bin; added scenes are broken down in the background, as a run that can be reverted.
    409 when the outcome is no longer the one of `version`.
    """
    return await draft_applying.apply(resources, draft_id, data)


@router.post(
    "/drafts/{draft_id}/revert",
    operation_id="revert_draft",
    response_model=DraftDetail,
    dependencies=[signed_in],
)
async def revert_draft(draft_id: UUID, session: SessionDep) -> DraftDetail:
    """Take the draft that was applied last back as a whole, while nothing was done after it; it is open again then.

    Scenes, paragraphs, shots and documents are as they were. 409 `scripts.changed_since` when anything was changed
    since, `scripts.draft_not_last` when another draft was applied after it.
    """
    return await draft_reverting.revert(session, draft_id)


@router.delete(
    "/drafts/{draft_id}",
    operation_id="discard_draft",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[signed_in_standalone],
)
async def discard_draft(draft_id: UUID, resources: ResourcesDep) -> None:
    """Discard a draft that is not applied."""
    await drafts.discard(resources, draft_id)
