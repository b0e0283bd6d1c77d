"""Files go into a real S3 store and come out again; an absent store is a passing failure."""

import io
import os

import pytest
from pydantic import SecretStr

from backend.clients.storage import BucketMissing, Storage, StoredFileMissing
from backend.core.errors import AppError, RetryableError
from backend.core.settings import S3Settings


async def test_bytes_come_back_as_they_went_in(storage: Storage) -> None:
    await storage.put_bytes("a/one.txt", b"INT. BAR", "text/plain")

    assert await storage.get_bytes("a/one.txt") == b"INT. BAR"


async def test_writing_again_replaces(storage: Storage) -> None:
    await storage.put_bytes("a/two.txt", b"first", "text/plain")
    await storage.put_bytes("a/two.txt", b"second", "text/plain")

    assert await storage.get_bytes("a/two.txt") == b"second"


async def test_a_file_larger_than_one_part_is_streamed_whole(storage: Storage) -> None:
    data = os.urandom(17 * 1024 * 1024)
    fileobj = io.BytesIO(data)

    await storage.put_file("a/large.png", fileobj, "image/png")

    assert await storage.get_bytes("a/large.png") == data
    assert not fileobj.closed


async def test_a_missing_file_is_told_by_its_key(storage: Storage) -> None:
    with pytest.raises(StoredFileMissing) as caught:
        await storage.get_bytes("a/none.png")

    assert (caught.value.status, caught.value.code, caught.value.key) == (404, "storage.file_missing", "a/none.png")


async def test_exists_tells_there_from_not_there(storage: Storage) -> None:
    await storage.put_bytes("a/there", b"x", "text/plain")

    assert await storage.exists("a/there")
    assert not await storage.exists("a/not-there")


async def test_delete_removes_many_and_passes_over_the_missing(storage: Storage) -> None:
    await storage.put_bytes("d/1", b"x", "text/plain")
    await storage.put_bytes("d/2", b"x", "text/plain")

    await storage.delete("d/1", "d/2", "d/never-was")
    await storage.delete()

    assert not await storage.exists("d/1")
    assert not await storage.exists("d/2")


async def test_a_missing_bucket_is_made_once(s3_settings: S3Settings) -> None:
    storage = Storage(s3_settings.model_copy(update={"bucket": "made-later"}))
    with pytest.raises(BucketMissing):
        await storage.check()
    with pytest.raises(BucketMissing):
        await storage.put_bytes("k", b"x", "text/plain")

    await storage.ensure_bucket()
    await storage.ensure_bucket()

    await storage.check()
    await storage.put_bytes("k", b"x", "text/plain")
    await storage.aclose()


async def test_a_store_that_is_away_is_a_passing_failure() -> None:
    storage = Storage(S3Settings(endpoint_url="http://127.0.0.1:1", secret_key=SecretStr("x")))

    for call in (
        storage.check(),
        storage.get_bytes("k"),
        storage.put_bytes("k", b"x", "text/plain"),
        storage.put_file("k", io.BytesIO(b"x"), "text/plain"),
        storage.exists("k"),
        storage.delete("k"),
    ):
        with pytest.raises(RetryableError) as caught:
            await call
        assert caught.value.code == "storage.unreachable"
        assert caught.value.fix
    await storage.aclose()


async def test_wrong_keys_are_refused_with_a_way_out(s3_settings: S3Settings) -> None:
    storage = Storage(s3_settings.model_copy(update={"secret_key": SecretStr("wrong")}))

    for call in (storage.check(), storage.put_bytes("k", b"x", "text/plain")):
        with pytest.raises(AppError) as caught:
            await call
        assert (caught.value.status, caught.value.code) == (502, "storage.refused")
        assert "S3__SECRET_KEY" in (caught.value.fix or "")
    await storage.aclose()
