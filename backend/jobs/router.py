"""Routes of background work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, status
from pydantic import Field

from backend.core.schemas import PageQuery
from backend.jobs import repository, service
from backend.jobs.schemas import JobDetail, JobPage, JobRead, JobState
from backend.resources import SessionDep
from backend.users.dependencies import signed_in

router = APIRouter(prefix="/jobs", tags=["jobs"], dependencies=[signed_in])


class JobQuery(PageQuery):
    """Which jobs to list."""

    project_id: UUID | None = None
    parent_id: UUID | None = None
    kind: Annotated[str, Field(max_length=100, pattern=r"^[a-z_.]+$")] | None = None
    state: JobState | None = None


@router.get("", operation_id="list_jobs", response_model=JobPage)
async def list_jobs(query: Annotated[JobQuery, Query()], session: SessionDep) -> JobPage:
    """Jobs, newest first: the top-level ones, or with `parent_id` the parts of one.

    `state` is `active` (queued, running, cancelling), `failed`, or `finished` (everything that has ended).
    """
    jobs, total = await repository.list_jobs(
        session,
        project_id=query.project_id,
        parent_id=query.parent_id,
        kind=query.kind,
        state=query.state,
        limit=query.limit,
        offset=query.offset,
    )
    return JobPage(items=[service.to_read(job) for job in jobs], total=total, limit=query.limit, offset=query.offset)


@router.get("/{job_id}", operation_id="get_job", response_model=JobDetail)
async def get_job(job_id: UUID, session: SessionDep) -> JobDetail:
    """One job with its log. The log of a language-model job holds every raw reply."""
    return service.to_detail(await service.get(session, job_id))


@router.post(
    "/{job_id}/cancel", operation_id="cancel_job", response_model=JobRead, status_code=status.HTTP_202_ACCEPTED
)
async def cancel_job(job_id: UUID, session: SessionDep) -> JobRead:
    """Ask for a job's end. It is `cancelling` until the worker has stopped it. What is stored stays stored."""
    return service.to_read(await service.cancel(session, job_id))


@router.post("/{job_id}/retry", operation_id="retry_job", response_model=JobRead, status_code=status.HTTP_202_ACCEPTED)
async def retry_job(job_id: UUID, session: SessionDep) -> JobRead:
    """Run a failed or cancelled job again. Of a job with parts, only those that did not succeed run again."""
    return service.to_read(await service.retry(session, job_id))
