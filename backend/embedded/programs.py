"""Our own child processes: what prepares the data, the API, the worker, and the page's development server."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.embedded.data_directory import DataDirectory
from backend.embedded.options import REPOSITORY, Options
from backend.embedded.process import ChildProcess, LauncherError, child_command, last_line

# Three stops one after the other have to end within 5 seconds: API, worker, services (1.5).
PROGRAM_STOP_SECONDS = 1.4
GRACEFUL_SECONDS = "1"
GO = b"go\n"
FRONTEND = REPOSITORY / "frontend"
PAGE = FRONTEND / "dist"
VITE_PORT = 5173


class Program:
    """A command of ours that runs as long as the launcher, each time with the `env` of that moment."""

    def __init__(self, name: str, title: str, command: Sequence[str], *, data: DataDirectory) -> None:
        self.title = title
        self.process = ChildProcess(
            name, log=data.log(name), pid_file=data.pid_file(name), stop_seconds=PROGRAM_STOP_SECONDS
        )
        self.env: Mapping[str, str] = {}
        self._command = command

    async def start(self) -> None:
        await self.process.spawn(self._command, env=_without_password(self.env), cwd=REPOSITORY)

    async def stop(self) -> None:
        await self.process.stop()


@dataclass(frozen=True)
class Administrator:
    """The first account, as `backend.cli prepare` reports it; `password` only when it was generated just now."""

    email: str
    password: str | None
    is_new: bool


def program_environment(options: Options, services: Mapping[str, str]) -> dict[str, str]:
    """For the API and the worker: the user's environment, with our services in place of any others."""
    environment = dict(options.environment) | dict(services)
    environment |= {
        "EMBEDDED": "true",
        "LOG_JSON": "false",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
        "WORKER__DRAIN_SECONDS": GRACEFUL_SECONDS,
        "AUTEUR_API_PORT": str(options.port),  # where Vite finds the API
    }
    if (PAGE / "index.html").is_file():
        environment["SPA_DIR"] = str(PAGE)
    return environment


class Preparation:
    """The command that migrates and makes the bucket and the first account.

    `start` imports it, which takes longer than the services' start; `finish` runs it.
    """

    def __init__(self, data: DataDirectory) -> None:
        self._log = data.log("prepare")
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, env: Mapping[str, str]) -> None:
        """Of the programs this alone gets the administrator's password."""
        await self.stop()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *child_command([sys.executable, "-m", "backend.embedded.prepare"], signal.SIGKILL, None),
                env=env,
                cwd=REPOSITORY,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    async def finish(self) -> Administrator:
        """`LauncherError` when it fails."""
        assert self._process
        output, _ = await self._process.communicate(GO)
        if self._process.returncode:
            end = last_line(self._log)
            raise LauncherError(f"Preparing the database failed; the log is {self._log} and ends with: {end}")
        report = json.loads(output.splitlines()[-1])
        return Administrator(report["admin_email"], report["admin_password"], report["created"])

    async def stop(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()


def api(options: Options, data: DataDirectory) -> Program:
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "backend.main:app",
        "--factory",
        "--host",
        "127.0.0.1",
        "--port",
        str(options.port),
    ]
    # Pages hold an event stream open, which would keep the server from ending.
    command += ["--timeout-graceful-shutdown", GRACEFUL_SECONDS]
    return Program("api", "The API", command, data=data)


def worker(data: DataDirectory) -> Program:
    return Program("worker", "The worker", [sys.executable, "-m", "backend.worker"], data=data)


def page_server(data: DataDirectory) -> Program:
    """Vite, which passes requests for the API on to it."""
    vite = FRONTEND / "node_modules" / ".bin" / "vite"
    if not vite.exists():
        raise LauncherError("The page's packages are not installed: run `make install-dev`.")
    command = [str(vite), str(FRONTEND), "--host", "127.0.0.1", "--port", str(VITE_PORT), "--strictPort"]
    return Program("page", "The page's server", [*command, "--clearScreen=false"], data=data)


def _without_password(env: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in env.items() if key != "AUTEUR_ADMIN_PASSWORD"}
