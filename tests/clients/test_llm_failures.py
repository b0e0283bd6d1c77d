"""Servers that misbehave in ways a sound one cannot be made to: every failure becomes one of ours."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import BaseModel, Field

from backend.clients.llm import (
    Llm,
    LlmBusy,
    LlmContextTooSmall,
    LlmInvalidReply,
    LlmModelMissing,
    LlmNoVision,
    LlmRefused,
    LlmReply,
    LlmTimeout,
    LlmUnreachable,
)
from backend.core.errors import AppError, RetryableError
from backend.core.settings import LlmSettings


class Word(BaseModel):
    word: str = Field(min_length=1, max_length=20)


SHOW: dict[str, Any] = {"capabilities": ["completion"], "model_info": {"llama.context_length": 8192}}
SHOW_THINKING: dict[str, Any] = {
    "capabilities": ["completion", "thinking"],
    "model_info": {"qwen3.context_length": 8192},
}
DONE: dict[str, Any] = {"done": True, "done_reason": "stop", "prompt_eval_count": 90, "eval_count": 9}


def line(content: str = "", **more: Any) -> str:
    return (
        json.dumps({"model": "m", "message": {"role": "assistant", "content": content}, "done": False, **more}) + "\n"
    )


@dataclass
class BrokenServer:
    """Answers each path with one prepared status and body, and keeps what it was sent.

    With `promised_bytes` a chat never gets all it was promised: the connection is closed on the way, or held open.
    """

    answers: dict[str, tuple[int, str]]
    promised_bytes: int | None
    holds_open: bool
    url: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split()[1]
            lengths = [row.split(":")[1] for row in head.splitlines() if row.lower().startswith("content-length")]
            sent = await reader.readexactly(int(lengths[0]) if lengths else 0)
            if path == "/api/chat":
                self.received.append(json.loads(sent))
            status, body = self.answers.get(path, (404, "404 page not found"))
            data = body.encode()
            length = self.promised_bytes if path == "/api/chat" and self.promised_bytes else len(data)
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n".encode() + data
            )
            await writer.drain()
            if path == "/api/chat" and self.holds_open:
                await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def broken_server(
    chat: tuple[int, str],
    *,
    show: dict[str, Any] = SHOW,
    promised_bytes: int | None = None,
    holds_open: bool = False,
) -> AsyncIterator[BrokenServer]:
    server = BrokenServer({"/api/show": (200, json.dumps(show)), "/api/chat": chat}, promised_bytes, holds_open)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with listening:
        yield server


@asynccontextmanager
async def silent_server() -> AsyncIterator[str]:
    """Takes connections and never answers."""

    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    listening = await asyncio.start_server(wait, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def client(url: str, **changes: object) -> AsyncIterator[Llm]:
    settings = LlmSettings(base_url=url, model="m", vision_model="v").model_copy(update=changes)
    llm = Llm(settings)
    yield llm
    await llm.aclose()


async def ask(llm: Llm, **more: Any) -> LlmReply[Word]:
    return await llm.structured(system="Say one word.", user="Now.", reply=Word, **more)


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (400, "invalid options", LlmRefused),
        (400, "the prompt is longer than the context length currently available to the model", LlmContextTooSmall),
        (401, "unauthorized", LlmRefused),
        (404, "model 'm' not found", LlmModelMissing),
        (429, "too many requests", LlmBusy),
        (499, "request was cancelled", LlmBusy),
        (500, "llama runner process has terminated: exit status 2", LlmBusy),
        (500, "model requires more system memory (12 GiB) than is available (4 GiB)", LlmRefused),
        (500, "image input is not supported - hint: you may need to provide the mmproj", LlmNoVision),
        (503, "server busy, please try again.  maximum pending requests exceeded", LlmBusy),
    ],
)
async def test_every_status_of_ollama_has_its_error(status: int, said: str, expected: type[AppError]) -> None:
    async with broken_server((status, json.dumps({"error": said}))) as server, client(server.url) as llm:
        with pytest.raises(AppError) as caught:
            await ask(llm)

    assert type(caught.value) is expected
    assert isinstance(caught.value, RetryableError) == (expected is LlmBusy)
    assert caught.value.fix


async def test_an_error_in_the_middle_of_a_reply_is_a_busy_server() -> None:
    body = line('{"wo') + json.dumps({"error": "an error was encountered while running the model"}) + "\n"
    async with broken_server((200, body)) as server, client(server.url) as llm:
        with pytest.raises(LlmBusy):
            await ask(llm)


@pytest.mark.parametrize(
    "end",
    ["", line(done=True), json.dumps({"error": "prediction aborted, token repeat limit reached"}) + "\n"],
    ids=["no end", "no reason", "repeat guard"],
)
async def test_a_reply_that_breaks_off_is_a_failed_round(end: str) -> None:
    async with broken_server((200, line('{"word": "the the the the') + end)) as server, client(server.url) as llm:
        with pytest.raises(LlmInvalidReply) as caught:
            await ask(llm, max_retries=1)

    assert len(caught.value.attempts) == 2
    assert all("broke off" in (attempt.error or "") for attempt in caught.value.attempts)
    assert caught.value.attempts[0].raw == '{"word": "the the the the'


async def test_a_complete_looking_reply_without_its_end_is_not_trusted() -> None:
    async with broken_server((200, line('{"word": "lantern"}'))) as server, client(server.url) as llm:
        with pytest.raises(LlmInvalidReply):
            await ask(llm, max_retries=0)


async def test_a_connection_lost_on_the_way_is_unreachable() -> None:
    async with broken_server((200, line('{"wo')), promised_bytes=9999) as server, client(server.url) as llm:
        with pytest.raises(LlmUnreachable):
            await ask(llm)


@pytest.mark.parametrize("body", ["<html>Welcome</html>", '["no", "object"]', '{"message": 7}'])
async def test_a_server_that_is_not_ollama_is_refused_with_its_address(body: str) -> None:
    async with broken_server((200, body + "\n")) as server, client(server.url) as llm:
        with pytest.raises(LlmRefused) as caught:
            await ask(llm)
        status = await llm.status()

        assert server.url in (caught.value.fix or "")
        assert (status.state, status.models) == ("unreachable", [])
        assert server.url in (status.fix or "")


async def test_nothing_listening_is_unreachable_and_retryable() -> None:
    async with client("http://127.0.0.1:1") as llm:
        with pytest.raises(LlmUnreachable) as caught:
            await ask(llm)
        status = await llm.status()

    assert isinstance(caught.value, RetryableError)
    assert (status.state, status.version, status.models) == ("unreachable", None, [])
    assert "ollama serve" in (status.fix or "")
    assert "127.0.0.1:1" in (status.detail or "")


async def test_a_silent_server_costs_the_status_only_the_connect_timeout() -> None:
    async with silent_server() as url, client(url, connect_timeout_seconds=0.3, timeout_seconds=0.5) as llm:
        started = time.monotonic()
        status = await llm.status()
        assert time.monotonic() - started < 1
        assert status.state == "unreachable"

        with pytest.raises(LlmTimeout):
            await ask(llm)
        assert time.monotonic() - started < 2


async def test_an_address_that_is_none_is_unreachable() -> None:
    async with client("http://no-such-host.invalid") as llm:
        assert (await llm.status()).state == "unreachable"
        with pytest.raises(LlmUnreachable):
            await ask(llm)


async def test_a_timeout_keeps_what_had_arrived() -> None:
    async with (
        broken_server((200, line('{"word": "lan')), promised_bytes=9999, holds_open=True) as server,
        client(server.url, timeout_seconds=0.4) as llm,
    ):
        with pytest.raises(LlmTimeout) as caught:
            await ask(llm)

    assert caught.value.partial == '{"word": "lan'


async def test_code_fences_around_the_reply_are_passed_over() -> None:
    body = line('```json\n{"word": "lantern"}\n```') + line(**DONE)
    async with broken_server((200, body)) as server, client(server.url) as llm:
        reply = await ask(llm)

    assert reply.value.word == "lantern"


async def test_what_is_sent_is_bounded_and_explicit() -> None:
    async with (
        broken_server((200, line('{"word": "lantern"}') + line(**DONE))) as server,
        client(server.url, keep_alive="-1", temperature=0.1) as llm,
    ):
        await ask(llm)

    [sent] = server.received
    assert sent["stream"] is True
    assert sent["keep_alive"] == -1
    assert sent["format"]["additionalProperties"] is False
    assert sent["format"]["properties"]["word"]["maxLength"] == 20
    assert sent["options"]["temperature"] == 0.1
    assert sent["options"]["num_ctx"] == 2048
    assert 10 <= sent["options"]["num_predict"] < 100
    assert "think" not in sent
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]


async def test_thinking_is_switched_off_where_a_model_can_think() -> None:
    body = line('{"word": "lantern"}') + line(**DONE)
    async with broken_server((200, body), show=SHOW_THINKING) as server, client(server.url) as llm:
        await ask(llm)

    assert server.received[0]["think"] is False


async def test_the_context_stays_as_large_as_it_was_so_that_the_model_is_not_reloaded() -> None:
    body = line('{"word": "lantern"}') + line(**DONE | {"prompt_eval_count": 2000})
    async with broken_server((200, body)) as server, client(server.url) as llm:
        await ask(llm)
        await llm.structured(system="Say one word.", user="One long word. " * 500, reply=Word)
        await ask(llm)

    assert [sent["options"]["num_ctx"] for sent in server.received] == [2048, 4096, 4096]


async def test_a_refused_reply_too_large_to_show_again_is_left_out() -> None:
    body = line(json.dumps({"word": "x" * 5000})) + line(**DONE)
    async with broken_server((200, body)) as server, client(server.url, max_context_tokens=1024) as llm:
        with pytest.raises(LlmInvalidReply):
            await ask(llm, max_retries=1)

    first, second = server.received
    assert [message["role"] for message in second["messages"]] == ["system", "user"]
    assert second["messages"][1]["content"].startswith(first["messages"][1]["content"])
    assert "at most 20 characters" in second["messages"][1]["content"]


async def test_a_proxy_in_the_environment_is_not_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    async with (
        broken_server((200, line('{"word": "lantern"}') + line(**DONE))) as server,
        client(server.url) as llm,
    ):
        assert (await ask(llm)).value.word == "lantern"
