"""While developing: start the API and the worker again when their source changes."""

import asyncio
from collections.abc import Callable, Sequence

from watchfiles import PythonFilter, awatch

from backend.embedded.options import REPOSITORY
from backend.embedded.supervisor import Supervised, Supervisor


async def restart_on_change(supervisor: Supervisor, children: Sequence[Supervised], say: Callable[[str], None]) -> None:
    """Runs until cancelled. A new migration is applied too, because the API does that whenever it starts."""
    async for changes in awatch(REPOSITORY / "backend", REPOSITORY / "alembic", watch_filter=PythonFilter()):
        names = sorted({path.removeprefix(f"{REPOSITORY}/") for _, path in changes})
        say(f"{', '.join(names[:3])} changed; the API and the worker are started again.")
        await asyncio.gather(*(supervisor.restart(child) for child in children))
