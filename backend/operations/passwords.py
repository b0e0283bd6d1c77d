"""Where a command takes a new password from: a prompt, a file, standard input, or chance."""

import secrets
import sys
from pathlib import Path

import typer

SHORTEST_PASSWORD = 10


def read_password(file: Path | None, from_stdin: bool, generate: bool) -> tuple[str, bool]:
    """The password, and whether it was generated. Without a terminal and without a choice, one is generated."""
    if sum((file is not None, from_stdin, generate)) > 1:
        raise typer.BadParameter("Choose one of --password-file, --password-stdin and --generate.")
    if file is not None:
        try:
            password = _first_line(file.read_text())
        except (OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(f"The file {file} cannot be read: {error}.") from None
    elif from_stdin:
        password = _first_line(sys.stdin.read())
    elif generate or not sys.stdin.isatty():
        return secrets.token_urlsafe(15), True
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST_PASSWORD:
        raise typer.BadParameter(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    return password, False


def _first_line(text: str) -> str:
    return (text.splitlines() or [""])[0]
