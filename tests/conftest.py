"""What every test stands on: real PostgreSQL, Valkey and S3, a migrated database, the real application."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from uuid import UUID

import httpx2
import pytest
from alembic import command
from fastapi import FastAPI
from sqlalchemy import text

import backend.assets.tasks
import backend.llm.tasks
import backend.projects.tasks
import backend.scripts.tasks
import backend.shots.tasks  # noqa: F401  (each registers its handlers)
from backend.core.logging import configure_logging
from backend.core.settings import Settings
from backend.embedded.data_directory import temporary_data_directory
from backend.embedded.services import EmbeddedServices, embedded_services
from backend.events.hub import EventHub
from backend.jobs import repository as jobs
from backend.jobs.runner import JobRunner
from backend.main import create_app
from backend.operations.migrations import alembic_config
from backend.resources import Resources, open_resources
from backend.users import service as users
from backend.users.throttle import LoginThrottle

configure_logging(json=True, level="INFO")

EMAIL = "ines@example.org"
PASSWORD = "a long enough password"
# Nothing listens there: no language model answers, unless a test brings one.
NO_LLM = "http://127.0.0.1:9"


@pytest.fixture(scope="session")
async def services() -> AsyncIterator[EmbeddedServices]:
    """PostgreSQL, Valkey and S3 of this test run."""
    with temporary_data_directory() as root:
        async with embedded_services(root / "data") as started:
            yield started


def settings_for(services: EmbeddedServices, **changes: str) -> Settings:
    """Settings that point at the services; `changes` are environment variables."""
    environment = {**services.addresses.environment(), "LLM__BASE_URL": NO_LLM}
    # To run the tests on another server, such as the PostgreSQL 16 of production.
    if other := os.environ.get("AUTEUR_TEST_DATABASE_URL"):
        environment["DATABASE__URL"] = other
    environment |= changes
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        return Settings()
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
async def settings(services: EmbeddedServices) -> Settings:
    """Settings of the test run, with a migrated database and no language model."""
    found = settings_for(services)
    await asyncio.to_thread(command.upgrade, alembic_config(found), "head")
    return found


@dataclass
class World:
    """The application and everything behind it."""

    app: FastAPI
    resources: Resources
    runner: JobRunner
    woken: list[tuple[UUID, int]] = field(default_factory=list)

    async def run_jobs(self) -> int:
        """Run every job that is due, as workers would; returns how many wake-ups that took."""
        count = 0
        while True:
            async with self.resources.db.transaction() as session:
                due = await jobs.due(session, 100)
            if not due:
                return count
            for job_id, _ in due:
                await self.runner.run(job_id)
                count += 1

    async def sql(self, query: str, **values: object) -> list[tuple[object, ...]]:
        """Rows of a query, for looking behind the API."""
        async with self.resources.db.transaction() as session:
            result = await session.execute(text(query), values)
            return [tuple(row) for row in result] if result.returns_rows else []


async def open_world(stack: AsyncExitStack, settings: Settings) -> World:
    """The application on these settings, without a worker: jobs run when the test says so."""
    woken: list[tuple[UUID, int]] = []

    async def wake(batch: Sequence[tuple[UUID, int]]) -> None:
        woken.extend(batch)

    resources = await stack.enter_async_context(open_resources(settings, wake))
    app = create_app(settings)
    app.state.resources = resources
    app.state.event_hub = EventHub(resources.redis)
    return World(app, resources, JobRunner(resources), woken)


@pytest.fixture(scope="session")
async def shared_world(settings: Settings) -> AsyncIterator[World]:
    """One application for all tests; `world` hands it to a test with an empty database."""
    async with AsyncExitStack() as stack:
        yield await open_world(stack, settings)


@pytest.fixture
async def world(shared_world: World, settings: Settings) -> World:
    """The application on an empty database."""
    for table in ("users", "projects", "jobs", "llm_settings"):
        await shared_world.sql(f"DELETE FROM {table}")
    shared_world.resources.llm.forget_settings()
    shared_world.woken.clear()
    shared_world.app.state.login_throttle = LoginThrottle(settings.limits.login_attempts)
    return shared_world


@pytest.fixture
async def anonymous(world: World) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that is not signed in."""
    transport = httpx2.ASGITransport(app=world.app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://auteur.test/api/v1/") as client:
        yield client


@pytest.fixture
async def client(world: World, anonymous: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """A client with the session of a fresh account."""
    async with world.resources.db.transaction() as session:
        await users.create_user(session, email=EMAIL, name="Ines", password=PASSWORD, is_admin=True)
    answer = await anonymous.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return anonymous


@pytest.fixture
async def project_id(client: httpx2.AsyncClient) -> str:
    """An empty project."""
    answer = await client.post("projects", json={"name": "Night Frequency"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


SCREENPLAY = b"""\
Title: Two Rooms

INT. ENGINE ROOM - NIGHT

INES (40s, grey overalls) turns a brass wheel. Steam hisses from the pipes. She steps back and wipes her face.

INES
Not tonight.

EXT. FERRY DECK - DAY

Gulls circle over the empty deck. A red suitcase stands alone by the rail.

.THE BRIDGE

Close on the compass. The needle spins.
"""

Import = Callable[..., Awaitable[dict[str, object]]]


@pytest.fixture
async def import_script(world: World, client: httpx2.AsyncClient, project_id: str) -> Import:
    """Import a screenplay with the built-in rules and run its jobs; returns the parent job."""

    async def run(
        data: bytes = SCREENPLAY, filename: str = "two-rooms.fountain", engine: str = "rules"
    ) -> dict[str, object]:
        answer = await client.post(
            "scripts/parse", files={"file": (filename, data)}, data={"project_id": project_id, "engine": engine}
        )
        assert answer.status_code == 202, answer.text
        await world.run_jobs()
        job: dict[str, object] = (await client.get(f"jobs/{answer.json()['job_id']}")).json()
        return job

    return run
