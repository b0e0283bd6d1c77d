"""Measure a screenplay's way from its upload to all its shots, beside parsing and breakdown alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx2

from backend.screenplay import break_down_screenplay, parse

POLL_SECONDS = 0.02
IMPORT_SECONDS = 300.0


@dataclass(frozen=True)
class Import:
    """Medians in seconds; `right_after_ready` is the one import before them. `project_id` is that of the last run."""

    scenes: int
    shots: int
    right_after_ready: float
    through_the_application: float
    in_one_process: float
    project_id: str


def measure(client: httpx2.Client, script: Path, *, runs: int) -> Import:
    """Each run imports into a project of its own, with the engine `rules`, and asks until every shot is listed."""
    data = script.read_bytes()
    whole, pure = [], []
    for run in range(runs + 1):
        begun = time.perf_counter()
        screenplay = parse(data)
        shots = sum(len(scene) for scene in break_down_screenplay(screenplay))
        pure.append(time.perf_counter() - begun)

        project = _json(client.post("projects", json={"name": f"Import {run}"}))["id"]
        begun = time.perf_counter()
        upload(client, str(project), script.name, data)
        listed = f"projects/{project}/shots"
        _until_listed(client, listed, shots)
        for offset in range(0, shots, 500):
            client.get(listed, params={"limit": 500, "offset": offset}).raise_for_status()
        whole.append(time.perf_counter() - begun)
    # The first one waits for the worker, which starts after the application says that it is ready.
    first, whole, pure = whole[0], whole[1:], pure[1:]
    return Import(len(screenplay.scenes), shots, first, median(whole), median(pure), str(project))


def upload(client: httpx2.Client, project: str, name: str, data: bytes) -> None:
    """Ask for the import; returns when it is accepted."""
    form = {"project_id": project, "engine": "rules"}
    client.post("scripts/parse", files={"file": (name, data)}, data=form).raise_for_status()


def fill(client: httpx2.Client, project: str, script: Path, *, shots: int, documents: int) -> float:
    """Import until the project has so many shots, then compile the first documents; seconds of the compiles."""
    listed = f"projects/{project}/shots"
    data = script.read_bytes()
    one = sum(len(scene) for scene in break_down_screenplay(parse(data)))
    total = _json(client.get(listed))["total"]
    while total < shots:
        upload(client, project, script.name, data)
        total += one
        _until_listed(client, listed, total)
    begun = time.perf_counter()
    for shot in _json(client.get(listed, params={"limit": documents}))["items"]:
        client.post(f"shots/{shot['id']}/generate-flow", params={"engine": "rules"}).raise_for_status()
    _until(lambda: not _json(client.get("jobs", params={"project_id": project, "state": "active"}))["total"])
    return time.perf_counter() - begun


def _json(answer: httpx2.Response) -> Any:
    return answer.raise_for_status().json()


def _until_listed(client: httpx2.Client, path: str, total: int) -> None:
    _until(lambda: bool(_json(client.get(path, params={"limit": 1}))["total"] == total))


def _until(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + IMPORT_SECONDS
    while not is_done():
        if time.monotonic() > deadline:
            raise SystemExit(f"The worker was not done within {IMPORT_SECONDS:.0f} seconds.")
        time.sleep(POLL_SECONDS)
