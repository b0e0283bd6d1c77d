"""Progress, cancel and retry."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError
from backend.core.jobs import ACTIVE, Job
from backend.core.outbox import Outbox, publish
from backend.jobs import repository
from backend.jobs.schemas import JobDetail, JobError, JobProgress, JobRead

# Workers go on to the siblings by themselves; a few wake-ups are enough.
WAKE_AT_RETRY = 8


def to_read(job: Job) -> JobRead:
    """The wire form of a job."""
    return JobRead(
        id=job.id,
        kind=job.kind,
        label=job.label,
        status=job.status,
        progress=JobProgress(done=job.progress_done, total=job.progress_total),
        error=JobError.model_validate(job.error) if job.error else None,
        result=job.result,
        project_id=job.project_id,
        parent_id=job.parent_id,
        subject_id=job.subject_id,
        attempts=job.attempts,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )


def to_detail(job: Job) -> JobDetail:
    """The wire form of a job with its log."""
    return JobDetail(**to_read(job).model_dump(), log=job.log)


async def get(session: AsyncSession, job_id: UUID, *, lock: bool = False) -> Job:
    """One job; 404 `jobs.not_found`."""
    job = await repository.get(session, job_id, lock=lock)
    if job is None:
        raise NotFoundError("jobs.not_found", "There is no job with this id.")
    return job


async def cancel(session: AsyncSession, job_id: UUID) -> Job:
    """Ask for a job's end. The worker writes `cancelled`; a job that has ended stays as it is (409)."""
    job = await get(session, job_id, lock=True)
    if job.status not in ACTIVE:
        raise AppError(409, "jobs.has_ended", f"This job has {job.status} already; there is nothing to cancel.")
    if job.status != "cancelling":
        if job.status == "queued":
            job.lease_until = None
        job.status = "cancelling"
        await session.flush()
        Outbox.of(session).job_ids.append((job.id, -1))
        publish(session, "jobs", job.project_id, job.id)
    return job


async def retry(session: AsyncSession, job_id: UUID) -> Job:
    """Run a failed or cancelled job again; of a job with parts, only those that did not succeed."""
    job = await get(session, job_id, lock=True)
    if job.status not in ("failed", "cancelled"):
        raise AppError(409, "jobs.not_ended", f"This job is {job.status}; only a failed or cancelled one is retried.")
    twin = await repository.find_active_twin(session, job)
    if twin is not None:
        raise AppError(409, "jobs.already_running", "The same work is running already.", job_id=str(twin))
    parts = await repository.retry_children(session, job.id)
    if parts:
        await repository.reopen_parent(session, job.id)
        wake = parts[:WAKE_AT_RETRY]
    elif await repository.has_children(session, job.id):
        # Every part is done: doing the job itself again would do all of it twice.
        await repository.reopen_parent(session, job.id)
        await repository.end_parent(session, job.id)
        wake = []
    else:
        wake = [await repository.retry_one(session, job.id)]
        if job.parent_id is not None:
            await repository.reopen_parent(session, job.parent_id)
            publish(session, "jobs", job.project_id, job.parent_id)
    Outbox.of(session).job_ids.extend(wake)
    publish(session, "jobs", job.project_id, job.id)
    return await get(session, job_id)
