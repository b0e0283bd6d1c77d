"""The job row, which is the outbox: enqueueing is an INSERT in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from uuid import UUID

from asgi_correlation_id import correlation_id
from pydantic import BaseModel
from sqlalchemy import BigInteger, ForeignKey, Index, func, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from backend.core.db import Base
from backend.core.outbox import Outbox, publish

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

JobStatus = Literal["queued", "running", "succeeded", "failed", "cancelling", "cancelled"]
ACTIVE: tuple[JobStatus, ...] = ("queued", "running", "cancelling")


class Job(Base):
    """One piece of background work and everything that is known of it."""

    __tablename__ = "jobs"
    __table_args__ = (
        # At most one active job per subject: a second click finds the first job.
        Index(
            "jobs_active_dedupe_key",
            "dedupe_key",
            unique=True,
            postgresql_where=text("status IN ('queued', 'running', 'cancelling')"),
        ),
        Index("jobs_queue_idx", "status", "run_after", "id", postgresql_where=text("finished_at IS NULL")),
        Index("jobs_parent_idx", "parent_id", "status", "id"),
        Index("jobs_project_idx", "project_id", "id"),
        Index("jobs_subject_idx", "subject_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    subject_id: Mapped[UUID | None]
    kind: Mapped[str]
    # The request it was enqueued by, or that of its parent: the thread through the logs.
    request_id: Mapped[str | None]
    label: Mapped[str] = mapped_column(server_default="")
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    dedupe_key: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="queued")
    attempts: Mapped[int] = mapped_column(server_default="0")
    max_attempts: Mapped[int] = mapped_column(server_default="3")
    # How much of its parent's progress it is: a batch of scenes counts as many as it holds.
    weight: Mapped[int] = mapped_column(server_default="1")
    progress_done: Mapped[int] = mapped_column(BigInteger, server_default="0")
    progress_total: Mapped[int] = mapped_column(BigInteger, server_default="0")
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    log: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    run_after: Mapped[datetime] = mapped_column(server_default=func.now())
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Payload(BaseModel):
    """What a job is about: ids only, so that a handler always reloads. `kind` is `domain.verb`."""

    kind: ClassVar[str]
    max_attempts: ClassVar[int] = 3

    def dedupe_key(self) -> str | None:
        """Two active jobs never share this key; None lets any number run."""
        return None


class NewJob(BaseModel):
    """A job to insert."""

    payload: Any
    subject_id: UUID | None = None
    label: str = ""
    weight: int = 1


async def enqueue(
    session: AsyncSession,
    payload: Payload,
    *,
    project_id: UUID | None,
    subject_id: UUID | None = None,
    label: str = "",
) -> Job:
    """Insert a job in this transaction; a worker is woken after the commit.

    Where an active job has the payload's dedupe key already, that one is returned. The caller holds a
    lock on the subject's row, so two requests cannot both miss it.
    """
    key = payload.dedupe_key()
    if key is not None:
        active = await session.scalar(select(Job).where(Job.dedupe_key == key, Job.status.in_(ACTIVE)))
        if active is not None:
            return active
    job = Job(
        id=uuid7(),
        project_id=project_id,
        subject_id=subject_id,
        kind=payload.kind,
        label=label,
        payload=payload.model_dump(mode="json"),
        dedupe_key=key,
        request_id=correlation_id.get(),
        max_attempts=payload.max_attempts,
    )
    session.add(job)
    await session.flush()
    await session.refresh(job)
    Outbox.of(session).job_ids.append((job.id, job.attempts))
    publish(session, "jobs", project_id, job.id)
    return job


async def enqueue_children(
    session: AsyncSession, parent_id: UUID, project_id: UUID | None, jobs: Sequence[NewJob], *, wake: int
) -> list[UUID]:
    """Insert many jobs under a parent in one statement, and wake workers for the first `wake` of them.

    A worker that ends one child takes the next queued sibling by itself; waking all would only flood Redis.
    """
    rows = [
        {
            "id": uuid7(),
            "project_id": project_id,
            "parent_id": parent_id,
            "subject_id": job.subject_id,
            "kind": job.payload.kind,
            "label": job.label,
            "payload": job.payload.model_dump(mode="json"),
            "dedupe_key": job.payload.dedupe_key(),
            "request_id": correlation_id.get(),
            "max_attempts": job.payload.max_attempts,
            "weight": job.weight,
        }
        for job in jobs
    ]
    await session.execute(insert(Job), rows)
    ids = [row["id"] for row in rows]
    Outbox.of(session).job_ids.extend((job_id, 0) for job_id in ids[:wake])
    return ids
