"""The object store: files in, files out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from backend.clients.object_links import ObjectLinks
from backend.core.errors import AppError, NotFoundError, OutageError, RetryableError
from backend.core.metrics import STORAGE_ERRORS
from backend.core.settings import S3Settings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

T = TypeVar("T")

# Objects are written once under a key that carries their id, so a browser may keep them.
IMMUTABLE = "private, max-age=31536000, immutable"
# S3 refuses more keys in one DeleteObjects call.
DELETE_BATCH = 1000
CHUNK_BYTES = 1024 * 1024
# Keys that begin so are signs of whoever watches the store (the embedded one writes `.ready`), nobody's files.
PROBE_PREFIX = "."

_MISSING = {"404", "NoSuchKey", "NotFound"}
_REFUSED = {"403", "401", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"}
_PASSING = {"SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "RequestTimeTooSkewed"}


class StoredFileMissing(NotFoundError):
    """404 `storage.file_missing`: the store holds no object under the key."""

    def __init__(self, key: str) -> None:
        super().__init__("storage.file_missing", f"The file store holds no file under {key!r}.")
        self.key = key


class BucketMissing(AppError):
    """502 `storage.bucket_missing`: the store answers, but the bucket was never made."""

    def __init__(self, bucket: str) -> None:
        super().__init__(
            502,
            "storage.bucket_missing",
            f"The file store has no bucket {bucket!r}.",
            fix="Make the bucket, or set S3__BUCKET to one that exists.",
        )


@dataclass(frozen=True)
class StoredObject:
    """An object of the bucket, as a listing shows it."""

    key: str
    size_bytes: int
    modified_at: datetime


class Storage:
    """One bucket of an S3-compatible store (SeaweedFS, MinIO, AWS).

    boto3 blocks, so every call runs in a thread; its clients are safe to share between threads.
    Raises `StoredFileMissing` for an unknown key, `OutageError` `storage.unreachable` while the
    store is away, `BucketMissing`, and `AppError` 502 `storage.refused` when it rejects the keys or
    the request.
    """

    def __init__(self, settings: S3Settings) -> None:
        self.bucket = settings.bucket
        self._endpoint_url = settings.endpoint_url
        self._client = _make_client(settings)
        # A signature covers the host name: what the browser opens must be signed for the address it uses.
        self.links = ObjectLinks(settings)
        self._transfer = TransferConfig(multipart_threshold=16 * 1024 * 1024, max_concurrency=2, use_threads=True)

    async def put_file(self, key: str, fileobj: IO[bytes], content_type: str, cache_control: str = IMMUTABLE) -> None:
        """Stream `fileobj` from its current position into `key`; large files go up in parts."""
        await self._call(
            lambda: self._client.upload_fileobj(
                fileobj,
                self.bucket,
                key,
                ExtraArgs={"ContentType": content_type, "CacheControl": cache_control},
                Config=self._transfer,
            ),
            key=key,
        )

    async def put_bytes(self, key: str, data: bytes, content_type: str, cache_control: str = IMMUTABLE) -> None:
        """Write `data` under `key`, replacing what was there."""
        await self._call(
            lambda: self._client.put_object(
                Bucket=self.bucket, Key=key, Body=data, ContentType=content_type, CacheControl=cache_control
            ),
            key=key,
        )

    async def get_bytes(self, key: str) -> bytes:
        """The whole object. Raises `StoredFileMissing`."""
        return await self._call(lambda: self._client.get_object(Bucket=self.bucket, Key=key)["Body"].read(), key=key)

    async def download(self, key: str, path: Path) -> str:
        """Stream the object into a new file at `path`; returns its content type. Raises `StoredFileMissing`."""

        def fetch() -> str:
            answer = self._client.get_object(Bucket=self.bucket, Key=key)
            with _LocalFile(path) as write:
                for chunk in answer["Body"].iter_chunks(CHUNK_BYTES):
                    write(chunk)
            return answer["ContentType"]

        return await self._call(fetch, key=key)

    async def list_objects(self) -> AsyncIterator[StoredObject]:
        """Every file in the bucket, a page at a time."""
        token: str | None = None
        while True:
            more = {"ContinuationToken": token} if token else {}
            page = await self._call(
                lambda more=more: self._client.list_objects_v2(Bucket=self.bucket, **more)  # type: ignore[misc]
            )
            for entry in page.get("Contents", []):
                if not entry["Key"].startswith(PROBE_PREFIX):
                    yield StoredObject(entry["Key"], entry["Size"], entry["LastModified"])
            token = page.get("NextContinuationToken")
            if not token:
                return

    async def exists(self, key: str) -> bool:
        """Whether an object is stored under `key`."""
        try:
            await self._call(lambda: self._client.head_object(Bucket=self.bucket, Key=key), key=key)
        except StoredFileMissing:
            return False
        return True

    async def delete(self, *keys: str) -> None:
        """Remove the objects; a key that is not there is no error."""
        for start in range(0, len(keys), DELETE_BATCH):
            batch = keys[start : start + DELETE_BATCH]
            answer = await self._call(
                lambda batch=batch: self._client.delete_objects(  # type: ignore[misc]
                    Bucket=self.bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
                )
            )
            failed = [e for e in answer.get("Errors", []) if e.get("Code") not in _MISSING]
            if failed:
                why = f"{failed[0].get('Code')} {failed[0].get('Message')}"
                raise RetryableError(
                    "storage.delete_failed",
                    f"The file store kept {len(failed)} of {len(batch)} files: {why}",
                )
        self.links.forget(*keys)

    async def delete_prefix(self, prefix: str) -> int:
        """Remove every object whose key starts with `prefix` (not empty); returns how many there were."""
        if not prefix:
            raise ValueError("an empty prefix would delete the whole bucket")
        deleted = 0
        while True:
            page = await self._call(lambda: self._client.list_objects_v2(Bucket=self.bucket, Prefix=prefix))
            keys = [entry["Key"] for entry in page.get("Contents", [])]
            if not keys:
                return deleted
            await self.delete(*keys)
            deleted += len(keys)

    async def ensure_bucket(self) -> None:
        """Make the bucket when it is missing."""
        try:
            await self.check()
        except BucketMissing:
            try:
                await self._call(lambda: self._client.create_bucket(Bucket=self.bucket))
            except AppError as error:
                # Two processes start at once: the other one was first.
                if error.extra.get("s3_code") not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                    raise

    async def check(self) -> None:
        """Return when the bucket answers; raise the same errors as every other call otherwise."""
        try:
            await self._call(lambda: self._client.head_bucket(Bucket=self.bucket))
        except StoredFileMissing as error:
            raise BucketMissing(self.bucket) from error

    async def clock(self) -> datetime:
        """The store's clock, to the second; signatures are refused when ours is far from it."""
        answer = await self._call(lambda: self._client.head_bucket(Bucket=self.bucket))
        return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])

    async def aclose(self) -> None:
        """Close the connections."""
        await asyncio.to_thread(self._client.close)

    async def _call(self, call: Callable[[], T], *, key: str = "") -> T:
        try:
            with self._translated(key):
                return await asyncio.to_thread(call)
        except StoredFileMissing:
            raise
        except AppError as error:
            STORAGE_ERRORS.labels(error.code).inc()
            raise

    @contextmanager
    def _translated(self, key: str) -> Iterator[None]:
        """Nothing of boto3 leaves this module: its exceptions become ours."""
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            if code == "NoSuchBucket":
                raise BucketMissing(self.bucket) from error
            if code in _MISSING:
                raise StoredFileMissing(key) from error
            if code in _PASSING or status >= 500 or status == 429:
                raise OutageError("storage.unreachable", f"The file store is busy: {error}", s3_code=code) from error
            fix = (
                "Check S3__ACCESS_KEY, S3__SECRET_KEY and S3__BUCKET."
                if code in _REFUSED or status in (401, 403)
                else "Check the S3__… settings against the store."
            )
            raise AppError(
                502, "storage.refused", f"The file store refused a request: {error}", fix=fix, s3_code=code
            ) from error
        except (BotoCoreError, Boto3Error, OSError) as error:
            raise OutageError(
                "storage.unreachable",
                f"The file store at {self._endpoint_url} does not answer: {error}",
                fix="Start the store, or set S3__ENDPOINT_URL to the address it listens on.",
            ) from error


class _LocalFile:
    """A new file of this machine whose failures are told apart from the store's: both are `OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Callable[[bytes], None]:
        try:
            self._file = self._path.open("xb")
        except OSError as error:
            raise self._failed(error) from error
        return self._write

    def __exit__(self, *_: object) -> None:
        try:
            self._file.close()
        except OSError as error:
            raise self._failed(error) from error

    def _write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> AppError:
        return AppError(
            507,
            "storage.cannot_write_file",
            f"The file {self._path} could not be written: {error.strerror}.",
            fix="Make room on the disk, or choose another folder.",
        )


def _make_client(settings: S3Settings) -> "S3Client":
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.endpoint_url,
        region_name=settings.region,
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key.get_secret_value(),
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=3,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
            max_pool_connections=32,
            # The trailing CRC that newer botocore adds by itself is not understood by every S3 server.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
