"""`python -m backend.embedded.command ARGUMENTS…`: a command of `backend.cli` on the data of `make up`.

While `make up` runs, the command uses its services. Otherwise the services are started for the command alone, so
that a backup can be brought back into a new data folder before anything else has been there.
"""

import asyncio
import sys
from collections.abc import Mapping
from contextlib import closing

from backend.embedded.data_directory import AlreadyRunningError, DataDirectory, running_environment
from backend.embedded.options import Options
from backend.embedded.process import LauncherError


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    try:
        options = Options.read()
        try:
            data = DataDirectory(options.data_dir)
        except AlreadyRunningError:
            return asyncio.run(_run(arguments, running_environment(options.data_dir)))
        with closing(data):
            return asyncio.run(_run_alone(arguments, options, data))
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


async def _run_alone(arguments: list[str], options: Options, data: DataDirectory) -> int:
    # Here, because a command for a running instance need not wait for these imports.
    from backend.embedded.programs import program_environment, without_password
    from backend.embedded.services import DEFAULT_ORIGINS, EmbeddedServices

    print("Auteur is not running: its services are started for this command.", file=sys.stderr)
    services = EmbeddedServices(data, allowed_origins=DEFAULT_ORIGINS)
    try:
        await services.start()
        environment = program_environment(options, services.addresses.environment())
        return await _run(arguments, without_password(environment))
    finally:
        await services.stop()


async def _run(arguments: list[str], environment: Mapping[str, str]) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", *arguments, env=dict(environment)
    )
    try:
        return await process.wait()
    except asyncio.CancelledError:
        # Ctrl-C in the terminal has reached the command too: let it end first.
        await process.wait()
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
