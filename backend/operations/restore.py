"""Bring a backup back into an empty system: checked first, files next, then all rows or none."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from backend.core.errors import AppError
from backend.operations import migrations, tables
from backend.operations.archive import (
    MANIFEST,
    OBJECTS,
    BackedUpObject,
    Manifest,
    damaged,
    read_manifest,
    read_objects,
    read_sums,
    sha256_of,
)
from backend.operations.backup import OBJECTS_AT_A_TIME
from backend.operations.batches import in_batches
from backend.operations.progress import Progress, Say, megabytes
from backend.resources import Resources

# What a fresh installation has by itself, and what was set before anything was made with it. The backup's takes its
# place. More accounts than the first one are somebody's work.
FRESH = {"users": 1, "access_tokens": None, "llm_settings": 1}


async def restore(resources: Resources, folder: Path, say: Say) -> Manifest:
    """Bring back the backup in `folder`.

    Nothing is touched before every sum is right and database and bucket are found empty. A restore that breaks off
    leaves no row; it can be started again, because files of this very backup in the bucket are no obstacle. Raises
    422 `backup.damaged`, `backup.unfinished`, `backup.newer_version`, and 409 `backup.not_empty`.
    """
    manifest = await _verify(folder, say)
    revisions = migrations.known_revisions(resources.settings)
    if manifest.alembic_revision not in revisions:
        raise AppError(
            422,
            "backup.newer_version",
            f"The backup was made by version {manifest.app_version}, whose tables ({manifest.alembic_revision}) this "
            "version does not know.",
            fix="Install that version or a newer one, and restore with it.",
        )
    await resources.storage.ensure_bucket()
    await _require_empty_bucket(resources, folder)
    async with tables.open_connection(resources.engine) as connection:
        _require_empty(await tables.count_rows(connection, await tables.list_tables(connection)))
    await _put_objects(resources, folder, manifest, say)
    await _load(resources, folder, manifest, say)
    rows = sum(table.rows for table in manifest.tables)
    say(f"Restored {rows:,} rows and {manifest.object_count:,} files ({megabytes(manifest.object_bytes)}).")
    return manifest


async def _verify(folder: Path, say: Say) -> Manifest:
    """Every file is there and has its sum, and the manifest names no file that has none."""
    sums = read_sums(folder)
    if MANIFEST not in sums or OBJECTS not in sums:
        raise damaged("its sums do not cover the manifest.")
    progress = Progress(say, "checked", len(sums))

    async def check(name: str) -> None:
        path = folder / name
        try:
            found = await sha256_of(path)
        except OSError as error:
            raise damaged(f"{name} cannot be read ({error.strerror}).") from error
        if found != sums[name]:
            raise damaged(f"{name} is not what it was.")
        progress.add(path.stat().st_size)

    async for _ in in_batches(sums, check, 2):
        pass
    manifest = read_manifest(folder)
    count = 0
    for entry in _objects(folder):
        count += 1
        if entry.file not in sums:
            raise damaged(f"{entry.file} has no sum.")
    if count != manifest.object_count:
        raise damaged(f"{OBJECTS} names {count} files, the manifest {manifest.object_count}.")
    for table in manifest.tables:
        if table.file not in sums:
            raise damaged(f"{table.file} has no sum.")
    say(f"All {progress.count:,} files of the backup are as they were written ({megabytes(progress.size_bytes)}).")
    return manifest


def _objects(folder: Path) -> Iterator[BackedUpObject]:
    try:
        yield from read_objects(folder)
    except (OSError, ValidationError) as error:
        raise damaged(f"{OBJECTS} cannot be read ({type(error).__name__}).") from error


async def _require_empty_bucket(resources: Resources, folder: Path) -> None:
    own: dict[str, int] | None = None
    foreign: list[str] = []
    async for found in resources.storage.list_objects():
        if own is None:
            own = {entry.key: entry.size_bytes for entry in _objects(folder)}
        if own.get(found.key) != found.size_bytes:
            foreign.append(found.key)
    if foreign:
        raise _not_empty(f"the bucket {resources.storage.bucket!r} holds {len(foreign):,} files, such as {foreign[0]}")


def _require_empty(counts: dict[str, int]) -> None:
    blocking = {
        name: count
        for name, count in counts.items()
        if name not in FRESH or ((most := FRESH[name]) is not None and count > most)
    }
    if blocking:
        listed = ", ".join(f"{name} {count:,}" for name, count in sorted(blocking.items()))
        raise _not_empty(f"the database has rows ({listed})")


def _not_empty(what: str) -> AppError:
    return AppError(
        409,
        "backup.not_empty",
        f"This system is not empty: {what}. Nothing was changed.",
        fix="Restore into a new database and a new bucket; nothing is ever overwritten.",
    )


async def _put_objects(resources: Resources, folder: Path, manifest: Manifest, say: Say) -> None:
    progress = Progress(say, "files", manifest.object_count)

    async def put(entry: BackedUpObject) -> None:
        with (folder / entry.file).open("rb") as file:
            await resources.storage.put_file(entry.key, file, entry.content_type)
        progress.add(entry.size_bytes)

    async for _ in in_batches(_objects(folder), put, OBJECTS_AT_A_TIME):
        pass


async def _load(resources: Resources, folder: Path, manifest: Manifest, say: Say) -> None:
    """The rows go into tables as the backup's version had them; then the tables are brought up to date."""
    settings = resources.settings
    async with resources.engine.connect() as connection:
        revision = await migrations.current_revision(connection)
    if revision != manifest.alembic_revision:
        if revision is not None:
            await asyncio.to_thread(migrations.downgrade, settings, "base")
        await asyncio.to_thread(migrations.upgrade, settings, manifest.alembic_revision)
    try:
        async with tables.open_connection(resources.engine) as connection, connection.transaction():
            await _fill(connection, folder, manifest, say)
    finally:
        await asyncio.to_thread(migrations.upgrade, settings)
    async with tables.open_connection(resources.engine) as connection:
        await connection.execute("ANALYZE")


async def _fill(connection: Any, folder: Path, manifest: Manifest, say: Say) -> None:
    there = await tables.list_tables(connection)
    if {table.name for table in there} != {table.name for table in manifest.tables}:
        raise damaged(f"its tables are not those of {manifest.alembic_revision}.")
    await tables.lock(connection, there)
    # Looked at again under the lock: the application may be running.
    _require_empty(await tables.count_rows(connection, there))
    async with tables.without_foreign_keys(connection):
        await tables.empty(connection, there)
        for table in manifest.tables:
            rows = await tables.copy_in(connection, table.name, table.columns, folder / table.file)
            if rows != table.rows:
                raise damaged(f"{table.file} has {rows} rows, the manifest says {table.rows}.")
            say(f"{table.name}: {rows:,} rows")
        for sequence in manifest.sequences:
            await tables.set_sequence(connection, sequence)
