"""SQL of the job row: every change of status is guarded by the status it comes from."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import INTERVAL, JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from backend.core.jobs import ACTIVE, Job
from backend.jobs.schemas import JobState


def _seconds(value: float) -> ColumnElement[Any]:
    return func.make_interval(0, 0, 0, 0, 0, 0, value, type_=INTERVAL)


async def get(session: AsyncSession, job_id: UUID, *, lock: bool = False) -> Job | None:
    """One job, fresh from the database."""
    query = select(Job).where(Job.id == job_id).execution_options(populate_existing=True)
    found: Job | None = await session.scalar(query.with_for_update() if lock else query)
    return found


async def list_jobs(
    session: AsyncSession,
    *,
    project_id: UUID | None,
    parent_id: UUID | None,
    kind: str | None = None,
    state: JobState | None,
    limit: int,
    offset: int,
) -> tuple[list[Job], int]:
    """A page of jobs, newest first, and how many there are in all. Without `parent_id`, only top-level ones."""
    conditions: list[ColumnElement[bool]] = [Job.parent_id == parent_id if parent_id else Job.parent_id.is_(None)]
    if project_id:
        conditions.append(Job.project_id == project_id)
    if kind:
        conditions.append(Job.kind == kind)
    if state == "active":
        conditions.append(Job.status.in_(ACTIVE))
    elif state == "failed":
        conditions.append(Job.status == "failed")
    elif state == "finished":
        conditions.append(Job.status.not_in(ACTIVE))
    total = await session.scalar(select(func.count()).select_from(Job).where(*conditions))
    rows = await session.scalars(select(Job).where(*conditions).order_by(Job.id.desc()).limit(limit).offset(offset))
    return list(rows), total or 0


async def claim(session: AsyncSession, job_id: UUID, lease_seconds: float) -> Job | None:
    """Take a queued job for this worker; None when it is not queued, not due, or a part of what is being cancelled."""
    parent = aliased(Job)
    is_unwanted = exists().where(parent.id == Job.parent_id, parent.status == "cancelling")
    claimed: Job | None = await session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.status == "queued", Job.run_after <= func.now(), ~is_unwanted)
        .values(
            status="running",
            attempts=Job.attempts + 1,
            lease_until=func.now() + _seconds(lease_seconds),
            started_at=func.coalesce(Job.started_at, func.now()),
            error=None,
        )
        .returning(Job)
        .execution_options(populate_existing=True)
    )
    return claimed


async def claim_sibling(session: AsyncSession, parent_id: UUID, lease_seconds: float) -> Job | None:
    """Take the next queued child of a parent, in their order; other workers' locks are passed over."""
    candidate = (
        select(Job.id)
        .where(Job.parent_id == parent_id, Job.status == "queued", Job.run_after <= func.now())
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job_id = await session.scalar(candidate)
    return await claim(session, job_id, lease_seconds) if job_id else None


async def renew_lease(session: AsyncSession, job_id: UUID, attempt: int, lease_seconds: float) -> str | None:
    """Prolong an attempt's lease; returns the job's status, or None when the attempt is over.

    A job that waits for its children has no lease and gets none here: a heartbeat that was held up by the
    row lock of the attempt's last transaction must not make the job look like one whose worker died.
    """
    status: str | None = await session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.attempts == attempt, Job.status.in_(("running", "cancelling")))
        .where(Job.lease_until.is_not(None))
        .values(lease_until=func.now() + _seconds(lease_seconds))
        .returning(Job.status)
    )
    return status


async def lock_attempt(session: AsyncSession, job_id: UUID, attempt: int) -> bool:
    """Lock the job's row and tell whether this attempt still owns it."""
    found = await session.scalar(
        select(Job.id).where(Job.id == job_id, Job.attempts == attempt, Job.status == "running").with_for_update()
    )
    return found is not None


async def succeed(session: AsyncSession, job_id: UUID, result: dict[str, Any], log: list[Any]) -> None:
    """running → succeeded."""
    await session.execute(
        update(Job)
        .where(Job.id == job_id, Job.status == "running")
        .values(
            status="succeeded",
            result=result,
            log=_appended(log),
            lease_until=None,
            finished_at=func.now(),
            progress_done=func.greatest(Job.progress_total, 1),
            progress_total=func.greatest(Job.progress_total, 1),
        )
    )


async def wait_for_children(
    session: AsyncSession, job_id: UUID, result: dict[str, Any], log: list[Any], total: int
) -> None:
    """The job's own part is done; without a lease it stays running until its children have ended."""
    await session.execute(
        update(Job)
        .where(Job.id == job_id, Job.status == "running")
        .values(result=result, log=_appended(log), lease_until=None, progress_done=0, progress_total=total)
    )


async def finish(session: AsyncSession, job: Job, *, status: str, error: dict[str, Any] | None, log: list[Any]) -> bool:
    """queued, running or cancelling → failed or cancelled; false when the job had ended already."""
    done = await session.scalar(
        update(Job)
        .where(Job.id == job.id, Job.attempts == job.attempts, Job.status.in_(ACTIVE))
        .values(status=status, error=error, log=_appended(log), lease_until=None, finished_at=func.now())
        .returning(Job.id)
    )
    return done is not None


async def set_progress(session: AsyncSession, job_id: UUID, attempt: int, done: int, total: int) -> bool:
    """Write how far a running attempt is; false when the attempt is over or is to be cancelled."""
    found = await session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.attempts == attempt, Job.status == "running")
        .values(progress_done=done, progress_total=total)
        .returning(Job.id)
    )
    return found is not None


async def has_children(session: AsyncSession, job_id: UUID) -> bool:
    """Whether the job's work is done by parts of it."""
    return bool(await session.scalar(select(exists().where(Job.parent_id == job_id))))


async def requeue(
    session: AsyncSession,
    job_id: UUID,
    attempt: int,
    *,
    delay_seconds: float,
    error: dict[str, Any] | None,
    log: list[Any],
    count_attempt: bool,
) -> bool:
    """running → queued, to be tried again after a pause; a hand-back at a stop does not count as an attempt."""
    done = await session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.attempts == attempt, Job.status == "running")
        .values(
            status="queued",
            # The number itself only grows: it tells this attempt from every other.
            max_attempts=Job.max_attempts if count_attempt else Job.max_attempts + 1,
            run_after=func.now() + _seconds(delay_seconds),
            lease_until=None,
            error=error,
            log=_appended(log),
        )
        .returning(Job.id)
    )
    return done is not None


def _appended(log: list[Any]) -> Any:
    return Job.log.op("||")(bindparam(None, log, type_=JSONB)) if log else Job.log


async def count_child(session: AsyncSession, parent_id: UUID, weight: int) -> None:
    """One more child has ended well, and counts `weight`; the parent ends with its last child.

    The lock on the parent's row puts the ends of its children one after the other, so exactly one of them
    sees that none is left.
    """
    await session.execute(update(Job).where(Job.id == parent_id).values(progress_done=Job.progress_done + weight))
    await end_parent(session, parent_id)


async def end_parent(session: AsyncSession, parent_id: UUID) -> None:
    """Write the parent's end when all its children have ended. Nothing happens while one is active.

    The parts decide, not the wish: a cancel that came when all of them were done has cancelled nothing.
    """
    await session.execute(
        text("""
        UPDATE jobs p SET
            status = CASE WHEN c.cancelled > 0 AND (p.status = 'cancelling' OR c.failed = 0) THEN 'cancelled'
                          WHEN c.failed > 0 THEN 'failed' ELSE 'succeeded' END,
            finished_at = now(),
            error = CASE WHEN c.failed > 0 AND (p.status <> 'cancelling' OR c.cancelled = 0) THEN jsonb_build_object(
                'code', 'jobs.parts_failed',
                'detail', c.failed || ' of ' || c.total || ' parts failed; the others are stored.',
                'fix', 'Retry runs only the parts that failed.') END
        FROM (SELECT count(*) AS total,
                     count(*) FILTER (WHERE status = 'failed') AS failed,
                     count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
                     count(*) FILTER (WHERE status IN ('queued', 'running', 'cancelling')) AS active
              FROM jobs WHERE parent_id = :parent_id) c
        WHERE p.id = :parent_id AND p.status IN ('running', 'cancelling') AND p.lease_until IS NULL
          AND c.total > 0 AND c.active = 0
        """),
        {"parent_id": parent_id},
    )


async def cancel_queued_children(session: AsyncSession, parent_id: UUID) -> Sequence[Job]:
    """queued → cancelled for the children of a job that is being cancelled; running ones become cancelling."""
    await session.execute(
        update(Job).where(Job.parent_id == parent_id, Job.status == "running").values(status="cancelling")
    )
    rows = await session.scalars(
        update(Job)
        .where(Job.parent_id == parent_id, Job.status == "queued")
        .values(status="cancelled", finished_at=func.now())
        .returning(Job)
    )
    return rows.all()


async def find_active_twin(session: AsyncSession, job: Job) -> UUID | None:
    """Another active job with the same dedupe key."""
    if job.dedupe_key is None:
        return None
    found: UUID | None = await session.scalar(
        select(Job.id).where(Job.dedupe_key == job.dedupe_key, Job.status.in_(ACTIVE))
    )
    return found


def _retried() -> dict[str, Any]:
    # Attempts go on counting: they tell one attempt from another, so an old worker can never pass for a new one.
    return {
        "status": "queued",
        "max_attempts": Job.attempts + 3,
        "run_after": func.now(),
        "lease_until": None,
        "finished_at": None,
        "error": None,
    }


async def retry_children(session: AsyncSession, parent_id: UUID) -> list[tuple[UUID, int]]:
    """failed or cancelled → queued for a job's parts; returns their (id, attempts), in order."""
    rows = await session.execute(
        update(Job)
        .where(Job.parent_id == parent_id, Job.status.in_(("failed", "cancelled")))
        .values(_retried())
        .returning(Job.id, Job.attempts)
    )
    return sorted((job_id, attempts) for job_id, attempts in rows)


async def retry_one(session: AsyncSession, job_id: UUID) -> tuple[UUID, int]:
    """failed or cancelled → queued; returns its (id, attempts)."""
    row = await session.execute(update(Job).where(Job.id == job_id).values(_retried()).returning(Job.id, Job.attempts))
    job_id, attempts = row.one()
    return job_id, attempts


async def reopen_parent(session: AsyncSession, parent_id: UUID) -> None:
    """failed or cancelled → running, waiting for its children again."""
    await session.execute(
        update(Job)
        .where(Job.id == parent_id, Job.status.in_(("failed", "cancelled")))
        .values(status="running", error=None, finished_at=None, lease_until=None)
    )


async def lost(session: AsyncSession, limit: int) -> Sequence[Job]:
    """Attempts whose worker is gone: the lease ran out. Locked for this transaction."""
    rows = await session.scalars(
        select(Job)
        .where(Job.status.in_(("running", "cancelling")), Job.lease_until < func.now())
        .order_by(Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return rows.all()


async def due(session: AsyncSession, limit: int) -> list[tuple[UUID, int]]:
    """Jobs that wait for a worker, oldest first: queued and due, or to be cancelled while nobody runs them."""
    rows = await session.execute(
        select(Job.id, Job.attempts)
        .where(
            ((Job.status == "queued") & (Job.run_after <= func.now()))
            | ((Job.status == "cancelling") & Job.lease_until.is_(None))
        )
        .order_by(Job.id)
        .limit(limit)
    )
    return [(job_id, attempts) for job_id, attempts in rows]


async def count_active(session: AsyncSession) -> list[tuple[str, str, int]]:
    """Jobs not ended: (kind, status, how many)."""
    rows = await session.execute(
        select(Job.kind, Job.status, func.count()).where(Job.status.in_(ACTIVE)).group_by(Job.kind, Job.status)
    )
    return [(kind, status, count) for kind, status, count in rows]


async def queue_depth(session: AsyncSession) -> list[tuple[str, int, float]]:
    """Jobs that are due and wait for a worker: (kind, how many, seconds that the oldest waits)."""
    age = func.extract("epoch", func.now() - func.min(Job.run_after))
    rows = await session.execute(
        select(Job.kind, func.count(), age)
        .where(Job.status == "queued", Job.run_after <= func.now())
        .group_by(Job.kind)
    )
    return [(kind, count, float(seconds)) for kind, count, seconds in rows]
