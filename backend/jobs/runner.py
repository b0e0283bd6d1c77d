"""Run jobs: claim the row, keep its lease, run its task, write its end."""

import asyncio
import contextlib
import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, OutageError, RetryableError
from backend.core.jobs import Job
from backend.core.outbox import Outbox, publish
from backend.jobs import registry, repository
from backend.jobs.observing import Outcome, observed
from backend.jobs.run import JobLostError, JobPostponed, JobRun
from backend.resources import Resources

log = structlog.get_logger(__name__)

# A worker goes from sibling to sibling for this long, then lets the queue decide again.
SIBLING_SECONDS = 20.0
HEARTBEAT_SECONDS = 1.0
SWEEP_LIMIT = 50
# How long a job waits for what is away before that counts as an attempt, and how often it looks.
OUTAGE_PATIENCE = timedelta(hours=1)
OUTAGE_SECONDS = 15.0


class JobRunner:
    """Runs jobs of one worker process."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._lease = resources.settings.worker.lease_seconds

    async def run(self, job_id: UUID) -> None:
        """Run a job if it is queued, then its queued siblings for a while. Never raises for a job's failure."""
        async with self._resources.db.transaction() as session:
            job = await repository.claim(session, job_id, self._lease)
            if job is None:
                await self._cancel_if_wanted(session, job_id)
        started = time.monotonic()
        while job is not None:
            is_last = time.monotonic() - started > SIBLING_SECONDS
            run = await self._attempt(job, takes_sibling=not is_last)
            parent_id, job = job.parent_id, run.sibling
            if job is None and parent_id is not None and (is_last or not run.is_complete):
                job = await self._next(parent_id, is_last=is_last)

    async def _next(self, parent_id: UUID, *, is_last: bool) -> Job | None:
        """The next queued sibling; or, when this worker should do other things too, a wake-up for whatever is due."""
        async with self._resources.db.transaction() as session:
            if not is_last:
                return await repository.claim_sibling(session, parent_id, self._lease)
            Outbox.of(session).job_ids.extend(await repository.due(session, 1))
            return None

    async def _attempt(self, job: Job, *, takes_sibling: bool) -> JobRun:
        run = JobRun(self._resources, job, takes_sibling=takes_sibling)
        with observed(job) as seen:
            seen.outcome = await self._work(job, run)
        return run

    async def _work(self, job: Job, run: JobRun) -> Outcome:
        handler = registry.handler_for(job.kind)
        try:
            if handler is None:
                detail = f"This version does not know the job kind {job.kind}."
                raise AppError(500, "jobs.unknown_kind", detail, fix="Run the same version in the API and the worker.")
            payload = handler.payload.model_validate(job.payload)
            await self._with_heartbeat(run, handler.run(run, payload))
            if not run.is_complete:
                raise RuntimeError(f"the task of {job.kind} ended without completing its job")
            return "succeeded"
        except JobLostError:
            await self._after_loss(job)
            return "stopped"
        except asyncio.CancelledError:
            # The worker is stopping: hand the job back, so that the next worker starts at once.
            await asyncio.shield(self._hand_back(run))
            raise
        except JobPostponed as postponed:
            await self._postpone(run, postponed.delay_seconds)
            return "postponed"
        except OutageError as error:
            if datetime.now(UTC) - job.created_at > OUTAGE_PATIENCE:
                return await self._retry_or_end(job, run, error)
            await self._postpone(run, min(_pause(run), OUTAGE_SECONDS), error)
            return "postponed"
        except RetryableError as error:
            return await self._retry_or_end(job, run, error)
        except AppError as error:
            await self._end(job, "failed", _as_error(error), run.log)
            return "failed"
        except Exception:
            log.exception("job_crashed", attempt=run.attempt)
            crash = AppError(
                500,
                "jobs.internal",
                "Something went wrong inside the server while working on this.",
                fix="Retry. If it happens again, the worker's log has the cause under this job's id.",
            )
            return await self._retry_or_end(job, run, crash)

    async def _retry_or_end(self, job: Job, run: JobRun, error: AppError) -> Outcome:
        if run.is_last_attempt:
            await self._end(job, "failed", _as_error(error), run.log)
            return "failed"
        await self._requeue(run, _as_error(error))
        return "retried"

    async def _with_heartbeat(self, run: JobRun, task: Any) -> None:
        """Run the task beside a heartbeat that prolongs the lease and stops the task when it is cancelled."""
        work = asyncio.ensure_future(task)
        done, _ = await asyncio.wait({work}, timeout=HEARTBEAT_SECONDS) if not work.done() else ({work}, None)
        try:
            while not done:
                async with self._resources.db.transaction() as session:
                    status = await repository.renew_lease(session, run.id, run.attempt, self._lease)
                if status is None:
                    # The attempt has ended, or was taken over: its own last transaction knows which.
                    break
                if status == "cancelling" and not work.done():
                    work.cancel()
                    with contextlib.suppress(asyncio.CancelledError, JobLostError):
                        await work
                    raise JobLostError
                done, _ = await asyncio.wait({work}, timeout=HEARTBEAT_SECONDS)
            await work
        except asyncio.CancelledError:
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await work
            raise

    async def _after_loss(self, job: Job) -> None:
        """The attempt is over: by a cancel, which is written now, or by a lease that ran out, which needs nothing."""
        async with self._resources.db.transaction() as session:
            await self._cancel_if_wanted(session, job.id)

    async def _cancel_if_wanted(self, session: AsyncSession, job_id: UUID) -> None:
        # No lock yet: a part that ends locks itself and then its parent, so a parent's cancel takes the same order.
        job = await repository.get(session, job_id)
        if job is None or job.status != "cancelling":
            return
        for child in await repository.cancel_queued_children(session, job_id):
            await _abandon(session, child)
            publish(session, "jobs", child.project_id, child.id)
        await repository.end_parent(session, job_id)
        job = await repository.get(session, job_id, lock=True)
        if job is not None and job.status == "cancelling" and not await repository.has_children(session, job_id):
            await self._finish(session, job, "cancelled", None, [])
        publish(session, "jobs", job.project_id if job else None, job_id)

    async def _end(self, job: Job, status: str, error: dict[str, Any] | None, raw_log: list[Any]) -> None:
        async with self._resources.db.transaction() as session:
            await self._finish(session, job, status, error, raw_log)

    async def _finish(
        self, session: AsyncSession, job: Job, status: str, error: dict[str, Any] | None, raw_log: list[Any]
    ) -> None:
        if not await repository.finish(session, job, status=status, error=error, log=raw_log):
            return
        await _abandon(session, job)
        if job.parent_id is not None:
            await repository.end_parent(session, job.parent_id)
            publish(session, "jobs", job.project_id, job.parent_id)
        publish(session, "jobs", job.project_id, job.id)
        log.info("job_ended", job_id=str(job.id), job_kind=job.kind, status=status, error=(error or {}).get("code"))

    async def _requeue(self, run: JobRun, error: dict[str, Any]) -> None:
        async with self._resources.db.transaction() as session:
            await repository.requeue(
                session, run.id, run.attempt, delay_seconds=_pause(run), error=error, log=run.log, count_attempt=True
            )
            publish(session, "jobs", run.project_id, run.id)

    async def _postpone(self, run: JobRun, delay_seconds: float, error: AppError | None = None) -> None:
        async with self._resources.db.transaction() as session:
            await repository.requeue(
                session,
                run.id,
                run.attempt,
                delay_seconds=delay_seconds,
                error=_as_error(error) if error else None,
                log=run.log,
                count_attempt=False,
            )
            publish(session, "jobs", run.project_id, run.id)

    async def _hand_back(self, run: JobRun) -> None:
        async with self._resources.db.transaction() as session:
            if await repository.requeue(
                session, run.id, run.attempt, delay_seconds=0, error=None, log=[], count_attempt=False
            ):
                log.info("job_handed_back", job_id=str(run.id))

    async def sweep(self) -> None:
        """Find what no wake-up will come for: attempts whose worker died, and queued jobs whose wake-up was lost."""
        async with self._resources.db.transaction() as session:
            for job in await repository.lost(session, SWEEP_LIMIT):
                log.warning("job_lease_lost", job_id=str(job.id), job_kind=job.kind, attempt=job.attempts)
                if job.status == "cancelling":
                    job.lease_until = None
                elif job.attempts >= job.max_attempts:
                    error = AppError(
                        500,
                        "jobs.lost",
                        f"The worker stopped {job.attempts} times while on this.",
                        fix="Look into the worker's log and its memory limit, then retry.",
                    )
                    await self._finish(session, job, "failed", _as_error(error), [])
                else:
                    job.status = "queued"
                    job.lease_until = None
                    publish(session, "jobs", job.project_id, job.id)
                await session.flush()
            due = await repository.due(session, SWEEP_LIMIT)
            Outbox.of(session).job_ids.extend((job_id, attempts) for job_id, attempts in due)


async def _abandon(session: AsyncSession, job: Job) -> None:
    handler = registry.handler_for(job.kind)
    if handler is not None and handler.abandon is not None:
        await handler.abandon(session, handler.payload.model_validate(job.payload))


def _pause(run: JobRun) -> float:
    """Seconds before the next attempt."""
    return 2.0 ** min(run.attempt - 1, 20) * (1 + random.random() / 4)  # noqa: S311  (jitter, not a secret)


def _as_error(error: AppError) -> dict[str, Any]:
    return {"code": error.code, "detail": error.detail, "fix": error.fix}
