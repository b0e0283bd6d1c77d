"""No file can hang, crash or exhaust the process that takes uploads."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.screenplay import ScreenplayError, isolated, parse
from backend.screenplay.isolated import close_idle, parse_isolated

SCRIPT = b"INT. BARN - DAY\n\nHay.\n\nNORA\nOver.\n"
# Takes seconds to read: far longer than any limit below.
SLOW = b"INT. BARN - DAY\n\n" + b"Hay falls, and more hay falls, until the floor is gone.\n\n" * 45_000


def children(pid: int) -> set[int]:
    """Processes whose parent is `pid`, and that still run."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z" and b"backend.screenplay.child" in (entry / "cmdline").read_bytes():
            found.add(int(entry.name))
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def eventually(happened: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.02)
    return True


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


async def test_the_child_reads_what_the_parser_reads() -> None:
    assert await parse_isolated(SCRIPT) == parse(SCRIPT)


async def test_a_refusal_crosses_with_its_three_parts() -> None:
    with pytest.raises(ScreenplayError) as here:
        parse(b"{\\rtf1 x}")
    with pytest.raises(ScreenplayError) as there:
        await parse_isolated(b"{\\rtf1 x}")
    assert (there.value.code, there.value.detail, there.value.fix) == (
        here.value.code,
        here.value.detail,
        here.value.fix,
    )


async def test_one_child_reads_file_after_file() -> None:
    await parse_isolated(SCRIPT)
    before = children(os.getpid())
    await parse_isolated(SCRIPT)
    assert children(os.getpid()) == before
    assert len(before) == 1


async def test_files_are_read_at_the_same_time() -> None:
    screenplays = await asyncio.gather(*(parse_isolated(SCRIPT) for _ in range(3)))
    assert [len(screenplay.scenes) for screenplay in screenplays] == [1, 1, 1]
    assert len(children(os.getpid())) == 1


async def test_a_file_that_takes_too_long_is_killed_and_the_next_one_is_read() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        await parse_isolated(SLOW, seconds=0.3)
    assert refusal.value.code == "scripts.too_slow"
    assert refusal.value.fix
    assert children(os.getpid()) == set()
    assert len((await parse_isolated(SCRIPT)).scenes) == 1


async def test_a_file_that_takes_too_much_memory_is_a_problem_and_not_a_crash() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        await parse_isolated(SLOW, memory_bytes=90 * 1024 * 1024)
    assert refusal.value.code == "scripts.unreadable"
    assert len((await parse_isolated(SCRIPT)).scenes) == 1


async def test_a_child_that_died_while_it_waited_is_replaced() -> None:
    await parse_isolated(SCRIPT)
    (pid,) = children(os.getpid())
    os.kill(pid, signal.SIGKILL)
    assert len((await parse_isolated(SCRIPT)).scenes) == 1


async def test_a_second_try_has_only_the_time_the_first_left(monkeypatch: pytest.MonkeyPatch) -> None:
    await parse_isolated(SCRIPT)
    given: list[float] = []

    def dies(child: isolated._Child, data: bytes, seconds: float) -> None:
        child.count += 1
        given.append(seconds)
        time.sleep(0.2)

    monkeypatch.setattr(isolated._Child, "ask", dies)
    with pytest.raises(ScreenplayError):
        await parse_isolated(SCRIPT, seconds=30)
    assert len(given) == 2
    assert given[1] <= given[0] - 0.2


async def test_a_cancelled_task_takes_its_child_along() -> None:
    close_idle()
    task = asyncio.create_task(parse_isolated(SLOW))
    assert await eventually(lambda: children(os.getpid()))
    (pid,) = children(os.getpid())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await eventually(lambda: not is_running(pid), 2)


async def test_the_child_has_none_of_the_servers_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3__SECRET_KEY", "not for strangers' files")
    close_idle()
    await parse_isolated(SCRIPT)
    (pid,) = children(os.getpid())
    assert b"S3__SECRET_KEY" not in Path(f"/proc/{pid}/environ").read_bytes()


PARENT = """
import asyncio, sys
from backend.screenplay.isolated import parse_isolated
asyncio.run(parse_isolated(sys.stdin.buffer.read()))
"""


async def test_a_child_dies_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert parent.stdin is not None
    parent.stdin.write(SLOW)
    parent.stdin.close()
    assert await eventually(lambda: children(parent.pid))
    (pid,) = children(parent.pid)
    parent.kill()
    parent.wait()
    assert await eventually(lambda: not is_running(pid), 3)
