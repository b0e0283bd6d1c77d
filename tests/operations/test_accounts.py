"""Accounts from the command line."""

import re
from pathlib import Path

import httpx2

from tests.conftest import EMAIL, PASSWORD, World
from tests.operations.conftest import Command


async def signs_in(client: httpx2.AsyncClient, email: str, password: str) -> bool:
    answer = await client.post("auth/login", json={"email": email, "password": password})
    return answer.status_code == 200


async def test_an_administrator_is_made_with_a_password_that_is_shown_once(
    world: World, anonymous: httpx2.AsyncClient, command: Command
) -> None:
    result = await command("create-admin", "nadia@example.org")
    assert result.exit_code == 0, result.output
    found = re.search(r"shown this once: (\S+)", result.stdout)
    assert found
    assert await signs_in(anonymous, "nadia@example.org", found[1])
    assert (await anonymous.get("auth/me")).json()["is_admin"] is True
    assert await world.sql("SELECT name FROM users") == [("nadia",)]


async def test_a_password_comes_from_a_file_or_from_standard_input(
    world: World, anonymous: httpx2.AsyncClient, command: Command, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("out of a file\n")
    made = await command("create-admin", "file@example.org", "--password-file", str(secret))
    assert made.exit_code == 0, made.output
    assert "out of a file" not in made.output
    made = await command("create-user", "pipe@example.org", "--password-stdin", stdin="out of a pipe\n")
    assert made.exit_code == 0, made.output
    assert await signs_in(anonymous, "file@example.org", "out of a file")
    assert await signs_in(anonymous, "pipe@example.org", "out of a pipe")
    assert (await anonymous.get("auth/me")).json()["is_admin"] is False


async def test_a_taken_address_a_short_password_and_no_address_are_refused(world: World, command: Command) -> None:
    assert (await command("create-admin", "ana@example.org")).exit_code == 0
    taken = await command("create-admin", "ANA@example.org")
    assert taken.exit_code == 1
    assert "exists already" in taken.stderr
    short = await command("create-admin", "bob@example.org", "--password-stdin", stdin="short\n")
    assert short.exit_code == 2
    assert "at least 10 characters" in short.output
    assert (await command("create-admin", "no address")).exit_code == 2
    assert await world.sql("SELECT email FROM users") == [("ana@example.org",)]


async def test_a_reset_password_ends_the_sessions_and_keeps_the_tokens_unless_asked(
    client: httpx2.AsyncClient, command: Command
) -> None:
    token = (await client.post("auth/tokens", json={"name": "pipeline"})).json()["token"]
    bearer = {"authorization": f"Bearer {token}"}
    done = await command("reset-password", EMAIL.upper(), "--password-stdin", stdin="a newer password\n")
    assert done.exit_code == 0, done.output
    assert "1 sessions ended" in done.stdout
    assert "1 API tokens still work" in done.stdout
    assert (await client.get("auth/me")).status_code == 401
    assert (await client.get("auth/me", headers=bearer)).status_code == 200
    assert not await signs_in(client, EMAIL, PASSWORD)
    assert await signs_in(client, EMAIL, "a newer password")
    done = await command("reset-password", EMAIL, "--revoke-tokens")
    assert "1 API tokens revoked" in done.stdout
    client.cookies.clear()
    assert (await client.get("auth/me", headers=bearer)).status_code == 401


async def test_resetting_an_unknown_account_says_so(world: World, command: Command) -> None:
    result = await command("reset-password", "nobody@example.org")
    assert result.exit_code == 1
    assert "There is no account with the address nobody@example.org." in result.stderr
