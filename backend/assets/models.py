"""Table of ingredients, exactly as specified."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Enum, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class AssetType(enum.StrEnum):
    """The kinds of ingredient."""

    CHARACTER = "Character"
    LOCATION = "Location"
    OBJECT = "Object"
    STYLE = "Style"


class Ingredient(Base):
    """A reusable image: a face, a place, a prop, a look."""

    __tablename__ = "ingredients"
    __table_args__ = (Index("idx_ingredients_project_type", "project_id", "type"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    name: Mapped[str]
    type: Mapped[AssetType] = mapped_column(
        Enum(AssetType, name="asset_type", values_callable=lambda kinds: [kind.value for kind in kinds])
    )
    s3_key: Mapped[str]
    s3_bucket: Mapped[str | None] = mapped_column(server_default="auteur-assets")
    thumbnail_key: Mapped[str | None]
    # `metadata` is taken on declarative classes; the column keeps its name.
    meta: Mapped[dict[str, Any] | None] = mapped_column("metadata", JSONB, server_default="{}")
    created_at: Mapped[datetime | None] = mapped_column(DateTime(), server_default=func.now())
