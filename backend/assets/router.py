"""Routes of ingredients."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, UploadFile, status

from backend.assets import service
from backend.assets.models import AssetType
from backend.assets.schemas import AssetPage, AssetRead, AssetUpdate
from backend.core.schemas import Name, PageQuery
from backend.resources import LinksDep, ResourcesDep, SessionDep
from backend.users.dependencies import signed_in, signed_in_standalone

router = APIRouter(prefix="/assets", tags=["assets"])


class AssetQuery(PageQuery):
    """Which ingredients to list."""

    project_id: UUID
    type: AssetType | None = None


@router.post(
    "/upload",
    operation_id="upload_asset",
    response_model=AssetRead,
    status_code=status.HTTP_201_CREATED,
    dependencies=[signed_in_standalone],
)
async def upload_asset(
    resources: ResourcesDep,
    links: LinksDep,
    file: Annotated[UploadFile, File(description="A PNG or JPEG picture, told by its content.")],
    project_id: Annotated[UUID, Form()],
    type: Annotated[AssetType, Form()],
    name: Annotated[Name | None, Form(description="Without it, the file's name.")] = None,
) -> AssetRead:
    """Add a picture to the library.

    The file is streamed to the object store; a job then makes the thumbnail. 413 over the size limit,
    415 when it is neither PNG nor JPEG, 422 when it is broken or unpacks to too many pixels.
    """
    return await service.upload(
        resources,
        links,
        file=file.file,
        filename=file.filename,
        size_bytes=file.size or 0,
        project_id=project_id,
        kind=type,
        name=name,
    )


@router.get("", operation_id="list_assets", response_model=AssetPage, dependencies=[signed_in])
async def list_assets(query: Annotated[AssetQuery, Query()], session: SessionDep, links: LinksDep) -> AssetPage:
    """A project's ingredients, oldest first, if wanted of one type."""
    return await service.list_page(
        session,
        links,
        project_id=query.project_id,
        kind=query.type,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{asset_id}", operation_id="get_asset", response_model=AssetRead, dependencies=[signed_in])
async def get_asset(asset_id: UUID, session: SessionDep, links: LinksDep) -> AssetRead:
    """One ingredient."""
    return await service.read(session, links, asset_id)


@router.patch("/{asset_id}", operation_id="update_asset", response_model=AssetRead, dependencies=[signed_in])
async def update_asset(asset_id: UUID, data: AssetUpdate, session: SessionDep, links: LinksDep) -> AssetRead:
    """Change name, type or metadata."""
    return await service.update(session, links, asset_id, data)


@router.delete(
    "/{asset_id}", operation_id="delete_asset", status_code=status.HTTP_204_NO_CONTENT, dependencies=[signed_in]
)
async def delete_asset(asset_id: UUID, session: SessionDep) -> None:
    """Delete an ingredient and empty the slots that hold it, in one transaction."""
    await service.remove(session, asset_id)
