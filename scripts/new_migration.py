"""Write the next Alembic migration from the difference between the models and a migrated, empty database."""

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from alembic import command  # noqa: E402

from backend.cli import alembic_config  # noqa: E402
from backend.core.settings import Settings  # noqa: E402
from backend.embedded.data_directory import temporary_data_directory  # noqa: E402
from backend.embedded.services import embedded_services  # noqa: E402


async def main(name: str) -> None:
    with temporary_data_directory() as folder:
        async with embedded_services(folder / "data") as services:
            os.environ.update(services.addresses.environment())
            await asyncio.to_thread(write, name)


def write(name: str) -> None:
    config = alembic_config(Settings())
    command.upgrade(config, "head")
    number = 1 + max(int(path.name[:4]) for path in (ROOT / "alembic" / "versions").glob("[0-9]*.py"))
    command.revision(config, message=name, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit("Give the migration a name: make migration NAME='add shot notes'.")
    asyncio.run(main(sys.argv[1]))
