"""`python -m backend.embedded [--dev | --services-only]`: the launcher behind `make up` and `make dev`."""

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Coroutine

from backend.embedded.process import LauncherError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m backend.embedded", description="Run Auteur without Docker.")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--dev", action="store_true", help="reload API and worker on change, serve the page by Vite")
    mode.add_argument("--services-only", action="store_true", help="only PostgreSQL, Valkey and S3; print their env")
    arguments = parser.parse_args()
    try:
        # Here, so that a missing package is one sentence too.
        from backend.embedded import launcher
        from backend.embedded.options import Options

        options = Options.read()
        if arguments.services_only:
            job = launcher.run_services_only(options, say)
        else:
            job = launcher.run(options, say, is_development=arguments.dev)
        asyncio.run(until_stopped(job))
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"The package {error.name} is not installed: run `make install`.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before the handlers below were in place
        return 130
    return 0


def say(line: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone, and everything has to stop in order all the same
        print(line, flush=True)


async def until_stopped(job: Coroutine[None, None, None]) -> None:
    """Run the job until it fails or a signal asks for the end; further signals do not disturb the stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM:  # nohup ignores SIGHUP
            loop.add_signal_handler(number, stop.set)
    task = asyncio.create_task(job)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        say("Stopping …")
        task.cancel()
        await asyncio.wait([task])
    stopping.cancel()
    if not task.cancelled():
        task.result()


if __name__ == "__main__":
    sys.exit(main())
