"""Rows without files, files without rows."""

from datetime import timedelta

import httpx2
import pytest

from backend.core.errors import AppError
from backend.core.locks import BACKUP_LOCK
from backend.core.settings import Settings
from backend.operations import tables
from backend.operations.storage_check import check_storage
from tests.conftest import World
from tests.operations.conftest import Command
from tests.operations.test_backup import opened, upload
from tests.support import images

NOW = timedelta(seconds=-5)


@pytest.fixture
async def emptied(world: World) -> World:
    """The bucket holds nothing of other tests."""
    storage = world.resources.storage
    await storage.delete(*[found.key async for found in storage.list_objects()])
    return world


async def test_a_right_store_is_said_to_be_right(
    emptied: World, client: httpx2.AsyncClient, project_id: str, command: Command
) -> None:
    await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    await emptied.run_jobs()
    result = await command("storage", "check")
    assert result.exit_code == 0, result.output
    assert "2 files are named by rows, 2 are stored." in result.stdout
    assert "All is right." in result.stdout


async def test_an_orphan_is_found_and_deleted_only_when_it_is_old_and_asked_for(
    emptied: World, client: httpx2.AsyncClient, project_id: str, command: Command
) -> None:
    await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    await emptied.run_jobs()
    storage = emptied.resources.storage
    await storage.put_bytes(f"{project_id}/orphan.png", b"nobody's", "image/png")
    young = await command("storage", "check", "--fix")
    assert young.exit_code == 0
    assert "younger than an hour: left alone" in young.stdout
    report = await check_storage(emptied.resources, print, fix=False, grace=NOW)
    assert [found.key for found in report.orphans] == [f"{project_id}/orphan.png"]
    assert not report.is_right
    assert await storage.exists(f"{project_id}/orphan.png")
    report = await check_storage(emptied.resources, print, fix=True, grace=NOW)
    assert report.is_right
    assert not await storage.exists(f"{project_id}/orphan.png")
    assert len([found async for found in storage.list_objects()]) == 2


async def test_a_lost_thumbnail_is_made_again(emptied: World, client: httpx2.AsyncClient, project_id: str) -> None:
    await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    await emptied.run_jobs()
    [(thumbnail,)] = await emptied.sql("SELECT thumbnail_key FROM ingredients")
    await emptied.resources.storage.delete(str(thumbnail))
    report = await check_storage(emptied.resources, print, fix=False)
    assert report.missing_thumbnails == ["deck"]
    assert not report.is_right
    assert (await check_storage(emptied.resources, print, fix=True)).is_right
    await emptied.run_jobs()
    assert await emptied.resources.storage.exists(str(thumbnail))


async def test_a_thumbnail_that_was_never_made_is_made(
    emptied: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    assert (await check_storage(emptied.resources, print, fix=False)).missing_thumbnails == [], "its job waits"
    await emptied.sql("UPDATE jobs SET status = 'failed', finished_at = now()")
    assert (await check_storage(emptied.resources, print, fix=True)).missing_thumbnails == ["deck"]
    await emptied.run_jobs()
    assert await emptied.sql("SELECT thumbnail_key IS NULL FROM ingredients") == [(False,)]


async def test_a_lost_original_is_named_and_cannot_be_mended(
    emptied: World, client: httpx2.AsyncClient, project_id: str, command: Command
) -> None:
    await upload(client, project_id, "deck.jpg", images.photograph_jpeg(320, 240))
    await emptied.run_jobs()
    [(key,)] = await emptied.sql("SELECT s3_key FROM ingredients")
    await emptied.resources.storage.delete(str(key))
    result = await command("storage", "check", "--fix")
    assert result.exit_code == 1
    assert f"missing    {key} (ingredients)" in result.stdout


async def test_nothing_is_deleted_during_a_backup(world: World) -> None:
    async with tables.open_connection(world.resources.engine) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", BACKUP_LOCK)
        try:
            with pytest.raises(AppError) as refused:
                await check_storage(world.resources, print, fix=True)
        finally:
            await connection.execute("SELECT pg_advisory_unlock($1)", BACKUP_LOCK)
    assert refused.value.code == "storage.backup_running"


async def test_a_missing_bucket_is_a_sentence(second: Settings, command: Command) -> None:
    result = await command("storage", "check", env={"S3__BUCKET": second.s3.bucket})
    assert result.exit_code == 1
    assert f"has no bucket '{second.s3.bucket}'" in result.stderr
    async with opened(second) as resources:
        with pytest.raises(AppError):
            await resources.storage.check()


async def test_a_sign_of_the_store_itself_is_nobodys_file(emptied: World, command: Command) -> None:
    await emptied.resources.storage.put_bytes(".ready", b"", "text/plain")
    report = await check_storage(emptied.resources, print, fix=True, grace=NOW)
    assert (report.objects, report.orphans) == (0, [])
    assert await emptied.resources.storage.exists(".ready")
