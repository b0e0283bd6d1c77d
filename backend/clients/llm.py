"""The local language model: ask for a reply of a given form, and get a checked one or the reason why not."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

import structlog
from ollama import Image, Message
from pydantic import BaseModel

from backend.clients import images as pictures
from backend.clients import llm_context, llm_schema
from backend.clients.llm_connection import Held, LlmConnection, ReadSettings
from backend.clients.llm_errors import (
    LlmAttempt,
    LlmBusy,
    LlmContextTooSmall,
    LlmInvalidReply,
    LlmModelMissing,
    LlmNoVision,
    LlmRefused,
    LlmTimeout,
    LlmUnreachable,
)
from backend.clients.llm_replies import ImageDescription, ImageTag, LlmReply, M, ReplyRefused, read_reply
from backend.clients.llm_server import Answer, PullStep
from backend.clients.llm_status import LlmStatus, look, status_of
from backend.core.settings import LlmPurpose, LlmSettings

__all__ = [
    "ImageDescription",
    "ImageTag",
    "Llm",
    "LlmAttempt",
    "LlmBusy",
    "LlmContextTooSmall",
    "LlmInvalidReply",
    "LlmModelMissing",
    "LlmNoVision",
    "LlmRefused",
    "LlmReply",
    "LlmStatus",
    "LlmTimeout",
    "LlmUnreachable",
]

log = structlog.get_logger(__name__)

# A picture is scaled to this before the model sees it: vision models look at no more.
VISION_EDGE = 1024
_DESCRIBE_SYSTEM = (
    "You describe reference pictures for a film crew. Say only what can be seen: no names, no story, no guesses."
)
_DESCRIBE_USER = "Describe this picture: one sentence as caption, then short tags."


class Llm:
    """Asks one Ollama server; at most `max_parallel` requests run at a time in this process.

    With `read`, which gives the settings that hold now, a change of them needs no restart.

    Every failure is an `AppError`: `LlmUnreachable`, `LlmBusy` and `LlmTimeout` (retryable),
    `LlmModelMissing`, `LlmNoVision`, `LlmContextTooSmall`, `LlmRefused`, `LlmInvalidReply`.
    """

    def __init__(self, settings: LlmSettings, read: ReadSettings | None = None) -> None:
        self._connection = LlmConnection(settings, read)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connection.aclose()

    def forget_settings(self) -> None:
        """This process changed the settings: the next use reads them. Other processes see it within two seconds."""
        self._connection.forget()

    async def settings(self) -> LlmSettings:
        """The settings that hold now."""
        async with self._connection.use() as held:
            return held.settings

    async def status(
        self, *, purpose: Literal["breakdown", "assembly"] = "breakdown", max_age_seconds: float = 10
    ) -> LlmStatus:
        """Whether the server answers and has the models. Never raises; takes at most the connect timeout.

        `purpose` chooses which text model it is about. An answer is reused for `max_age_seconds`; with 0 the
        settings are read again, too.
        `smollm2` and `smollm2:latest` are one name.
        """
        if max_age_seconds == 0:
            self._connection.forget()
        async with self._connection.use() as held, held.look_lock:
            if held.look is None or time.monotonic() - held.look[0] >= max_age_seconds:
                seen = await look(held.server)
                held.look = (time.monotonic(), seen)
            return status_of(held.settings, held.settings.model_for(purpose), held.look[1])

    async def pull(self, model: str) -> AsyncGenerator[PullStep, None]:
        """Let the server download a model; yields how far it is. Raises the errors of `OllamaServer.pull`."""
        async with self._connection.use() as held:
            async with aclosing(held.server.pull(model)) as steps:
                async for step in steps:
                    yield step
            held.look = None

    async def structured(
        self,
        *,
        system: str,
        user: str,
        reply: type[M],
        purpose: LlmPurpose = "breakdown",
        within: type[BaseModel] | None = None,
        max_retries: int = 2,
        check: Callable[[M], list[str]] | None = None,
        images: Sequence[bytes] = (),
        attempts: list[LlmAttempt] | None = None,
    ) -> LlmReply[M]:
        """Ask the model for `purpose` for one `reply`; with `images` (bytes of PNG or JPEG files) the vision model.

        The server holds the model to the JSON schema of `reply`, the prompt shows it. `within` is a narrower
        form of it for this request alone: the server holds the model to that one, while the prompt still
        shows `reply`, so that it begins like every other and the server's cache works. Pydantic and
        then `check`, which returns sentences about what is wrong, judge the reply. After a refused
        one up to `max_retries` more rounds follow, each with the last reply and what was wrong with
        it. Raises `LlmInvalidReply` with every attempt when no round succeeds. Every attempt is added to `attempts`
        as it is made, so that the caller has them whatever ends the rounds.
        """
        async with self._connection.use() as held:
            model = held.settings.model_for("vision" if images else purpose)
            task = _Task.of(model, system, user, reply, within, tuple(images))
            return await self._structured(held, task, reply, max_retries, check, [] if attempts is None else attempts)

    async def _structured(
        self,
        held: Held,
        task: "_Task",
        reply: type[M],
        max_retries: int,
        check: Callable[[M], list[str]] | None,
        attempts: list[LlmAttempt],
    ) -> LlmReply[M]:
        for _ in range(max_retries + 1):
            started = time.monotonic()
            try:
                answer = await self._ask(held, task, attempts)
            except LlmTimeout as timeout:
                attempts.append(LlmAttempt.of_timeout(timeout))
                raise
            value: M | None = None
            error: str | None = None
            try:
                value = read_reply(_complete(answer), reply, check)
            except ReplyRefused as refusal:
                error = str(refusal)
            attempts.append(
                LlmAttempt(
                    raw=answer.raw,
                    error=error,
                    prompt_tokens=answer.prompt_tokens,
                    output_tokens=answer.output_tokens,
                    duration_seconds=round(time.monotonic() - started, 3),
                    done_reason=answer.done_reason,
                )
            )
            if value is not None:
                return LlmReply(value=value, model=task.model, attempts=attempts)
            log.info("llm.reply_refused", model=task.model, round=len(attempts), done_reason=answer.done_reason)
        raise LlmInvalidReply(task.model, attempts)

    async def describe_image(self, image: bytes) -> LlmReply[ImageDescription]:
        """A caption and tags for a PNG or JPEG, by the vision model.

        Raises what `structured` raises, and the `AppError` 415 and 422 of `clients/images.py`.
        """
        small = await asyncio.to_thread(pictures.for_vision, image, edge=VISION_EDGE)
        return await self.structured(
            system=_DESCRIBE_SYSTEM, user=_DESCRIBE_USER, reply=ImageDescription, images=[small]
        )

    async def _ask(self, held: Held, task: "_Task", attempts: list[LlmAttempt]) -> Answer:
        """One round: the longest form of the conversation that fits the context."""
        # Ollama lets requests for a loaded model queue without a limit or an error.
        async with self._connection.slots:
            try:
                messages, context = await _fitting(held, task, attempts)
                answer = await held.server.chat(task.model, messages, grammar=task.grammar, context=context)
            except LlmUnreachable:
                held.look = None
                raise
        held.contexts[task.model] = context.num_ctx
        texts = [message.content or "" for message in messages]
        if llm_context.was_cut(texts, answer.prompt_tokens):
            raise LlmContextTooSmall(
                task.model,
                f"The server read only {answer.prompt_tokens} tokens of a prompt of at least "
                f"{llm_context.prompt_tokens_at_least(texts)}: it cut the text without saying so.",
            )
        return answer


async def _fitting(
    held: Held, task: "_Task", attempts: list[LlmAttempt]
) -> tuple[list[Message], llm_context.ContextPlan]:
    facts = await held.server.facts(task.model)
    if task.images and facts.can("vision") is False:
        raise LlmNoVision(task.model)
    limit = min(held.settings.max_context_tokens, facts.context_tokens or held.settings.max_context_tokens)
    prompt_tokens = 0
    for messages in task.conversations(attempts[-1] if attempts else None):
        prompt_tokens = llm_context.prompt_tokens_at_most(
            [message.content or "" for message in messages], image_count=len(task.images)
        )
        context = llm_context.plan(
            prompt_tokens=prompt_tokens,
            reply_tokens=task.reply_tokens,
            limit=limit,
            at_least=held.contexts.get(task.model, 0),
        )
        if context is not None:
            return messages, context
    raise LlmContextTooSmall(
        task.model,
        f"The text needs about {prompt_tokens} tokens and the reply up to {task.reply_tokens}, "
        f"but {task.model!r} may use {limit}.",
    )


@dataclass(frozen=True)
class _Task:
    """What is asked, in every round the same."""

    model: str
    system: str
    user: str
    images: tuple[bytes, ...]
    grammar: llm_schema.Schema
    reply_tokens: int

    @classmethod
    def of(
        cls,
        model: str,
        system: str,
        user: str,
        reply: type[BaseModel],
        within: type[BaseModel] | None,
        images: tuple[bytes, ...],
    ) -> "_Task":
        if not all(isinstance(image, bytes) for image in images):
            # The client library would open a text as the name of a file on this machine.
            raise TypeError("images are bytes")
        schema = llm_schema.reply_schema(within or reply)
        shown = json.dumps(llm_schema.reply_schema(reply), ensure_ascii=False, separators=(",", ":"))
        return cls(
            model=model,
            system=f"{system}\n\nReply with one JSON object of this JSON Schema and nothing else:\n{shown}",
            user=user,
            images=images,
            grammar=llm_schema.grammar(schema),
            reply_tokens=llm_schema.longest_reply_tokens(schema),
        )

    def conversations(self, refused: LlmAttempt | None) -> list[list[Message]]:
        """The messages to send, the fullest form first; after a refused reply only that last one is shown."""
        if refused is None:
            return [self._opening(self.user)]
        told = f"{refused.error}\nReply again with the whole corrected JSON object and nothing else."
        without_reply = self._opening(f"{self.user}\n\nAn earlier reply was refused:\n{told}")
        if refused.done_reason != "stop" or not refused.raw:
            # A reply that was cut off is no example to go on from.
            return [without_reply]
        with_reply = [
            *self._opening(self.user),
            Message(role="assistant", content=refused.raw),
            Message(role="user", content=f"This reply was refused:\n{told}"),
        ]
        return [with_reply, without_reply]

    def _opening(self, user: str) -> list[Message]:
        pictures_ = [Image(value=image) for image in self.images]
        return [
            Message(role="system", content=self.system),
            Message(role="user", content=user, images=pictures_ or None),
        ]


def _complete(answer: Answer) -> str:
    """The text of a reply that ended by itself. Raises `ReplyRefused` for one that did not."""
    if answer.is_done and answer.done_reason == "stop":
        return answer.raw
    if answer.done_reason == "length":
        raise ReplyRefused(f"the reply was cut off after {answer.output_tokens} tokens: keep it shorter")
    raise ReplyRefused("the reply broke off before its end: do not repeat yourself")
