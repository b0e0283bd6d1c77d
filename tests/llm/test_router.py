"""Settings of the language model: defaults, overrides, resets, and who may change them."""

import asyncio
import time

import httpx2
import pytest

from backend.embedded.services import EmbeddedServices
from backend.resources import open_resources
from backend.users import service as users
from tests.conftest import NO_LLM, PASSWORD, World, settings_for

FIELDS = {
    "base_url",
    "model",
    "assembly_model",
    "vision_model",
    "temperature",
    "timeout_seconds",
    "connect_timeout_seconds",
    "max_parallel",
    "max_context_tokens",
    "keep_alive",
}


async def test_without_overrides_the_environment_holds(client: httpx2.AsyncClient) -> None:
    answer = await client.get("llm/settings")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert set(found) == {*FIELDS, "updated_at"}
    assert found["base_url"] == {"value": NO_LLM, "default": NO_LLM, "is_overridden": False}
    assert found["temperature"] == {"value": 0.2, "default": 0.2, "is_overridden": False}
    assert found["updated_at"] is None


async def test_an_override_holds_and_the_default_stays_visible(client: httpx2.AsyncClient) -> None:
    changed = await client.patch("llm/settings", json={"model": "qwen3:8b", "max_parallel": 3})
    assert changed.status_code == 200, changed.text
    found = (await client.get("llm/settings")).json()
    assert found == changed.json()
    assert found["model"] == {"value": "qwen3:8b", "default": "llama3", "is_overridden": True}
    assert found["max_parallel"] == {"value": 3, "default": 1, "is_overridden": True}
    assert found["vision_model"]["is_overridden"] is False
    assert found["updated_at"]
    assert (await client.get("system")).json()["llm"]["model"] == "qwen3:8b", "the same process works with it at once"


async def test_null_takes_an_override_back_and_leaves_the_others(client: httpx2.AsyncClient) -> None:
    await client.patch("llm/settings", json={"model": "qwen3:8b", "temperature": 0.7})
    found = (await client.patch("llm/settings", json={"model": None})).json()
    assert found["model"] == {"value": "llama3", "default": "llama3", "is_overridden": False}
    assert found["temperature"] == {"value": 0.7, "default": 0.2, "is_overridden": True}


async def test_an_empty_vision_model_is_an_override(client: httpx2.AsyncClient) -> None:
    found = (await client.patch("llm/settings", json={"vision_model": ""})).json()
    assert found["vision_model"] == {"value": "", "default": "llava", "is_overridden": True}


async def test_an_override_equal_to_the_default_stays_when_the_default_changes(
    client: httpx2.AsyncClient, world: World
) -> None:
    await client.patch("llm/settings", json={"keep_alive": "5m"})
    assert await world.sql("SELECT keep_alive FROM llm_settings") == [("5m",)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://gpu.house:11434/", "http://gpu.house:11434"),
        ("  gpu.house ", "http://gpu.house:11434"),
        ("gpu.house:8080", "http://gpu.house:8080"),
        ("https://gpu.house/ollama/", "https://gpu.house/ollama"),
        ("[::1]:11434", "http://[::1]:11434"),
    ],
)
async def test_an_address_is_mended_where_what_is_meant_is_plain(
    client: httpx2.AsyncClient, given: str, kept: str
) -> None:
    answer = await client.patch("llm/settings", json={"base_url": given})
    assert answer.status_code == 200, answer.text
    assert answer.json()["base_url"]["value"] == kept


@pytest.mark.parametrize(
    ("given", "fix"),
    [
        ("http://gpu.house:11434/api", "Write http://gpu.house:11434."),
        ("http://gpu.house:11434/v1/", "Write http://gpu.house:11434."),
        ("gpu.house/api/chat", "Write http://gpu.house:11434."),
        ("http://gpu.house?x=1", "Write http://gpu.house."),
        ("ftp://gpu.house", "Write it like http://127.0.0.1:11434."),
        ("http://gpu.house:99999", "Write it like http://127.0.0.1:11434."),
        ("http://gpu house", "Write it like http://127.0.0.1:11434."),
        ("http:/gpu.house:11434", "Write http://gpu.house:11434."),
        ("http:gpu.house", "Write http://gpu.house."),
        ("http://", "Write it like http://127.0.0.1:11434."),
        ("http://ines:secret@gpu.house", "Leave out what is before the @."),
    ],
)
async def test_a_wrong_address_is_refused_with_the_right_one(client: httpx2.AsyncClient, given: str, fix: str) -> None:
    answer = await client.patch("llm/settings", json={"base_url": given})
    assert (answer.status_code, answer.json()["code"]) == (422, "llm.bad_address")
    assert answer.json()["fix"] == fix
    assert answer.json()["errors"][0]["loc"] == ["body", "base_url"]
    assert (await client.get("llm/settings")).json()["base_url"]["is_overridden"] is False


@pytest.mark.parametrize(
    "body",
    [
        {"temperature": 2.1},
        {"max_parallel": 0},
        {"max_context_tokens": 100},
        {"timeout_seconds": 0},
        {"keep_alive": "for ever"},
        {"model": ""},
        {"model": "two words"},
        {"unknown": 1},
    ],
)
async def test_a_value_out_of_bounds_is_refused_by_name(client: httpx2.AsyncClient, body: dict[str, object]) -> None:
    answer = await client.patch("llm/settings", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][1] in body


@pytest.fixture
async def member(world: World, client: httpx2.AsyncClient, anonymous: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """The same client, signed in as somebody who is no administrator."""
    async with world.resources.db.transaction() as session:
        await users.create_user(session, email="tom@example.org", name="Tom", password=PASSWORD, is_admin=False)
    await anonymous.post("auth/login", json={"email": "tom@example.org", "password": PASSWORD})
    return anonymous


async def test_everyone_reads_but_only_administrators_change(member: httpx2.AsyncClient, world: World) -> None:
    assert (await member.get("llm/settings")).status_code == 200
    assert (await member.post("llm/doctor")).status_code == 200
    for answer in (
        await member.patch("llm/settings", json={"model": "qwen3:8b"}),
        await member.post("llm/pull", json={"model": "qwen3:8b"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "users.not_an_administrator")
        assert answer.json()["fix"]
    assert await world.sql("SELECT count(*) FROM llm_settings") == [(0,)]
    assert await world.sql("SELECT count(*) FROM jobs") == [(0,)]


async def test_a_change_reaches_another_process_without_a_restart(
    client: httpx2.AsyncClient, services: EmbeddedServices
) -> None:
    async def wake(_jobs: object) -> None:
        """No jobs here."""

    async with open_resources(settings_for(services), wake) as worker:
        assert (await worker.llm.settings()).base_url == NO_LLM
        await client.patch("llm/settings", json={"base_url": "http://127.0.0.1:19", "assembly_model": "qwen3:8b"})
        deadline = time.monotonic() + 5
        while (now := await worker.llm.settings()).base_url == NO_LLM and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
        assert now.base_url == "http://127.0.0.1:19"
        assert (await worker.llm.status()).base_url == "http://127.0.0.1:19"
        assert (await worker.llm.status(purpose="assembly")).model == "qwen3:8b"


async def test_two_changes_at_once_both_hold(client: httpx2.AsyncClient) -> None:
    answers = await asyncio.gather(
        client.patch("llm/settings", json={"model": "one"}), client.patch("llm/settings", json={"vision_model": "two"})
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    found = (await client.get("llm/settings")).json()
    assert (found["model"]["value"], found["vision_model"]["value"]) == ("one", "two")
