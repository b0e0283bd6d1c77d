"""Measure the running application on this machine: requests per second at 1 and 16 connections."""

import asyncio
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx2  # noqa: E402

from backend.embedded.data_directory import temporary_data_directory  # noqa: E402
from backend.embedded.ports import free_ports  # noqa: E402
from scripts.end_to_end import running_stack  # noqa: E402

SECONDS = 3.0
CONNECTIONS = (1, 16)
ACCOUNT = {"email": "bench@example.com", "password": secrets.token_urlsafe(16)}

Request = Callable[[], Coroutine[None, None, httpx2.Response]]


def main() -> None:
    with temporary_data_directory() as folder:
        address = f"http://127.0.0.1:{free_ports(1)[0]}"
        environment = os.environ | {
            "AUTEUR_PORT": address.rpartition(":")[2],
            "AUTEUR_DATA_DIR": str(folder / "data"),
            "AUTEUR_URL": address,
            "AUTEUR_ADMIN_EMAIL": ACCOUNT["email"],
            "AUTEUR_ADMIN_PASSWORD": ACCOUNT["password"],
        }
        with running_stack(environment):
            asyncio.run(measure_all(address))


async def measure_all(address: str) -> None:
    limits = httpx2.Limits(max_connections=max(CONNECTIONS))
    async with httpx2.AsyncClient(base_url=f"{address}/api/v1", headers={"Origin": address}, limits=limits) as client:
        (await client.post("/auth/login", json=ACCOUNT)).raise_for_status()
        project = (await client.post("/projects", json={"name": "Bench"})).raise_for_status().json()
        scene = await client.post(f"/projects/{project['id']}/scenes", json={"slugline": "INT. BENCH - DAY"})
        shots = f"/scenes/{scene.raise_for_status().json()['id']}/shots"
        shot = {}
        for number in range(100):
            created = await client.post(shots, json={"description": f"Shot {number}."})
            shot = created.raise_for_status().json()
        requests: dict[str, Request] = {
            "read a project": lambda: client.get(f"/projects/{project['id']}"),
            "list 100 shots": lambda: client.get(f"/projects/{project['id']}/shots"),
            "change a shot": lambda: client.patch(f"/shots/{shot['id']}", json={"description": "Changed."}),
        }
        print(f"\n{'':<18}" + "".join(f"{count:>4} connections, p99" for count in CONNECTIONS))
        for name, request in requests.items():
            cells = [await measure(request, count) for count in CONNECTIONS]
            print(f"{name:<18}" + "".join(f"{rate:>8.0f}/s {slowest:>8.0f} ms" for rate, slowest in cells))


async def measure(request: Request, connections: int) -> tuple[float, float]:
    """Requests per second, and the time in milliseconds within which 99 % were answered."""
    taken: list[float] = []
    end = time.perf_counter() + SECONDS

    async def repeat() -> None:
        while (begun := time.perf_counter()) < end:
            (await request()).raise_for_status()
            taken.append(time.perf_counter() - begun)

    await asyncio.gather(*(repeat() for _ in range(connections)))
    return len(taken) / SECONDS, 1000 * statistics.quantiles(taken, n=100)[98]


if __name__ == "__main__":
    main()
