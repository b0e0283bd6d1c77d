"""kill -9 of any process while work is under way: no accepted job is lost, no scene or shot is made twice."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from backend.embedded.data_directory import temporary_data_directory
from backend.embedded.ports import free_ports
from backend.screenplay import break_down_screenplay, parse
from tests.embedded.launching import Launcher, descendants
from tests.support import images

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

EMAIL, PASSWORD = "night@example.org", "a long enough password"
SAMPLE = Path("backend/screenplay/samples/the-last-car-up.fountain")
RECOVERY_SECONDS = 90


@pytest.fixture(scope="module")
def launcher() -> Iterator[Launcher]:
    """The whole application as `make up` starts it."""
    with temporary_data_directory() as folder:
        port = free_ports(1)[0]
        started = Launcher(
            folder / "data",
            port=port,
            env={"AUTEUR_ADMIN_EMAIL": EMAIL, "AUTEUR_ADMIN_PASSWORD": PASSWORD, "WORKER__LEASE_SECONDS": "3"},
        )
        started.base = f"http://127.0.0.1:{port}/api/v1/"  # type: ignore[attr-defined]
        try:
            started.wait_for("Ctrl-C stops everything.")
            yield started
        finally:
            started.stop()


@pytest.fixture
def client(launcher: Launcher) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=launcher.base, timeout=20) as found:  # type: ignore[attr-defined]
        assert found.post("auth/login", json={"email": EMAIL, "password": PASSWORD}).status_code == 200
        yield found


def kill(launcher: Launcher, part: str) -> None:
    """SIGKILL the child whose command line has `part`."""
    found = [pid for pid, command in descendants(launcher.process.pid).items() if part in command]
    assert found, f"nothing runs {part}"
    os.kill(found[0], signal.SIGKILL)


def patient(client: httpx2.Client, method: str, path: str, **options: object) -> httpx2.Response:
    """Ask until it answers: the API may be the very process that was killed."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        try:
            answer = client.request(method, path, **options)  # type: ignore[arg-type]
            if answer.status_code < 500 or time.monotonic() > deadline:
                return answer
        except httpx2.HTTPError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)


def ended(client: httpx2.Client, job_id: str) -> dict[str, object]:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < deadline:
        job: dict[str, object] = patient(client, "GET", f"jobs/{job_id}").json()
        if job["status"] in ("succeeded", "failed", "cancelled"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"the job did not end: {job}")


@pytest.mark.parametrize("part", ["backend.worker", "valkey-server", "backend.embedded.serve"])
def test_killing_a_process_during_an_import_loses_and_doubles_nothing(
    launcher: Launcher, client: httpx2.Client, part: str
) -> None:
    source = SAMPLE.read_bytes()
    screenplay = parse(source)
    expected = break_down_screenplay(screenplay)
    project = patient(client, "POST", "projects", json={"name": part}).json()["id"]
    # Two imports one after the other, so that the kill meets work in every stage.
    accepted = []
    for _ in range(2):
        answer = client.post(
            "scripts/parse",
            files={"file": (SAMPLE.name, source)},
            data={"project_id": project, "engine": "rules"},
        )
        assert answer.status_code == 202, answer.text
        accepted.append(answer.json()["job_id"])
    kill(launcher, part)
    for job_id in accepted:
        job = ended(client, job_id)
        assert job["status"] == "succeeded", job
    scenes = patient(client, "GET", f"projects/{project}/scenes").json()["items"]
    assert [scene["slugline"] for scene in scenes] == [scene.heading for scene in screenplay.scenes] * 2
    assert [scene["sequence_number"] for scene in scenes] == list(range(1, 2 * len(screenplay.scenes) + 1))
    assert [scene["shot_count"] for scene in scenes] == [len(drafts) for drafts in expected] * 2


def test_uploads_survive_the_death_of_the_worker_and_of_valkey(launcher: Launcher, client: httpx2.Client) -> None:
    project = patient(client, "POST", "projects", json={"name": "uploads"}).json()["id"]
    picture = images.photograph_jpeg(1600, 1200)
    stored = []
    for number in range(6):
        answer = client.post(
            "assets/upload",
            files={"file": (f"{number}.jpg", picture)},
            data={"project_id": project, "type": "Location"},
        )
        assert answer.status_code == 201, answer.text
        stored.append(answer.json()["id"])
        if number == 2:
            kill(launcher, "backend.worker")
        if number == 4:
            kill(launcher, "valkey-server")
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        items = patient(client, "GET", "assets", params={"project_id": project}).json()["items"]
        if all(item["thumbnail_url"] for item in items) or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    assert [item["id"] for item in items] == stored
    assert all(item["thumbnail_url"] for item in items)


def test_the_literal_path_of_the_specification_compiles_while_you_wait(
    launcher: Launcher, client: httpx2.Client
) -> None:
    """The literal path of the specification, from outside and with a wait, on the running application."""
    project = patient(client, "POST", "projects", json={"name": "literal"}).json()["id"]
    scene = client.post(f"projects/{project}/scenes", json={"slugline": "EXT. PIER - DAWN"}).json()["id"]
    shot = client.post(f"scenes/{scene}/shots", json={"description": "Fog rolls in."}).json()["id"]
    root = launcher.base.removesuffix("/v1/")  # type: ignore[attr-defined]
    answer = client.post(f"{root}/shots/{shot}/generate-flow", params={"wait": 30})
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "ready"
