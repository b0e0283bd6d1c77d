"""Build the images, run the whole system in containers, replace its parts under work, and bring a backup back.

Exit code 3, with a sentence, where there is no container engine. AUTEUR_CONTAINER_TOOLS may name a folder that brings
one up (scripts/compose_engine.py). Everything is made in a copy of the repository and under a project name of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx2  # noqa: E402

from backend.embedded.ports import free_ports  # noqa: E402
from scripts.compose_engine import NoEngineError, Project, find_engine  # noqa: E402
from scripts.compose_work import Client, Work  # noqa: E402
from scripts.end_to_end import find_chromium  # noqa: E402

NO_ENGINE = 3
EMAIL = "admin@auteur.local"
RECREATED = ("backend", "worker", "redis", "minio", "db")
# What only an administrator of the store may do.
FORBIDDEN = (
    "import boto3; from backend.core.settings import Settings; s = Settings().s3;"
    "boto3.client('s3', endpoint_url=s.endpoint_url, aws_access_key_id=s.access_key, region_name=s.region,"
    "aws_secret_access_key=s.secret_key.get_secret_value()).create_bucket(Bucket='not-ours')"
)
COUNT_ROWS = """
SELECT json_object_agg(t.name, t.count ORDER BY t.name) FROM (
  SELECT table_name AS name, (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || table_name,
    false, true, '')))[1]::text::int AS count
  FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('access_tokens')) AS t
"""


class Test:
    """One run; each step says how long it took."""

    def __init__(self, project: Project, port: int) -> None:
        self.project = project
        self.origin = f"http://127.0.0.1:{port}"

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        print(f"  {title:<58} {time.monotonic() - begun:7.1f} s", flush=True)

    def run(self, *, with_journeys: bool) -> None:
        project = self.project
        with self.step("build all images"):
            project.compose("build")
        with self.step("cold start: empty volumes to all healthy"):
            project.up()
        self.password = self._password()
        with self.step("rebuild after a one-line change of source"):
            with (project.folder / "backend" / "worker.py").open("a") as source:
                source.write("# changed\n")
            project.compose("build")
        self._check_rights()
        if with_journeys:
            with self.step("journey from screenplay to document, through Nginx"):
                self._journey("chain.spec.ts")
            with self.step("an open page recovers from a replaced backend"):
                outage = project.command("up", "--detach", "--wait", "--no-deps", "--force-recreate", "backend")
                self._journey("outage.spec.ts", AUTEUR_OUTAGE=outage)
        for service in RECREATED:
            with self.step(f"replace {service} under imports and uploads"):
                self._under_work(f"replace {service}", lambda service=service: self.project.recreate(service))
        with self.step("stop everything with jobs running, start again"):
            self._under_work("stop and start", self._stop_and_start)
        self._print_figures()
        with self.step("backup, down -v, up, restore"):
            self._back_up_and_restore()

    def _password(self) -> str:
        read = ("run", "--rm", "--no-deps", "--entrypoint", "cat", "migrate", "/run/secrets/auteur-admin/password")
        return self.project.compose(*read).strip()

    def _check_rights(self) -> None:
        """Nobody is root, nothing can be written, and the application's account is limited to its bucket."""
        for service in ("backend", "worker", "frontend", "db", "redis", "minio"):
            assert self.project.compose("exec", "-T", service, "id", "-u").strip() != "0", service
            written = self.project.compose(
                "exec", "-T", service, "sh", "-c", "touch /written && echo yes || echo no", may_fail=True
            )
            assert written.strip() == "no", service
        refused = self.project.compose("exec", "-T", "backend", "sh", "-c", f'python -c "{FORBIDDEN}" 2>&1 || true')
        assert "AccessDenied" in refused, refused
        anonymous = httpx2.get(f"{self.origin}/auteur-assets/?list-type=2")
        assert anonymous.status_code == 403, anonymous.text

    def _journey(self, spec: str, **more: str) -> None:
        chromium = find_chromium()
        assert chromium, "the journeys need Chromium"
        environment = os.environ | {
            "AUTEUR_URL": self.origin,
            "AUTEUR_ADMIN_EMAIL": EMAIL,
            "AUTEUR_ADMIN_PASSWORD": self.password,
            "CHROMIUM": chromium,
            **more,
        }
        done = subprocess.run(
            ["npx", "playwright", "test", spec, "--project", "desktop"],
            cwd=ROOT / "frontend",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _under_work(self, name: str, disturb: Callable[[], object]) -> None:
        work = Work(Client(self.origin, EMAIL, self.password), name)
        assert work.is_under_way(), "the imports were done before anything was replaced"
        disturb()
        work.check()

    def _stop_and_start(self) -> None:
        begun = time.monotonic()
        self.project.compose("stop")
        print(f"    stopped in {time.monotonic() - begun:.1f} s", flush=True)
        self.project.up()

    def _print_figures(self) -> None:
        for image in ("auteur-backend", "auteur-worker", "auteur-frontend"):
            size, own = self.project.image_bytes(image)
            print(f"    {image:<20} {size / 1e6:6.0f} MB, {own / 1e6:.0f} MB of it above its base")
        for container, used in sorted(self.project.memory().items()):
            print(f"    {container:<20} {used}")

    def _back_up_and_restore(self) -> None:
        before = self._contents()
        self.project.compose("run", "--rm", "cli", "backup", "/backups/test")
        self.project.compose("down", "--volumes")
        self.project.up()
        assert self._contents() != before
        self.project.compose("stop", "backend", "worker")
        self.project.compose("run", "--rm", "cli", "restore", "/backups/test")
        self.project.up()
        assert self._contents() == before, (before, self._contents())
        self.project.compose("run", "--rm", "cli", "storage", "check")
        # The pictures of every project, as a browser gets them.
        client = Client(self.origin, EMAIL, self.password)
        pictures = [a for p in client.items("projects") for a in client.items("assets", project_id=p["id"])]
        assert pictures
        for asset in pictures:
            assert len(httpx2.get(asset["url"]).content) == asset["size_bytes"]
        print(f"    {sum(before.values())} rows and {len(pictures)} pictures are back", flush=True)

    def _contents(self) -> dict[str, int]:
        """Rows by table; sessions come and go."""
        counted = self.project.compose("exec", "-T", "db", "psql", "-U", "auteur", "-d", "auteur", "-Atc", COUNT_ROWS)
        contents: dict[str, int] = json.loads(counted)
        return contents


def main() -> int:
    parser = argparse.ArgumentParser(description="Try the whole system in containers.")
    parser.add_argument("--without-journeys", action="store_true", help="leave out what needs a browser")
    arguments = parser.parse_args()
    try:
        engine = find_engine()
    except NoEngineError as error:
        print(error, file=sys.stderr)
        return NO_ENGINE
    port, console = free_ports(2)
    settings = {
        "AUTEUR_BIND": "127.0.0.1",
        "AUTEUR_PORT": str(port),
        "AUTEUR_CONSOLE_PORT": str(console),
        "LLM__BASE_URL": "http://127.0.0.1:9",  # nobody
        "WORKER__LEASE_SECONDS": "5",
    }
    with tempfile.TemporaryDirectory(prefix="auteur-compose-", ignore_cleanup_errors=True) as folder:
        project = Project(Path(folder), engine, settings)
        test = Test(project, port)
        try:
            with test.step("all"):
                test.run(with_journeys=not arguments.without_journeys)
        except (AssertionError, RuntimeError):
            print(project.compose("ps", "--all", may_fail=True), file=sys.stderr)
            print(project.compose("logs", "--tail=40", may_fail=True), file=sys.stderr)
            raise
        finally:
            project.compose("down", "--volumes", "--remove-orphans", may_fail=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
