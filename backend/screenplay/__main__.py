"""Prints what the importer makes of a file: `python -m backend.screenplay FILE [--json]`."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from backend.screenplay.breakdown import break_down_screenplay
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.models import Screenplay
from backend.screenplay.parser import parse
from backend.screenplay.shotlist import ShotDraft


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 for a script that was read, 1 for one that was refused."""
    options = argparse.ArgumentParser(prog="python -m backend.screenplay", description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--json", action="store_true", help="print the screenplay and its shots as JSON")
    chosen = options.parse_args(arguments)
    try:
        screenplay = parse(chosen.file.read_bytes())
    except (ScreenplayError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    scenes = break_down_screenplay(screenplay)
    if chosen.json:
        document = screenplay.model_dump(mode="json")
        document["shots"] = [[shot.model_dump(mode="json") for shot in shots] for shots in scenes]
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    _print_summary(screenplay, scenes)
    return 0


def _print_summary(screenplay: Screenplay, scenes: list[list[ShotDraft]]) -> None:
    seconds = sum(shot.duration_seconds for shots in scenes for shot in shots)
    elements = Counter(element.type for scene in screenplay.scenes for element in scene.elements)
    print(f"{screenplay.format}, {screenplay.encoding}: {len(scenes)} scenes, ", end="")
    print(f"{sum(map(len, scenes))} shots, {seconds:.1f} s, {sum(s.eighths for s in screenplay.scenes)}/8 pages")
    for key, value in screenplay.title_page.items():
        print(f"  {key}: {' / '.join(value.split(chr(10)))}")
    counted = ", ".join(f"{count} {kind}" for kind, count in elements.most_common())
    print(f"  {counted or 'no elements'}; {len(screenplay.preamble)} before the first heading")
    for scene, shots in zip(screenplay.scenes, scenes, strict=True):
        length = sum(shot.duration_seconds for shot in shots)
        page = f"p. {scene.page_start}" if scene.page_start else f"line {scene.line_start}"
        # The file's own page lengths stand plain, estimates with a mark.
        mark = " " if scene.eighths_source == "file" else "~"
        print(f"  {scene.number or '-':>5}  {page:>9}  {len(shots):3} shots  {length:6.1f} s  ", end="")
        print(f"{mark}{scene.eighths:3}/8  {scene.heading}")
    for warning in screenplay.warnings:
        others = f" (and {len(warning.lines) - 1} more)" if len(warning.lines) > 1 else ""
        print(f"  line {warning.line}{others}: {warning.code}: {warning.message}")


if __name__ == "__main__":
    sys.exit(main())
