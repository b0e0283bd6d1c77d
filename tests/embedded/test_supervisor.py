"""When a child is started again, and when it is given up, with real processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.embedded.process import ChildProcess, LauncherError
from backend.embedded.supervisor import Supervisor


class Sleeper:
    """A child that runs a shell line and counts its starts."""

    title = "The sleeper"

    def __init__(self, folder: Path, line: str) -> None:
        self.process = ChildProcess("sleeper", log=folder / "sleeper.log", pid_file=folder / "sleeper.pid")
        self.starts = 0
        self._folder = folder
        self._line = line

    async def start(self) -> None:
        self.starts += 1
        await self.process.spawn(["/bin/sh", "-c", self._line], env={}, cwd=self._folder)

    async def stop(self) -> None:
        await self.process.stop()


@asynccontextmanager
async def kept_running(supervisor: Supervisor, child: Sleeper) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(supervisor.keep_running(child))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])
        await child.stop()


async def until(is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_true():
            await asyncio.sleep(0.01)


async def test_a_killed_child_is_started_again_and_said_so(tmp_path: Path) -> None:
    said: list[str] = []
    child = Sleeper(tmp_path, "sleep 60")
    async with kept_running(Supervisor(said.append, first_pause_seconds=0.01), child):
        await until(lambda: child.process.is_running)
        await child.process.kill()
        await until(lambda: child.starts == 2 and child.process.is_running)
    assert said == [f"The sleeper stopped unexpectedly (signal 9) and is started again; see {tmp_path / 'sleeper.log'}"]


async def test_a_child_that_crashes_five_times_is_given_up_by_name_and_log(tmp_path: Path) -> None:
    said: list[str] = []
    child = Sleeper(tmp_path, "exit 3")
    with pytest.raises(
        LauncherError, match=rf"^The sleeper crashed 5 times in a row; its log is {tmp_path}/sleeper.log"
    ):
        await Supervisor(said.append, first_pause_seconds=0.01).keep_running(child)
    assert child.starts == 5
    assert len(said) == 4
    assert "exit code 3" in said[0]


async def test_a_restart_on_purpose_is_no_crash_and_leaves_the_new_process_alone(tmp_path: Path) -> None:
    said: list[str] = []
    child = Sleeper(tmp_path, "sleep 60")
    supervisor = Supervisor(said.append)
    async with kept_running(supervisor, child):
        await until(lambda: child.process.is_running)
        await supervisor.restart(child)
        await until(lambda: child.starts == 2 and child.process.is_running)
        await supervisor.restart(child)
        await until(lambda: child.starts == 3 and child.process.is_running)
        await asyncio.sleep(0.1)
        assert child.process.is_running
    assert (child.starts, said) == (3, [])


async def test_in_development_a_crashed_child_waits_for_the_next_change(tmp_path: Path) -> None:
    said: list[str] = []
    child = Sleeper(tmp_path, "exit 3")
    supervisor = Supervisor(said.append, awaits_change=True)
    async with kept_running(supervisor, child):
        await until(lambda: len(said) == 1)
        assert child.starts == 1
        await supervisor.restart(child)
        await until(lambda: child.starts == 2)
    assert "starts again at the next change" in said[0]


async def test_a_child_that_ignores_the_stop_is_killed_with_what_it_started(tmp_path: Path) -> None:
    child = Sleeper(tmp_path, "trap '' TERM; echo ready; sleep 60 & wait; wait")
    await child.start()
    await until(lambda: "ready" in child.process.log.read_text())
    async with asyncio.timeout(3):
        await child.stop()
    assert await child.process.wait() == -9
    assert not (tmp_path / "sleeper.pid").exists()
