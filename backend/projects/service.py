"""Create, change and delete projects."""

from uuid import UUID, uuid4

from sqlalchemy import delete, func
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import NotFoundError
from backend.core.jobs import enqueue
from backend.core.outbox import publish
from backend.projects import repository
from backend.projects.models import Project
from backend.projects.payloads import DeleteProjectObjects
from backend.projects.schemas import ProjectCreate, ProjectPage, ProjectRead, ProjectUpdate


async def get(session: AsyncSession, project_id: UUID, *, lock: bool = False) -> Project:
    """One project; 404 `projects.not_found`."""
    project = await repository.find(session, project_id, lock=lock)
    if project is None:
        raise NotFoundError("projects.not_found", "There is no project with this id.")
    return project


async def read(session: AsyncSession, project_id: UUID) -> ProjectRead:
    """One project with its counts; 404 `projects.not_found`."""
    row = await repository.find_read(session, project_id)
    if row is None:
        raise NotFoundError("projects.not_found", "There is no project with this id.")
    return ProjectRead.model_validate(dict(row))


async def list_page(session: AsyncSession, limit: int, offset: int) -> ProjectPage:
    """A page of projects, last changed first."""
    rows, total = await repository.list_read(session, limit, offset)
    return ProjectPage(items=[ProjectRead.model_validate(row) for row in rows], total=total, limit=limit, offset=offset)


async def create(session: AsyncSession, data: ProjectCreate, *, project_id: UUID | None = None) -> Project:
    """Add a project, under `project_id` where its id is in use before its row is written."""
    project = Project(id=project_id or uuid4(), **data.model_dump())
    session.add(project)
    await session.flush()
    publish(session, "projects", project.id, project.id)
    return project


async def update(session: AsyncSession, project_id: UUID, data: ProjectUpdate) -> ProjectRead:
    """Change what is named in `data`."""
    project = await get(session, project_id, lock=True)
    for field, value in data.model_dump(exclude_none=True).items():
        setattr(project, field, value)
    project.updated_at = func.now()
    await session.flush()
    publish(session, "projects", project_id, project_id)
    # The shots' documents are made from the project's settings: those of other settings are stale now.
    publish(session, "shots", project_id)
    return await read(session, project_id)


async def remove(session: AsyncSession, project_id: UUID) -> None:
    """Delete a project with its scenes, shots, ingredients and jobs."""
    await get(session, project_id, lock=True)
    await session.execute(delete(Project).where(Project.id == project_id))
    # Without a project of its own: this job must outlive the rows that go with the project.
    await enqueue(session, DeleteProjectObjects(prefix=f"{project_id}/"), project_id=None)
    publish(session, "projects", project_id, project_id)
