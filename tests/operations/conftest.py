"""The commands, run as a person runs them, on the services of the tests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from typer.testing import CliRunner, Result

from backend.cli import cli
from backend.clients.storage import BucketMissing, Storage
from backend.core.settings import Settings
from backend.embedded.services import EmbeddedServices
from tests.conftest import NO_LLM, settings_for

Command = Callable[..., Awaitable[Result]]


def environment_of(services: EmbeddedServices, settings: Settings) -> dict[str, str]:
    """The variables that point a command at what the tests stand on."""
    return {**services.addresses.environment(), "DATABASE__URL": settings.database.url, "LLM__BASE_URL": NO_LLM}


@pytest.fixture
def command(services: EmbeddedServices, settings: Settings) -> Command:
    """Run `python -m backend.cli ARGUMENTS`; `env` changes variables, `stdin` is what it reads."""

    async def run(*arguments: str, env: dict[str, str] | None = None, stdin: str | None = None) -> Result:
        known = environment_of(services, settings) | (env or {})
        # In a thread: a command has an event loop of its own.
        return await asyncio.to_thread(CliRunner().invoke, cli, list(arguments), input=stdin, env=known)

    return run


@pytest.fixture
async def second(services: EmbeddedServices, settings: Settings) -> AsyncIterator[Settings]:
    """Another system on the same servers: a database without tables, and a bucket that does not exist."""
    name = f"second_{uuid4().hex[:12]}"
    admin = create_async_engine(settings.database.url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    url = settings.database.url.rsplit("/", 1)[0] + f"/{name}"
    changed = settings_for(services, DATABASE__URL=url, S3__BUCKET=name.replace("_", "-"))
    yield changed
    async with admin.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await admin.dispose()
    storage = Storage(changed.s3)
    with contextlib.suppress(BucketMissing):
        await storage.delete(*[found.key async for found in storage.list_objects()])
    await storage.aclose()
