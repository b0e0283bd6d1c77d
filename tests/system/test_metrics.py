"""The numbers change as expected."""

import asyncio
from contextlib import AsyncExitStack

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from backend.clients.llm import Llm
from backend.clients.llm_errors import LlmUnreachable
from backend.clients.llm_replies import ImageDescription
from backend.core.errors import AppError
from backend.core.settings import LlmSettings
from backend.embedded.services import EmbeddedServices
from tests.conftest import NO_LLM, SCREENPLAY, Import, World, open_world, settings_for

ROOT = "http://auteur.test"


class Numbers:
    """What /metrics says."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._samples = [s for family in text_string_to_metric_families(text) for s in family.samples]

    def of(self, name: str, **labels: str) -> float:
        """The sum of the samples with these labels."""
        return sum(s.value for s in self._samples if s.name == name and labels.items() <= s.labels.items())


async def read(client: httpx2.AsyncClient) -> Numbers:
    answer = await client.get(f"{ROOT}/metrics")
    assert answer.status_code == 200
    return Numbers(answer.text)


async def test_requests_are_counted_by_route_method_and_status(client: httpx2.AsyncClient, project_id: str) -> None:
    route = {"route": "/projects/{project_id}", "method": "GET"}
    before = await read(client)
    await client.get(f"projects/{project_id}")
    await client.get("projects/00000000-0000-0000-0000-000000000000")
    await client.request("BREW", f"projects/{project_id}")
    after = await read(client)
    for status in ("200", "404"):
        counted = [n.of("auteur_http_requests_total", status=status, **route) for n in (before, after)]
        assert counted[1] - counted[0] == 1
    timed = [n.of("auteur_http_request_seconds_count", **route) for n in (before, after)]
    assert timed[1] - timed[0] == 2
    assert project_id not in after.text
    assert "BREW" not in after.text


async def test_attempts_are_counted_by_kind_and_outcome(
    world: World, client: httpx2.AsyncClient, import_script: Import
) -> None:
    before = await read(client)
    await import_script()
    after = await read(client)
    for kind in ("scripts.parse",):
        labels = {"kind": kind, "outcome": "succeeded"}
        assert after.of("auteur_job_attempts_total", **labels) - before.of("auteur_job_attempts_total", **labels) == 1
        name = "auteur_job_attempt_seconds_count"
        assert after.of(name, **labels) - before.of(name, **labels) == 1


async def test_the_queue_has_a_depth_and_an_age(world: World, client: httpx2.AsyncClient, project_id: str) -> None:
    await client.post(
        "scripts/parse",
        files={"file": ("a.fountain", SCREENPLAY)},
        data={"project_id": project_id, "engine": "rules"},
    )
    await world.sql("UPDATE jobs SET run_after = now() - interval '90 seconds'")
    full = await read(client)
    assert full.of("auteur_queue_depth", kind="scripts.parse") == 1
    assert 90 <= full.of("auteur_queue_oldest_seconds", kind="scripts.parse") < 120
    assert full.of("auteur_jobs_active", kind="scripts.parse", status="queued") == 1
    await world.run_jobs()
    empty = await read(client)
    assert empty.of("auteur_queue_depth") == 0
    assert empty.of("auteur_jobs_active") == 0


async def test_a_job_that_is_due_later_does_not_wait(world: World, client: httpx2.AsyncClient) -> None:
    await world.sql(
        "INSERT INTO jobs (id, kind, payload, run_after) "
        "VALUES (gen_random_uuid(), 'x.y', '{}', now() + interval '1 hour')"
    )
    numbers = await read(client)
    assert numbers.of("auteur_jobs_active", kind="x.y") == 1
    assert numbers.of("auteur_queue_depth") == 0


async def test_failures_of_store_and_model_are_counted_and_a_missing_file_is_none(
    services: EmbeddedServices, world: World, client: httpx2.AsyncClient
) -> None:
    before = await read(client)
    with pytest.raises(AppError):
        await world.resources.storage.get_bytes("nowhere.png")
    async with AsyncExitStack() as stack:
        wrong = await open_world(stack, settings_for(services, S3__SECRET_KEY="wrong"))
        with pytest.raises(AppError):
            await wrong.resources.storage.check()
    llm = Llm(LlmSettings(base_url=NO_LLM, model="absent"))
    with pytest.raises(LlmUnreachable):
        await llm.structured(system="", user="", reply=ImageDescription)
    await llm.aclose()
    after = await read(client)
    errors = [n.of("auteur_storage_errors_total") for n in (before, after)]
    assert errors[1] - errors[0] == 1
    failed = [n.of("auteur_storage_errors_total", code="storage.refused") for n in (before, after)]
    assert failed[1] - failed[0] == 1
    asked = [
        n.of("auteur_llm_request_seconds_count", model="absent", outcome="llm.unreachable") for n in (before, after)
    ]
    assert asked[1] - asked[0] == 1


async def test_the_pool_shows_the_connections_in_use(world: World, client: httpx2.AsyncClient) -> None:
    async with world.resources.engine.connect(), world.resources.engine.connect():
        assert (await read(client)).of("auteur_database_connections", state="in_use") >= 2
    await asyncio.sleep(0)
    assert (await read(client)).of("auteur_database_connections", state="idle") >= 2


async def test_without_a_database_the_rest_is_still_told(services: EmbeddedServices) -> None:
    settings = settings_for(services, DATABASE__URL="postgresql+asyncpg://a@127.0.0.1:9/a")
    async with AsyncExitStack() as stack:
        world = await open_world(stack, settings)
        transport = httpx2.ASGITransport(app=world.app)
        client = await stack.enter_async_context(httpx2.AsyncClient(transport=transport))
        numbers = await read(client)
    assert numbers.of("auteur_database_up") == 0
    assert "auteur_queue_depth" not in numbers.text
    assert "process_resident_memory_bytes" in numbers.text


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-forwarded-host", "forwarded"])
async def test_through_a_proxy_there_are_no_numbers(anonymous: httpx2.AsyncClient, header: str) -> None:
    answer = await anonymous.get(f"{ROOT}/metrics", headers={header: "203.0.113.7"})
    assert answer.status_code == 404
    assert "auteur_" not in answer.text
