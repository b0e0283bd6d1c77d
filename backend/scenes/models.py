"""Table of scenes: as specified, and what the import adds to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, func
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
