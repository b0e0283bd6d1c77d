"""Routes of manual work on shots: what they cover, split and merge, many at once."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from backend.resources import SessionDep
from backend.shots import bulk, editing, service
from backend.shots.edit_schemas import (
    Effects,
    ShotBulkUpdate,
    ShotCover,
    ShotEdited,
    ShotHalves,
    ShotMerge,
    ShotsDone,
    ShotSelection,
    ShotSplit,
    SplitPoints,
)
from backend.shots.schemas import ShotCreate
from backend.users.dependencies import signed_in

router = APIRouter(tags=["shots"], dependencies=[signed_in])


async def _edited(
    session: SessionDep, shot_id: UUID, effects: Effects, status_code: int = status.HTTP_200_OK
) -> Response:
    shot = (await service.read_json(session, shot_id)).decode()
    content = f"{shot[:-1]}, {effects.model_dump_json()[1:]}"
    return Response(content, status_code=status_code, media_type="application/json")


@router.post(
    "/scenes/{scene_id}/shots",
    operation_id="create_shot",
    response_model=ShotEdited,
    status_code=status.HTTP_201_CREATED,
)
async def create_shot(scene_id: UUID, data: ShotCreate, session: SessionDep) -> Response:
    """Add a shot by hand: of one's own words, at the end or at `position`; or over elements of the script.

    With `element_ids` dialogue, characters and lines are the elements' own, verbatim; the shot goes where the script
    has them, and the shots that covered them give them up. One that has nothing left and nobody has worked on goes
    to the archive. 409 `shots.speech_divided` when a speech would come apart.
    """
    shot_id, effects = await service.create(session, scene_id, data)
    return await _edited(session, shot_id, effects, status.HTTP_201_CREATED)


@router.put("/shots/{shot_id}/elements", operation_id="cover_elements", response_model=ShotEdited)
async def cover_elements(shot_id: UUID, data: ShotCover, session: SessionDep) -> Response:
    """Have the shot cover exactly these elements; others that covered them give them up.

    409 `shots.would_uncover` when an element it gives up would be in no shot, unless `leave_uncovered`;
    409 `shots.speech_divided` when a speech would come apart.
    """
    scene, effects = await editing.cover(session, shot_id, data)
    editing.changed(session, scene)
    return await _edited(session, shot_id, effects)


@router.get("/shots/{shot_id}/split-points", operation_id="get_split_points", response_model=SplitPoints)
async def get_split_points(shot_id: UUID, session: SessionDep) -> SplitPoints:
    """Where the shot can be split: before its elements, and at the sentences inside them."""
    return SplitPoints(items=await editing.read_split_points(session, shot_id))


@router.post("/shots/{shot_id}/split", operation_id="split_shot", response_model=ShotHalves)
async def split_shot(shot_id: UUID, data: ShotSplit, session: SessionDep) -> Response:
    """Split a shot: the second begins at the element, or at a sentence inside it.

    Each half is described from its own elements; words that a person wrote stay with the first, slots go to both,
    the document stays with the first and is stale. 409 `shots.no_split_there`.
    """
    scene, second_id = await editing.split(session, shot_id, data.element_id, data.offset)
    editing.changed(session, scene)
    first, second = await service.read_json(session, shot_id), await service.read_json(session, second_id)
    return Response(b'{"first": %b, "second": %b}' % (first, second), media_type="application/json")


@router.post("/shots/{shot_id}/merge", operation_id="merge_shots", response_model=ShotEdited)
async def merge_shots(shot_id: UUID, data: ShotMerge, session: SessionDep) -> Response:
    """Make one shot of this one and its neighbour, which goes to the archive: elements, words and slots together.

    409 `shots.not_neighbours`, or `shots.too_many_ingredients` when together they have more than three.
    """
    scene, effects = await editing.merge(session, shot_id, data.with_)
    editing.changed(session, scene)
    return await _edited(session, shot_id, effects)


@router.patch("/projects/{project_id}/shots", operation_id="update_shots", response_model=ShotsDone)
async def update_shots(project_id: UUID, data: ShotBulkUpdate, session: SessionDep) -> ShotsDone:
    """Make one change to many shots: all of them or none. 422 has an entry in `errors` for each that refuses."""
    return ShotsDone(shot_ids=await bulk.update(session, project_id, data))


@router.post("/projects/{project_id}/shots/delete", operation_id="delete_shots", response_model=ShotsDone)
async def delete_shots(project_id: UUID, data: ShotSelection, session: SessionDep) -> ShotsDone:
    """Delete shots; `POST …/shots/restore` brings them back."""
    return ShotsDone(shot_ids=await bulk.delete(session, project_id, data.shot_ids))


@router.post("/projects/{project_id}/shots/restore", operation_id="restore_shots", response_model=ShotsDone)
async def restore_shots(project_id: UUID, data: ShotSelection, session: SessionDep) -> ShotsDone:
    """Bring deleted shots back to their places. A speech that another shot covers meanwhile stays there."""
    return ShotsDone(shot_ids=await bulk.restore(session, project_id, data.shot_ids))
