"""Compare rows and stored files: what is missing, what nobody wants, and mend what can be mended."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from backend.assets import service as assets
from backend.clients.storage import StoredObject
from backend.core.errors import AppError
from backend.core.locks import is_backup_running
from backend.operations import tables
from backend.operations.progress import Say, megabytes
from backend.resources import Resources

# A file is stored before its row: one this young may belong to an upload that is under way.
GRACE = timedelta(hours=1)
# Of one kind; the rest is counted.
MOST_LINES = 100

_WITHOUT_THUMBNAIL = text("""
SELECT i.id, i.s3_key, i.name FROM ingredients i
WHERE (i.thumbnail_key IS NULL OR i.thumbnail_key = ANY(:missing))
  AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.subject_id = i.id AND j.kind = 'assets.make_thumbnail'
                  AND j.status IN ('queued', 'running', 'cancelling'))
ORDER BY i.id
""")


@dataclass
class StorageReport:
    """What was found, and whether it was mended."""

    rows: int = 0
    objects: int = 0
    # (table, key) of files that cannot be made again.
    missing: list[tuple[str, str]] = field(default_factory=list)
    missing_thumbnails: list[str] = field(default_factory=list)
    orphans: list[StoredObject] = field(default_factory=list)
    young: int = 0
    is_fixed: bool = False

    @property
    def is_right(self) -> bool:
        """Nothing is left to do."""
        return not self.missing and (self.is_fixed or not (self.missing_thumbnails or self.orphans))


async def check_storage(resources: Resources, say: Say, *, fix: bool, grace: timedelta = GRACE) -> StorageReport:
    """Look at every key that a row names and at every stored file.

    With `fix`, files that no row wants and that are older than `grace` are deleted, and thumbnails that are missing
    are made again by the worker. An original that is missing cannot be mended. Raises 409
    `storage.backup_running` when a fix is asked for during a backup.
    """
    report = StorageReport()
    if fix:
        async with resources.db.transaction() as session:
            if await is_backup_running(session):
                raise AppError(409, "storage.backup_running", "A backup is being made.", fix="Try again after its end.")
    wanted = await _wanted_keys(resources)
    report.rows = len(wanted)
    stored = {found.key: found async for found in resources.storage.list_objects()}
    report.objects = len(stored)
    lost_thumbnails = await _find_missing(resources, report, wanted, stored)
    unwanted = [found for key, found in stored.items() if key not in wanted]
    still_wanted = await _wanted_keys(resources) if unwanted else {}
    oldest = datetime.now(UTC) - grace
    for found in unwanted:
        if found.key in still_wanted:
            continue
        if found.modified_at > oldest:
            report.young += 1
        else:
            report.orphans.append(found)
    asset_ids = await _find_without_thumbnail(resources, report, lost_thumbnails)
    if fix:
        await resources.storage.delete(*(found.key for found in report.orphans))
        for asset_id in asset_ids:
            async with resources.db.transaction() as session:
                await assets.remake_thumbnail(session, asset_id)
        report.is_fixed = True
    _tell(report, say)
    return report


async def _wanted_keys(resources: Resources) -> dict[str, tuple[str, str]]:
    """Key to (table, column) of every file a row names."""
    async with tables.open_connection(resources.engine) as connection:
        found = await tables.list_tables(connection)
        return {
            row["key"]: (table.name, column)
            for table in found
            for column in table.key_columns
            for row in await connection.fetch(tables.key_query(table.name, column))
        }


async def _find_missing(
    resources: Resources, report: StorageReport, wanted: dict[str, tuple[str, str]], stored: dict[str, Any]
) -> list[str]:
    """Sort out what has no file; a thumbnail can be made again."""
    candidates = [key for key in wanted if key not in stored]
    if not candidates:
        return []
    # Stored or deleted while the bucket was listed.
    still_wanted = await _wanted_keys(resources)
    gone = [key for key in candidates if key in still_wanted and not await resources.storage.exists(key)]
    report.missing = [(wanted[key][0], key) for key in gone if wanted[key][1] != "thumbnail_key"]
    return [key for key in gone if wanted[key][1] == "thumbnail_key"]


async def _find_without_thumbnail(resources: Resources, report: StorageReport, lost: list[str]) -> list[Any]:
    async with resources.db.transaction() as session:
        rows = (await session.execute(_WITHOUT_THUMBNAIL, {"missing": lost})).all()
    originals_gone = {key for _, key in report.missing}
    found = [row for row in rows if row.s3_key not in originals_gone]
    report.missing_thumbnails = [row.name for row in found]
    return [row.id for row in found]


def _tell(report: StorageReport, say: Say) -> None:
    say(f"{report.rows:,} files are named by rows, {report.objects:,} are stored.")
    mend = "restore it from a backup, or delete what it belongs to."
    _list(say, [f"missing    {key} ({table}): {mend}" for table, key in report.missing])
    done = "is being made again." if report.is_fixed else "missing."
    _list(say, [f"thumbnail  {name}: {done}" for name in report.missing_thumbnails])
    if report.orphans:
        size = megabytes(sum(found.size_bytes for found in report.orphans))
        said = "deleted" if report.is_fixed else "no row wants them"
        say(f"orphans    {len(report.orphans):,} files, {size}: {said}.")
    if report.young:
        say(f"young      {report.young:,} files without a row are younger than an hour: left alone.")
    if report.is_right:
        say("All is right.")
    elif not report.is_fixed:
        say("`storage check --fix` deletes orphans and makes thumbnails again.")


def _list(say: Say, lines: list[str]) -> None:
    for line in lines[:MOST_LINES]:
        say(line)
    if len(lines) > MOST_LINES:
        say(f"           and {len(lines) - MOST_LINES:,} more.")
