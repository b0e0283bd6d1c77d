"""Commands for the person who runs the installation: `python -m backend.cli --help`."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from textwrap import indent
from typing import Annotated, TypeVar

import typer
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from backend.clients.storage import Storage
from backend.core.errors import AppError
from backend.core.logging import configure_logging
from backend.core.settings import Settings
from backend.llm.doctor import examine
from backend.llm.schemas import DoctorReport
from backend.main import create_app
from backend.operations import migrations
from backend.operations.backup import back_up
from backend.operations.doctor import CHECKS, diagnose
from backend.operations.passwords import read_password
from backend.operations.restore import restore as restore_backup
from backend.operations.storage_check import check_storage
from backend.resources import Resources, open_resources
from backend.users import service as users

T = TypeVar("T")

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Auteur AI: commands for who runs it.")

storage = typer.Typer(no_args_is_help=True, help="The stored files.")
cli.add_typer(storage, name="storage")

DEFAULT_ADMIN = "admin@auteur.local"

EmailArgument = Annotated[str, typer.Argument(help="The account's e-mail address.")]
PasswordFile = Annotated[Path | None, typer.Option(help="Read the password from the first line of this file.")]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it, once.")]


@asynccontextmanager
async def _resources(settings: Settings) -> AsyncIterator[Resources]:
    async def wake(_jobs: object) -> None:
        """A worker's sweep finds what is enqueued here within five seconds."""

    async with open_resources(settings, wake) as resources:
        yield resources


def _run(work: Callable[[Resources], Awaitable[T]]) -> T:
    """Run with this installation's resources; a problem becomes one sentence, its mend, and exit code 1."""

    async def opened() -> T:
        async with _resources(Settings()) as resources:
            return await work(resources)

    with _told():
        return asyncio.run(opened())


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except AppError as error:
        typer.echo(f"{error.detail} {error.fix or ''}".strip(), err=True)
        raise typer.Exit(1) from None
    except (OSError, SQLAlchemyError, RedisError) as error:
        first_line = (str(error).splitlines() or [""])[0]
        typer.echo(f"{type(error).__name__}: {first_line} `python -m backend.cli doctor` says what to do.", err=True)
        raise typer.Exit(1) from None


@cli.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    typer.echo(json.dumps(create_app(Settings()).openapi(), indent=2, ensure_ascii=False))


@cli.command()
def migrate(revision: str = "head") -> None:
    """Bring the database's tables up to date."""
    with _told():
        migrations.upgrade(Settings(), revision)


@cli.command()
def prepare(
    admin_email: Annotated[str, typer.Option(envvar="AUTEUR_ADMIN_EMAIL")] = DEFAULT_ADMIN,
    admin_password: Annotated[str, typer.Option(envvar="AUTEUR_ADMIN_PASSWORD")] = "",
    admin_password_file: Annotated[Path | None, typer.Option(envvar="AUTEUR_ADMIN_PASSWORD_FILE")] = None,
) -> None:
    """Migrate, make the bucket, and make the first account; prints one line of JSON. Safe to run again."""
    settings = Settings()
    if not admin_password and admin_password_file is not None:
        admin_password, _ = read_password(admin_password_file, False, False)
    with _told():
        migrations.upgrade(settings)
        admin = asyncio.run(_prepare(settings, admin_email, admin_password or None))
    typer.echo(json.dumps({"admin_email": admin.email, "admin_password": admin.password, "created": admin.is_created}))


async def _prepare(settings: Settings, email: str, password: str | None) -> users.FirstAdmin:
    await Storage(settings.s3).ensure_bucket()
    async with _resources(settings) as resources, resources.db.transaction() as session:
        return await users.ensure_first_admin(session, email=email, password=password)


@cli.command()
def create_admin(
    email: EmailArgument,
    name: Annotated[str, typer.Option(help="Shown in the page; the address's first part when not given.")] = "",
    password_file: PasswordFile = None,
    password_stdin: PasswordStdin = False,
    generate: Generate = False,
) -> None:
    """Add an account that may change the installation's settings. Asks for the password, or generates one."""
    _create(email, name, read_password(password_file, password_stdin, generate), is_admin=True)


@cli.command()
def create_user(
    email: EmailArgument,
    name: Annotated[str, typer.Option(help="Shown in the page; the address's first part when not given.")] = "",
    password_file: PasswordFile = None,
    password_stdin: PasswordStdin = False,
    generate: Generate = False,
) -> None:
    """Add an account. Asks for the password, or generates one."""
    _create(email, name, read_password(password_file, password_stdin, generate), is_admin=False)


def _create(email: str, name: str, password: tuple[str, bool], *, is_admin: bool) -> None:
    address, (secret, is_generated) = email.strip(), password
    if not 3 <= len(address) <= 320 or "@" not in address or not address.isprintable() or " " in address:
        raise typer.BadParameter(f"{email!r} is no e-mail address.")

    async def work(resources: Resources) -> None:
        async with resources.db.transaction() as session:
            await users.create_user(
                session, email=address, name=name.strip() or address.split("@")[0], password=secret, is_admin=is_admin
            )

    _run(work)
    typer.echo(f"Added {address}.")
    _show(secret if is_generated else None)


@cli.command()
def reset_password(
    email: EmailArgument,
    password_file: PasswordFile = None,
    password_stdin: PasswordStdin = False,
    generate: Generate = False,
    revoke_tokens: Annotated[bool, typer.Option(help="Also revoke the account's API tokens.")] = False,
) -> None:
    """Set an account's password and end its sessions. Asks for the password, or generates one."""
    secret, is_generated = read_password(password_file, password_stdin, generate)

    async def work(resources: Resources) -> users.ResetPassword:
        async with resources.db.transaction() as session:
            return await users.reset_password(
                session, email=email.strip(), password=secret, revoke_tokens=revoke_tokens
            )

    done = _run(work)
    typer.echo(f"The password of {email.strip()} is changed; {done.sessions_ended} sessions ended.")
    if done.tokens_revoked:
        typer.echo(f"{done.tokens_revoked} API tokens revoked.")
    elif done.tokens_left:
        typer.echo(f"{done.tokens_left} API tokens still work; --revoke-tokens revokes them too.")
    _show(secret if is_generated else None)


def _show(generated: str | None) -> None:
    if generated is not None:
        typer.echo(f"Password, shown this once: {generated}")


_GLYPHS = {"ok": "●", "warning": "▲", "failed": "✕", "skipped": "○", "off": "○"}


@cli.command()
def llm_doctor() -> None:
    """Look at everything between here and a good reply of the language model; exit 1 when something fails."""

    async def work(resources: Resources) -> DoctorReport:
        # Without the database the environment's settings are looked at.
        return await examine(await resources.llm.settings())

    report = _run(work)
    for check in report.checks:
        took = "" if check.milliseconds is None else f"  {check.milliseconds} ms"
        typer.echo(f"{_GLYPHS[check.status]} {check.status:<8} {check.title:<24} {check.detail}{took}")
        if check.fix:
            typer.echo(indent(check.fix, " " * 11))
        if check.mend:
            typer.echo(indent(check.mend, " " * 15))
    if report.status == "failed":
        raise typer.Exit(1)


@cli.command()
def doctor(
    only: Annotated[str, typer.Option(help=f"One of {', '.join(CHECKS)}.")] = "",
) -> None:
    """Look at everything this installation stands on; exit code 1 when something is broken."""
    if only and only not in CHECKS:
        raise typer.BadParameter(f"{only} is none of {', '.join(CHECKS)}.")
    found = _run(lambda resources: diagnose(resources, only or None))
    for diagnosis in found:
        typer.echo(diagnosis.line())
    raise typer.Exit(1 if any(diagnosis.state == "failed" for diagnosis in found) else 0)


@cli.command()
def backup(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")]) -> None:
    """Write database and files into a folder, while everything runs."""
    _run(lambda resources: back_up(resources, folder, typer.echo))


@cli.command()
def restore(folder: Annotated[Path, typer.Argument(help="A folder that `backup` made.")]) -> None:
    """Bring a backup back into an empty system. Stop API and worker first."""
    _run(lambda resources: restore_backup(resources, folder, typer.echo))


@storage.command("check")
def storage_check(
    fix: Annotated[bool, typer.Option("--fix", help="Delete orphans, make missing thumbnails again.")] = False,
) -> None:
    """Compare rows and stored files; exit code 1 when something is left to do."""
    report = _run(lambda resources: check_storage(resources, typer.echo, fix=fix))
    raise typer.Exit(0 if report.is_right else 1)


def main() -> None:
    """Run the command line; what is logged goes to standard error, as text."""
    configure_logging(json=False, level="WARNING")
    cli()


if __name__ == "__main__":
    main()
