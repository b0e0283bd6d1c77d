"""The connection to the language model under the settings that hold now; a change needs no restart."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from backend.clients.llm_server import OllamaServer
from backend.clients.llm_slots import Slots
from backend.clients.llm_status import Look
from backend.core.settings import LlmSettings

log = structlog.get_logger(__name__)

ReadSettings = Callable[[], Awaitable[LlmSettings]]
# A change in another process is seen after at most this long.
MAX_AGE_SECONDS = 2.0
READ_SECONDS = 2.0


@dataclass
class Held:
    """One server under one set of settings, and what was learnt of it."""

    settings: LlmSettings
    server: OllamaServer
    # The context each model is loaded with: a smaller one would only cost a reload.
    contexts: dict[str, int] = field(default_factory=dict)
    look: tuple[float, Look] | None = None
    look_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    user_count: int = 0


class LlmConnection:
    """Hands out the server of the settings that hold now.

    `read` gives those settings (they are in the database); without it they never change. After a change
    new work goes to a new client; the old one is closed when the last of its work has ended.
    """

    def __init__(self, settings: LlmSettings, read: ReadSettings | None = None) -> None:
        self.slots = Slots(settings.max_parallel)
        self._read = read
        self._read_at: float | None = None
        self._lock = asyncio.Lock()
        self._held = Held(settings, OllamaServer(settings))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._held.server.aclose()

    def forget(self) -> None:
        """The settings were changed by this process: the next use reads them."""
        self._read_at = None

    @asynccontextmanager
    async def use(self) -> AsyncIterator[Held]:
        """The server, kept open until the end of the block."""
        await self._refresh()
        held = self._held
        held.user_count += 1
        try:
            yield held
        finally:
            held.user_count -= 1
            if held is not self._held and held.user_count == 0:
                await held.server.aclose()

    async def _refresh(self) -> None:
        if self._read is None or not self._is_old():
            return
        async with self._lock:
            if not self._is_old():
                return
            # Before the reading: a change that comes while it goes on is seen by the next one.
            self._read_at = time.monotonic()
            try:
                async with asyncio.timeout(READ_SECONDS):
                    settings = await self._read()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                # The work at hand will meet the database itself; here the last known settings do.
                log.warning("llm.settings_not_read", error=type(error).__name__)
                return
            if settings != self._held.settings:
                await self._replace(settings)

    def _is_old(self) -> bool:
        return self._read_at is None or time.monotonic() - self._read_at >= MAX_AGE_SECONDS

    async def _replace(self, settings: LlmSettings) -> None:
        old, self._held = self._held, Held(settings, OllamaServer(settings))
        self.slots.resize(settings.max_parallel)
        log.info("llm.settings_changed", base_url=settings.base_url, model=settings.model)
        if old.user_count == 0:
            await old.server.aclose()
