"""The worker as a process of its own: its numbers, its log, its sign of life."""

import asyncio
import json
import os
import sys
from pathlib import Path

import httpx2

from backend.core.settings import Settings
from backend.embedded.ports import free_ports
from backend.embedded.services import EmbeddedServices
from backend.jobs.heartbeat import list_workers
from tests.conftest import NO_LLM, SCREENPLAY, World

SECONDS = 40


async def test_a_worker_logs_json_with_the_request_and_serves_its_numbers(
    world: World,
    client: httpx2.AsyncClient,
    project_id: str,
    services: EmbeddedServices,
    settings: Settings,
    tmp_path: Path,
) -> None:
    port = free_ports(1)[0]
    environment = os.environ | services.addresses.environment()
    environment |= {
        "DATABASE__URL": settings.database.url,
        "LLM__BASE_URL": NO_LLM,
        "WORKER__METRICS_PORT": str(port),
    }
    answer = await client.post(
        "scripts/parse",
        files={"file": ("two-rooms.fountain", SCREENPLAY)},
        data={"project_id": project_id, "engine": "rules"},
        headers={"x-request-id": "seen-by-the-worker"},
    )
    job_id = answer.json()["job_id"]
    with (tmp_path / "log").open("wb") as log:
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "backend.worker", env=environment, stderr=log, stdout=log
        )
    try:
        async with asyncio.timeout(SECONDS):
            while (await client.get(f"jobs/{job_id}")).json()["status"] != "succeeded":
                await asyncio.sleep(0.2)
            while not await list_workers(world.resources.redis):
                await asyncio.sleep(0.2)
        async with httpx2.AsyncClient() as scraper:
            numbers = (await scraper.get(f"http://127.0.0.1:{port}/metrics")).text
    finally:
        worker.terminate()
        async with asyncio.timeout(SECONDS):
            await worker.wait()
    assert 'auteur_job_attempts_total{kind="scripts.parse",outcome="succeeded"} 1.0' in numbers
    assert "process_resident_memory_bytes" in numbers
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    [line] = [line for line in lines if line["event"] == "job_attempt_ended" and line["job_id"] == job_id]
    assert line["request_id"] == "seen-by-the-worker"
    assert line["outcome"] == "succeeded"
    assert await list_workers(world.resources.redis) == [], "it took its sign back"
