"""Counts requests to the language model."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from backend.core.errors import AppError
from backend.core.metrics import LLM_SECONDS, LLM_TOKENS

P = ParamSpec("P")
S = TypeVar("S")


class Counted(Protocol):
    """What came back, with what it cost; None where the server did not say."""

    prompt_tokens: int | None
    output_tokens: int | None


A = TypeVar("A", bound=Counted)


@contextmanager
def failures_counted(model: str) -> Iterator[None]:
    """For a question about the model that goes before the request: when it fails, the request has failed."""
    started = time.perf_counter()
    try:
        yield
    except AppError as error:
        LLM_SECONDS.labels(model, error.code).observe(time.perf_counter() - started)
        raise


def measured(
    ask: Callable[Concatenate[S, str, P], Awaitable[A]],
) -> Callable[Concatenate[S, str, P], Awaitable[A]]:
    """Measure a method whose first argument is the model's name."""

    @wraps(ask)
    async def asked(self: S, model: str, /, *args: P.args, **kwargs: P.kwargs) -> A:
        started, outcome = time.perf_counter(), "cancelled"
        try:
            answer = await ask(self, model, *args, **kwargs)
            outcome = "ok"
        except AppError as error:
            outcome = error.code
            raise
        finally:
            LLM_SECONDS.labels(model, outcome).observe(time.perf_counter() - started)
        LLM_TOKENS.labels(model, "prompt").inc(answer.prompt_tokens or 0)
        LLM_TOKENS.labels(model, "output").inc(answer.output_tokens or 0)
        return answer

    return asked
