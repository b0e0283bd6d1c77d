"""Runs the launcher as a person does, and looks at its processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from backend.embedded.options import REPOSITORY

START_SECONDS = 60.0


class Launcher:
    """A started `python -m backend.embedded`; `output` grows while it runs."""

    def __init__(
        self,
        data: Path,
        *arguments: str,
        port: int = 0,
        env: Mapping[str, str] | None = None,
        python: str = sys.executable,
        **options: Any,
    ) -> None:
        folder = next(folder for folder in data.parents if folder.is_dir())
        self._output = folder / f"output-{time.monotonic_ns()}.txt"
        own = {"AUTEUR_DATA_DIR": str(data), "AUTEUR_PORT": str(port or 1), "LLM__BASE_URL": "http://127.0.0.1:9"}
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("AUTEUR_")}
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [python, "-m", "backend.embedded", *arguments],
                cwd=REPOSITORY,
                env=inherited | own | dict(env or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **options,
            )

    @property
    def output(self) -> str:
        return self._output.read_text()

    def wait_for(self, text: str, *, count: int = 1) -> str:
        """Until the output holds the text so many times; return the output."""
        until(lambda: self.output.count(text) >= count or self.process.poll() is not None, START_SECONDS)
        assert self.output.count(text) >= count, self.output
        return self.output

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Send the signal; return the seconds until the end."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=20)
        return time.monotonic() - begun

    def kill_if_running(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def run_to_refusal(data: Path, *, port: int = 0, arguments: Sequence[str] = ()) -> str:
    """The one line of a launcher that refuses to start."""
    launcher = Launcher(data, *arguments, port=port)
    try:
        assert launcher.process.wait(timeout=30) == 1, launcher.output
    finally:
        launcher.kill_if_running()
    lines = launcher.output.strip().splitlines()
    assert len(lines) == 1, launcher.output
    return lines[0]


def descendants(pid: int) -> dict[int, str]:
    """Process id and command line of everything the process has started, directly or not."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found: dict[int, str] = {}
    new = {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new and child not in found}
        found |= {child: command_of(child) for child in new}
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def alive(processes: Mapping[int, str]) -> dict[int, str]:
    """Those that still run the same command; a dead one that nobody waited for has none."""
    return {pid: command for pid, command in processes.items() if command and command_of(pid) == command}


def until(is_done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
