"""Locks that the processes of one installation share, held in its database."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# A backup holds it for as long as it copies objects; whoever deletes objects looks at it first.
BACKUP_LOCK = 4_711_002


async def is_backup_running(session: AsyncSession) -> bool:
    """Whether a backup is being made now.

    To look is enough, nothing need be held: a row is gone before its objects are, so a backup that starts after
    this look does not have the row in its snapshot and does not want the objects.
    """
    got = await session.scalar(text("SELECT pg_try_advisory_xact_lock_shared(:lock)"), {"lock": BACKUP_LOCK})
    return not got
