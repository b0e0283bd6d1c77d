"""Our own child processes: what prepares the data, the API, the worker, and the page's development server."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.data_directory import DataDirectory
from backend.embedded.options import REPOSITORY, Options
from backend.embedded.process import ChildProcess, LauncherError, last_line, run_to_end

# Three stops one after the other have to end within 5 seconds: API, worker, services (1.5).
PROGRAM_STOP_SECONDS = 1.4
GRACEFUL_SECONDS = "1"
FRONTEND = REPOSITORY / "frontend"
PAGE = FRONTEND / "dist"
VITE_PORT = 5173


class Program:
    """A command of ours that runs as long as the launcher."""

    def __init__(
        self, name: str, title: str, command: Sequence[str | Path], *, env: Mapping[str, str], data: DataDirectory
    ) -> None:
        self.title = title
        self.process = ChildProcess(
            name, log=data.log(name), pid_file=data.pid_file(name), stop_seconds=PROGRAM_STOP_SECONDS
        )
        self._command = command
        self._env = env

    async def start(self) -> None:
        await self.process.spawn(self._command, env=self._env, cwd=REPOSITORY)

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
        "AUTEUR_PORT": str(options.port),
    }
    if (PAGE / "index.html").is_file():
        environment["SPA_DIR"] = str(PAGE)
    return environment


async def prepare(env: Mapping[str, str], data: DataDirectory) -> Administrator:
    """Migrate, and make the bucket and the first account. Alone among the programs it gets the given password."""
    log = data.log("prepare")
    command = [sys.executable, "-m", "backend.cli", "prepare"]
    code, output = await run_to_end(command, env=env, cwd=REPOSITORY, log=log)
    if code:
        raise LauncherError(f"Preparing the database failed; the log is {log} and ends with: {last_line(log)}")
    report = json.loads(output.strip().splitlines()[-1])
    return Administrator(report["admin_email"], report["admin_password"], report["created"])


def api(options: Options, env: Mapping[str, str], data: DataDirectory) -> Program:
    command = [sys.executable, "-m", "uvicorn", "backend.main:app", "--host", "127.0.0.1", "--port", str(options.port)]
    # Pages hold an event stream open, which would keep the server from ending.
    command += ["--timeout-graceful-shutdown", GRACEFUL_SECONDS]
    return Program("api", "The API", command, env=_without_password(env), data=data)


def worker(env: Mapping[str, str], data: DataDirectory) -> Program:
    command = [sys.executable, "-m", "backend.worker"]
    return Program("worker", "The worker", command, env=_without_password(env), data=data)


def page_server(options: Options, env: Mapping[str, str], data: DataDirectory) -> Program:
    """Vite, which passes requests for the API on to it."""
    vite = FRONTEND / "node_modules" / ".bin" / "vite"
    if not vite.exists():
        raise LauncherError("The page's packages are not installed: run `make install-dev`.")
    command = [
        str(vite),
        str(FRONTEND),
        "--host",
        "127.0.0.1",
        "--port",
        str(VITE_PORT),
        "--strictPort",
        "--clearScreen=false",
    ]
    environment = _without_password(env) | {"AUTEUR_API_PORT": str(options.port)}
    return Program("page", "The page's server", command, env=environment, data=data)


def _without_password(env: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in env.items() if key != "AUTEUR_ADMIN_PASSWORD"}
