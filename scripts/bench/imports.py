"""What an import costs: `make bench-import`, `make bench-import SCRIPT=path/to/screenplay`."""

import argparse
import os
from importlib import resources
from pathlib import Path

from backend.embedded.data_directory import temporary_data_directory
from backend.scripts.service import SAMPLE
from scripts.bench import importing, scaling
from scripts.bench.__main__ import print_import
from scripts.bench.stack import Stack

SIZES = (100, 1_000, 10_000)


def main() -> None:
    """The script through the whole application beside the pure parse, then growing scripts in one process."""
    parser = argparse.ArgumentParser(prog="make bench-import", description=__doc__)
    sample = resources.files("backend.screenplay") / "samples" / SAMPLE
    parser.add_argument("script", nargs="?", type=Path, default=Path(str(sample)), help="a screenplay to import")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is printed")
    chosen = parser.parse_args()
    if not chosen.script.is_file():
        parser.error(f"there is no file {chosen.script}")
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"{os.cpu_count()} cores, load {load} before the start; medians of {chosen.runs} runs", flush=True)
    with temporary_data_directory() as folder:
        stack = Stack(folder / "data")
        with stack.running(), stack.signed_in() as client:
            print_import(chosen.script, importing.measure(client, chosen.script, runs=chosen.runs))
    print("\nScenes     MB   shots   parse s   breakdown s   ms a scene   peak MiB")
    for scenes in SIZES:
        size = scaling.measure(scenes)
        each = (size.parse_seconds + size.breakdown_seconds) * 1000 / scenes
        print(
            f"{size.scenes:6} {size.megabytes:6.1f} {size.shots:7} {size.parse_seconds:9.2f}"
            f" {size.breakdown_seconds:13.2f} {each:12.2f} {size.peak_mib:10.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
