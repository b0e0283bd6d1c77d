"""Table of imported screenplays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class Script(Base):
    """A screenplay as it was uploaded, and what the import found in it."""

    __tablename__ = "scripts"
    __table_args__ = (Index("scripts_project_idx", "project_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    filename: Mapped[str]
    # The original file is in the object store; an import from before that has it here.
    source: Mapped[bytes | None] = mapped_column(deferred=True, deferred_raiseload=True)
    s3_key: Mapped[str | None]
    sha256: Mapped[str]
    # The text that line numbers refer to; null until it is parsed.
    text: Mapped[str | None] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    format: Mapped[str | None]
    encoding: Mapped[str | None]
    title_page: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    warnings: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    preamble: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    cast_names: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    # What the person decided at the preview: names, merges, scenes to leave out, a number of shots to aim at.
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    # Which engine the breakdown used: null until the import has decided.
    engine: Mapped[str | None]
    # A revised draft: the first script it goes back to, its scenes until it is applied, and then what that changed.
    draft_of: Mapped[UUID | None] = mapped_column(ForeignKey("scripts.id", ondelete="CASCADE"), index=True)
    draft_scenes: Mapped[list[Any] | None] = mapped_column(
        JSONB(none_as_null=True), deferred=True, deferred_raiseload=True
    )
    applied_at: Mapped[datetime | None]
    applied: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    # Of the draft that was applied last: the project's rows before it, and the fingerprint of those after it.
    undo: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), deferred=True, deferred_raiseload=True
    )
    applied_state: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
