"""Run migrations, one process at a time."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text

import backend.assets.models
import backend.core.llm_overrides
import backend.projects.models
import backend.scenes.models
import backend.scripts.models
import backend.shots.models
import backend.users.models  # noqa: F401
from backend.core.db import Base, create_engine
from backend.core.settings import Settings

# Two processes that start at once must not both migrate: the second waits here and then finds nothing to do.
ADVISORY_LOCK = 4_711_001


def _run(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK})
    connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=False)
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": ADVISORY_LOCK})
    connection.commit()


async def _run_online() -> None:
    engine = create_engine(context.config.attributes.get("database") or Settings().database)
    async with engine.connect() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


if context.is_offline_mode():
    context.configure(url="postgresql://", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(_run_online())
