"""Starts a child again when it ends by itself, and gives up on one that cannot run."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from backend.embedded.process import ChildProcess, LauncherError

QUICK_SECONDS = 20.0
QUICK_CRASHES = 5
FIRST_PAUSE_SECONDS = 0.25


class Supervised(Protocol):
    """A service or a program."""

    @property
    def title(self) -> str: ...
    @property
    def process(self) -> ChildProcess: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class Supervisor:
    """`say` prints a line. With `awaits_change`, a crashed child waits for `restart` instead of trying again."""

    def __init__(
        self,
        say: Callable[[str], None],
        *,
        awaits_change: bool = False,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._say = say
        self._awaits_change = awaits_change
        self._first_pause_seconds = first_pause_seconds
        self._restarting: dict[Supervised, asyncio.Event] = {}

    async def keep_running(self, child: Supervised) -> None:
        """Start it, and again whenever it ends. `LauncherError` after five crashes soon after their start."""
        if not child.process.is_running:
            await child.start()
        restarting = self._restarting.setdefault(child, asyncio.Event())
        clock = asyncio.get_running_loop().time
        crashes = 0
        while True:
            started = clock()
            code = await child.process.wait()
            if not restarting.is_set():
                crashes = crashes + 1 if clock() - started < QUICK_SECONDS else 1
                await self._pause_after_crash(child, code, crashes, restarting)
            restarting.clear()
            await child.process.kill()  # what it started itself may still run
            await child.start()

    async def restart(self, child: Supervised) -> None:
        """Stop it on purpose; `keep_running` starts it again at once."""
        self._restarting.setdefault(child, asyncio.Event()).set()
        await child.stop()

    async def _pause_after_crash(self, child: Supervised, code: int, crashes: int, restarting: asyncio.Event) -> None:
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        if self._awaits_change:
            self._say(f"{child.title} stopped ({how}) and starts again at the next change; see {child.process.log}")
            await restarting.wait()
            return
        if crashes >= QUICK_CRASHES:
            raise LauncherError(f"{child.title} crashed {crashes} times in a row; its log is {child.process.log}.")
        self._say(f"{child.title} stopped unexpectedly ({how}) and is started again; see {child.process.log}")
        await asyncio.sleep(self._first_pause_seconds * 2 ** (crashes - 1))
