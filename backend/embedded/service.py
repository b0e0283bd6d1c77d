"""What the three embedded servers have in common: ports kept through restarts, start, readiness, stop."""

import asyncio
import signal
from abc import ABC, abstractmethod
from typing import ClassVar

from backend.embedded.data_directory import DataDirectory
from backend.embedded.ports import free_ports
from backend.embedded.process import ChildProcess, LauncherError, last_line

START_ATTEMPTS = 6
READY_SECONDS = 30.0
PROBE_SECONDS = 5.0


class NotReadyError(Exception):
    """The server runs but does not answer yet."""


class Service(ABC):
    """One server. Its ports are chosen here; only a first start that finds one taken changes them."""

    name: ClassVar[str]
    title: ClassVar[str]
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    death_signal: ClassVar[signal.Signals] = signal.SIGKILL

    def __init__(self, data: DataDirectory) -> None:
        self.data = data
        self.secret = data.secret(self.name)
        self.ports = self.choose_ports()
        self._has_started = False
        self.process = ChildProcess(
            self.name,
            log=data.log(self.name),
            pid_file=data.pid_file(self.name),
            stop_signal=self.stop_signal,
            death_signal=self.death_signal,
        )

    @property
    def port(self) -> int:
        """The port clients use, on 127.0.0.1."""
        return self.ports[0]

    async def start(self) -> None:
        """Start it and return when it answers; `LauncherError` when it does not."""
        await self.prepare()
        for attempt in range(START_ATTEMPTS):
            await self.launch()
            if await self._is_ready():
                self._has_started = True
                return
            if not self._has_started:  # a port may have been taken meanwhile
                self.ports = self.choose_ports()
            # After a kill -9 an old port or Postgres's shared memory may be held for a moment.
            await asyncio.sleep(0.05 * 2**attempt)
        raise LauncherError(
            f"{self.title} does not start; its log is {self.process.log} and ends with: {last_line(self.process.log)}"
        )

    async def stop(self) -> None:
        """Stop it; its data and its ports stay."""
        await self.process.stop()

    async def kill(self) -> None:
        """SIGKILL, as a crash would."""
        await self.process.kill()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def choose_ports(self) -> list[int]:
        """The ports to start on, the clients' first."""
        return free_ports(1)

    async def prepare(self) -> None:  # noqa: B027 - optional
        """Make what must exist before the server can start."""

    @abstractmethod
    async def launch(self) -> None:
        """Spawn `self.process` on `self.ports`."""

    @abstractmethod
    async def probe(self) -> None:
        """Return when the server does real work for a client; raise anything else than `LauncherError` if not yet."""

    async def _is_ready(self) -> bool:
        """False when the process has ended before it was ready."""
        deadline = asyncio.get_running_loop().time() + READY_SECONDS
        while self.process.is_running:
            try:
                await asyncio.wait_for(self.probe(), PROBE_SECONDS)
            except (NotReadyError, OSError, EOFError):  # TimeoutError is an OSError
                pass
            else:
                return True
            if asyncio.get_running_loop().time() > deadline:
                await self.kill()
                raise LauncherError(
                    f"{self.title} did not answer within {READY_SECONDS:.0f} seconds; see {self.process.log}."
                )
            await asyncio.sleep(0.02)
        return False
