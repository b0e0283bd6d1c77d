"""A backup of a working system, and its way back."""

import asyncio
import contextlib
import gzip
import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from alembic import command as alembic
from sqlalchemy import text

from backend.core.errors import AppError
from backend.core.locks import BACKUP_LOCK
from backend.core.settings import Settings
from backend.embedded.options import REPOSITORY
from backend.operations import migrations, tables
from backend.operations.archive import Manifest, object_path, read_objects, read_sums, sha256_of
from backend.operations.backup import back_up
from backend.operations.restore import restore
from backend.resources import Resources, open_resources
from tests.conftest import SCREENPLAY, Import, World, open_world
from tests.operations.conftest import Command
from tests.support import images


async def nobody(_: object) -> None:
    """No worker is woken."""


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Resources]:
    async with open_resources(settings, nobody) as resources:
        yield resources


async def upload(client: httpx2.AsyncClient, project_id: str, name: str, data: bytes) -> str:
    answer = await client.post(
        "assets/upload", files={"file": (name, data)}, data={"project_id": project_id, "type": "Location"}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def rows_of(resources: Resources) -> dict[str, list[str]]:
    """Every row of every table as text, sorted."""
    async with tables.open_connection(resources.engine) as connection:
        return {
            table.name: [row[0] for row in await connection.fetch(f'SELECT t::text FROM "{table.name}" t ORDER BY 1')]
            for table in await tables.list_tables(connection)
        }


async def objects_of(resources: Resources, keys: list[str]) -> dict[str, bytes]:
    return {key: await resources.storage.get_bytes(key) for key in keys}


def file_sums(folder: Path) -> dict[str, str]:
    """The sums of rows and files; the manifest has the time in it."""
    return {name: digest for name, digest in read_sums(folder).items() if name != "manifest.json"}


@pytest.fixture
async def backed_up(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import, tmp_path: Path
) -> Path:
    """A backup of a system with a screenplay, shots, a picture with its thumbnail, and an API token."""
    await import_script()
    await upload(client, project_id, "café deck.jpg", images.photograph_jpeg(640, 480))
    await world.run_jobs()
    await client.post("auth/tokens", json={"name": "pipeline"})
    folder = tmp_path / "backup"
    await back_up(world.resources, folder, print)
    return folder


async def test_a_backup_comes_back_byte_for_byte(
    world: World, backed_up: Path, second: Settings, command: Command, tmp_path: Path
) -> None:
    result = await command(
        "restore", str(backed_up), env={"DATABASE__URL": second.database.url, "S3__BUCKET": second.s3.bucket}
    )
    assert result.exit_code == 0, result.output
    async with opened(second) as resources:
        before = await rows_of(world.resources)
        assert before["shots"]
        assert before["access_tokens"]
        assert await rows_of(resources) == before
        keys = [entry.key for entry in read_objects(backed_up)]
        assert len(keys) >= 2
        assert await objects_of(resources, keys) == await objects_of(world.resources, keys)
        again = tmp_path / "again"
        await back_up(resources, again, print)
        assert file_sums(again) == file_sums(backed_up)
        # Nothing of the schema was lost on the way.
        async with resources.engine.connect() as connection:
            assert await migrations.current_revision(connection) == migrations.known_revisions(second)[-1]
        with pytest.raises(Exception, match="foreign key"):
            async with resources.db.transaction() as session:
                await session.execute(
                    text(
                        "INSERT INTO scenes (project_id, slugline, sequence_number) VALUES (gen_random_uuid(), 'X', 1)"
                    )
                )


async def test_a_backup_made_while_people_work_is_one_moment(
    world: World, client: httpx2.AsyncClient, project_id: str, second: Settings, tmp_path: Path
) -> None:
    picture = images.photograph_jpeg(1600, 1200)
    for number in range(8):
        await upload(client, project_id, f"before {number}.jpg", picture)
    await world.run_jobs()
    is_over = asyncio.Event()
    counts = {"uploads": 0, "imports": 0, "deletions": 0}

    async def uploads() -> None:
        while not is_over.is_set():
            asset_id = await upload(client, project_id, f"during {counts['uploads']}.jpg", picture)
            counts["uploads"] += 1
            if counts["uploads"] % 2:
                assert (await client.delete(f"assets/{asset_id}")).status_code == 204
                counts["deletions"] += 1

    async def imports() -> None:
        while not is_over.is_set():
            files = {"file": ("draft.fountain", SCREENPLAY)}
            answer = await client.post("scripts/parse", files=files, data={"project_id": project_id, "engine": "rules"})
            assert answer.status_code == 202, answer.text
            counts["imports"] += 1

    async def work() -> None:
        while not is_over.is_set():
            await world.run_jobs()
            await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as people:
        for job in (uploads, imports, work):
            people.create_task(job())
        try:
            while min(counts.values()) < 2:
                await asyncio.sleep(0.02)
            begun = dict(counts)
            manifest = await back_up(world.resources, tmp_path / "backup", print)
        finally:
            is_over.set()
    assert all(counts[name] > begun[name] for name in counts), "the backup was over before anything happened"
    assert manifest.missing_objects == []
    async with opened(second) as resources:
        await restore(resources, tmp_path / "backup", print)
        async with resources.db.transaction() as session:
            keys = list(await session.scalars(text("SELECT s3_key FROM ingredients")))
            # An import is whole or has not begun: its shots are stored together with their scene.
            empty = await session.scalar(
                text(
                    "SELECT count(*) FROM scenes WHERE NOT EXISTS (SELECT 1 FROM shots WHERE scene_id = scenes.id)"
                    " AND parsed IS NULL"
                )
            )
        assert len(keys) >= 8
        assert empty == 0
        for key in keys:
            assert await resources.storage.get_bytes(key) == picture


async def test_somebody_who_looks_whether_a_backup_runs_does_not_keep_it_from_running(
    world: World, project_id: str, tmp_path: Path
) -> None:
    async with tables.open_connection(world.resources.engine) as connection:
        await connection.execute("SELECT pg_advisory_lock_shared($1)", BACKUP_LOCK)
        backup = asyncio.create_task(back_up(world.resources, tmp_path / "backup", print))
        await asyncio.sleep(0.3)
        assert not backup.done()
        await connection.execute("SELECT pg_advisory_unlock_shared($1)", BACKUP_LOCK)
        assert (await backup).missing_objects == []


async def test_objects_are_not_deleted_while_a_backup_may_want_them(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    asset_id = await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    [(key,)] = await world.sql("SELECT s3_key FROM ingredients")
    async with tables.open_connection(world.resources.engine) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", BACKUP_LOCK)
        try:
            await client.delete(f"assets/{asset_id}")
            await client.delete(f"projects/{project_id}")
            await world.run_jobs()
            assert await world.resources.storage.exists(str(key))
            states = await world.sql("SELECT status, error FROM jobs WHERE kind LIKE '%delete%'")
            assert states
            assert {state for state, _ in states} == {"queued"}
            assert {error for _, error in states} == {None}
        finally:
            await connection.execute("SELECT pg_advisory_unlock($1)", BACKUP_LOCK)
    await world.sql("UPDATE jobs SET run_after = now()")
    await world.run_jobs()
    assert not await world.resources.storage.exists(str(key))


async def test_a_waiting_deletion_never_runs_out_of_attempts(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    async with tables.open_connection(world.resources.engine) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", BACKUP_LOCK)
        try:
            await client.delete(f"projects/{project_id}")
            for _ in range(12):
                await world.sql("UPDATE jobs SET run_after = now()")
                await world.run_jobs()
        finally:
            await connection.execute("SELECT pg_advisory_unlock($1)", BACKUP_LOCK)
    assert await world.sql("SELECT status, attempts FROM jobs") == [("queued", 12)]
    await world.sql("UPDATE jobs SET run_after = now()")
    await world.run_jobs()
    assert await world.sql("SELECT status FROM jobs") == [("succeeded",)]


async def test_a_system_with_work_in_it_is_never_restored_into(world: World, backed_up: Path, command: Command) -> None:
    before = await rows_of(world.resources)
    result = await command("restore", str(backed_up))
    assert result.exit_code == 1
    assert "This system is not empty" in result.stderr
    assert "Nothing was changed" in result.stderr
    assert await rows_of(world.resources) == before


async def test_a_database_with_rows_beside_an_empty_bucket_is_not_empty(
    world: World, backed_up: Path, second: Settings, command: Command
) -> None:
    result = await command("restore", str(backed_up), env={"S3__BUCKET": second.s3.bucket})
    assert result.exit_code == 1
    for said in ("projects 1", "shots ", "scenes "):
        assert said in result.stderr


async def test_a_bucket_with_foreign_files_is_not_empty(backed_up: Path, second: Settings) -> None:
    async with opened(second) as resources:
        await resources.storage.ensure_bucket()
        await resources.storage.put_bytes("somebody/else.txt", b"mine", "text/plain")
        with pytest.raises(AppError, match=r"holds 1 files, such as somebody/else.txt") as refused:
            await restore(resources, backed_up, print)
        assert refused.value.code == "backup.not_empty"
        assert [found.key async for found in resources.storage.list_objects()] == ["somebody/else.txt"]


async def test_the_first_account_of_a_fresh_installation_gives_way_to_those_of_the_backup(
    backed_up: Path, second: Settings, command: Command
) -> None:
    where = {"DATABASE__URL": second.database.url, "S3__BUCKET": second.s3.bucket}
    assert (await command("prepare", env=where)).exit_code == 0
    result = await command("restore", str(backed_up), env=where)
    assert result.exit_code == 0, result.output
    async with opened(second) as resources, resources.db.transaction() as session:
        assert list(await session.scalars(text("SELECT email FROM users"))) == ["ines@example.org"]


async def test_work_that_waited_at_the_backup_is_done_after_the_restore(
    world: World, client: httpx2.AsyncClient, project_id: str, second: Settings, tmp_path: Path
) -> None:
    data = {"project_id": project_id, "engine": "rules"}
    answer = await client.post("scripts/parse", files={"file": ("a.fountain", SCREENPLAY)}, data=data)
    assert answer.status_code == 202, answer.text
    # One attempt was under way; its worker is not there any more.
    await world.sql("UPDATE jobs SET status = 'running', attempts = 1, lease_until = now() - interval '1 minute'")
    await back_up(world.resources, tmp_path / "backup", print)
    async with contextlib.AsyncExitStack() as stack:
        restored = await open_world(stack, second)
        await restore(restored.resources, tmp_path / "backup", print)
        await restored.runner.sweep()
        await restored.run_jobs()
        assert await restored.sql("SELECT DISTINCT status FROM jobs") == [("succeeded",)]
        assert await restored.sql("SELECT count(*) FROM scenes") == [(3,)]
    assert await world.sql("SELECT count(*) FROM scenes") == [(0,)]


async def test_a_restore_that_broke_off_can_be_started_again(backed_up: Path, second: Settings) -> None:
    async with opened(second) as resources:
        await resources.storage.ensure_bucket()
        first = next(iter(read_objects(backed_up)))
        await resources.storage.put_bytes(first.key, (backed_up / first.file).read_bytes(), first.content_type)
        manifest = await restore(resources, backed_up, print)
        assert len([found async for found in resources.storage.list_objects()]) == manifest.object_count


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    backed_up: Path, second: Settings, services: object
) -> None:
    """The tables are taken back, as a backup of that version would have them, and come out at head."""
    config = migrations.alembic_config(second)
    async with opened(second) as resources:
        await restore(resources, backed_up, print)
        await asyncio.to_thread(alembic.downgrade, config, "0004")
        older = backed_up.with_name("older")
        manifest = await back_up(resources, older, print)
        assert manifest.alembic_revision == "0004"
        for table in ("users", "projects", "jobs"):
            async with resources.db.transaction() as session:
                await session.execute(text(f"DELETE FROM {table}"))
        await resources.storage.delete(*[found.key async for found in resources.storage.list_objects()])
        await asyncio.to_thread(alembic.upgrade, config, "head")
        await restore(resources, older, print)
        async with resources.engine.connect() as connection:
            assert await migrations.current_revision(connection) == migrations.known_revisions(second)[-1]
            counted = await connection.scalar(text("SELECT count(*) FROM shots"))
    assert counted == next(table.rows for table in manifest.tables if table.name == "shots")


def spoil_sum(folder: Path) -> None:
    sums = folder / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("  manifest.json", "  manifesto.json"))


def spoil_manifest(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["object_count"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))


def spoil_rows(folder: Path) -> None:
    path = folder / "database" / "shots.copy.gz"
    path.write_bytes(path.read_bytes()[:-9])


def spoil_object(folder: Path) -> None:
    path = folder / next(iter(read_objects(folder))).file
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def lose_object(folder: Path) -> None:
    (folder / next(iter(read_objects(folder))).file).unlink()


def lose_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()


async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    backed_up: Path, second: Settings, tmp_path: Path
) -> None:
    async with opened(second) as resources:
        for spoil in (spoil_sum, spoil_manifest, spoil_rows, spoil_object, lose_object, lose_sums):
            damaged = tmp_path / spoil.__name__
            shutil.copytree(backed_up, damaged)
            spoil(damaged)
            with pytest.raises(AppError) as refused:
                await restore(resources, damaged, print)
            assert refused.value.code in ("backup.damaged", "backup.unfinished"), spoil.__name__
            assert refused.value.fix
        async with resources.engine.connect() as connection:
            assert await migrations.current_revision(connection) is None


async def test_rows_that_do_not_fit_leave_no_row(backed_up: Path, second: Settings) -> None:
    """The sums are right, but the shots name scenes that are not there: the foreign keys say so at the end."""
    manifest = Manifest.model_validate_json((backed_up / "manifest.json").read_bytes())
    scenes = next(table for table in manifest.tables if table.name == "scenes")
    (backed_up / scenes.file).write_bytes(gzip.compress(b""))
    scenes.rows = 0
    (backed_up / "manifest.json").write_text(manifest.model_dump_json())
    await seal(backed_up)
    async with opened(second) as resources:
        with pytest.raises(Exception, match="foreign key"):
            await restore(resources, backed_up, print)
        assert not any((await rows_of(resources)).values())


async def seal(folder: Path) -> None:
    """Write the sums anew."""
    lines = [f"{await sha256_of(folder / name)}  {name}\n" for name in read_sums(folder)]
    (folder / "SHA256SUMS").write_text("".join(lines))


async def test_a_backup_of_a_newer_version_is_refused(backed_up: Path, second: Settings) -> None:
    manifest = Manifest.model_validate_json((backed_up / "manifest.json").read_bytes())
    manifest.alembic_revision = "9999"
    (backed_up / "manifest.json").write_text(manifest.model_dump_json())
    await seal(backed_up)
    async with opened(second) as resources:
        with pytest.raises(AppError) as refused:
            await restore(resources, backed_up, print)
    assert refused.value.code == "backup.newer_version"


async def test_a_folder_with_something_in_it_is_not_backed_up_into(
    world: World, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    result = await command("backup", str(tmp_path))
    assert result.exit_code == 1
    assert "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


async def test_two_backups_at_once_are_one_too_many(world: World, tmp_path: Path) -> None:
    async with tables.open_connection(world.resources.engine) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", BACKUP_LOCK)
        try:
            with pytest.raises(AppError) as refused:
                await back_up(world.resources, tmp_path / "backup", print)
        finally:
            await connection.execute("SELECT pg_advisory_unlock($1)", BACKUP_LOCK)
    assert refused.value.code == "backup.already_running"


async def test_a_file_that_was_lost_before_is_named_and_does_not_keep_the_rest(
    world: World, client: httpx2.AsyncClient, project_id: str, tmp_path: Path
) -> None:
    await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    [(key,)] = await world.sql("SELECT s3_key FROM ingredients")
    await world.resources.storage.delete(str(key))
    manifest = await back_up(world.resources, tmp_path / "backup", print)
    assert manifest.missing_objects == [key]


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/../../b", "/etc/passwd", "a//b", ".", "ünï/čode.jpg", "a\nb"])
def test_no_key_names_a_file_outside_of_the_backup(key: str, tmp_path: Path) -> None:
    path = (tmp_path / object_path(key)).resolve()
    assert path.is_relative_to(tmp_path / "objects")
    assert "\n" not in object_path(key)


def test_only_those_delete_files_who_look_whether_a_backup_wants_them() -> None:
    """A file is deleted by a job that waits for backups, or is one that no row has ever named."""
    calls = {
        f"{path.parent.name}/{path.name}"
        for path in (REPOSITORY / "backend").rglob("*.py")
        if re.search(r"stor(age|e)\.delete\w*\(", path.read_text())
    }
    waiting = {"assets/tasks.py", "projects/tasks.py", "operations/storage_check.py"}
    never_named = {"assets/service.py", "scripts/service.py", "operations/doctor_checks.py"}
    assert calls == waiting | never_named
    for name in ("assets/tasks.py", "projects/tasks.py"):
        assert "run.wait_for_backup()" in (REPOSITORY / "backend" / name).read_text()
