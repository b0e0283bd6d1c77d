"""Tables of shots, breakdown runs and replaced shots: as specified, and what the breakdown and the compiler add."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class Shot(Base):
    """The atomic unit of generation."""

    __tablename__ = "shots"
    __table_args__ = (Index("idx_shots_scene", "scene_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    scene_id: Mapped[UUID | None] = mapped_column(ForeignKey("scenes.id", ondelete="CASCADE"))
    description: Mapped[str]
    duration: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    sequence_number: Mapped[int | None]
    assigned_ingredients: Mapped[list[str | None] | None] = mapped_column(JSONB, server_default="[]")
    llm_context_cache: Mapped[str | None]
    # none_as_null: a cleared document is SQL NULL, not the JSON value null.
    veo_json_payload: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    status: Mapped[str | None] = mapped_column(server_default="draft")
    updated_at: Mapped[datetime | None] = mapped_column(DateTime(), server_default=func.now())

    # Added by the breakdown: how the shot is seen, who is in it, which lines of the script it covers.
    size: Mapped[str | None]
    angle: Mapped[str | None]
    movement: Mapped[str | None]
    characters: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    dialogue: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    line_start: Mapped[int | None]
    line_end: Mapped[int | None]
    # Added by the compiler: who made the document ("rules", "ollama:MODEL", "human") and the fingerprints of
    # what it was made from. Stale is never stored: it is the comparison of these with the present ones.
    payload_source: Mapped[str | None]
    compiled_from: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    # What of the script it covers: [{"id": element, "digest": what the element said then}], in script order;
    # of an element that a person divided also "start" and "end", the offsets in its text.
    anchors: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    # Who wrote each field: "parsed", "rules", "llm", "human" or "imported".
    provenance: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("breakdown_runs.id", ondelete="SET NULL"), index=True)


class BreakdownRun(Base):
    """One breakdown that made shots, whether of a whole import or of one scene; it can be reverted as a whole."""

    __tablename__ = "breakdown_runs"
    __table_args__ = (Index("breakdown_runs_project_idx", "project_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    script_id: Mapped[UUID | None] = mapped_column(ForeignKey("scripts.id", ondelete="SET NULL"))
    job_id: Mapped[UUID | None]
    kind: Mapped[str]
    engine: Mapped[str]
    label: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    reverted_at: Mapped[datetime | None]


class ArchivedShot(Base):
    """A shot that a run replaced, that its revert took away or that a person deleted: the whole row, to be put back."""

    __tablename__ = "archived_shots"
    __table_args__ = (Index("archived_shots_run_idx", "run_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    # None where a person took it away.
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("breakdown_runs.id", ondelete="CASCADE"))
    scene_id: Mapped[UUID] = mapped_column(ForeignKey("scenes.id", ondelete="CASCADE"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    archived_at: Mapped[datetime] = mapped_column(server_default=func.now())
