"""Commands for the person who runs the installation: `python -m backend.cli --help`."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from alembic import command
from alembic.config import Config

from backend.clients.storage import Storage
from backend.core.errors import AppError
from backend.core.settings import Settings
from backend.main import create_app
from backend.resources import open_resources
from backend.users import service as users

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Auteur AI: commands for who runs it.")

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_ADMIN = "admin@auteur.local"


def alembic_config(settings: Settings) -> Config:
    """Alembic's configuration with this installation's database."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["database"] = settings.database
    return config


@cli.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    typer.echo(json.dumps(create_app(Settings()).openapi(), indent=2, ensure_ascii=False))


@cli.command()
def migrate(revision: str = "head") -> None:
    """Bring the database's tables up to date."""
    command.upgrade(alembic_config(Settings()), revision)


@cli.command()
def prepare(
    admin_email: Annotated[str, typer.Option(envvar="AUTEUR_ADMIN_EMAIL")] = DEFAULT_ADMIN,
    admin_password: Annotated[str, typer.Option(envvar="AUTEUR_ADMIN_PASSWORD")] = "",
) -> None:
    """Migrate, make the bucket, and make the first account; prints one line of JSON. Safe to run again."""
    settings = Settings()
    command.upgrade(alembic_config(settings), "head")
    admin = asyncio.run(_prepare(settings, admin_email, admin_password or None))
    typer.echo(json.dumps({"admin_email": admin.email, "admin_password": admin.password, "created": admin.is_created}))


async def _prepare(settings: Settings, email: str, password: str | None) -> users.FirstAdmin:
    async def wake(_jobs: object) -> None:
        """Nothing is enqueued here."""

    await Storage(settings.s3).ensure_bucket()
    async with open_resources(settings, wake) as resources, resources.db.transaction() as session:
        return await users.ensure_first_admin(session, email=email, password=password)


@cli.command()
def create_user(
    email: str,
    name: str,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    admin: bool = False,
) -> None:
    """Add an account."""
    settings = Settings()

    async def run() -> None:
        async def wake(_jobs: object) -> None:
            """Nothing is enqueued here."""

        async with open_resources(settings, wake) as resources, resources.db.transaction() as session:
            await users.create_user(session, email=email, name=name, password=password, is_admin=admin)

    try:
        asyncio.run(run())
    except AppError as error:
        typer.echo(error.detail, err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Added {email}.")


if __name__ == "__main__":
    cli()
