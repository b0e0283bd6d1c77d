"""Alembic with this installation's database: bring the tables up to date, and say where they are."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def alembic_config(settings: Settings) -> Config:
    """Alembic's configuration with this installation's database."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["database"] = settings.database
    return config


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the tables to `revision`. Blocks, and runs an event loop of its own: call it outside of any."""
    command.upgrade(alembic_config(settings), revision)


def downgrade(settings: Settings, revision: str) -> None:
    """Take the tables back to `revision` (`base` for none). Blocks like `upgrade`."""
    command.downgrade(alembic_config(settings), revision)


def known_revisions(settings: Settings) -> list[str]:
    """Every revision this version knows, the oldest first; the last is head."""
    scripts = ScriptDirectory.from_config(alembic_config(settings))
    return [script.revision for script in scripts.walk_revisions()][::-1]


async def current_revision(connection: AsyncConnection) -> str | None:
    """The revision the tables have; None in a database that was never migrated."""
    if await connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
