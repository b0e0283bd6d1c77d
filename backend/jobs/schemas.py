"""Wire classes of background work."""

from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from backend.core.jobs import JobStatus
from backend.core.schemas import Read, Timestamp


class JobProgress(Read):
    """How far a job is; `total` 0 means not known yet."""

    done: int
    total: int


class JobError(Read):
    """Why a job failed, in the words of a problem document."""

    code: str
    detail: str
    fix: str | None


class JobRead(Read):
    """One piece of background work."""

    id: UUID
    kind: str = Field(description="`domain.verb`, for example `scripts.parse`.")
    label: str = Field(description="What it is about, for a person: a file name, a slugline, a shot.")
    status: JobStatus
    progress: JobProgress
    error: JobError | None
    result: dict[str, Any] | None = Field(description="What came out; its members depend on `kind`.")
    project_id: UUID | None
    parent_id: UUID | None
    subject_id: UUID | None = Field(description="The script, scene, shot or ingredient it works on.")
    attempts: int
    created_at: Timestamp
    started_at: Timestamp | None
    finished_at: Timestamp | None


class JobDetail(JobRead):
    """A job with its log."""

    log: list[Any] = Field(description="Raw replies of the language model and why each was refused, oldest first.")


class JobPage(Read):
    """A page of jobs, newest first."""

    items: list[JobRead]
    total: int
    limit: int
    offset: int


JobState = Literal["active", "failed", "finished"]
