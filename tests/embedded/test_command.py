"""The commands of who runs it, on the data of `make up`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from backend.embedded.data_directory import temporary_data_directory
from backend.embedded.options import REPOSITORY
from backend.embedded.ports import free_ports
from tests.embedded.launching import Launcher
from tests.support import images

EMAIL, PASSWORD = "night@example.org", "a long enough password"


def run(data: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """What a person types, on this data folder."""
    return subprocess.run(
        [sys.executable, "-m", "backend.embedded.command", *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"AUTEUR_DATA_DIR": str(data), "LLM__BASE_URL": "http://127.0.0.1:9"},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with temporary_data_directory() as found:
        yield found


@pytest.fixture(scope="module")
def port() -> int:
    return free_ports(1)[0]


@pytest.fixture(scope="module")
def launcher(folder: Path, port: int) -> Iterator[Launcher]:
    started = Launcher(folder / "data", port=port, env={"AUTEUR_ADMIN_EMAIL": EMAIL, "AUTEUR_ADMIN_PASSWORD": PASSWORD})
    try:
        started.wait_for("Ctrl-C stops everything.")
        yield started
    finally:
        started.stop()


def test_the_doctor_finds_a_running_installation_healthy(launcher: Launcher, folder: Path) -> None:
    result = run(folder / "data", "doctor")
    assert result.returncode == 0, result.stdout + result.stderr
    states = {line.split()[1]: line.split()[0] for line in result.stdout.splitlines()}
    assert states.pop("llm") == "off"
    assert set(states.values()) <= {"ok", "warning"}, result.stdout
    assert states["worker"] == "ok"
    assert f"free in {folder / 'data'}" in result.stdout


def test_the_way_to_the_services_is_only_its_owners_and_holds_no_admin_password(
    launcher: Launcher, folder: Path
) -> None:
    path = folder / "data" / "run" / "environment.json"
    assert path.stat().st_mode & 0o077 == 0
    assert PASSWORD not in path.read_text()


def test_a_backup_of_a_running_installation_comes_back_in_another_folder(
    launcher: Launcher, folder: Path, port: int
) -> None:
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}/api/v1/", timeout=20) as client:
        assert client.post("auth/login", json={"email": EMAIL, "password": PASSWORD}).status_code == 200
        project = client.post("projects", json={"name": "Ferry"}).json()["id"]
        picture = images.photograph_jpeg(640, 480)
        answer = client.post(
            "assets/upload", files={"file": ("deck.jpg", picture)}, data={"project_id": project, "type": "Location"}
        )
        assert answer.status_code == 201, answer.text
    saved = run(folder / "data", "backup", str(folder / "backup"))
    assert saved.returncode == 0, saved.stderr
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder / "backup").returncode == 0
    back = run(folder / "new", "restore", str(folder / "backup"))
    assert back.returncode == 0, back.stdout + back.stderr
    assert "its services are started for this command" in back.stderr
    again = free_ports(1)[0]
    restored = Launcher(folder / "new", port=again)
    try:
        restored.wait_for("Ctrl-C stops everything.")
        with httpx2.Client(base_url=f"http://127.0.0.1:{again}/api/v1/", timeout=20) as client:
            assert client.post("auth/login", json={"email": EMAIL, "password": PASSWORD}).status_code == 200
            [found] = client.get("assets", params={"project_id": project}).json()["items"]
            assert httpx2.get(found["url"]).content == picture
    finally:
        restored.stop()
    assert not (folder / "new" / "run" / "environment.json").exists()


def test_a_command_passes_on_its_input_and_its_failure(launcher: Launcher, folder: Path) -> None:
    made = run(folder / "data", "create-admin", "second@example.org", "--password-stdin", stdin="quite long enough\n")
    assert made.returncode == 0, made.stderr
    assert run(folder / "data", "create-admin", "second@example.org", "--generate").returncode == 1
