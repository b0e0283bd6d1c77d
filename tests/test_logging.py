"""What the log says, and what it never says."""

import asyncio
import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import structlog
from sqlalchemy import text
from structlog.stdlib import ProcessorFormatter

from backend.core.settings import Settings
from backend.embedded.options import REPOSITORY
from backend.embedded.ports import free_ports
from backend.embedded.services import EmbeddedServices
from tests.conftest import EMAIL, PASSWORD, SCREENPLAY, World

ROOT = "http://auteur.test"


class Lines:
    """What was logged since the start of the test, in the form of production."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def of(self, event: str) -> list[dict[str, object]]:
        return [line for line in map(json.loads, self.text.splitlines()) if line["event"] == event]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    formatter = next(h.formatter for h in root.handlers if isinstance(h.formatter, ProcessorFormatter))
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root.addHandler(handler)
    yield Lines(stream)
    root.removeHandler(handler)


async def test_a_request_is_one_line_of_json_with_its_id(
    client: httpx2.AsyncClient, project_id: str, lines: Lines
) -> None:
    answer = await client.get(f"projects/{project_id}?secret=signature", headers={"x-request-id": "night-7"})
    [line] = [line for line in lines.of("request") if line["request_id"] == "night-7"]
    assert line["method"] == "GET"
    assert line["path"] == f"/api/v1/projects/{project_id}"
    assert line["status"] == 200
    assert line["bytes"] == len(answer.content)
    assert float(str(line["seconds"])) > 0
    assert {"timestamp", "level", "logger"} <= set(line)
    assert "signature" not in json.dumps(lines.of("request"))


async def test_who_watches_the_installation_does_not_fill_the_log(anonymous: httpx2.AsyncClient, lines: Lines) -> None:
    for path in ("healthz", "readyz", "metrics"):
        await anonymous.get(f"{ROOT}/{path}")
    assert lines.of("request") == []


async def test_a_request_id_goes_through_the_job_and_its_parts(
    world: World, client: httpx2.AsyncClient, project_id: str, lines: Lines
) -> None:
    answer = await client.post(
        "scripts/parse",
        files={"file": ("two-rooms.fountain", SCREENPLAY)},
        data={"project_id": project_id, "engine": "rules"},
        headers={"x-request-id": "import-1"},
    )
    parent = answer.json()["job_id"]
    await client.post("projects", json={"name": "another"}, headers={"x-request-id": "another"})
    await world.run_jobs()
    jobs = await world.sql("SELECT id::text, request_id FROM jobs")
    assert len(jobs) > 1
    assert {request_id for _, request_id in jobs} == {"import-1"}
    ended = lines.of("job_attempt_ended")
    assert {line["job_id"] for line in ended} == {job_id for job_id, _ in jobs}
    assert {line["request_id"] for line in ended} == {"import-1"}
    assert {line["outcome"] for line in ended} == {"succeeded"}
    assert "scripts.parse" in {line["job_kind"] for line in ended if line["job_id"] == parent}


async def test_no_line_holds_a_secret_or_the_text_of_a_script(
    world: World, client: httpx2.AsyncClient, project_id: str, lines: Lines
) -> None:
    await client.post("auth/login", json={"email": EMAIL, "password": "guessed-it"})
    await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
    token = (await client.post("auth/tokens", json={"name": "pipeline"})).json()["token"]
    await client.get("projects", headers={"authorization": f"Bearer {token}"})
    await client.post(
        "scripts/parse",
        files={"file": ("two-rooms.fountain", SCREENPLAY)},
        data={"project_id": project_id, "engine": "rules"},
    )
    await world.run_jobs()
    assert lines.of("request")
    for hidden in ("guessed-it", PASSWORD, token, client.cookies["auteur_session"], "brass wheel", "Not tonight"):
        assert hidden not in lines.text


async def test_a_database_error_does_not_carry_rows_into_the_log(world: World, lines: Lines) -> None:
    with pytest.raises(Exception, match="null value") as refused:
        async with world.resources.db.transaction() as session:
            await session.execute(
                text("INSERT INTO scenes (slugline, raw_content, sequence_number) VALUES (:s, :c, :n)"),
                {"s": "INT. VAULT", "c": "The combination is 7-7-3.", "n": None},
            )
    assert "[SQL parameters hidden" in str(refused.value)
    assert "combination" not in str(refused.value).split("DETAIL")[0]


def test_a_field_with_a_secrets_name_is_hidden(lines: Lines) -> None:
    structlog.get_logger("tests").warning("careless", password="hunter2", token="t0ken", user="ines")
    [line] = lines.of("careless")
    assert (line["password"], line["token"], line["user"]) == ("[hidden]", "[hidden]", "ines")


async def test_a_crash_is_found_under_the_id_that_its_answer_carries(
    world: World, anonymous: httpx2.AsyncClient, lines: Lines
) -> None:
    async def crash() -> None:
        raise ZeroDivisionError("a mistake")

    world.app.add_api_route("/crash", crash)
    answer = await anonymous.get(f"{ROOT}/crash")
    assert answer.status_code == 500
    [line] = lines.of("request_crashed")
    assert answer.headers["x-request-id"] == line["request_id"]
    assert "a mistake" in str(line["exception"])


async def test_the_server_of_the_image_logs_nothing_but_json(
    services: EmbeddedServices, settings: Settings, tmp_path: Path
) -> None:
    """Started as Dockerfile.backend does, from the first line to the last."""
    port = free_ports(1)[0]
    command = re.findall(r"^CMD (\[.*uvicorn.*\])$", (REPOSITORY / "Dockerfile.backend").read_text(), re.M)
    arguments = [str(port) if part == "8000" else part for part in json.loads(command[0])[1:]]
    environment = os.environ | services.addresses.environment() | {"DATABASE__URL": settings.database.url}
    with (tmp_path / "log").open("wb") as log:
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "uvicorn", *arguments, cwd=REPOSITORY, env=environment, stdout=log, stderr=log
        )
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client, asyncio.timeout(40):
            while True:
                try:
                    answer = await client.get("/api/v1/projects", headers={"x-request-id": "from-outside"})
                    break
                except httpx2.ConnectError:
                    await asyncio.sleep(0.2)
    finally:
        server.terminate()
        await asyncio.wait_for(server.wait(), 20)
    assert answer.headers["x-request-id"] == "from-outside"
    logged = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    [line] = [line for line in logged if line.get("request_id") == "from-outside"]
    assert (line["event"], line["path"], line["status"]) == ("request", "/api/v1/projects", 401)
    assert any("Uvicorn running" in line["event"] for line in logged)
