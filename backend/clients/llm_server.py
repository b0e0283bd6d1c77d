"""The Ollama protocol: requests out, answers in, and every failure of the client library told as one of ours."""

import asyncio
import ipaddress
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from ollama import AsyncClient, ListResponse, Message, ResponseError

from backend.clients.llm_context import ContextPlan
from backend.clients.llm_errors import (
    LlmBusy,
    LlmContextTooSmall,
    LlmModelMissing,
    LlmNoVision,
    LlmPullFailed,
    LlmRefused,
    LlmTimeout,
    LlmUnreachable,
)
from backend.clients.llm_metrics import failures_counted, measured
from backend.core.errors import AppError
from backend.core.settings import LlmSettings


@dataclass(frozen=True)
class ModelFacts:
    """What the server says about a model; None where an old server says nothing."""

    capabilities: frozenset[str] | None
    context_tokens: int | None

    def can(self, capability: str) -> bool | None:
        """True, False, or None for unknown."""
        return None if self.capabilities is None else capability in self.capabilities


@dataclass
class Answer:
    """What came back for one chat; complete only with `is_done` and `done_reason` "stop"."""

    raw: str = ""
    is_done: bool = False
    done_reason: str | None = None
    prompt_tokens: int | None = None
    output_tokens: int | None = None
    prompt_seconds: float | None = None
    output_seconds: float | None = None
    # Of this process's monotonic clock: when the request left, its first words came, and it ended.
    asked_at: float = 0.0
    first_at: float | None = None
    ended_at: float = 0.0


@dataclass(frozen=True)
class PullStep:
    """How far a download is: what the server is at, and bytes over all layers known so far (0 of 0: none yet)."""

    says: str
    done_bytes: int
    total_bytes: int


class OllamaServer:
    """One Ollama server behind `LlmSettings.base_url`."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        # A proxy from the environment must not get between us and our own machine.
        trust_env = not is_loopback(settings.base_url)
        connect = settings.connect_timeout_seconds
        # The library's own default is to wait for ever. Waiting for a free connection is the caller's semaphore.
        timeout = httpx.Timeout(settings.timeout_seconds, connect=connect, pool=None)
        self._client = AsyncClient(host=settings.base_url, timeout=timeout, trust_env=trust_env)
        # For quick looks, and for `/api/version`, which the library does not know. The address is the
        # one the library made of `base_url`, with the port filled in.
        self._probe = httpx.AsyncClient(
            base_url=self._client._client.base_url, timeout=httpx.Timeout(connect), trust_env=trust_env
        )
        self._facts: dict[str, ModelFacts] = {}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()  # type: ignore[no-untyped-call]
        await self._probe.aclose()

    async def version_and_models(self) -> tuple[str | None, list[str]]:
        """The server's version and its models' names, within the connect timeout."""
        with self._told(""):
            async with asyncio.timeout(self._settings.connect_timeout_seconds):
                tags = await self._probe.get("/api/tags")
                if tags.is_error:
                    raise ResponseError(tags.text, tags.status_code)
                names = [found.model for found in ListResponse.model_validate(tags.json()).models if found.model]
                answer = await self._probe.get("/api/version")
                version = answer.json().get("version") if answer.is_success else None
        return version, sorted(names)

    async def facts(self, model: str) -> ModelFacts:
        """Capabilities and context of `model`, asked once. Raises `LlmModelMissing`."""
        if model not in self._facts:
            with failures_counted(model), self._told(model):
                async with asyncio.timeout(self._settings.timeout_seconds):
                    shown = await self._client.show(model)
            lengths = [value for key, value in (shown.modelinfo or {}).items() if key.endswith(".context_length")]
            self._facts[model] = ModelFacts(
                capabilities=None if shown.capabilities is None else frozenset(shown.capabilities),
                context_tokens=int(lengths[0]) if lengths else None,
            )
        return self._facts[model]

    @measured
    async def chat(
        self,
        model: str,
        messages: Sequence[Message | Mapping[str, Any]],
        *,
        grammar: Mapping[str, Any],
        context: ContextPlan,
    ) -> Answer:
        """Send one chat and collect the streamed answer, whole or not.

        Streamed, so that a cancelled job closes the connection and the server stops at the next token.
        """
        facts = await self.facts(model)
        answer = Answer(asked_at=time.monotonic())
        try:
            with self._told(model):
                async with asyncio.timeout(self._settings.timeout_seconds):
                    parts = await self._client.chat(
                        model,
                        messages,
                        stream=True,
                        format=dict(grammar),
                        options={
                            "temperature": self._settings.temperature,
                            "num_ctx": context.num_ctx,
                            "num_predict": context.num_predict,
                        },
                        keep_alive=_keep_alive(self._settings.keep_alive),
                        # Models that can think do so by default, and then break `format`; others refuse the field.
                        think=False if facts.can("thinking") else None,
                    )
                    async with aclosing(parts):  # type: ignore[type-var]  # an async generator, typed as an iterator
                        async for part in parts:
                            answer.first_at = answer.first_at or time.monotonic()
                            answer.raw += part.message.content or ""
                            if part.done:
                                answer.ended_at = time.monotonic()
                                answer.is_done, answer.done_reason = True, part.done_reason
                                answer.prompt_tokens, answer.output_tokens = part.prompt_eval_count, part.eval_count
                                answer.prompt_seconds = _seconds(part.prompt_eval_duration)
                                answer.output_seconds = _seconds(part.eval_duration)
        except LlmTimeout as error:
            raise LlmTimeout(model, self._settings.timeout_seconds, partial=answer.raw) from error
        except LlmModelMissing:
            # Removed since it was looked at: the next look must see that.
            self._facts.pop(model, None)
            raise
        except _ReplyAborted:
            answer.is_done = False
        answer.ended_at = answer.ended_at or time.monotonic()
        return answer

    async def loaded_context(self, model: str) -> int | None:
        """The context a loaded model runs with; None when it is not loaded or the server does not say."""
        with self._told(model):
            loaded = await self._client.ps()
        for found in loaded.models:
            if full_name(found.model or "") == full_name(model):
                return found.context_length
        return None

    async def pull(self, model: str) -> AsyncGenerator[PullStep, None]:
        """Let the server download a model, however long that takes; closing the iterator stops the download.

        Raises `LlmPullFailed` for what the server says in the stream, and the errors of `chat`.
        """
        layers: dict[str, tuple[int, int]] = {}
        is_done = False
        with self._told(model):
            try:
                # Only silence ends it: `timeout_seconds` is for the wait between two words.
                parts = await self._client.pull(model, stream=True)
                async with aclosing(parts):  # type: ignore[type-var]  # an async generator, typed as an iterator
                    async for part in parts:
                        if part.digest and part.total:
                            known, _ = layers.get(part.digest, (0, 0))
                            layers[part.digest] = (max(known, part.completed or 0), part.total)
                        is_done = part.status == "success"
                        yield PullStep(
                            says=part.status or "",
                            done_bytes=sum(done for done, _ in layers.values()),
                            total_bytes=sum(total for _, total in layers.values()),
                        )
            except ResponseError as error:
                if error.status_code in (-1, 404, 500):
                    raise LlmPullFailed(model, str(error.error)) from error
                raise
        if not is_done:
            raise LlmBusy(f"the download of {model!r} broke off before its end")
        self._facts.pop(model, None)

    @contextmanager
    def _told(self, model: str) -> Iterator[None]:
        base_url = self._settings.base_url
        try:
            yield
        except ResponseError as error:
            raise _refusal(model, error, base_url) from error
        except httpx.ConnectTimeout as error:
            raise LlmUnreachable(base_url, "no connection in time") from error
        except (httpx.TimeoutException, TimeoutError) as error:
            if not model:
                raise LlmUnreachable(base_url, "no answer in time") from error
            raise LlmTimeout(model, self._settings.timeout_seconds) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise LlmUnreachable(base_url, str(error) or type(error).__name__) from error
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            # The library parses blindly: what is not Ollama's form ends in one of these.
            raise _not_ollama(base_url, f"its answer is not Ollama's ({type(error).__name__})") from error


class _ReplyAborted(Exception):
    """The server stopped the reply because the model repeated itself: a failed round, not a failed server."""


def _refusal(model: str, error: ResponseError, base_url: str) -> Exception:
    """Our error for Ollama's status code and sentence; -1 is a failure in the middle of a stream."""
    said, status = str(error.error), error.status_code
    text = said.lower()
    if "repeat limit" in text:
        return _ReplyAborted(said)
    if status == 404:
        return LlmModelMissing(model) if "model" in text and model else _not_ollama(base_url, said)
    if "context length" in text or "context size" in text:
        return LlmContextTooSmall(model, f"The text does not fit the context of {model!r}: {said}")
    if (
        "image input is not supported" in text
        or "does not support image" in text
        or "missing data required for image" in text
    ):
        return LlmNoVision(model)
    if "requires more system memory" in text or "out of memory" in text:
        return LlmRefused(said, fix="Choose a smaller model, or free memory on the machine Ollama runs on.")
    if status in (401, 403):
        return LlmRefused(said, fix="Set OLLAMA_API_KEY, or ask the server's operator for access.")
    if status == -1 or status == 429 or status >= 499:
        return LlmBusy(said)
    return LlmRefused(said)


def _not_ollama(base_url: str, why: str) -> AppError:
    return LlmRefused(f"{why[:200]}", fix=f"Check LLM__BASE_URL: is {base_url} an Ollama server?")


def full_name(model: str) -> str:
    """The name with its tag: `llama3` is `llama3:latest`."""
    return model if ":" in model.rsplit("/", 1)[-1] else f"{model}:latest"


def _seconds(nanoseconds: int | None) -> float | None:
    return None if nanoseconds is None else nanoseconds / 1e9


def _keep_alive(setting: str) -> str | float:
    """Ollama takes "5m" as text, but plain seconds, -1 (for ever) and 0 only as a number."""
    try:
        return float(setting)
    except ValueError:
        return setting


def is_loopback(base_url: str) -> bool:
    """Whether the address is this machine itself."""
    host = urlsplit(base_url if "://" in base_url else f"http://{base_url}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
