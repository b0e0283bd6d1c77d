"""Which function does which kind of job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from backend.core.jobs import Payload

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.jobs.run import JobRun

P = TypeVar("P", bound=Payload)

Run = Callable[["JobRun", Any], Awaitable[None]]
Abandon = Callable[["AsyncSession", Any], Awaitable[None]]


@dataclass(frozen=True)
class Handler:
    """What runs a kind of job, and what tidies up when it ends without success."""

    payload: type[Payload]
    run: Run
    abandon: Abandon | None


_handlers: dict[str, Handler] = {}


def handles(
    payload: type[P], *, abandon: Callable[[AsyncSession, P], Awaitable[None]] | None = None
) -> Callable[[Callable[[JobRun, P], Awaitable[None]]], Callable[[JobRun, P], Awaitable[None]]]:
    """Register a task for its payload's kind; two for one kind stop the start-up.

    `abandon` runs in the transaction that writes `failed` or `cancelled`, to put the subject back.
    """

    def register(run: Callable[[JobRun, P], Awaitable[None]]) -> Callable[[JobRun, P], Awaitable[None]]:
        if payload.kind in _handlers:
            raise RuntimeError(f"two tasks for the job kind {payload.kind}")
        _handlers[payload.kind] = Handler(payload, run, abandon)
        return run

    return register


def handler_for(kind: str) -> Handler | None:
    """The handler of a kind, or None for a kind this version does not know."""
    return _handlers.get(kind)


def kinds() -> list[str]:
    """Every kind that has a handler."""
    return sorted(_handlers)
