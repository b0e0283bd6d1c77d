"""The doctor, on the real model server and on everything that can be in its place."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx2
import pytest

from backend.core.settings import LlmSettings
from backend.embedded.ports import free_ports
from backend.embedded.services import EmbeddedServices
from backend.llm.doctor import CHECKS, examine
from backend.llm.schemas import DoctorCheck, DoctorReport
from backend.llm.surroundings import Surroundings
from tests.conftest import NO_LLM
from tests.llm.servers import lines, ollama, prepared_server
from tests.support.ollama_process import OllamaServerProcess, running_ollama_server

ORDER = [check.id for check in CHECKS]
HOW_FAST = ("speed", "parallel", "context")
HOST = Surroundings(is_container=False)
CONTAINER = Surroundings(is_container=True)


@pytest.fixture(scope="module")
def model_server() -> Iterator[OllamaServerProcess]:
    with running_ollama_server() as server:
        yield server


@pytest.fixture(scope="module")
def cramped_server() -> Iterator[OllamaServerProcess]:
    """Half a thousand tokens of context, whatever is asked for."""
    with running_ollama_server(model="cramped", max_context=512) as server:
        yield server


async def look(url: str, surroundings: Surroundings = HOST, **changes: object) -> DoctorReport:
    """Examine; `changes` are settings beside the address."""
    settings = LlmSettings(base_url=url).model_copy(update=changes)
    return await examine(settings, surroundings)


def found(report: DoctorReport, check_id: str) -> DoctorCheck:
    return next(check for check in report.checks if check.id == check_id)


def statuses(report: DoctorReport) -> dict[str, str]:
    return {check.id: check.status for check in report.checks}


async def test_a_sound_server_passes_every_check_in_order(model_server: OllamaServerProcess) -> None:
    server = model_server
    report = await look(server.base_url, model=server.model, vision_model=server.vision_model)
    assert [check.id for check in report.checks] == ORDER
    # How fast it is, a busy machine decides; the rest is the server's.
    slow = {check_id for check_id in HOW_FAST if found(report, check_id).status == "warning"}
    assert statuses(report) == {check_id: "warning" if check_id in slow else "ok" for check_id in ORDER}
    assert report.milliseconds < 31_000
    assert all(check.milliseconds is not None for check in report.checks)
    assert all(check.fix is None for check in report.checks if check.status == "ok")
    assert "tokens a second" in found(report, "speed").detail
    assert "context" in slow or "8192 tokens" in found(report, "context").detail
    assert "parallel" in slow or found(report, "parallel").detail == "One is sent at a time, as the server works."


async def test_a_missing_model_is_named_with_the_command_and_what_is_there(model_server: OllamaServerProcess) -> None:
    report = await look(model_server.base_url, model="llama3", assembly_model=model_server.model, vision_model="llava")
    missing = found(report, "model_breakdown")
    assert (missing.status, missing.mend) == ("failed", "ollama pull llama3")
    assert model_server.model in (missing.fix or "")
    assert found(report, "model_assembly").status == "ok"
    assert (found(report, "model_vision").status, found(report, "model_vision").mend) == (
        "warning",
        "ollama pull llava",
    )
    for check_id in ("schema", "context", "speed", "parallel"):
        assert found(report, check_id).status == "skipped"
        assert found(report, check_id).milliseconds is None


async def test_a_text_model_in_the_place_of_the_vision_model_is_found(model_server: OllamaServerProcess) -> None:
    report = await look(model_server.base_url, model=model_server.model, vision_model=model_server.model)
    seen = found(report, "vision")
    assert (seen.status, seen.mend) == ("failed", "ollama pull qwen3-vl:8b")
    assert "does not take pictures" in seen.detail


async def test_a_context_smaller_than_asked_for_is_found_with_the_variable(cramped_server: OllamaServerProcess) -> None:
    report = await look(cramped_server.base_url, model="cramped", vision_model="")
    small = found(report, "context")
    assert small.status == "failed"
    assert "runs with 512" in small.detail
    assert 'Environment="OLLAMA_CONTEXT_LENGTH=8192"' in (small.mend or "")
    assert "systemctl edit ollama" in (small.mend or "")


SAMPLE = {"size": "wide", "seconds": 4, "description": "Rain needles the glass of the lamp."}
COUNTS = {"done": True, "done_reason": "stop", "prompt_eval_count": 3000, "eval_count": 40}
TIMES = {"prompt_eval_duration": 1_000_000_000, "eval_duration": 10_000_000_000}
SHOW = (200, json.dumps({"capabilities": ["completion"], "model_info": {"llama.context_length": 131072}}))
PS = (200, json.dumps({"models": []}))


def said(text: str, **more: object) -> dict[str, object]:
    return {"model": "llama3", "message": {"role": "assistant", "content": text}, "done": False, **more}


async def keeps_to_the_form(writer: asyncio.StreamWriter) -> None:
    writer.write(lines(said(json.dumps(SAMPLE)), said("", **COUNTS, **{**TIMES, "eval_duration": 1_000_000_000})))


async def test_no_vision_model_is_off_not_wrong() -> None:
    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=keeps_to_the_form)) as server:
        report = await look(server.url, vision_model="")
    assert (found(report, "model_vision").status, found(report, "vision").status) == ("off", "skipped")
    assert report.status == "off"


async def test_a_server_that_works_on_one_at_a_time_is_found_when_more_are_sent() -> None:
    slot = asyncio.Lock()

    async def chat(writer: asyncio.StreamWriter) -> None:
        async with slot:
            await keeps_to_the_form(writer)
            await writer.drain()
            await asyncio.sleep(0.1)

    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=chat)) as server:
        report = await look(server.url, vision_model="", max_parallel=4)
        alone = await look(server.url, vision_model="")
    assert found(report, "parallel").status == "warning"
    assert 'Environment="OLLAMA_NUM_PARALLEL=4"' in (found(report, "parallel").mend or "")
    assert found(alone, "parallel").status == "ok"


async def test_two_replies_side_by_side_and_a_slow_model_are_seen() -> None:
    async def chat(writer: asyncio.StreamWriter) -> None:
        writer.write(lines(said(json.dumps(SAMPLE))))
        await writer.drain()
        await asyncio.sleep(0.3)
        writer.write(lines(said("", **COUNTS, **TIMES)))

    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=chat)) as server:
        report = await look(server.url, vision_model="", max_parallel=2)
    assert found(report, "parallel").status == "ok"
    assert "side by side" in found(report, "parallel").detail
    assert found(report, "speed").status == "warning"
    assert found(report, "speed").detail.startswith("4 tokens a second")


async def test_a_prompt_that_was_cut_in_silence_is_found() -> None:
    async def chat(writer: asyncio.StreamWriter) -> None:
        writer.write(lines(said(json.dumps(SAMPLE)), said("", **{**COUNTS, **TIMES, "prompt_eval_count": 258})))

    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=chat)) as server:
        report = await look(server.url, vision_model="")
    assert found(report, "context").status == "failed"
    assert "only 258 were read" in found(report, "context").detail


async def test_a_model_that_does_not_keep_to_the_form_is_quoted() -> None:
    async def chat(writer: asyncio.StreamWriter) -> None:
        writer.write(lines(said("Sure! Here is your shot."), said("", **COUNTS, **TIMES)))

    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=chat)) as server:
        report = await look(server.url, vision_model="")
    form = found(report, "schema")
    assert form.status == "failed"
    assert "Sure! Here is your shot." in form.detail
    assert "another model" in (form.fix or "")


async def test_a_reply_that_never_ends_is_given_up_in_time() -> None:
    async def chat(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(lines(said(" ")))
            await writer.drain()
            await asyncio.sleep(0.05)

    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=chat)) as server:
        started = time.monotonic()
        settings = LlmSettings(base_url=server.url, vision_model="")
        report = await examine(settings, HOST, limit_seconds=2)
    assert time.monotonic() - started < 4
    assert found(report, "schema").status == "failed"
    assert "still be loading" in (found(report, "schema").fix or "")
    assert found(report, "parallel").status == "skipped"


async def test_a_closed_port_on_this_machine_says_how_to_start_ollama() -> None:
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    report = await look(url)
    assert report.status == "failed"
    port = found(report, "tcp")
    assert (port.status, port.mend) == ("failed", "ollama serve")
    assert [check.status for check in report.checks] == ["ok", "ok", "failed", *["skipped"] * 11]


async def test_a_closed_port_inside_a_container_says_how_to_reach_the_host() -> None:
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    port = found(await look(url, CONTAINER), "tcp")
    assert "http://host.docker.internal:11434" in (port.fix or "")
    assert port.mend == '    extra_hosts:\n      - "host.docker.internal:host-gateway"'


async def test_an_unknown_name_is_found() -> None:
    report = await look("http://nobody.invalid:11434")
    name = found(report, "dns")
    assert name.status == "failed"
    assert "nobody.invalid" in (name.fix or "")
    assert found(report, "tcp").status == "skipped"


async def test_the_hosts_name_unknown_to_the_container_comes_with_the_line_of_the_compose_file() -> None:
    in_container = found(await look("http://host.docker.internal:11434", CONTAINER), "dns")
    on_host = found(await look("http://host.docker.internal:11434", HOST), "dns")
    assert in_container.mend == '    extra_hosts:\n      - "host.docker.internal:host-gateway"'
    assert on_host.mend == "http://127.0.0.1:11434"


async def test_a_host_that_refuses_comes_with_the_lines_that_let_ollama_listen() -> None:
    # 127.0.0.2 is another host's address to the doctor, and refuses as one would.
    port = found(await look("http://127.0.0.2:9"), "tcp")
    assert 'Environment="OLLAMA_HOST=0.0.0.0"' in (port.mend or "")
    assert "sudo systemctl edit ollama" in (port.mend or "")


async def test_an_address_without_a_port_means_port_80_and_says_so() -> None:
    port = found(await look("http://127.0.0.2"), "tcp")
    assert port.mend == "http://127.0.0.2:11434"


@pytest.mark.parametrize(
    ("address", "mend"),
    [("127.0.0.1:9", "http://127.0.0.1:9"), ("http://127.0.0.1:9/", "http://127.0.0.1:9")],
)
async def test_an_address_from_the_environment_that_is_nearly_right_is_a_warning(address: str, mend: str) -> None:
    report = await look(address)
    assert (found(report, "url").status, found(report, "url").mend) == ("warning", mend)
    assert found(report, "tcp").status == "failed", "the client mends it, so the other checks go on"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api", "ftp://127.0.0.1", "http:/127.0.0.1", "", "http://a b"])
async def test_an_address_that_cannot_be_meant_fails_first(address: str) -> None:
    report = await look(address)
    assert found(report, "url").status == "failed"
    assert found(report, "url").fix
    assert {check.status for check in report.checks[1:]} == {"skipped"}


async def test_a_web_server_that_is_not_ollama_is_found() -> None:
    async with prepared_server({"/": (200, "<html>It works!</html>")}) as server:
        report = await look(server.url)
    assert found(report, "http").status == "ok"
    assert found(report, "version").status == "failed"
    assert "LM Studio, llama.cpp and vLLM" in (found(report, "version").fix or "")
    assert found(report, "tags").status == "skipped"


async def test_a_path_too_much_is_named() -> None:
    async with prepared_server(ollama("llama3")) as server:
        report = await look(f"{server.url}/ui")
        assert found(report, "version").status == "failed"
        assert found(report, "version").mend == server.url


async def test_a_server_that_takes_connections_and_says_nothing_is_found() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with listening:
        report = await look(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    assert found(report, "tcp").status == "ok"
    assert found(report, "http").status == "failed"
    assert "no HTTP answer" in found(report, "http").detail


async def test_a_proxy_that_answers_in_its_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with listening:
        proxy = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", proxy)
        # This machine by an address that is not the loopback's: there a proxy is honoured.
        report = await look("http://0.0.0.0:9")
    answers = found(report, "http")
    assert answers.status == "failed"
    assert proxy in (answers.fix or "")
    assert (answers.mend or "").startswith("NO_PROXY=")


async def test_where_no_address_is_set_no_answer_is_off() -> None:
    default = LlmSettings().base_url
    report = await examine(LlmSettings(), HOST)
    if found(report, "tcp").status == "ok":
        pytest.skip(f"something listens at {default} on this machine")
    assert found(report, "tcp").status == "off"
    assert report.status == "off"
    assert found(report, "tcp").mend == "ollama serve"


async def test_the_route_examines_the_settings_that_hold_now(
    client: httpx2.AsyncClient, model_server: OllamaServerProcess
) -> None:
    before = (await client.post("llm/doctor")).json()
    assert (before["base_url"], before["status"]) == (NO_LLM, "failed")
    await client.patch("llm/settings", json={"base_url": model_server.base_url, "model": model_server.model})
    answer = await client.post("llm/doctor")
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert (after["base_url"], after["status"]) == (model_server.base_url, "warning")
    assert [check["id"] for check in after["checks"]] == ORDER
    warned = [check["id"] for check in after["checks"] if check["status"] == "warning"]
    assert [check_id for check_id in warned if check_id not in HOW_FAST] == ["model_vision", "vision"]


def run_cli(services: EmbeddedServices, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", "llm-doctor"],
        env={**os.environ, **services.addresses.environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_command_prints_a_line_for_each_check_and_ends_with_1_when_one_fails(
    client: httpx2.AsyncClient, services: EmbeddedServices
) -> None:
    failing = await asyncio.to_thread(run_cli, services, LLM__BASE_URL="http://127.0.0.2:9")
    assert failing.returncode == 1, failing.stderr
    assert "✕ failed   Port is open" in failing.stdout
    assert 'Environment="OLLAMA_HOST=0.0.0.0"' in failing.stdout
    # What was set on the page holds for the command too.
    async with prepared_server(ollama("llama3", show=SHOW, ps=PS, chat=keeps_to_the_form)) as server:
        await client.patch("llm/settings", json={"base_url": server.url, "vision_model": ""})
        passing = await asyncio.to_thread(run_cli, services, LLM__BASE_URL="http://127.0.0.2:9")
    assert passing.returncode == 0, passing.stdout + passing.stderr
    rows = [row for row in passing.stdout.splitlines() if row[:1] in "●▲✕○"]
    assert len(rows) == len(ORDER)
    assert f"● ok       Address is well formed   {server.url}" in rows[0]
