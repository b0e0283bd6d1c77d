"""Routes of projects."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, status

from backend.core.schemas import PageQuery
from backend.projects import service
from backend.projects.schemas import ProjectCreate, ProjectPage, ProjectRead, ProjectUpdate
from backend.resources import SessionDep
from backend.users.dependencies import signed_in

router = APIRouter(prefix="/projects", tags=["projects"], dependencies=[signed_in])


@router.post("", operation_id="create_project", response_model=ProjectRead, status_code=status.HTTP_201_CREATED)
async def create_project(data: ProjectCreate, session: SessionDep) -> ProjectRead:
    """Add a project."""
    project = await service.create(session, data)
    return await service.read(session, project.id)


@router.get("", operation_id="list_projects", response_model=ProjectPage)
async def list_projects(query: Annotated[PageQuery, Query()], session: SessionDep) -> ProjectPage:
    """Projects, last changed first, each with its counts."""
    return await service.list_page(session, query.limit, query.offset)


@router.get("/{project_id}", operation_id="get_project", response_model=ProjectRead)
async def get_project(project_id: UUID, session: SessionDep) -> ProjectRead:
    """One project with its counts."""
    return await service.read(session, project_id)


@router.patch("/{project_id}", operation_id="update_project", response_model=ProjectRead)
async def update_project(project_id: UUID, data: ProjectUpdate, session: SessionDep) -> ProjectRead:
    """Change a project. Documents compiled for other settings show as stale; none is made again by itself."""
    return await service.update(session, project_id, data)


@router.delete("/{project_id}", operation_id="delete_project", status_code=status.HTTP_204_NO_CONTENT)
async def delete_project(project_id: UUID, session: SessionDep) -> None:
    """Delete a project with its scenes, shots and ingredients. Cannot be undone.

    The pictures' objects are removed from the store by a job.
    """
    await service.remove(session, project_id)
