"""The application as a person starts it: the launcher on a data folder of its own, one API process."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from backend.embedded.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120.0
NO_LLM = "http://127.0.0.1:9"  # what an Ollama of this machine says is not ours to measure


@dataclass
class Stack:
    """A folder of data, and the way to start the application on it."""

    folder: Path
    port: int = field(default_factory=lambda: free_ports(1)[0])
    email: str = "bench@example.com"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def address(self) -> str:
        """Where the application answers while it runs."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator[float]:
        """The application while it runs; yields the seconds from launch to ready."""
        environment = os.environ | {
            "AUTEUR_PORT": str(self.port),
            "AUTEUR_DATA_DIR": str(self.folder),
            "AUTEUR_ADMIN_EMAIL": self.email,
            "AUTEUR_ADMIN_PASSWORD": self.password,
            "LLM__BASE_URL": NO_LLM,
        }
        begun = time.perf_counter()
        with running([sys.executable, "-m", "backend.embedded"], environment, f"{self.address}/readyz"):
            yield time.perf_counter() - begun

    @contextmanager
    def signed_in(self) -> Iterator[httpx2.Client]:
        """A client with a session; paths are relative to `/api/v1/`."""
        with httpx2.Client(base_url=f"{self.address}/api/v1/", timeout=120, trust_env=False) as client:
            client.post("auth/login", json={"email": self.email, "password": self.password}).raise_for_status()
            yield client


@contextmanager
def running(command: list[str], environment: dict[str, str], ready: str) -> Iterator[None]:
    """A server of ours from the moment `ready` answers with success; SystemExit when it never does."""
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + READY_SECONDS
        with httpx2.Client(trust_env=False, timeout=2) as probe:
            while not _answers(probe, ready):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{' '.join(command[1:])} did not become ready.")
                time.sleep(0.02)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _answers(probe: httpx2.Client, address: str) -> bool:
    try:
        return probe.get(address).is_success
    except httpx2.HTTPError:
        return False
