"""The commands, run as a person runs them, on the services of the tests."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from typer.testing import CliRunner, Result

from backend.cli import cli
from backend.core.settings import Settings
from backend.embedded.services import EmbeddedServices
from tests.conftest import NO_LLM

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
