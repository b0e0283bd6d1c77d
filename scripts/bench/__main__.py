"""Run all measurements and print them: `make bench`, `make bench SCRIPT=path`."""

import argparse
import asyncio
import os
from importlib import resources
from pathlib import Path

from backend.core.logging import configure_logging
from backend.embedded.data_directory import temporary_data_directory
from backend.scripts.service import SAMPLE
from scripts.bench import counting, importing, serving
from scripts.bench.stack import Stack

SHOTS = 100


def main() -> None:
    """Everything on a new data folder, which is removed at the end."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    sample = resources.files("backend.screenplay") / "samples" / SAMPLE
    parser.add_argument("script", nargs="?", type=Path, default=Path(str(sample)), help="a screenplay to import")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is printed")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each load")
    chosen = parser.parse_args()
    if not chosen.script.is_file():
        parser.error(f"there is no file {chosen.script}")
    configure_logging(json=False, level="WARNING")
    with temporary_data_directory() as folder:
        measure(Stack(folder / "data"), chosen.script, chosen.runs, chosen.seconds)


def measure(stack: Stack, script: Path, runs: int, seconds: float) -> None:
    """Each part prints its lines as soon as it is done."""
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"{os.cpu_count()} cores, load {load} before the start; medians of {runs} runs", flush=True)
    with stack.running() as cold:
        pass
    with stack.running() as warm:
        print(f"\nLaunch to ready           first {cold:5.1f} s   again {warm:5.1f} s", flush=True)
        with stack.signed_in() as client:
            imported = importing.measure(client, script, runs=runs)
            print_import(script, imported)
            seconds_compiling = importing.fill(client, imported.project_id, script, shots=SHOTS, documents=SHOTS)
            print(f"Compile {SHOTS} shots by rules            {seconds_compiling:7.2f} s", flush=True)
            listing = f"projects/{imported.project_id}/shots"
            shot = client.get(listing, params={"limit": 1}).json()["items"][0]["id"]
            routes = {"get_shot": f"shots/{shot}", "list_100_shots": f"{listing}?limit={SHOTS}"}
            print_serving(serving.measure(stack, client, routes, runs=runs, seconds=seconds))
    few, many = asyncio.run(counting.measure(stack))
    print(f"\nSQL statements of a request   {counting.FEW} rows  {counting.MANY} rows   (BEGIN and COMMIT not counted)")
    for name in few:
        print(f"  {name:26} {few[name].statements:6} {many[name].statements:8}")


def print_import(script: Path, imported: importing.Import) -> None:
    """Two lines and their ratio."""
    ratio = imported.through_the_application / imported.in_one_process
    print(f"\n{script.name}: {imported.scenes} scenes, {imported.shots} shots")
    print(f"  upload to all shots listed       {imported.through_the_application:7.2f} s", end="")
    print(f"   (right after ready, with the worker still starting: {imported.right_after_ready:.2f} s)")
    print(f"  parse and breakdown alone        {imported.in_one_process:7.2f} s   ratio {ratio:.1f}", flush=True)


def print_serving(comparisons: list[serving.Comparison]) -> None:
    """One line for each route and number of connections."""
    print(
        "\nOne process, requests/s          application  p50 ms  p95 ms      bare  p50 ms  p95 ms  of the floor  client"
    )
    for one in comparisons:
        app, bare = one.application, one.bare
        share = app.requests_per_second / bare.requests_per_second
        print(
            f"  {one.route:15} x{one.connections:<3} {one.body_bytes:7} B"
            f"  {app.requests_per_second:10.0f} {app.p50_ms:7.1f} {app.p95_ms:7.1f}"
            f"  {bare.requests_per_second:8.0f} {bare.p50_ms:7.1f} {bare.p95_ms:7.1f}"
            f"  {share:11.0%}  {app.client_load:.0%}, {bare.client_load:.0%}"
        )
    print("  client: CPU share of the load generator beside each; it is the limit only near 100 %.", flush=True)


if __name__ == "__main__":
    main()
