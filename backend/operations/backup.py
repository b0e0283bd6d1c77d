"""Make a backup while the system runs: one snapshot of the database, then every object it names."""

import json
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Self

from asyncpg.exceptions import LockNotAvailableError

from backend import __version__
from backend.clients.storage import StoredFileMissing
from backend.core.errors import AppError
from backend.core.locks import BACKUP_LOCK
from backend.operations import tables
from backend.operations.archive import (
    FORMAT,
    MANIFEST,
    OBJECTS,
    SUMS,
    BackedUpObject,
    BackedUpTable,
    Manifest,
    object_path,
    sha256_of,
)
from backend.operations.batches import in_batches
from backend.operations.progress import Progress, Say, megabytes
from backend.resources import Resources

# Objects under way at a time: enough to hide the store's latency, few enough not to slow down those who work.
OBJECTS_AT_A_TIME = 4
# Longer than anybody looks, shorter than any backup takes.
LOOK_MILLISECONDS = 3000


async def back_up(resources: Resources, folder: Path, say: Say) -> Manifest:
    """Write a backup into `folder`, which must be empty or not exist.

    The tables are read in one REPEATABLE READ transaction. Their objects are copied afterwards, outside of it; that
    is safe because objects never change, are stored before the row that names them, and are not deleted while the
    backup's lock is held. Raises 409 `backup.folder_not_empty`, `backup.already_running` or
    `backup.not_migrated`, 507 `backup.cannot_write`, and the store's errors.
    """
    async with _locked(resources) as connection:
        manifest = await _write(resources, connection, folder, say)
    rows = sum(table.rows for table in manifest.tables)
    say(
        f"Backed up {rows:,} rows and {manifest.object_count:,} files "
        f"({megabytes(manifest.object_bytes)}) into {folder}."
    )
    if manifest.missing_objects:
        say(f"{len(manifest.missing_objects)} files were missing already; `storage check` says which rows want them.")
    return manifest


async def _write(resources: Resources, connection: Any, folder: Path, say: Say) -> Manifest:
    try:
        with _Writer(folder) as writer, tempfile.TemporaryFile("w+") as keys:
            manifest = await _copy_tables(connection, writer, keys, say)
            keys.seek(0)
            await _copy_objects(resources, writer, manifest, keys, say)
            await writer.finish(manifest)
    except ConnectionError:  # the database's, which is an OSError too
        raise
    except OSError as error:
        raise AppError(
            507,
            "backup.cannot_write",
            f"The backup in {folder} could not be written: {error}.",
            fix="Give it a folder of its own with enough space, and remove the unfinished one.",
        ) from error
    return manifest


class _Writer:
    """A backup under way: only `finish` makes it one that can be restored."""

    def __init__(self, folder: Path) -> None:
        # Password hashes are in it.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise AppError(
                409, "backup.folder_not_empty", f"{folder} is not empty.", fix="Name a folder that does not exist yet."
            )
        self.folder = folder
        (folder / "database").mkdir(mode=0o700)
        self._sums = (folder / f"{SUMS}.part").open("x")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sums.close()

    async def add(self, name: str) -> None:
        """Note the sum of a file that is written whole."""
        self._sums.write(f"{await sha256_of(self.folder / name)}  {name}\n")

    async def finish(self, manifest: Manifest) -> None:
        (self.folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n")
        await self.add(OBJECTS)
        await self.add(MANIFEST)
        self._sums.close()
        (self.folder / f"{SUMS}.part").rename(self.folder / SUMS)


@asynccontextmanager
async def _locked(resources: Resources) -> AsyncIterator[Any]:
    async with tables.open_connection(resources.engine) as connection:
        # Not tried but waited for: whoever looks whether a backup runs holds the lock for a moment too.
        await connection.execute(f"SET lock_timeout = {LOOK_MILLISECONDS}")
        try:
            await connection.execute("SELECT pg_advisory_lock($1)", BACKUP_LOCK)
        except LockNotAvailableError as error:
            raise AppError(
                409, "backup.already_running", "Another backup is being made.", fix="Wait for its end."
            ) from error
        await connection.execute("RESET lock_timeout")
        try:
            yield connection
        finally:
            # Where the connection is gone, the lock is too.
            if not connection.is_closed():
                await connection.execute("SELECT pg_advisory_unlock($1)", BACKUP_LOCK)


async def _copy_tables(connection: Any, writer: _Writer, keys: IO[str], say: Say) -> Manifest:
    """Everything of the snapshot: rows, sequences, and the list of wanted objects."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            raise AppError(409, "backup.not_migrated", "The database is empty: there is nothing to back up.")
        manifest = Manifest(
            format=FORMAT,
            app_version=__version__,
            alembic_revision=await connection.fetchval("SELECT version_num FROM alembic_version"),
            postgres_version=await connection.fetchval("SHOW server_version"),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            tables=[],
            sequences=await tables.list_sequences(connection),
            object_count=0,
            object_bytes=0,
            missing_objects=[],
        )
        found = await tables.list_tables(connection)
        for table in found:
            file = f"database/{table.name}.copy.gz"
            rows = await tables.copy_out(connection, table, writer.folder / file)
            await writer.add(file)
            manifest.tables.append(BackedUpTable(name=table.name, columns=table.columns, rows=rows, file=file))
            say(f"{table.name}: {rows:,} rows")
        async for row in connection.cursor(tables.keys_query(found), prefetch=1000):
            keys.write(json.dumps(row["key"]) + "\n")
    return manifest


async def _copy_objects(
    resources: Resources, writer: _Writer, manifest: Manifest, keys: Iterable[str], say: Say
) -> None:
    progress = Progress(say, "files")

    async def copy(key: str) -> BackedUpObject | None:
        name = object_path(key)
        path = writer.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            content_type = await resources.storage.download(key, path)
        except StoredFileMissing:
            return None
        size_bytes = path.stat().st_size
        await writer.add(name)
        progress.add(size_bytes)
        return BackedUpObject(key=key, file=name, size_bytes=size_bytes, content_type=content_type)

    with (writer.folder / OBJECTS).open("x") as index:
        wanted = (json.loads(line) for line in keys)
        async for key, copied in in_batches(wanted, copy, OBJECTS_AT_A_TIME):
            if copied is None:
                manifest.missing_objects.append(key)
            else:
                index.write(copied.model_dump_json() + "\n")
    manifest.object_count, manifest.object_bytes = progress.count, progress.size_bytes
