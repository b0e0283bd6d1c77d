"""Table of shots: as specified, and what the breakdown and the compiler add to it."""

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
