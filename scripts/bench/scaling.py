"""Measure how parse and breakdown grow with a script: seconds and memory of a process of its own for each size."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# A feature's scene: a heading, action, an exchange, more action.
SCENE = """INT. CABIN {n} - NIGHT

The lamp swings over bunk {n}. MARA (60s) counts the blankets, twice, and looks up at the hatch.

MARA
That makes {n}. Somebody has taken one.

JONAH
(from the dark)
It was wet.

She writes the number down. The ship rolls; the pencil goes over the edge of the table and under the stove.

"""
SECONDS = 600


@dataclass(frozen=True)
class Size:
    """One size of script. Seconds of the parse and of the breakdown; the process's peak in MiB."""

    scenes: int
    megabytes: float
    shots: int
    parse_seconds: float
    breakdown_seconds: float
    peak_mib: float


def measure(scenes: int) -> Size:
    """Parse and break down a script of that many scenes in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench.scaling", str(scenes)],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    return Size(**json.loads(done.stdout))


def main() -> None:
    """The child: prints one `Size` as JSON."""
    import time

    from backend.screenplay import assemble, break_down_screenplay, parse, text_import

    scenes = int(sys.argv[1])
    # An import is refused over 2,000 scenes or 100,000 lines; what is measured is how the work grows beyond them.
    assemble.MAX_SCENES = text_import.MAX_LINES = 10**9
    data = "".join(SCENE.format(n=n) for n in range(1, scenes + 1)).encode()
    begun = time.perf_counter()
    screenplay = parse(data)
    parsed = time.perf_counter()
    shots = sum(len(drafts) for drafts in break_down_screenplay(screenplay))
    ended = time.perf_counter()
    assert len(screenplay.scenes) == scenes
    size = {
        "scenes": scenes,
        "megabytes": len(data) / 1e6,
        "shots": shots,
        "parse_seconds": parsed - begun,
        "breakdown_seconds": ended - parsed,
        "peak_mib": _peak_kib() / 1024,
    }
    print(json.dumps(size))


def _peak_kib() -> int:
    # Not getrusage: its peak also counts the parent's memory from before the exec.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    main()
