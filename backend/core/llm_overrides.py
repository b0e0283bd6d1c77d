"""The row in which an administrator overrides the environment's settings of the language model.

It is here and not in `backend/llm` for the reason the job row is in the core: what a process holds
(`resources.py`) must read it, and knows no domain.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base
from backend.core.settings import LlmSettings

ONLY_ROW = 1


class LlmOverrides(Base):
    """What differs from the environment; a column that is null overrides nothing. Columns are named as the settings."""

    __tablename__ = "llm_settings"
    __table_args__ = (CheckConstraint(f"id = {ONLY_ROW}", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, server_default=text(str(ONLY_ROW)))
    base_url: Mapped[str | None]
    model: Mapped[str | None]
    assembly_model: Mapped[str | None]
    vision_model: Mapped[str | None]
    temperature: Mapped[float | None]
    timeout_seconds: Mapped[float | None]
    connect_timeout_seconds: Mapped[float | None]
    max_parallel: Mapped[int | None]
    max_context_tokens: Mapped[int | None]
    keep_alive: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    def values(self) -> dict[str, Any]:
        """The settings that are overridden, by name."""
        named = {name: getattr(self, name) for name in LlmSettings.model_fields}
        return {name: value for name, value in named.items() if value is not None}


async def find_overrides(session: AsyncSession, *, lock: bool = False) -> LlmOverrides | None:
    """The row, fresh from the database; None while nobody has overridden anything."""
    query = select(LlmOverrides).execution_options(populate_existing=True)
    found: LlmOverrides | None = await session.scalar(query.with_for_update() if lock else query)
    return found


def with_overrides(defaults: LlmSettings, overrides: LlmOverrides | None) -> LlmSettings:
    """The settings that hold now."""
    return defaults.model_copy(update=overrides.values()) if overrides else defaults


async def current_settings(session: AsyncSession, defaults: LlmSettings) -> LlmSettings:
    """The settings that hold now, read from the database."""
    return with_overrides(defaults, await find_overrides(session))
