"""What a transaction wants to send once it has committed: job wake-ups and change events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import BaseModel

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

Tag = Literal["projects", "assets", "scripts", "scenes", "shots", "jobs", "llm"]


class ChangeEvent(BaseModel):
    """Something changed: which kind of thing, in which project, and which one (null: several)."""

    model_config = {"frozen": True}

    tag: Tag
    project_id: UUID | None
    id: UUID | None = None


@dataclass
class Outbox:
    """Collected on the session; only `Database.transaction()` delivers it."""

    job_ids: list[tuple[UUID, int]] = field(default_factory=list)
    events: dict[ChangeEvent, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.job_ids or self.events)

    @staticmethod
    def of(session: AsyncSession) -> Outbox:
        """The session's outbox, made at first use."""
        outbox = session.info.setdefault("outbox", Outbox())
        assert isinstance(outbox, Outbox)
        return outbox


def publish(session: AsyncSession, tag: Tag, project_id: UUID | None, thing_id: UUID | None = None) -> None:
    """Tell the browsers, after the commit, that something changed."""
    Outbox.of(session).events[ChangeEvent(tag=tag, project_id=project_id, id=thing_id)] = None
