"""Health, readiness, metrics and the stream of events."""

import asyncio
import json
from contextlib import AsyncExitStack

import httpx2

from backend.core.outbox import publish
from backend.embedded.services import EmbeddedServices
from backend.events.hub import EventHub
from tests.conftest import NO_LLM, World, open_world, settings_for

ROOT = "http://auteur.test"


async def test_readiness_names_every_dependency(anonymous: httpx2.AsyncClient) -> None:
    assert (await anonymous.get(f"{ROOT}/healthz")).json() == {"status": "ok"}
    answer = await anonymous.get(f"{ROOT}/readyz")
    assert answer.status_code == 200
    states = {entry["name"]: (entry["state"], entry["is_required"]) for entry in answer.json()["dependencies"]}
    assert states == {
        "database": ("ok", True),
        "redis": ("ok", True),
        "storage": ("ok", True),
        "llm": ("off", False),
    }
    llm = next(entry for entry in answer.json()["dependencies"] if entry["name"] == "llm")
    assert NO_LLM in llm["detail"]
    assert llm["fix"]


async def test_a_dependency_that_is_down_is_named_with_its_mend(services: EmbeddedServices) -> None:
    settings = settings_for(
        services,
        REDIS__URL="redis://127.0.0.1:9/0",
        S3__BUCKET="nowhere",
        DATABASE__URL="postgresql+asyncpg://a@127.0.0.1:9/a",
    )
    async with AsyncExitStack() as stack:
        world = await open_world(stack, settings)
        transport = httpx2.ASGITransport(app=world.app)
        client = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url=ROOT))
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        down = {entry["name"]: entry for entry in answer.json()["dependencies"] if entry["state"] == "down"}
        assert set(down) == {"database", "redis", "storage"}
        assert all(entry["detail"] and entry["fix"] for entry in down.values())
        request = await client.post("/api/v1/auth/login", json={"email": "a@b.de", "password": "x"})
        assert (request.status_code, request.json()["code"]) == (503, "database.unavailable")


async def test_the_system_tells_limits_and_the_state_of_the_model(client: httpx2.AsyncClient) -> None:
    found = (await client.get("system")).json()
    assert found["llm"]["state"] == "unreachable"
    assert found["limits"]["image_bytes"] == 20 * 1024 * 1024


async def test_the_veo_schema_is_served(client: httpx2.AsyncClient) -> None:
    schema = (await client.get("veo/schema")).json()
    assert "lighting" in json.dumps(schema)
    assert schema["type"] == "object"


async def test_a_committed_change_reaches_every_open_stream(world: World) -> None:
    hub = EventHub(world.resources.redis)
    listening = asyncio.create_task(hub.listen())
    async with hub.subscribe() as first, hub.subscribe() as second:
        # The subscription is open once the first event comes through.
        while first.empty():
            async with world.resources.db.transaction() as session:
                publish(session, "shots", None)
            await asyncio.sleep(0.05)
        event = await asyncio.wait_for(second.get(), 5)
        assert event is not None
        assert (event.event, event.data) == ("change", {"tag": "shots", "project_id": None, "id": None})
    listening.cancel()


async def test_a_rolled_back_change_is_not_told(world: World) -> None:
    hub = EventHub(world.resources.redis)
    listening = asyncio.create_task(hub.listen())
    async with hub.subscribe() as stream:
        while stream.empty():
            async with world.resources.db.transaction() as session:
                publish(session, "shots", None)
            await asyncio.sleep(0.05)
        try:
            async with world.resources.db.transaction() as session:
                publish(session, "assets", None)
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        async with world.resources.db.transaction() as session:
            publish(session, "scenes", None)
        tags = []
        while "scenes" not in tags:
            event = await asyncio.wait_for(stream.get(), 5)
            assert event is not None
            tags.append(event.data["tag"])
        assert "assets" not in tags
    listening.cancel()


async def test_a_reader_that_falls_behind_is_told_to_read_everything_again(world: World) -> None:
    hub = EventHub(world.resources.redis)
    async with hub.subscribe() as stream:
        for _ in range(stream.maxsize + 5):
            hub._hand_on(b'{"tag": "shots", "project_id": null}')
        events = [stream.get_nowait() for _ in range(stream.qsize())]
        assert events[0] is not None
        assert events[0].event == "reset"
        assert len(events) <= 5


async def test_an_unknown_address_is_a_problem(anonymous: httpx2.AsyncClient) -> None:
    answer = await anonymous.get("nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "request.no_such_route"
    method = await anonymous.put("projects")
    assert (method.status_code, method.json()["code"]) == (405, "request.method_not_allowed")


async def test_every_answer_carries_a_request_id_and_the_safety_headers(client: httpx2.AsyncClient) -> None:
    answer = await client.get("projects")
    assert answer.headers["x-request-id"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
