"""The doctor names what is wrong and what to do."""

import asyncio
from pathlib import Path

import httpx2
import pytest
from alembic import command as alembic
from sqlalchemy import make_url, text

from backend import __version__
from backend.core.settings import Settings
from backend.jobs.heartbeat import PREFIX, beating, list_workers
from backend.operations import doctor_checks, migrations
from backend.operations.doctor import CHECKS
from tests.conftest import World
from tests.operations.conftest import Command
from tests.operations.test_backup import opened

DEAD = "127.0.0.1:9"


def lines_of(output: str) -> dict[str, tuple[str, str]]:
    """Name to (state, rest) of each line."""
    found = {}
    for line in output.splitlines():
        state, name, *rest = line.split()
        found[name] = (state, " ".join(rest))
    return found


async def test_a_healthy_installation_without_a_model_is_healthy(
    world: World, client: httpx2.AsyncClient, command: Command
) -> None:
    async with beating(world.resources.redis, max_jobs=4):
        result = await command("doctor")
    found = lines_of(result.stdout)
    assert list(found) == list(CHECKS)
    assert {name: state for name, (state, _) in found.items()} == dict.fromkeys(CHECKS, "ok") | {"llm": "off"}
    assert result.exit_code == 0
    assert "→" in found["llm"][1]
    assert migrations.known_revisions(world.resources.settings)[-1] in found["database"][1]
    assert "presigned get" in found["storage"][1]


async def test_a_dead_redis_is_named_and_the_others_are_still_looked_at(
    client: httpx2.AsyncClient, command: Command
) -> None:
    result = await command("doctor", env={"REDIS__URL": f"redis://{DEAD}/0"})
    found = lines_of(result.stdout)
    assert result.exit_code == 1
    assert [name for name, (state, _) in found.items() if state == "failed"] == ["redis", "worker"]
    assert "→ Start Redis, and check REDIS__URL" in found["redis"][1]


async def test_a_dead_database_is_named(command: Command) -> None:
    result = await command("doctor", "--only", "database", env={"DATABASE__URL": f"postgresql+asyncpg://a@{DEAD}/a"})
    state, said = lines_of(result.stdout)["database"]
    assert (result.exit_code, state) == (1, "failed")
    assert "→ Start PostgreSQL" in said


async def test_a_wrong_s3_secret_is_named(client: httpx2.AsyncClient, command: Command) -> None:
    result = await command("doctor", env={"S3__SECRET_KEY": "not the one"})
    found = lines_of(result.stdout)
    assert result.exit_code == 1
    assert found["storage"][0] == "failed"
    assert "→ Check S3__ACCESS_KEY, S3__SECRET_KEY and S3__BUCKET." in found["storage"][1]
    assert "not the one" not in result.output


async def test_a_missing_bucket_is_named(command: Command) -> None:
    result = await command("doctor", "--only", "storage", env={"S3__BUCKET": "nowhere"})
    assert "has no bucket 'nowhere'" in result.stdout
    assert "→ Make the bucket" in result.stdout


async def test_a_public_address_that_cannot_be_read_from_here_is_a_warning(command: Command) -> None:
    result = await command("doctor", "--only", "storage", env={"S3__PUBLIC_URL": f"http://{DEAD}"})
    assert result.exit_code == 0
    assert lines_of(result.stdout)["storage"][0] == "warning"
    assert "S3__PUBLIC_URL must be the address the browser uses" in result.stdout


async def test_tables_that_are_behind_or_ahead_or_not_there_are_named(second: Settings, command: Command) -> None:
    async def said() -> str:
        result = await command("doctor", "--only", "database", env={"DATABASE__URL": second.database.url})
        assert result.exit_code == 1
        return result.stdout

    assert "has no tables yet. → Run `python -m backend.cli migrate`." in await said()
    await asyncio.to_thread(alembic.upgrade, migrations.alembic_config(second), "0003")
    behind = len(migrations.known_revisions(second)) - 3
    assert f"The tables (0003) are {behind} migrations behind. → Run `python -m backend.cli migrate`." in await said()
    async with opened(second) as resources, resources.db.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "of a newer version than this program" in await said()


async def test_no_worker_a_worker_of_another_version_and_a_long_queue_are_told(world: World, command: Command) -> None:
    redis = world.resources.redis
    result = await command("doctor", "--only", "worker")
    assert "No worker has given a sign" in result.stdout
    assert result.exit_code == 1
    async with beating(redis, max_jobs=4):
        await world.sql(
            "INSERT INTO jobs (id, kind, payload, run_after) "
            "VALUES (gen_random_uuid(), 'x.y', '{}', now() - interval '1 hour')"
        )
        result = await command("doctor", "--only", "worker")
        assert "warning  worker    1 running; 1 jobs wait, the oldest for 360" in result.stdout
        [sign] = await list_workers(redis)
        old = sign.model_copy(update={"version": "0.0.1", "host": "elsewhere"})
        await redis.set(f"{PREFIX}elsewhere:1", old.model_dump_json(), ex=30)
        try:
            result = await command("doctor", "--only", "worker")
        finally:
            await redis.delete(f"{PREFIX}elsewhere:1")
        assert f"A worker runs version 0.0.1. → Start it as {__version__}." in result.stdout
    assert await list_workers(redis) == []


async def test_an_installation_without_an_administrator_is_told_how_to_make_one(world: World, command: Command) -> None:
    result = await command("doctor", "--only", "accounts")
    assert result.exit_code == 1
    assert "create-admin EMAIL" in result.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"S3__SECRET_KEY": "minioadmin"}, "S3__SECRET_KEY has a secret that everybody knows"),
        ({"REDIS__URL": "redis://redis:6379/0"}, "REDIS__URL has no password"),
        ({"DATABASE__URL": "postgresql+asyncpg://app:postgres@db/app"}, "DATABASE__URL has a secret that everybody"),
    ],
)
async def test_a_known_secret_or_none_is_broken(command: Command, changes: dict[str, str], said: str) -> None:
    result = await command("doctor", "--only", "secrets", env=changes)
    assert result.exit_code == 1
    assert said in result.stdout


async def test_an_unknown_check_is_refused(command: Command) -> None:
    assert (await command("doctor", "--only", "weather")).exit_code == 2


def test_little_room_is_a_warning_and_none_is_broken() -> None:
    states = [doctor_checks.room(Path("/"), free).state for free in (10_000_000_000, 2_000_000_000, 1_000)]
    assert states == ["ok", "warning", "failed"]


def test_a_clock_that_is_off_is_a_warning_and_far_off_is_broken() -> None:
    found = [doctor_checks.agreement({"the database": off, "the object store": 1.0}) for off in (0.1, 30, 3600)]
    assert [finding.state for finding in found] == ["ok", "warning", "failed"]
    assert "the database is 3600 s off" in found[2].detail


@pytest.mark.parametrize("part", ["password", "database"])
async def test_a_wrong_password_or_name_of_the_database_is_named(
    settings: Settings, command: Command, part: str
) -> None:
    url = make_url(settings.database.url)
    wrong = url.set(password="not the one") if part == "password" else url.set(database="nowhere")
    address = wrong.render_as_string(hide_password=False)
    result = await command("doctor", "--only", "database", env={"DATABASE__URL": address})
    state, said = lines_of(result.stdout)["database"]
    assert (result.exit_code, state) == (1, "failed"), result.output
    assert "→ Start PostgreSQL, and check DATABASE__URL." in said
    assert "not the one" not in result.output


async def test_a_command_without_its_database_is_one_sentence(command: Command, tmp_path: Path) -> None:
    dead = {"DATABASE__URL": f"postgresql+asyncpg://a@{DEAD}/a"}
    for arguments in (["backup", str(tmp_path / "b")], ["storage", "check"], ["migrate"], ["prepare"]):
        result = await command(*arguments, env=dead)
        assert result.exit_code == 1, result.output
        assert "doctor` says what to do" in result.stderr
        assert "Traceback" not in result.output
