"""Our own child processes: what prepares the data, the API, the worker, and the page's development server."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.embedded.data_directory import DataDirectory
from backend.embedded.options import REPOSITORY, Options
from backend.embedded.process import ChildProcess, LauncherError, last_line

# Three stops one after the other have to end within 5 seconds: API, worker, services (1.5).
PROGRAM_STOP_SECONDS = 1.4
DRAIN_SECONDS = "1"
FRONTEND = REPOSITORY / "frontend"
PAGE = FRONTEND / "dist"
VITE_PORT = 5173


@dataclass(frozen=True)
class Administrator:
    """The first account, as the command `prepare` reports it; `password` only when it was generated just now."""

    email: str
    password: str | None
    is_new: bool


def program_environment(options: Options, services: Mapping[str, str]) -> dict[str, str]:
    """For the API and the worker: the user's environment, with our services in place of any others."""
    environment = dict(options.environment) | dict(services)
    environment |= {
        "EMBEDDED": "true",
        "AUTEUR_DATA_DIR": str(options.data_dir),
        "LOG_JSON": "false",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
        "WORKER__DRAIN_SECONDS": DRAIN_SECONDS,
        "AUTEUR_API_PORT": str(options.port),  # where Vite finds the API
    }
    if (PAGE / "index.html").is_file():
        environment["SPA_DIR"] = str(PAGE)
    return environment


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
        await self.process.spawn(self._command, env=without_password(self.env), cwd=REPOSITORY)

    async def stop(self) -> None:
        await self.process.stop()


class Api(Program):
    """The API. It may start before the services do: it waits for `services_ready` with the finished `env`."""

    def __init__(self, options: Options, data: DataDirectory) -> None:
        command = [sys.executable, "-m", "backend.embedded.serve", str(options.port)]
        super().__init__("api", "The API", command, data=data)
        self.services_ready = asyncio.Event()
        self.administrator: asyncio.Future[Administrator] = asyncio.get_running_loop().create_future()

    async def start(self) -> None:
        """Spawn it and have it bring the data up to date. `LauncherError` when that fails at the first start."""
        await self.process.spawn(self._command, env=without_password(self.env), cwd=REPOSITORY, is_asked=True)
        await self.services_ready.wait()
        answer = await self.process.ask(json.dumps(dict(self.env)))
        if self.administrator.done():
            return
        if not answer.strip():
            log = self.process.log
            raise LauncherError(f"The database could not be prepared; the log is {log} and ends with: {last_line(log)}")
        report = json.loads(answer.splitlines()[-1])
        self.administrator.set_result(Administrator(report["admin_email"], report["admin_password"], report["created"]))


def worker(data: DataDirectory) -> Program:
    return Program("worker", "The worker", [sys.executable, "-m", "backend.worker"], data=data)


def page_server(data: DataDirectory) -> Program:
    """Vite, which passes requests for the API on to it."""
    vite = FRONTEND / "node_modules" / ".bin" / "vite"
    if not vite.exists():
        raise LauncherError("The page's packages are not installed: run `make install-dev`.")
    command = [str(vite), str(FRONTEND), "--host", "127.0.0.1", "--port", str(VITE_PORT), "--strictPort"]
    return Program("page", "The page's server", [*command, "--clearScreen=false"], data=data)


def without_password(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without the first account's password, which only its making needs."""
    return {key: value for key, value in env.items() if key != "AUTEUR_ADMIN_PASSWORD"}
