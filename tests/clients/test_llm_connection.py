"""A change of the settings: new work goes to the new server, old work ends where it began, nothing stays open."""

import asyncio
import json
from collections.abc import Callable

import pytest
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError

from backend.clients import llm_connection
from backend.clients.llm import Llm
from backend.clients.llm_connection import LlmConnection
from backend.clients.llm_slots import Slots
from backend.core.settings import LlmSettings
from tests.llm.servers import lines, ollama, prepared_server


class Word(BaseModel):
    word: str = Field(min_length=1, max_length=20)


SHOW = (200, json.dumps({"capabilities": ["completion"], "model_info": {"llama.context_length": 8192}}))
REPLY = {"done": True, "done_reason": "stop", "prompt_eval_count": 90, "eval_count": 9}


def reply(word: str) -> bytes:
    content = {"role": "assistant", "content": json.dumps({"word": word})}
    return lines({"model": "m", "message": content, **REPLY})


class Source:
    """The settings as the database would give them."""

    def __init__(self, settings: LlmSettings) -> None:
        self.settings = settings
        self.error: Exception | None = None

    async def read(self) -> LlmSettings:
        if self.error:
            raise self.error
        return self.settings


@pytest.fixture
def always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every use reads the settings again."""
    monkeypatch.setattr(llm_connection, "MAX_AGE_SECONDS", 0.0)


def settings(url: str, **changes: object) -> LlmSettings:
    return LlmSettings(base_url=url, model="m", vision_model="v").model_copy(update=changes)


async def ask(llm: Llm, **more: object) -> str:
    answer = await llm.structured(system="Say one word.", user="Now.", reply=Word, **more)  # type: ignore[arg-type]
    return answer.value.word


@pytest.mark.usefixtures("always_fresh")
async def test_work_under_way_ends_on_the_old_server_and_new_work_goes_to_the_new_one() -> None:
    gate = asyncio.Event()

    async def slowly(writer: asyncio.StreamWriter) -> None:
        await gate.wait()
        writer.write(reply("old"))

    async def at_once(writer: asyncio.StreamWriter) -> None:
        writer.write(reply("new"))

    async with (
        prepared_server(ollama("m", show=SHOW, chat=slowly)) as old,
        prepared_server(ollama("m", show=SHOW, chat=at_once)) as new,
    ):
        source = Source(settings(old.url, max_parallel=2))
        llm = Llm(source.settings, source.read)
        first = asyncio.create_task(ask(llm))
        while "/api/chat" not in old.asked:
            await asyncio.sleep(0.01)
        held = llm._connection._held
        source.settings = settings(new.url, max_parallel=2)

        assert await ask(llm) == "new"
        assert not held.server._probe.is_closed, "it is still in use"
        gate.set()
        assert await first == "old"
        assert held.server._probe.is_closed
        assert held.server._client._client.is_closed
        await llm.aclose()


@pytest.mark.usefixtures("always_fresh")
async def test_many_changes_leave_one_server_open() -> None:
    source = Source(settings("http://127.0.0.1:9"))
    connection = LlmConnection(source.settings, source.read)
    seen = []
    for port in range(10, 30):
        source.settings = settings(f"http://127.0.0.1:{port}")
        async with connection.use() as held:
            seen.append(held.server)
            assert held.settings.base_url.endswith(f":{port}")
    assert [server._probe.is_closed for server in seen] == [True] * 19 + [False]
    await connection.aclose()


async def test_the_settings_are_read_seldom_unless_they_were_changed_here() -> None:
    source = Source(settings("http://127.0.0.1:9"))
    connection = LlmConnection(source.settings, source.read)
    async with connection.use():
        source.settings = settings("http://127.0.0.1:10")
    async with connection.use() as held:
        assert held.settings.base_url == "http://127.0.0.1:9"
    connection.forget()
    async with connection.use() as held:
        assert held.settings.base_url == "http://127.0.0.1:10"
    await connection.aclose()


@pytest.mark.parametrize("error", [OperationalError("SELECT", {}, OSError()), OSError("away"), TimeoutError()])
@pytest.mark.usefixtures("always_fresh")
async def test_without_the_database_the_last_known_settings_hold(error: Exception) -> None:
    source = Source(settings("http://127.0.0.1:9"))
    connection = LlmConnection(settings("http://127.0.0.1:8"), source.read)
    async with connection.use() as held:
        assert held.settings.base_url == "http://127.0.0.1:9"
    source.error = error
    async with connection.use() as held:
        assert held.settings.base_url == "http://127.0.0.1:9"
    await connection.aclose()


@pytest.mark.parametrize(("purpose", "model"), [("breakdown", "m"), ("assembly", "documents"), ("vision", "v")])
async def test_the_purpose_chooses_the_model(purpose: str, model: str) -> None:
    async def at_once(writer: asyncio.StreamWriter) -> None:
        writer.write(reply("yes"))

    async with prepared_server(ollama("m", show=SHOW, chat=at_once)) as server:
        llm = Llm(settings(server.url, assembly_model="documents"))
        answer = await llm.structured(system="", user="", reply=Word, purpose=purpose)  # type: ignore[arg-type]
        assert answer.model == model
        await llm.aclose()


async def _holder(slots: Slots, inside: list[int], name: int, leave: asyncio.Event) -> None:
    async with slots:
        inside.append(name)
        await leave.wait()
        inside.remove(name)


async def _until(is_true: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_true():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")


async def test_a_larger_limit_lets_the_waiting_in_and_a_smaller_one_lets_them_leave_first() -> None:
    slots, inside = Slots(1), list[int]()
    leave = [asyncio.Event() for _ in range(4)]
    tasks = [asyncio.create_task(_holder(slots, inside, name, leave[name])) for name in range(4)]
    await _until(lambda: inside == [0])
    slots.resize(3)
    await _until(lambda: inside == [0, 1, 2])
    slots.resize(1)
    leave[0].set()
    leave[1].set()
    await _until(lambda: inside == [2])
    await asyncio.sleep(0)
    assert inside == [2], "one may be in, and one is"
    leave[2].set()
    await _until(lambda: inside == [3])
    leave[3].set()
    await asyncio.gather(*tasks)


async def test_who_gives_up_waiting_takes_no_slot_with_them() -> None:
    slots, inside = Slots(1), list[int]()
    leave = [asyncio.Event() for _ in range(3)]
    tasks = [asyncio.create_task(_holder(slots, inside, name, leave[name])) for name in range(3)]
    await _until(lambda: inside == [0])
    leave[0].set()
    # Called in and given up in the same turn of the loop.
    slots.resize(2)
    tasks[1].cancel()
    await _until(lambda: inside == [2])
    leave[2].set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[1], asyncio.CancelledError)
    async with asyncio.timeout(1), slots, slots:
        pass
