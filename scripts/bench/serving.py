"""Measure requests per second of two routes, beside a bare application that answers the same bytes."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx2

from backend.embedded.ports import free_ports
from scripts.bench import floor
from scripts.bench.stack import ROOT, Stack, running

CONNECTIONS = (1, 16)


@dataclass(frozen=True)
class Load:
    """Medians of several runs. `client_load` is the CPU share of the load generator: under 1, it had time to spare."""

    requests_per_second: float
    p50_ms: float
    p95_ms: float
    client_load: float


@dataclass(frozen=True)
class Comparison:
    """One route with so many connections: the application and the floor, measured in turns."""

    route: str
    connections: int
    body_bytes: int
    application: Load
    bare: Load


def measure(
    stack: Stack, client: httpx2.Client, routes: dict[str, str], *, runs: int, seconds: float
) -> list[Comparison]:
    """`routes` by name, relative to `/api/v1/`. The stack runs."""
    bodies = {name: client.get(path).raise_for_status().content for name, path in routes.items()}
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    port = free_ports(1)[0]
    found: dict[tuple[str, int, bool], list[dict[str, float]]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        for name, body in bodies.items():
            (Path(folder) / name).write_bytes(body)
        address = f"http://127.0.0.1:{port}/bodies/{next(iter(bodies))}"
        with running(_bare(port), os.environ | {floor.FOLDER: folder}, address):
            for run in range(runs + 1):
                for name, path in routes.items():
                    for connections in CONNECTIONS:
                        for is_bare in (False, True):
                            target = (port, f"/bodies/{name}") if is_bare else (stack.port, f"/api/v1/{path}")
                            # The first round opens pools and fills caches: short, and not counted.
                            load = _load(*target, cookie, connections, seconds if run else 0.5)
                            if run:
                                found[name, connections, is_bare].append(load)
    return [
        Comparison(
            name,
            connections,
            len(bodies[name]),
            _median(found[name, connections, False]),
            _median(found[name, connections, True]),
        )
        for name in routes
        for connections in CONNECTIONS
    ]


def _bare(port: int) -> list[str]:
    """As the launcher starts the API. Its log of requests is off in the application's settings."""
    command = [sys.executable, "-m", "uvicorn", "scripts.bench.floor:app", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--timeout-graceful-shutdown", "1"]
    return [*command, "--no-access-log", "--log-level", "warning"]


def _load(port: int, path: str, cookie: str, connections: int, seconds: float) -> dict[str, float]:
    command = [sys.executable, "-m", "scripts.bench.load", "127.0.0.1", str(port), path, cookie]
    command += [str(connections), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=seconds + 60)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _median(loads: list[dict[str, float]]) -> Load:
    return Load(
        median(load["requests"] / load["seconds"] for load in loads),
        median(load["p50_ms"] for load in loads),
        median(load["p95_ms"] for load in loads),
        median(load["cpu_seconds"] / load["seconds"] for load in loads),
    )
