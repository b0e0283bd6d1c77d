"""The download of a model: a job with progress in bytes, one at a time for a model, cancellable."""

import asyncio
import json
from uuid import UUID

import httpx2
import pytest

from backend.embedded.services import EmbeddedServices
from backend.jobs.runner import JobRunner
from backend.resources import open_resources
from tests.conftest import NO_LLM, World, settings_for
from tests.llm.servers import lines, ollama, prepared_server
from tests.support.ollama_process import running_ollama_server

LAYER = {"status": "pulling 8934d96d3f08", "digest": "sha256:8934d96d3f08"}
# More than 32 bits hold.
SIZE = 12_000_000_000


async def pull(client: httpx2.AsyncClient, model: str = "qwen3:8b") -> dict[str, object]:
    answer = await client.post("llm/pull", json={"model": model})
    assert answer.status_code == 202, answer.text
    started: dict[str, object] = answer.json()
    assert (started["kind"], started["label"], started["project_id"]) == ("llm.pull", model, None)
    return started


async def end_of(client: httpx2.AsyncClient, job: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = (await client.get(f"jobs/{job['id']}")).json()
    return found


async def test_a_download_ends_well_and_says_how_much_it_was(client: httpx2.AsyncClient, world: World) -> None:
    with running_ollama_server() as server:
        await client.patch("llm/settings", json={"base_url": server.base_url})
        job = await pull(client, server.model)
        await world.run_jobs()
    ended = await end_of(client, job)
    assert ended["status"] == "succeeded", ended
    assert isinstance(ended["result"], dict)
    assert ended["result"]["model"] == server.model
    assert ended["result"]["bytes"] > 90_000_000
    assert ended["progress"] == {"done": ended["result"]["bytes"], "total": ended["result"]["bytes"]}


async def test_a_worker_downloads_from_the_address_that_was_set_a_moment_ago(
    client: httpx2.AsyncClient, world: World, services: EmbeddedServices
) -> None:
    async def at_once(writer: asyncio.StreamWriter) -> None:
        writer.write(lines({**LAYER, "total": SIZE, "completed": SIZE}, {"status": "success"}))

    async def wake(_jobs: object) -> None:
        """The worker runs what the test tells it to."""

    async with open_resources(settings_for(services), wake) as resources, prepared_server(ollama(pull=at_once)) as new:
        worker = JobRunner(resources)
        assert (await resources.llm.settings()).base_url == NO_LLM, "known to the worker, and fresh"
        await client.patch("llm/settings", json={"base_url": new.url})
        job = await pull(client)
        await worker.run(UUID(str(job["id"])))
    assert (await end_of(client, job))["status"] == "succeeded"
    assert new.asked == ["/api/pull"]


async def test_what_the_server_says_in_the_stream_is_the_reason(client: httpx2.AsyncClient, world: World) -> None:
    with running_ollama_server() as server:
        await client.patch("llm/settings", json={"base_url": server.base_url})
        job = await pull(client, "no-such-model:1b")
        await world.run_jobs()
    ended = await end_of(client, job)
    assert ended["status"] == "failed"
    error = ended["error"]
    assert isinstance(error, dict)
    assert error["code"] == "llm.pull_failed"
    assert "file does not exist" in error["detail"]
    assert "Check the name" in error["fix"]
    assert ended["attempts"] == 1, "the same name would be refused again"


async def test_a_download_that_breaks_off_is_tried_again(client: httpx2.AsyncClient, world: World) -> None:
    tries = 0

    async def breaks_off_once(writer: asyncio.StreamWriter) -> None:
        nonlocal tries
        tries += 1
        writer.write(lines({"status": "pulling manifest"}, {**LAYER, "total": SIZE, "completed": SIZE // 2}))
        if tries > 1:
            writer.write(lines({**LAYER, "total": SIZE, "completed": SIZE}, {"status": "success"}))

    async with prepared_server(ollama(pull=breaks_off_once)) as server:
        await client.patch("llm/settings", json={"base_url": server.url})
        job = await pull(client)
        await world.run_jobs()
        waiting = await end_of(client, job)
        assert (waiting["status"], waiting["attempts"]) == ("queued", 1)
        await world.sql("UPDATE jobs SET run_after = now()")
        await world.run_jobs()
    ended = await end_of(client, job)
    assert (ended["status"], ended["attempts"]) == ("succeeded", 2)
    assert ended["progress"] == {"done": SIZE, "total": SIZE}


async def test_progress_is_in_bytes_over_all_layers_and_a_cancel_stops_the_server(
    client: httpx2.AsyncClient, world: World
) -> None:
    closed = asyncio.Event()

    async def endless(writer: asyncio.StreamWriter) -> None:
        small = {"status": "pulling 2", "digest": "sha256:2", "total": 500}
        writer.write(lines({"status": "pulling manifest"}, {**small, "completed": 500}, {**LAYER, "total": SIZE}))
        done = 0
        try:
            while True:
                done += 1_000_000
                writer.write(lines({**LAYER, "total": SIZE, "completed": done}))
                await writer.drain()
                await asyncio.sleep(0.05)
        except ConnectionError:
            closed.set()
            raise

    async with prepared_server(ollama(pull=endless)) as server:
        await client.patch("llm/settings", json={"base_url": server.url})
        job = await pull(client)
        running = asyncio.create_task(world.run_jobs())
        seen = await _progress_over(client, job, 1_000_500)
        assert seen["total"] == SIZE + 500
        twin = await pull(client)
        assert twin["id"] == job["id"], "one download of a model at a time"
        listed = (await client.get("jobs", params={"kind": "llm.pull", "state": "active"})).json()
        assert [one["id"] for one in listed["items"]] == [job["id"]]

        assert (await client.post(f"jobs/{job['id']}/cancel")).status_code == 202
        await asyncio.wait_for(running, 10)
        await asyncio.wait_for(closed.wait(), 5)
    ended = await end_of(client, job)
    assert ended["status"] == "cancelled"
    assert (await client.get("jobs", params={"kind": "scripts.parse"})).json()["total"] == 0


async def _progress_over(client: httpx2.AsyncClient, job: dict[str, object], least: int) -> dict[str, int]:
    for _ in range(200):
        progress = (await end_of(client, job))["progress"]
        assert isinstance(progress, dict)
        if progress["done"] >= least:
            return progress
        await asyncio.sleep(0.05)
    raise AssertionError("no progress was stored")


@pytest.mark.parametrize("model", ["", "two words", "../x", "x" * 201])
async def test_a_name_that_cannot_be_a_model_is_refused(client: httpx2.AsyncClient, model: str) -> None:
    assert (await client.post("llm/pull", json={"model": model})).status_code == 422


async def test_a_server_that_is_away_is_said_so(client: httpx2.AsyncClient, world: World) -> None:
    job = await pull(client)
    for _ in range(3):
        await world.run_jobs()
        await world.sql("UPDATE jobs SET run_after = now()")
    ended = await end_of(client, job)
    assert (ended["status"], ended["attempts"]) == ("failed", 3)
    assert json.dumps(ended["error"]).count("llm.unreachable") == 1
