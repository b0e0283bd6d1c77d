"""One attempt at one job, as its task sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.jobs import Job, NewJob, enqueue_children
from backend.core.locks import is_backup_running
from backend.core.outbox import publish
from backend.jobs import repository
from backend.resources import Resources

BACKUP_PAUSE_SECONDS = 30.0


class JobLostError(Exception):
    """The job is no longer this attempt's: its lease ran out, it was cancelled, or its project was deleted."""


class JobPostponed(Exception):
    """The job cannot be done now for a reason that passes: it is queued again and the attempt does not count."""

    def __init__(self, delay_seconds: float) -> None:
        super().__init__(f"postponed for {delay_seconds} seconds")
        self.delay_seconds = delay_seconds


class Completion:
    """What the last transaction of an attempt writes on the job row."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.result: dict[str, Any] = {}
        self.children: Sequence[NewJob] = ()
        # Parts of this part that could not be done with it: jobs of their own beside it, under the same parent.
        self.left_over: Sequence[NewJob] = ()


class JobRun:
    """Handed to a task: the process's resources, and the ways to report.

    A task reads in transactions of its own (`resources.db.transaction()`), does the slow work outside any,
    and writes everything it found in the one transaction of `complete()`. That transaction first proves,
    under a row lock, that the job still belongs to this attempt; so a worker that was thought dead can
    never write a second time.
    """

    def __init__(self, resources: Resources, job: Job, *, takes_sibling: bool = False) -> None:
        self.resources = resources
        self.id: UUID = job.id
        self.parent_id = job.parent_id
        self.project_id = job.project_id
        self.attempt = job.attempts
        self._weight = job.weight
        self.is_last_attempt = job.attempts >= job.max_attempts
        self.log: list[Any] = []
        self.is_complete = False
        self.sibling: Job | None = None
        self._takes_sibling = takes_sibling

    async def wait_for_backup(self) -> None:
        """Call before deleting objects: raises `JobPostponed` while a backup, which may still want them, is made."""
        async with self.resources.db.transaction() as session:
            if await is_backup_running(session):
                raise JobPostponed(BACKUP_PAUSE_SECONDS)

    async def report(self, done: int, total: int) -> None:
        """Store how far the attempt is, in a transaction of its own, and tell the browsers. Not for each step: a
        few times a second at most. Raises `JobLostError` when the job was cancelled meanwhile.
        """
        async with self.resources.db.transaction() as session:
            if not await repository.set_progress(session, self.id, self.attempt, done, total):
                raise JobLostError
            publish(session, "jobs", self.project_id, self.id)

    @asynccontextmanager
    async def complete(self) -> AsyncIterator[Completion]:
        """The transaction in which the task's outcome and the job's end are stored together.

        With `children` set, the job goes on running until the last of them has ended. `left_over` are parts of a
        batch that failed while the others succeeded: each is tried, and can be retried, alone.
        """
        async with self.resources.db.transaction() as session:
            if not await repository.lock_attempt(session, self.id, self.attempt):
                raise JobLostError
            completion = Completion(session)
            yield completion
            if completion.children:
                await enqueue_children(
                    session,
                    self.id,
                    self.project_id,
                    completion.children,
                    wake=self.resources.settings.worker.max_jobs,
                )
                await repository.wait_for_children(
                    session, self.id, completion.result, self.log, sum(child.weight for child in completion.children)
                )
            else:
                await repository.succeed(session, self.id, completion.result, self.log)
                if self.parent_id is not None:
                    done = self._weight
                    if completion.left_over:
                        await enqueue_children(session, self.parent_id, self.project_id, completion.left_over, wake=1)
                        done -= sum(job.weight for job in completion.left_over)
                    await repository.count_child(session, self.parent_id, done)
                    publish(session, "jobs", self.project_id, self.parent_id)
                    # Taken in the same transaction: one commit for each part of a large job, not two.
                    if self._takes_sibling:
                        lease = self.resources.settings.worker.lease_seconds
                        self.sibling = await repository.claim_sibling(session, self.parent_id, lease)
            publish(session, "jobs", self.project_id, self.id)
        self.is_complete = True
