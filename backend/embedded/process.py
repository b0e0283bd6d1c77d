"""One supervised child process: started, stopped in time, remembered by a pid file, dead when we are."""

import asyncio
import contextlib
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BECOME = Path(__file__).with_name("become.py")
REAP_SECONDS = 3.0
IS_LINUX = platform.system() == "Linux"


class LauncherError(RuntimeError):
    """What went wrong and what to do, in one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Account:
    """An existing account of this machine that a child runs as."""

    name: str
    uid: int
    gid: int


def child_command(command: Sequence[str | Path], death_signal: signal.Signals, account: Account | None) -> list[str]:
    """The command wrapped so that it dies with this process and runs as `account`."""
    uid, gid = (str(account.uid), str(account.gid)) if account else ("-", "-")
    wrapper = [sys.executable, "-I", "-S", str(BECOME), str(os.getpid()), str(int(death_signal)), uid, gid]
    return wrapper + [str(part) for part in command]


def last_line(log: Path) -> str:
    """The last line of a log, for an error message."""
    try:
        lines = log.read_text(errors="replace")[-4000:].split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


async def run_to_end(
    command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, log: Path, account: Account | None = None
) -> tuple[int, str]:
    """Run a short command, its stderr to `log`; return exit code and stdout. It is killed when we are cancelled."""
    with log.open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(
            *child_command(command, signal.SIGKILL, account),
            env=dict(env),
            cwd=cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
        )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            _signal_group(process.pid, signal.SIGKILL)
            await process.wait()
    return process.returncode or 0, output.decode(errors="replace")


class ChildProcess:
    """A long-running child with a log file.

    It lives in a session of its own, so that Ctrl-C in the terminal reaches only the launcher, which then stops its
    children in order. `death_signal` is what the kernel sends it when this process dies (Linux). Spawn it from the
    main thread: the kernel watches the thread, not the process.
    """

    def __init__(
        self,
        name: str,
        *,
        log: Path,
        pid_file: Path,
        stop_signal: signal.Signals = signal.SIGTERM,
        death_signal: signal.Signals = signal.SIGKILL,
        stop_seconds: float = 1.5,
    ) -> None:
        self.name = name
        self.log = log
        self._pid_file = pid_file
        self._stop_signal = stop_signal
        self._death_signal = death_signal
        self._stop_seconds = stop_seconds
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def spawn(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path,
        account: Account | None = None,
        is_asked: bool = False,
    ) -> None:
        """Start the command. Waits first for one left over from a launcher that died.

        With `is_asked`, stdin and stdout are for `ask` and only stderr goes to the log.
        """
        await self._reap_left_over()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *child_command(command, self._death_signal, account),
                env=dict(env),
                cwd=cwd,
                stdin=asyncio.subprocess.PIPE if is_asked else asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE if is_asked else log,
                stderr=log,
                start_new_session=True,
            )
        self._pid_file.write_text(f"{self._process.pid} {_started_at(self._process.pid)}\n")

    async def ask(self, line: str) -> str:
        """Send it a line; return what it prints until it closes its stdout, nothing if it ended instead."""
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        with contextlib.suppress(OSError):
            self._process.stdin.write(f"{line}\n".encode())
            await self._process.stdin.drain()
        answer = await self._process.stdout.read()
        self._process.stdin.close()
        return answer.decode()

    async def wait(self) -> int:
        """Wait for its end; return the exit code (negative: the signal that ended it)."""
        return await self._process.wait() if self._process else 0

    async def stop(self) -> None:
        """Ask it to stop, and kill it when it takes longer than its time."""
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(self._stop_signal)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), self._stop_seconds)
        await self._kill(process)

    async def kill(self) -> None:
        """SIGKILL to it and to whatever it left in its process group."""
        if self._process:
            await self._kill(self._process)

    async def _kill(self, process: asyncio.subprocess.Process) -> None:
        """Takes the process, because a supervisor may have started the next one while we waited for this one."""
        _signal_group(process.pid, signal.SIGKILL)
        await process.wait()
        if self._process is process:
            self._pid_file.unlink(missing_ok=True)

    async def _reap_left_over(self) -> None:
        """Where the kernel does not end orphans (macOS), or is still about to, end them here."""
        try:
            text = self._pid_file.read_text()
        except FileNotFoundError:
            return
        pid_text, _, started = text.strip().partition(" ")
        if not pid_text.isdigit() or (self._process and self._process.pid == int(pid_text)):
            return
        pid = int(pid_text)
        if _is_same_process(pid, started):
            _signal_group(pid, self._death_signal)
        for attempt in range(100):
            if not _is_same_process(pid, started):
                break
            if attempt == 50:
                _signal_group(pid, signal.SIGKILL)
            await asyncio.sleep(REAP_SECONDS / 100)
        else:
            raise LauncherError(f"{self.name} of an earlier start (process {pid}) does not end; end it and try again.")
        self._pid_file.unlink(missing_ok=True)


def _signal_group(pid: int, number: signal.Signals) -> None:
    """Children are leaders of their own group, so the group's id is the process's."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _is_same_process(pid: int, started: str) -> bool:
    """Whether the process is alive and not another one that was given the same id."""
    return bool(started) and _started_at(pid) == started


def _started_at(pid: int) -> str:
    """A text that differs between two processes that were given the same id; empty for a dead process."""
    if IS_LINUX:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        state, start_ticks = fields[0], fields[19]
        return "" if state in "ZX" else start_ticks
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()
