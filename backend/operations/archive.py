"""The form of a backup: a folder of plain files, checked by `SHA256SUMS`, described by `manifest.json`.

manifest.json            what is in it, made by which version
database/TABLE.copy.gz   the table's rows in PostgreSQL's COPY text form
objects/KEY              the stored files under their keys, percent-encoded where a file system needs it
objects.jsonl            key, file, bytes and content type of each
SHA256SUMS               of every file above; written last, so a backup without it was never finished
"""

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from backend.core.errors import AppError

FORMAT = 1
MANIFEST = "manifest.json"
OBJECTS = "objects.jsonl"
SUMS = "SHA256SUMS"


class BackedUpTable(BaseModel):
    """One table: its file has these columns in this order. `columns` has no generated ones."""

    name: str
    columns: list[str]
    rows: int
    file: str


class BackedUpSequence(BaseModel):
    """Where a sequence stood."""

    name: str
    last_value: int
    is_called: bool


class BackedUpObject(BaseModel):
    """One stored file; a line of `objects.jsonl`."""

    key: str
    file: str
    size_bytes: int
    content_type: str


class Manifest(BaseModel):
    """What a backup holds."""

    format: int
    app_version: str
    alembic_revision: str
    postgres_version: str
    created_at: str
    tables: list[BackedUpTable]
    sequences: list[BackedUpSequence]
    object_count: int
    object_bytes: int
    # Keys that a row names and the store did not have: lost before this backup was made.
    missing_objects: list[str]


def object_path(key: str) -> str:
    """The file of an object inside the backup. No key can name a file outside of it."""
    parts = [quote(part, safe="") for part in key.split("/")]
    return "/".join(["objects", *("%2E" * len(part) if part.strip(".") == "" else part for part in parts)])


async def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""

    def digest() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return await asyncio.to_thread(digest)


def read_sums(folder: Path) -> dict[str, str]:
    """File name to SHA-256 of everything in the backup. Raises 422 `backup.unfinished` or `backup.damaged`."""
    try:
        lines = (folder / SUMS).read_text().splitlines()
    except FileNotFoundError:
        raise AppError(
            422,
            "backup.unfinished",
            f"{folder} holds no finished backup: there is no {SUMS} in it.",
            fix="Name the folder that `backup` made.",
        ) from None
    sums = {}
    for line in lines:
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or ".." in name.split("/") or name.startswith("/"):
            raise damaged(f"{SUMS} has a line that is none: {line[:80]!r}.")
        sums[name] = digest
    return sums


def read_manifest(folder: Path) -> Manifest:
    """The backup's manifest. Raises 422 `backup.damaged`, or `backup.newer_format`."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise damaged(f"{MANIFEST} cannot be read ({type(error).__name__}).") from error
    if manifest.format != FORMAT:
        raise AppError(
            422,
            "backup.newer_format",
            f"The backup has the form {manifest.format}, made by version {manifest.app_version}.",
            fix="Restore it with that version.",
        )
    return manifest


def read_objects(folder: Path) -> Iterator[BackedUpObject]:
    """The backed up objects, one at a time."""
    with (folder / OBJECTS).open() as lines:
        for line in lines:
            yield BackedUpObject.model_validate_json(line)


def damaged(detail: str) -> AppError:
    """422: the backup is not as it was made."""
    return AppError(
        422, "backup.damaged", f"The backup is damaged: {detail}", fix="Take another copy of it, or an older backup."
    )
