"""Run the Playwright journeys against the whole embedded stack, started here on an empty data folder."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from backend.embedded.data_directory import temporary_data_directory  # noqa: E402
from backend.embedded.ports import free_ports  # noqa: E402

FRONTEND = ROOT / "frontend"
READY_SECONDS = 90
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
INSTALL_CHROMIUM = (
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"],
)


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        print(
            "The end-to-end tests need Chromium: install it (on Debian: apt install chromium) or set CHROMIUM to it.",
            file=sys.stderr,
        )
        return 1
    with temporary_data_directory() as folder:
        port = free_ports(1)[0]
        environment = os.environ | {
            "AUTEUR_PORT": str(port),
            "AUTEUR_DATA_DIR": str(folder / "data"),
            "AUTEUR_URL": f"http://127.0.0.1:{port}",
            "AUTEUR_ADMIN_EMAIL": "admin@example.com",
            "AUTEUR_ADMIN_PASSWORD": secrets.token_urlsafe(16),
            "LLM__BASE_URL": "http://127.0.0.1:9",  # nobody: what an Ollama of this machine says is not ours to test
            "CHROMIUM": chromium,
            "PLAYWRIGHT_JSON_OUTPUT_FILE": str(folder / "report.json"),
        }
        with running_stack(environment):
            tests = subprocess.run(
                ["npm", "run", "e2e", "--", "--reporter=list,json", *sys.argv[1:]],
                cwd=FRONTEND,
                env=environment,
                check=False,
            )
        if tests.returncode:
            for log in sorted((folder / "data" / "logs").glob("*.log")):
                print(f"\n== the end of {log.name}\n{log.read_text(errors='replace')[-2000:]}", file=sys.stderr)
            # Last, because who reads only the end of a long log wants to know this.
            print("\n== what failed", *failures(folder / "report.json"), sep="\n", file=sys.stderr)
    return tests.returncode


def failures(report: Path) -> Iterator[str]:
    """Each journey that failed, with the first of its errors."""
    suites = json.loads(report.read_text())["suites"] if report.exists() else []
    while suites:
        suite = suites.pop(0)
        suites = suite.get("suites", []) + suites
        for spec in suite["specs"]:
            for test in spec["tests"]:
                errors = [error for result in test["results"] for error in result["errors"]]
                if test["status"] == "unexpected":
                    title = f"[{test['projectName']}] {spec['file']}:{spec['line']} {spec['title']}"
                    yield "\n".join([title, COLOUR.sub("", errors[0]["message"]) if errors else ""])


@contextmanager
def running_stack(environment: dict[str, str]) -> Iterator[None]:
    """The launcher as a person starts it, ready to answer."""
    launcher = subprocess.Popen([sys.executable, "-m", "backend.embedded"], cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready(environment["AUTEUR_URL"]):
            if launcher.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The application did not start; the reason is above.")
            time.sleep(0.1)
        yield
    finally:
        launcher.send_signal(signal.SIGTERM)
        launcher.wait(timeout=20)


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def find_chromium() -> str | None:
    """CHROMIUM, or the system's; root on Debian installs it."""
    given = os.environ.get("CHROMIUM")
    if given:
        return shutil.which(given)
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium …", flush=True)
        for command in INSTALL_CHROMIUM:
            if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
                return None
        found = shutil.which("chromium")
    return found


if __name__ == "__main__":
    sys.exit(main())
