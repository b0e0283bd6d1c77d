"""Tables of scenes and of the script elements that play in them: as specified, and what the import adds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, DateTime, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class Scene(Base):
    """Continuous time and place."""

    __tablename__ = "scenes"
    __table_args__ = (Index("scenes_project_sequence_idx", "project_id", "sequence_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    slugline: Mapped[str]
    raw_content: Mapped[str | None]
    sequence_number: Mapped[int]
    created_at: Mapped[datetime | None] = mapped_column(DateTime(), server_default=func.now())

    # Added by the import (migration of the scripts table).
    script_id: Mapped[UUID | None] = mapped_column(ForeignKey("scripts.id", ondelete="SET NULL"), index=True)
    scene_number: Mapped[str | None]
    parsed: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    # In the bin since then: kept with its shots, out of every list.
    binned_at: Mapped[datetime | None]
    # The scene it stood behind when it went there, which shows its place when it comes back.
    binned_after: Mapped[UUID | None]


class ScriptElement(Base):
    """One paragraph of the page, as parsed. Its id lasts through revised drafts as long as it is the same paragraph."""

    __tablename__ = "script_elements"
    __table_args__ = (Index("script_elements_scene_idx", "scene_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    scene_id: Mapped[UUID] = mapped_column(ForeignKey("scenes.id", ondelete="CASCADE"))
    position: Mapped[int]
    type: Mapped[str]
    text: Mapped[str]
    character: Mapped[str | None]
    extensions: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    dual: Mapped[bool] = mapped_column(server_default="false")
    emphasis: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    line_start: Mapped[int]
    line_end: Mapped[int]
    # PostgreSQL keeps it: a shot's anchor compares with it to notice a changed paragraph.
    digest: Mapped[str] = mapped_column(
        Computed("md5(type || chr(31) || coalesce(character, '') || chr(31) || text)", persisted=True)
    )
