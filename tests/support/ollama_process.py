"""Starts the model server as a child process and ends it: what fixtures use."""

import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class OllamaServerProcess:
    """A running server."""

    base_url: str
    model: str
    vision_model: str
    pid: int


@contextmanager
def running_ollama_server(
    *,
    model: str = "smollm2:135m",
    vision_model: str = "tiny-vision:135m",
    max_queue: int = 512,
    max_context: int | None = None,
    port: int = 0,
) -> Iterator[OllamaServerProcess]:
    """Start the server as a child process, wait until it listens, and end it afterwards."""
    command = [sys.executable, "-m", "tests.support.ollama_server", "--port", str(port)]
    command += ["--model", model, "--vision-model", vision_model, "--max-queue", str(max_queue)]
    if max_context is not None:
        command += ["--max-context", str(max_context)]
    root = Path(__file__).parents[2]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        try:
            address = wait_until_ready(process)
            yield OllamaServerProcess(f"http://{address}", model, vision_model, process.pid)
        except TimeoutError:
            log.seek(0)
            raise RuntimeError(log.read()[-4000:].decode(errors="replace")) from None
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_ready(process: "subprocess.Popen[bytes]", *, timeout_seconds: float = 60) -> str:
    """The `host:port` the child prints once it listens. Raises `TimeoutError` when it does not get that far."""
    assert process.stdout is not None
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        ready, _, _ = select.select([process.stdout], [], [], 0.2)
        if ready:
            line = process.stdout.readline().decode()
            if line.startswith("listening on "):
                return line.split()[-1]
            if not line:
                break
    raise TimeoutError("the model server did not start")
