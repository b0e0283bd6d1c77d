"""Parses an uploaded file in a child process, so that no file can hang, crash or exhaust the server."""

import asyncio
import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from backend.screenplay.child import HEAD, LENGTH
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.models import Screenplay

SECONDS = 20.0
# Address space. Measured: 42 MB at the start, 95 MB for the PDF of a feature, 185 MB for the largest text and FDX.
MEMORY_BYTES = 1024 * 1024 * 1024
# A child is replaced now and then, so that nothing can pile up in it.
PARSES_PER_CHILD = 100
_ROOT = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")


class _Child:
    """One process that parses file after file. Not for two threads at once."""

    def __init__(self, memory_bytes: int) -> None:
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        # Nothing of the server's settings or secrets goes where strangers' files are read.
        environment |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-P", "-m", "backend.screenplay.child", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            process_group=0,
        )
        self.count = 0

    def ask(self, data: bytes, seconds: float) -> bytes | None:
        """The answer's JSON, or None when the process ended without one."""
        self.count += 1
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(HEAD.pack(len(data), seconds))
            self.process.stdin.write(data)
            self.process.stdin.flush()
            head = self.process.stdout.read(LENGTH.size)
            if len(head) < LENGTH.size:
                return None
            (size,) = LENGTH.unpack(head)
            body = self.process.stdout.read(size)
        except (OSError, ValueError):
            return None
        return body if len(body) == size else None

    def kill(self) -> None:
        """End it now; a thread that waits for its answer gets None."""
        with suppress(ProcessLookupError):
            self.process.kill()

    def close(self) -> None:
        """End it and give back its pipes."""
        self.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


_idle: list[_Child] = []
_lock = threading.Lock()


async def parse_isolated(data: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Screenplay:
    """`parser.parse` in a child process that is killed after `seconds`, or when the awaiting task is cancelled.

    Raises ScreenplayError as `parse` does, and `scripts.too_slow` or `scripts.unreadable` when the child had to be
    ended, or ended itself, over this file.
    """
    child = await asyncio.to_thread(_take, memory_bytes)
    started = time.monotonic()
    body = await _answer(child, data, seconds, seconds)
    if body is None and child.count > 1:
        # It was not new: what it died of may be older than this file.
        await asyncio.to_thread(child.close)
        child = await asyncio.to_thread(_Child, memory_bytes)
        # Both together have the time of one.
        body = await _answer(child, data, max(0.0, started + seconds - time.monotonic()), seconds)
    if body is None:
        await asyncio.to_thread(child.close)
        raise _broken(child)
    _give_back(child, memory_bytes)
    return await asyncio.to_thread(_screenplay, body)


async def _answer(child: _Child, data: bytes, left: float, seconds: float) -> bytes | None:
    """The child's answer in the time that is `left` of the `seconds` for the file."""
    answer = asyncio.create_task(asyncio.to_thread(child.ask, data, left))
    try:
        return await asyncio.wait_for(asyncio.shield(answer), left)
    except TimeoutError:
        await _end(child, answer)
        raise ScreenplayError(
            "scripts.too_slow",
            f"The file was not read within {seconds:g} seconds.",
            "Export it again as Final Draft, Fountain or plain text, or split it, and import that.",
        ) from None
    except BaseException:
        await asyncio.shield(_end(child, answer))
        raise


async def _end(child: _Child, answer: "asyncio.Task[bytes | None]") -> None:
    child.kill()
    await answer
    await asyncio.to_thread(child.close)


def _broken(child: _Child) -> ScreenplayError:
    slow = child.process.returncode == -signal.SIGXCPU
    return ScreenplayError(
        "scripts.too_slow" if slow else "scripts.unreadable",
        "Reading the file took more time or memory than any script needs, or the file is damaged.",
        "Export it again as Final Draft, Fountain or plain text, or split it, and import that.",
    )


def _screenplay(body: bytes) -> Screenplay:
    # JSON, not pickle: what a taken-over child sends can be no more than a wrong screenplay.
    if body.startswith(b'{"ok":'):
        return Screenplay.model_validate_json(body[len(b'{"ok":') : -1])
    code, detail, fix = json.loads(body)["refused"]
    raise ScreenplayError(code, detail, fix)


def _take(memory_bytes: int) -> _Child:
    if memory_bytes == MEMORY_BYTES:
        with _lock:
            while _idle:
                child = _idle.pop()
                if child.process.poll() is None:
                    return child
                child.close()
    return _Child(memory_bytes)


def _give_back(child: _Child, memory_bytes: int) -> None:
    with _lock:
        if child.count < PARSES_PER_CHILD and memory_bytes == MEMORY_BYTES and not _idle:
            _idle.append(child)
            return
    child.close()


@atexit.register
def close_idle() -> None:
    """End the child that waits for work."""
    with _lock:
        while _idle:
            _idle.pop().close()
