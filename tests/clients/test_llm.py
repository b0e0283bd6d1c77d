"""The client against a real small model: the form of replies, counters and limits, never the model's words."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from backend.clients.llm import (
    ImageDescription,
    Llm,
    LlmBusy,
    LlmContextTooSmall,
    LlmInvalidReply,
    LlmModelMissing,
    LlmNoVision,
    LlmRefused,
    LlmTimeout,
)
from backend.core.errors import AppError
from backend.core.metrics import REGISTRY
from backend.core.settings import LlmSettings
from tests.support import images as files
from tests.support.ollama_process import OllamaServerProcess, running_ollama_server


class Shot(BaseModel):
    subject: str = Field(min_length=3, max_length=24)
    seconds: int = Field(ge=4, le=8)


class Breakdown(BaseModel):
    shots: list[Shot] = Field(min_length=1, max_length=2)


class Ledger(BaseModel):
    """Digits cost the small model one token each: more than the estimate for text of this length."""

    number: str = Field(min_length=100, max_length=100, pattern="^[0-9]{100}$")


class Novel(BaseModel):
    """Thousands of tokens, whatever the model would rather write: seconds on any machine."""

    chapters: list[Annotated[str, Field(min_length=400, max_length=400)]] = Field(min_length=24, max_length=24)


SYSTEM = "You list the shots of a scene."
SCENE = "INT. SERVER ROOM - NIGHT\n\nMARA yanks the cable. The racks go dark."


def settings_for(server: OllamaServerProcess, **changes: object) -> LlmSettings:
    settings = LlmSettings(
        base_url=server.base_url,
        model=server.model,
        vision_model=server.vision_model,
        temperature=0.8,
        timeout_seconds=60,
    )
    return settings.model_copy(update=changes)


@pytest.fixture
async def llm(model_server: OllamaServerProcess) -> AsyncIterator[Llm]:
    llm = Llm(settings_for(model_server))
    yield llm
    await llm.aclose()


@pytest.fixture(scope="module")
def cramped_server() -> Iterator[OllamaServerProcess]:
    """One waiting request at most, and half a thousand tokens of context whatever is asked for."""
    with running_ollama_server(model="cramped", max_queue=1, max_context=512) as server:
        yield server


async def test_status_is_ok_with_version_and_models(llm: Llm, model_server: OllamaServerProcess) -> None:
    status = await llm.status()

    assert (status.state, status.has_model, status.has_vision) == ("ok", True, True)
    assert status.base_url == model_server.base_url
    assert status.version
    assert status.models == sorted([model_server.model, model_server.vision_model])
    assert status.detail is status.fix is None


async def test_status_is_kept_for_a_moment() -> None:
    with running_ollama_server(model="passing") as server:
        llm = Llm(settings_for(server))
        first = await llm.status()

    assert first.state == "ok"
    assert await llm.status() == first, "nobody was asked: the server is gone"
    assert (await llm.status(max_age_seconds=0)).state == "unreachable"
    await llm.aclose()


async def test_a_missing_model_comes_with_the_command_that_fetches_it(model_server: OllamaServerProcess) -> None:
    llm = Llm(settings_for(model_server, model="llama3", vision_model="llava"))

    status = await llm.status()
    with pytest.raises(LlmModelMissing) as caught:
        await llm.structured(system=SYSTEM, user=SCENE, reply=Breakdown)

    assert (status.state, status.has_model, status.has_vision) == ("model_missing", False, False)
    assert "ollama pull llama3" in (status.fix or "")
    assert (caught.value.status, caught.value.fix) == (409, status.fix)
    await llm.aclose()


async def test_a_name_without_a_tag_means_latest(cramped_server: OllamaServerProcess) -> None:
    llm = Llm(settings_for(cramped_server))

    status = await llm.status()

    assert status.model == "cramped"
    assert "cramped:latest" in status.models
    assert status.state == "ok"
    await llm.aclose()


async def test_a_reply_has_the_asked_form_and_its_counters(llm: Llm, model_server: OllamaServerProcess) -> None:
    reply = await llm.structured(system=SYSTEM, user=SCENE, reply=Breakdown)

    assert 1 <= len(reply.value.shots) <= 2
    assert all(4 <= shot.seconds <= 8 for shot in reply.value.shots)
    assert reply.model == model_server.model
    [attempt] = reply.attempts
    assert attempt.error is None
    assert attempt.done_reason == "stop"
    assert Breakdown.model_validate_json(attempt.raw) == reply.value
    assert attempt.prompt_tokens is not None
    assert 50 < attempt.prompt_tokens < 400
    assert attempt.output_tokens is not None
    assert attempt.output_tokens > 5
    assert attempt.duration_seconds > 0


async def test_tokens_and_time_are_counted_by_model(llm: Llm, model_server: OllamaServerProcess) -> None:
    def counted() -> list[float]:
        model = {"model": model_server.model}
        samples = [
            ("auteur_llm_tokens_total", {**model, "direction": "prompt"}),
            ("auteur_llm_tokens_total", {**model, "direction": "output"}),
            ("auteur_llm_request_seconds_count", {**model, "outcome": "ok"}),
        ]
        return [REGISTRY.get_sample_value(name, labels) or 0 for name, labels in samples]

    before = counted()
    found = await llm.structured(system=SYSTEM, user=SCENE, reply=Breakdown)
    spent = [after - earlier for after, earlier in zip(counted(), before, strict=True)]
    assert spent == [
        sum(attempt.prompt_tokens or 0 for attempt in found.attempts),
        sum(attempt.output_tokens or 0 for attempt in found.attempts),
        len(found.attempts),
    ]
    assert min(spent) > 0


async def test_a_refused_reply_is_followed_by_a_round_that_says_why(llm: Llm) -> None:
    seen: list[Shot] = []

    def refuse_once(value: Shot) -> list[str]:
        seen.append(value)
        return ["subject: name the character"] if len(seen) == 1 else []

    reply = await llm.structured(system=SYSTEM, user=SCENE, reply=Shot, check=refuse_once)

    first, second = reply.attempts
    assert first.error == "subject: name the character"
    assert second.error is None
    assert reply.value == seen[1]
    # The second round carries the first reply and the complaint.
    assert (second.prompt_tokens or 0) > (first.prompt_tokens or 0) + 20


async def test_rounds_end_with_every_attempt_in_the_error(llm: Llm) -> None:
    with pytest.raises(LlmInvalidReply) as caught:
        await llm.structured(
            system=SYSTEM, user=SCENE, reply=Shot, max_retries=1, check=lambda _: ["never good enough"]
        )

    error = caught.value
    assert (error.status, error.code) == (502, "llm.invalid_reply")
    assert [attempt.error for attempt in error.attempts] == ["never good enough"] * 2
    assert all(attempt.raw for attempt in error.attempts)
    assert error.extra["attempts"] == [attempt.model_dump() for attempt in error.attempts]
    assert error.fix


async def test_a_reply_cut_off_at_its_limit_is_refused(llm: Llm) -> None:
    with pytest.raises(LlmInvalidReply) as caught:
        await llm.structured(system="Reply with digits.", user="Count.", reply=Ledger, max_retries=1)

    first, second = caught.value.attempts
    assert first.done_reason == second.done_reason == "length"
    assert "cut off" in (first.error or "")
    # The broken reply is not shown again, only the complaint: a few more tokens.
    assert (second.prompt_tokens or 0) - (first.prompt_tokens or 0) < 60


async def test_a_reply_that_takes_too_long_is_called_off(model_server: OllamaServerProcess) -> None:
    slow = Llm(settings_for(model_server, timeout_seconds=1.5))
    started = time.monotonic()
    with pytest.raises(LlmTimeout) as caught:
        await slow.structured(system="You write novels.", user=SCENE, reply=Novel)
    assert time.monotonic() - started < 3
    assert caught.value.status == 503
    assert caught.value.fix
    await slow.aclose()


async def test_a_cancelled_request_frees_the_server(model_server: OllamaServerProcess) -> None:
    # Many seconds of writing, if it were not stopped.
    llm = Llm(settings_for(model_server, max_parallel=2))
    novel = asyncio.create_task(llm.structured(system="You write novels.", user=SCENE, reply=Novel))
    await asyncio.sleep(0.5)
    novel.cancel()
    with pytest.raises(asyncio.CancelledError):
        await novel

    started = time.monotonic()
    await llm.structured(system=SYSTEM, user=SCENE, reply=Shot)

    assert time.monotonic() - started < 15
    await llm.aclose()


async def test_a_text_beyond_the_allowed_context_is_refused_unsent(model_server: OllamaServerProcess) -> None:
    llm = Llm(settings_for(model_server, max_context_tokens=1024))

    with pytest.raises(LlmContextTooSmall) as caught:
        await llm.structured(system=SYSTEM, user=SCENE * 60, reply=Shot)

    assert (caught.value.status, caught.value.code) == (409, "llm.context_too_small")
    assert "1024" in caught.value.detail
    assert "LLM__MAX_CONTEXT_TOKENS" in (caught.value.fix or "")
    await llm.aclose()


async def test_a_text_beyond_the_models_own_context_is_refused_unsent(model_server: OllamaServerProcess) -> None:
    llm = Llm(settings_for(model_server, max_context_tokens=65_536))

    with pytest.raises(LlmContextTooSmall) as caught:
        await llm.structured(system=SYSTEM, user=SCENE * 500, reply=Shot)

    assert "8192" in caught.value.detail
    await llm.aclose()


async def test_a_prompt_the_server_cut_silently_is_noticed(cramped_server: OllamaServerProcess) -> None:
    llm = Llm(settings_for(cramped_server))

    with pytest.raises(LlmContextTooSmall) as caught:
        await llm.structured(system=SYSTEM, user=SCENE * 50, reply=Shot)

    assert "cut the text" in caught.value.detail
    await llm.aclose()


async def test_requests_wait_here_so_that_a_small_queue_does_not_overflow(cramped_server: OllamaServerProcess) -> None:
    patient, pushing = (Llm(settings_for(cramped_server, max_parallel=count)) for count in (1, 3))

    replies = await asyncio.gather(
        *(patient.structured(system=SYSTEM, user=SCENE, reply=Shot) for _ in range(3)), return_exceptions=True
    )
    refusals = await asyncio.gather(
        *(pushing.structured(system=SYSTEM, user=SCENE, reply=Shot) for _ in range(3)), return_exceptions=True
    )

    assert not [reply for reply in replies if isinstance(reply, BaseException)]
    busy = [reply for reply in refusals if isinstance(reply, BaseException)]
    assert busy
    assert all(isinstance(reply, LlmBusy) for reply in busy)
    await patient.aclose()
    await pushing.aclose()


async def test_a_picture_is_described_by_the_vision_model(llm: Llm, model_server: OllamaServerProcess) -> None:
    reply = await llm.describe_image(files.photograph_jpeg(1600, 1200, orientation=6))

    assert reply.model == model_server.vision_model
    assert isinstance(reply.value, ImageDescription)
    assert 1 <= len(reply.value.caption) <= 300
    assert 1 <= len(reply.value.tags) <= 10
    assert set(reply.value.as_dict()) == {tag.key for tag in reply.value.tags}
    # The picture itself takes tokens: 16 patches of this model's 64 × 64 view.
    assert (reply.attempts[-1].prompt_tokens or 0) > 100


async def test_a_broken_picture_is_refused_before_the_model_sees_it(llm: Llm) -> None:
    with pytest.raises(AppError) as caught:
        await llm.describe_image(files.truncated(files.photograph_jpeg(800, 600)))

    assert caught.value.code == "assets.broken_image"


async def test_bytes_that_are_no_picture_are_refused_by_the_server(llm: Llm) -> None:
    with pytest.raises(LlmRefused):
        await llm.structured(system=SYSTEM, user=SCENE, reply=Shot, images=[b"no picture"])


async def test_a_file_name_in_place_of_a_picture_is_a_mistake_of_the_caller(llm: Llm) -> None:
    with pytest.raises(TypeError):
        await llm.structured(system=SYSTEM, user=SCENE, reply=Shot, images=["/etc/hostname"])  # type: ignore[list-item]


async def test_a_text_model_is_not_shown_pictures(model_server: OllamaServerProcess) -> None:
    llm = Llm(settings_for(model_server, vision_model=model_server.model))

    with pytest.raises(LlmNoVision) as caught:
        await llm.describe_image(files.cmyk_jpeg(200, 100))

    assert caught.value.status == 409
    assert "LLM__VISION_MODEL" in (caught.value.fix or "")
    await llm.aclose()
