"""Fail when frontend/openapi.json or the generated client differs from what the API declares; changes nothing."""

import filecmp
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
CLIENT = FRONTEND / "src" / "client"


def main() -> int:
    declared = subprocess.run(
        [sys.executable, "-m", "backend.cli", "openapi"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    if json.loads(declared) != json.loads((FRONTEND / "openapi.json").read_text()):
        print("frontend/openapi.json is not what the API declares: run `make client`.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder) / "client"
        generator = FRONTEND / "node_modules" / ".bin" / "openapi-ts"
        done = subprocess.run(
            [generator, "--output", generated], cwd=FRONTEND, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(done.stdout, done.stderr, file=sys.stderr)
            return 1
        different = sorted(differences(CLIENT, generated))
    if different:
        print(f"The generated client is out of date ({', '.join(different)}): run `make client`.", file=sys.stderr)
        return 1
    return 0


def differences(left: Path, right: Path) -> set[str]:
    """Relative paths of files that are in one folder only or have another content."""
    names = {str(path.relative_to(root)) for root in (left, right) for path in root.rglob("*") if path.is_file()}
    return {
        name
        for name in names
        if not ((left / name).is_file() and (right / name).is_file())
        or not filecmp.cmp(left / name, right / name, shallow=False)
    }


if __name__ == "__main__":
    sys.exit(main())
