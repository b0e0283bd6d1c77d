"""The secrets of a new installation: made once, kept, and readable by nobody but their reader."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded.options import REPOSITORY

SCRIPT = REPOSITORY / "deploy" / "init_secrets.py"


def run(folder: Path, *volumes: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(folder), *map(str, volumes)],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


def test_the_first_start_makes_every_secret_and_the_second_changes_none(tmp_path: Path) -> None:
    first = run(tmp_path / "secrets")
    made = contents(tmp_path / "secrets")
    second = run(tmp_path / "secrets")

    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert "secrets/admin/password" in first.stdout
    assert second.stdout == ""
    assert contents(tmp_path / "secrets") == made
    assert made["app/DATABASE__PASSWORD"] == made["db/password"]
    assert made["app/S3__SECRET_KEY"] == made["minio/secret_key"]
    assert made["redis/redis.conf"] == f'requirepass "{made["app/REDIS__PASSWORD"].strip()}"\n'


def test_no_two_installations_and_no_two_secrets_are_alike(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(tmp_path / name).returncode == 0
    secrets = [set(contents(tmp_path / name).values()) for name in ("one", "two")]

    # Seven secrets, and Redis' configuration; the files that two readers share hold the same.
    assert [len(values) for values in secrets] == [8, 8]
    assert not secrets[0] & secrets[1]
    assert all(len(value.strip()) >= 16 for values in secrets for value in values)


def test_no_secret_is_printed(tmp_path: Path) -> None:
    done = run(tmp_path / "secrets")

    for value in contents(tmp_path / "secrets").values():
        assert value.strip() not in done.stdout + done.stderr


def test_only_their_reader_can_open_them(tmp_path: Path) -> None:
    (tmp_path / "secrets" / "app").mkdir(parents=True)  # as Docker makes it for a mount

    assert run(tmp_path / "secrets").returncode == 0

    for path in (tmp_path / "secrets").rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        elif os.geteuid() == 0:
            assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand files to another account")
def test_each_folder_and_volume_belongs_to_the_account_of_its_service(tmp_path: Path) -> None:
    volume = tmp_path / "volumes" / "minio"
    volume.mkdir(parents=True)

    assert run(tmp_path / "secrets", volume).returncode == 0

    owners = {name: (tmp_path / "secrets" / name).stat().st_uid for name in ("app", "db", "minio")}
    assert owners == {"app": 10001, "db": 999, "minio": 1000}
    assert (tmp_path / "secrets" / "minio" / "root_password").stat().st_uid == 1000
    assert volume.stat().st_uid == 1000


def test_a_variable_sets_a_secret_and_replaces_it(tmp_path: Path) -> None:
    run(tmp_path / "secrets")
    assert run(tmp_path / "secrets", DATABASE__PASSWORD="mine").returncode == 0

    made = contents(tmp_path / "secrets")
    assert made["app/DATABASE__PASSWORD"] == made["db/password"] == "mine\n"


@pytest.mark.parametrize("value", ['with "quotes"', "two words", "back\\slash", "Straße"])
def test_a_secret_that_a_part_could_not_read_is_refused_by_name(tmp_path: Path, value: str) -> None:
    done = run(tmp_path / "secrets", REDIS__PASSWORD=value)

    assert done.returncode == 1
    assert "REDIS__PASSWORD" in done.stderr
    assert value not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_is_missing_for_one_reader_is_taken_from_the_other(tmp_path: Path) -> None:
    run(tmp_path / "secrets")
    before = contents(tmp_path / "secrets")
    (tmp_path / "secrets" / "db" / "password").unlink()

    run(tmp_path / "secrets")

    assert contents(tmp_path / "secrets") == before
