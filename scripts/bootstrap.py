"""Install what is missing and build the page: `python3 scripts/bootstrap.py [--dev] [--page]`, standard library only.

Every step runs only when its inputs have changed since it last succeeded. This file is read by whatever `python3` is:
an old one has to get as far as the sentence about its version, so the syntax stays within Python 3.6.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older one is told
    sys.exit(
        "Python 3.11 or newer is needed, and python3 is {}.{}.{}: put a newer one first in PATH.".format(
            *sys.version_info
        )
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# uv has a virtual environment of its own, where `uv pip sync` does not remove it.
TOOLS = VENV / "tools"
UV = TOOLS / "bin" / "uv"
UV_REQUIREMENT = "uv==0.13.9"
REQUIREMENTS = ROOT / "requirements"
EMBEDDED_LOCKS = [REQUIREMENTS / "embedded.lock"]
DEVELOPMENT_LOCKS = [REQUIREMENTS / "dev.lock", REQUIREMENTS / "model.lock"]
FRONTEND = ROOT / "frontend"
NODE_MODULES = FRONTEND / "node_modules"
PAGE = FRONTEND / "dist"
MINIMUM_NODE = (20, 19)

PRINTING = threading.Lock()


class BootstrapError(Exception):
    """One sentence: what is wrong and what to do."""


def main() -> int:
    if os.name != "posix":
        return fail("Auteur runs on Linux and macOS: on Windows use WSL 2 or Docker.")
    parser = argparse.ArgumentParser(description="Install what is missing.")
    parser.add_argument("--dev", action="store_true", help="also what the checks and tests need")
    parser.add_argument("--page", action="store_true", help="also build the page")
    arguments = parser.parse_args()
    try:
        check_node()
        with ThreadPoolExecutor(2) as pool:
            python_side = pool.submit(install_python_packages, arguments.dev)
            page_side = pool.submit(install_frontend, arguments.page)
            python_side.result()
            page_side.result()
    except BootstrapError as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return 130
    return 0


def fail(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


def check_node() -> None:
    need = "Node {}.{} or newer with npm is needed".format(*MINIMUM_NODE)
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise BootstrapError(f"{need}, and {program} is not in PATH: install it from your package manager.")
    text = output(["node", "--version"])
    match = re.match(r"v(\d+)\.(\d+)", text)
    if not match or (int(match.group(1)), int(match.group(2))) < MINIMUM_NODE:
        raise BootstrapError(
            "{}, and node is {}: put a newer one first in PATH.".format(need, text.strip() or "broken")
        )


def install_python_packages(is_development: bool) -> None:
    if output([PYTHON, "-c", "import sys; print(sys.version_info >= (3, 11))"]).strip() != "True":
        if importlib.util.find_spec("ensurepip") is None:
            raise BootstrapError("python3 lacks its venv module: install python3-venv from your package manager.")
        command = [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
        run("Virtual environment", command)
    if UV_REQUIREMENT.split("==")[1] not in output([UV, "--version"]).split():
        run("uv", [PYTHON, "-m", "venv", "--clear", TOOLS])
        run("uv", [TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-input", UV_REQUIREMENT])
    # The development set contains the other, so it is kept up to date where it is already.
    is_development = is_development or (VENV / "bin" / "pytest").exists()
    locks = DEVELOPMENT_LOCKS if is_development else EMBEDDED_LOCKS
    stamp = Stamp(VENV / ".auteur-packages", locks)
    if stamp.is_current():
        say("Python packages", "up to date")
        return
    sync = [UV, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--python", PYTHON]
    run("Python packages", sync + locks, report=True)
    stamp.write()


def install_frontend(is_page_wanted: bool) -> None:
    manifests = [FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"]
    packages = Stamp(NODE_MODULES / ".auteur-packages", manifests)
    if packages.is_current():
        say("Page packages", "up to date")
    else:
        run("Page packages", ["npm", "ci", "--no-audit", "--no-fund"], folder=FRONTEND, report=True)
        packages.write()
    if not is_page_wanted:
        return
    configurations = [path for pattern in ("*.json", "*.ts", "index.html") for path in FRONTEND.glob(pattern)]
    page = Stamp(PAGE / ".auteur-inputs", [*configurations, FRONTEND / "src", FRONTEND / "public"])
    if page.is_current():
        say("Page", "up to date")
    else:
        run("Page", ["npm", "run", "build"], folder=FRONTEND, report=True)
        page.write()


class Stamp:
    """A file in a step's output that holds the hash of the step's inputs."""

    def __init__(self, path: Path, inputs: list[Path]) -> None:
        self._path = path
        digest = hashlib.sha256()
        for given in sorted(inputs):
            files = sorted(path for path in given.rglob("*") if path.is_file()) if given.is_dir() else [given]
            for file in files:
                content = file.read_bytes() if file.exists() else b""
                digest.update(json.dumps([str(file.relative_to(ROOT)), len(content)]).encode() + content)
        self._hash = digest.hexdigest()

    def is_current(self) -> bool:
        return self._path.exists() and self._path.read_text() == self._hash

    def write(self) -> None:
        self._path.write_text(self._hash)


def run(step: str, command: Sequence[str | Path], folder: Path = ROOT, report: bool = False) -> None:
    """Run a step's command; its output is shown only when it fails."""
    begun = time.monotonic()
    text = [str(part) for part in command]
    done = subprocess.run(
        text, cwd=str(folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        lines = done.stdout.decode(errors="replace").strip().splitlines()
        # npm says why at the top, compilers at the bottom.
        shown = "\n".join([*lines[:20], "…", *lines[-40:]] if len(lines) > 60 else lines)
        raise BootstrapError("{}\n{} failed: the reason is above ({}).".format(shown, step, " ".join(text)))
    if report:
        say(step, f"{time.monotonic() - begun:.1f} s")


def output(command: Sequence[str | Path]) -> str:
    """What a short command prints; empty when it is missing or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.decode(errors="replace")


def say(step: str, result: str) -> None:
    with PRINTING:
        print(f"  {step:<16} {result}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
