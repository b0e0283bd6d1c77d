"""The folder that holds everything the embedded services keep: made, locked and checked here."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from backend.embedded.process import Account, LauncherError


class AlreadyRunningError(LauncherError):
    """Another instance holds the data folder."""


class DataDirectory:
    """An open, locked data folder. Everything below it is ours; its parents are never changed."""

    def __init__(self, path: Path) -> None:
        """Make the folder if it is missing, and lock it; `LauncherError` when another instance has it."""
        self.path = Path(os.path.abspath(path))
        try:
            _make(self.path)
            self._lock = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LauncherError(
                f"Cannot write to the data folder {self.path} ({error.strerror}): set AUTEUR_DATA_DIR to another one."
            ) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise AlreadyRunningError(
                f"Auteur is already running on the data folder {self.path}: stop it, or set AUTEUR_DATA_DIR and "
                "AUTEUR_PORT for a second one."
            ) from None
        self.logs = self.folder("logs")
        self._run = self.folder("run")
        self._rotate_logs()

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._lock)

    def folder(self, name: str) -> Path:
        """A private folder inside, made if missing."""
        path = self.path / name
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def pid_file(self, name: str) -> Path:
        return self._run / f"{name}.pid"

    def secret(self, name: str) -> str:
        """A random secret that is made once and kept in a file only its owner can read."""
        path = self.path / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_hex(24)
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            part.touch(0o600)
            part.write_text(json.dumps(known, indent=2))
            part.replace(path)
        return known[name]

    def show_environment(self, environment: Mapping[str, str]) -> None:
        """Leave what leads to the running services for the commands of who runs this; it holds secrets."""
        path = _environment_file(self.path)
        path.unlink(missing_ok=True)
        path.touch(0o600)
        path.write_text(json.dumps(dict(environment)))

    def hide_environment(self) -> None:
        """They are about to stop."""
        _environment_file(self.path).unlink(missing_ok=True)

    def _rotate_logs(self) -> None:
        """Each start begins new logs and keeps the ones before."""
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))


def running_environment(data_dir: Path) -> dict[str, str]:
    """What leads to the services of the instance that runs on the folder; `LauncherError` before it is ready."""
    try:
        found: dict[str, str] = json.loads(_environment_file(data_dir).read_text())
    except (OSError, ValueError):
        raise LauncherError(f"Auteur is starting or stopping on {data_dir}: try again in a moment.") from None
    return found


def _environment_file(data_dir: Path) -> Path:
    return data_dir / "run" / "environment.json"


def blocking_folder(account: Account, path: Path) -> Path | None:
    """The topmost folder on the way to `path` that the account may not enter, if any."""
    for folder in reversed([path, *path.parents]):
        status = folder.stat()
        if status.st_uid == account.uid:
            allowed = status.st_mode & stat.S_IXUSR
        elif status.st_gid == account.gid:
            allowed = status.st_mode & stat.S_IXGRP
        else:
            allowed = status.st_mode & stat.S_IXOTH
        if not allowed:
            return folder
    return None


@contextlib.contextmanager
def temporary_data_directory() -> Iterator[Path]:
    """A new folder under the system's temporary folder that the Postgres account can enter; removed at the end.

    For tests: pytest's own temporary folders admit only their owner, so under root they keep Postgres out.
    """
    path = Path(tempfile.mkdtemp(prefix="auteur-"))
    path.chmod(_mode())
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _make(path: Path) -> None:
    """Make the missing folders so that, under root, other accounts may pass through but not list them."""
    missing = [folder for folder in [path, *path.parents] if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        folder.chmod(_mode())


def _mode() -> int:
    return 0o711 if os.geteuid() == 0 else 0o700
