"""SQL of the language model's settings and downloads."""

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.llm_overrides import ONLY_ROW, LlmOverrides, find_overrides

# Of this application's own choosing, as Alembic's.
PULL_LOCK = 4_711_006


async def lock_overrides(session: AsyncSession) -> LlmOverrides:
    """The one row, made when it is not there, locked for this transaction."""
    await session.execute(insert(LlmOverrides).values(id=ONLY_ROW).on_conflict_do_nothing())
    row = await find_overrides(session, lock=True)
    assert row is not None
    return row


async def lock_pulls(session: AsyncSession) -> None:
    """One request to download at a time: there is no row of a subject to lock."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PULL_LOCK})
