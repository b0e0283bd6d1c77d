"""Table of projects, exactly as specified."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, func
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class Project(Base):
    """The top-level container."""

    __tablename__ = "projects"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    name: Mapped[str]
    resolution: Mapped[str | None] = mapped_column(server_default="4K")
    aspect_ratio: Mapped[str | None] = mapped_column(server_default="16:9")
    veo_version: Mapped[str | None] = mapped_column(server_default="3.1")
    created_at: Mapped[datetime | None] = mapped_column(DateTime(), server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(DateTime(), server_default=func.now())
