"""Runs the whole of Auteur on one machine: starts everything, says where it is, keeps it running, stops it."""

import asyncio
import time
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import closing

from backend.embedded import programs
from backend.embedded.data_directory import DataDirectory
from backend.embedded.options import Options
from backend.embedded.ports import is_free
from backend.embedded.process import LauncherError
from backend.embedded.programs import VITE_PORT, Administrator, Program
from backend.embedded.services import EmbeddedServices, embedded_services
from backend.embedded.supervisor import Supervisor

READY_SECONDS = 60.0
LLM_SECONDS = 1.0

Say = Callable[[str], None]


async def run_services_only(options: Options, say: Say) -> None:
    """The three services and their addresses as environment lines, until cancelled."""
    async with embedded_services(options.data_dir, allowed_origins="*") as services:
        for name, value in services.addresses.environment().items():
            say(f"{name}={value}")
        supervisor = Supervisor(say)
        await _all(supervisor.keep_running(service) for service in services.all)


async def run(options: Options, say: Say, *, is_development: bool = False) -> None:
    """Everything, until cancelled. `LauncherError` when it cannot start or a part cannot run."""
    begun = time.monotonic()
    with closing(DataDirectory(options.data_dir)) as data:
        ports = [options.port, VITE_PORT] if is_development else [options.port]
        for port in ports:
            _claim(port)
        say("Starting Auteur …")
        origins = ",".join(f"http://{host}:{port}" for port in ports for host in ("127.0.0.1", "localhost"))
        services = EmbeddedServices(data, allowed_origins=origins)
        await _Launch(options, services, say, is_development=is_development).run(begun)


class _Launch:
    """The services and the programs on top of them."""

    def __init__(self, options: Options, services: EmbeddedServices, say: Say, *, is_development: bool) -> None:
        self._options = options
        self._services = services
        self._say = say
        self._api = programs.Api(options, services.data)
        self._worker = programs.worker(services.data)
        self._page = programs.page_server(services.data) if is_development else None
        self._supervisor = Supervisor(say)
        self._program_supervisor = Supervisor(say, awaits_change=is_development)

    async def run(self, begun: float) -> None:
        """Until cancelled; then the API stops before the worker, and both before the services."""
        try:
            await _all([self._bring_up(begun)])
        finally:
            self._services.data.hide_environment()
            for child in (self._page, self._api, self._worker):
                if child:
                    await child.stop()
            await self._services.stop()

    async def _bring_up(self, begun: float) -> None:
        """The API's imports take longest, so they begin first, beside the services."""
        async with asyncio.TaskGroup() as tasks:
            llm = tasks.create_task(asyncio.to_thread(_answers, f"{self._options.llm_url}/api/version"))
            self._api.env = self._options.environment
            tasks.create_task(self._program_supervisor.keep_running(self._api))
            await self._services.start()
            for service in self._services.all:
                tasks.create_task(self._supervisor.keep_running(service))
            env = programs.program_environment(self._options, self._services.addresses.environment())
            self._api.env = self._worker.env = env
            self._services.data.show_environment(programs.without_password(env))
            self._api.services_ready.set()
            administrator = await self._api.administrator
            tasks.create_task(self._program_supervisor.keep_running(self._worker))
            await _until_ready(f"http://127.0.0.1:{self._options.port}/readyz", self._api)
            if self._page:
                self._page.env = env
                tasks.create_task(self._supervisor.keep_running(self._page))
                await _until_ready(f"http://127.0.0.1:{VITE_PORT}/", self._page)
                from backend.embedded.development import restart_on_change  # needs a package of the development set

                changes = restart_on_change(self._program_supervisor, [self._api, self._worker], self._say)
                tasks.create_task(changes)
            self._report(administrator, await llm, time.monotonic() - begun)

    def _report(self, administrator: Administrator, llm_answers: bool, seconds: float) -> None:
        llm = "answers" if llm_answers else "does not answer; until it does, the built-in rules do its work"
        lines = [
            f"Auteur is ready after {seconds:.1f} s.",
            "",
            f"  Open     http://127.0.0.1:{VITE_PORT if self._page else self._options.port}",
            f"  Sign in  {administrator.email}, {self._password(administrator)}",
            f"  Ollama   {self._options.llm_url} {llm}",
            f"  Data     {self._services.data.path}",
            f"  Logs     {self._services.data.logs}",
            *([] if self._page or "SPA_DIR" in self._api.env else ["  Page     not built; `make up` builds it"]),
            "",
            "Ctrl-C stops everything.",
        ]
        self._say("\n".join(lines))

    def _password(self, administrator: Administrator) -> str:
        if not administrator.is_new:
            return "with the password of the first start"
        if self._options.is_password_given:
            return "with the password from AUTEUR_ADMIN_PASSWORD"
        return f"password {administrator.password} (shown only this once)"


async def _until_ready(url: str, server: Program) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not await asyncio.to_thread(_answers, url):
        if time.monotonic() > deadline:
            raise LauncherError(
                f"{server.title} was not ready within {READY_SECONDS:.0f} seconds; its log is {server.process.log}."
            )
        await asyncio.sleep(0.05)


def _answers(url: str) -> bool:
    """Whether a GET is answered with success, asked directly and not through a proxy."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=LLM_SECONDS) as response:
            return bool(response.status == 200)
    except (OSError, ValueError):  # unreachable, an error status, or not an address
        return False


def _claim(port: int) -> None:
    if not is_free(port):
        raise LauncherError(
            f"Port {port} on 127.0.0.1 is taken by another program: "
            + ("stop that one." if port == VITE_PORT else "stop that one, or set AUTEUR_PORT to another number.")
        )


async def _all(jobs: Iterable["asyncio._CoroutineLike[None]"]) -> None:
    """Run them together; the first failure ends the others and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for job in jobs:
                tasks.create_task(job)
    except BaseExceptionGroup as group:
        raise _first(group) from None


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
