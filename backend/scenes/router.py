"""Routes of scenes."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from backend.resources import SessionDep
from backend.scenes import binning, service
from backend.scenes.schemas import (
    BinPage,
    ElementPage,
    SceneCreate,
    SceneOrder,
    ScenePage,
    SceneRead,
    SceneRenumber,
    SceneRenumbered,
    SceneUpdate,
)
from backend.users.dependencies import signed_in

router = APIRouter(tags=["scenes"], dependencies=[signed_in])


@router.get("/projects/{project_id}/scenes", operation_id="list_scenes", response_model=ScenePage)
async def list_scenes(project_id: UUID, session: SessionDep) -> ScenePage:
    """A project's scenes, all of them, in script order."""
    return await service.list_all(session, project_id)


@router.post(
    "/projects/{project_id}/scenes",
    operation_id="create_scene",
    response_model=SceneRead,
    status_code=status.HTTP_201_CREATED,
)
async def create_scene(project_id: UUID, data: SceneCreate, session: SessionDep) -> SceneRead:
    """Add a scene by hand, at the end or at `position`."""
    return await service.create(session, project_id, data)


@router.post("/projects/{project_id}/scenes/reorder", operation_id="reorder_scenes", response_model=ScenePage)
async def reorder_scenes(project_id: UUID, data: SceneOrder, session: SessionDep) -> ScenePage:
    """Put all scenes of a project into a new order. 409 when the list is not exactly its scenes."""
    return await service.reorder(session, project_id, data.scene_ids)


@router.post("/projects/{project_id}/scenes/renumber", operation_id="renumber_scenes", response_model=SceneRenumbered)
async def renumber_scenes(project_id: UUID, data: SceneRenumber, session: SessionDep) -> SceneRenumbered:
    """Number all scenes anew, from `start` on, in their order. The letters of their shots follow.

    `before` in the answer, sent as `numbers`, takes it back; 409 when the scenes are not the same any more.
    """
    return await service.renumber(session, project_id, data)


@router.get("/scenes/{scene_id}", operation_id="get_scene", response_model=SceneRead)
async def get_scene(scene_id: UUID, session: SessionDep) -> SceneRead:
    """One scene."""
    return await service.read(session, scene_id)


@router.patch("/scenes/{scene_id}", operation_id="update_scene", response_model=SceneRead)
async def update_scene(scene_id: UUID, data: SceneUpdate, session: SessionDep) -> SceneRead:
    """Change slugline, text or number. Its shots stay; their documents show as stale.

    409 `scenes.number_taken` when another scene of the project has the number.
    """
    return await service.update(session, scene_id, data)


@router.delete("/scenes/{scene_id}", operation_id="delete_scene", status_code=status.HTTP_204_NO_CONTENT)
async def delete_scene(scene_id: UUID, session: SessionDep) -> None:
    """Delete a scene with its shots. The later scenes move up."""
    await service.remove(session, scene_id)


@router.get("/projects/{project_id}/bin", operation_id="list_binned_scenes", response_model=BinPage)
async def list_binned_scenes(project_id: UUID, session: SessionDep) -> BinPage:
    """The scenes in the bin: left out by a draft, or of a reverted import. `DELETE scenes/{id}` ends one for good."""
    return await binning.list_all(session, project_id)


@router.post("/scenes/{scene_id}/restore", operation_id="restore_scene", response_model=SceneRead)
async def restore_scene(scene_id: UUID, session: SessionDep) -> SceneRead:
    """Bring a scene back from the bin to its old place, with its shots. 409 when it is not there."""
    return await binning.restore(session, scene_id)


@router.get("/scenes/{scene_id}/elements", operation_id="list_scene_elements", response_model=ElementPage)
async def list_scene_elements(scene_id: UUID, session: SessionDep) -> Response:
    """The scene's paragraphs with the shots that cover each: its coverage."""
    return Response(await service.read_elements(session, scene_id), media_type="application/json")
