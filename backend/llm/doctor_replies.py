"""The doctor's checks of real replies: form, speed, two at once, and context."""

import asyncio
import random
import secrets
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.clients import llm_context, llm_schema
from backend.clients.llm_context import ContextPlan
from backend.clients.llm_replies import ReplyRefused, read_reply
from backend.clients.llm_server import Answer
from backend.llm import mends
from backend.llm.examination import Check, Examination, Finding
from backend.llm.mends import Mend

# Below this an import of a feature takes hours.
SLOW_TOKENS_PER_SECOND = 8
TOKENS_PER_SCENE = 300
# The long prompt is as long as the server reads in this time, so that a slow machine is not asked for too much.
LONG_PROMPT_SECONDS = 3.0
LONG_PROMPT_TOKENS = (700, 4000)
# At most, with a blank; at least it is one.
TOKENS_PER_WORD = 2
_WORDS = [
    "lamps",
    "ferry",
    "wheel",
    "steam",
    "brass",
    "radio",
    "night",
    "stairs",
    "harbour",
    "window",
    "bridge",
    "mirror",
]


class _Sample(BaseModel):
    """A reply as small as it can be while the form still matters."""

    model_config = ConfigDict(extra="forbid")

    size: Literal["wide", "medium", "close"]
    seconds: int = Field(ge=2, le=8)
    description: str = Field(min_length=20, max_length=120)


class _Word(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "no"]


async def _schema(now: Examination) -> Finding:
    model = now.settings.model
    known = (await now.server.facts(model)).context_tokens
    now.num_ctx = min(now.settings.max_context_tokens, known or now.settings.max_context_tokens)
    now.sample = answer = await _ask(now, "INT. LAMP ROOM - NIGHT. Rain needles the glass. Mara winds it.", _Sample)
    try:
        read_reply(answer.raw, _Sample, None)
    except ReplyRefused as refusal:
        said = " ".join(answer.raw.split())[:80]
        return Finding(
            "failed",
            f"{model} answered {said!r}: {refusal}.",
            Mend("Update Ollama, or choose another model: this one does not keep to the form it is asked for."),
        )
    seconds = answer.ended_at - answer.asked_at
    first = (answer.first_at or answer.ended_at) - answer.asked_at
    return Finding("ok", f"Valid; first word after {first:.1f} s, whole reply after {seconds:.1f} s.")


async def _context(now: Examination) -> Finding:
    model, asked = now.settings.model, now.num_ctx
    loaded = await now.server.loaded_context(model)
    wanted = min(_long_prompt_tokens(now.sample), asked - 300)
    text = " ".join(random.choices(_WORDS, k=round(wanted / TOKENS_PER_WORD)))  # noqa: S311  (no secret)
    least = llm_context.prompt_tokens_at_least([text])
    answer = await _ask(now, text, _Word)
    if loaded is not None and loaded < asked:
        detail = f"{asked} tokens are asked for, but {model} runs with {loaded}."
        return Finding("failed", detail, mends.small_context(loaded, asked))
    if llm_context.was_cut([text], answer.prompt_tokens):
        detail = f"Of a prompt of at least {least} tokens only {answer.prompt_tokens} were read; no error was given."
        return Finding("failed", detail, mends.small_context(loaded, asked))
    if answer.prompt_tokens is None:
        return Finding("warning", "The server does not say how much of a prompt it read.")
    limit = now.settings.max_context_tokens
    short = f" {model} itself reads no more than {asked}; {limit} are set." if asked < limit else ""
    return Finding("ok", f"{asked} tokens; a prompt of {answer.prompt_tokens} was read whole.{short}")


async def _speed(now: Examination) -> Finding:
    sample = now.sample
    if sample is None or not sample.output_tokens or not sample.output_seconds:
        return Finding("warning", "The server does not count its tokens.")
    rate = sample.output_tokens / sample.output_seconds
    detail = f"{rate:.0f} tokens a second; a scene takes about {TOKENS_PER_SCENE / rate:.0f} s."
    if rate < SLOW_TOKENS_PER_SECOND:
        return Finding("warning", detail, Mend("Use a smaller model, or a machine with a graphics card."))
    return Finding("ok", detail)


async def _parallel(now: Examination) -> Finding:
    wanted = now.settings.max_parallel
    answers = await asyncio.gather(
        _ask(now, "EXT. FERRY DECK - DAY. Gulls circle over the empty deck.", _Sample),
        _ask(now, "INT. ENGINE ROOM - DAWN. A brass wheel turns by itself.", _Sample),
    )
    first, second = sorted(answers, key=lambda answer: answer.first_at or answer.ended_at)
    waits = (second.first_at or second.ended_at) >= first.ended_at
    if wanted > 1 and waits:
        return Finding("warning", f"{wanted} are sent at a time, but the second waits.", mends.one_at_a_time(wanted))
    if wanted > 1:
        return Finding("ok", f"Two at once are answered side by side; {wanted} are sent at a time.")
    return Finding("ok", "One is sent at a time, " + ("as the server works." if waits else "the server could do two."))


async def _ask(now: Examination, text: str, reply: type[BaseModel]) -> Answer:
    schema = llm_schema.reply_schema(reply)
    messages: list[Mapping[str, Any]] = [
        # A beginning of its own each time: what the server has in its cache says nothing of its speed.
        {"role": "system", "content": f"{secrets.token_hex(4)}. Reply with one JSON object: a film shot of the text."},
        {"role": "user", "content": text},
    ]
    plan = ContextPlan(num_ctx=now.num_ctx, num_predict=llm_schema.longest_reply_tokens(schema))
    return await now.server.chat(now.settings.model, messages, grammar=llm_schema.grammar(schema), context=plan)


def _long_prompt_tokens(sample: Answer | None) -> int:
    least, most = LONG_PROMPT_TOKENS
    if sample is None or not sample.prompt_tokens or not sample.prompt_seconds:
        return least
    return round(min(max(LONG_PROMPT_SECONDS * sample.prompt_tokens / sample.prompt_seconds, least), most))


_LOADING = "A large model may still be loading: run the doctor again in a minute. Else use a smaller one."

# The longest comes last: a server that was left in the middle of it may go on for a while.
CHECKS = (
    Check(
        "schema",
        "Keeps to the form",
        _schema,
        needs=("model_breakdown",),
        seconds=18,
        slow="No whole reply within 18 seconds.",
        slow_fix=_LOADING,
    ),
    Check("speed", "Speed", _speed, needs=("schema",)),
    Check(
        "parallel",
        "Two at once",
        _parallel,
        needs=("schema",),
        seconds=10,
        slow_status="warning",
        slow="Two replies at once were not whole in time; the server may be at work for others.",
        slow_fix=_LOADING,
    ),
    Check(
        "context",
        "Reads long texts",
        _context,
        needs=("schema",),
        seconds=12,
        slow_status="warning",
        slow="A long text was not read in time; the server may be at work for others.",
        slow_fix="Use a smaller model, or lower the largest context.",
    ),
)
