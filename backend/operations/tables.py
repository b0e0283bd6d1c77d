"""The database's tables as streams: what is there, out by COPY, in by COPY. Knows no table by name."""

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from backend.operations.archive import BackedUpSequence

# Alembic's own table: a restore brings it to its state by migrating.
VERSION_TABLE = "alembic_version"
# Fast; the rows are text and shrink well at any level.
GZIP_LEVEL = 3


@dataclass(frozen=True)
class Table:
    """A table and the columns that can be written, in their order; `key_columns` hold keys of objects."""

    name: str
    columns: list[str]
    key_columns: list[str]


@asynccontextmanager
async def open_connection(engine: AsyncEngine) -> AsyncIterator[Any]:
    """The driver's own connection (asyncpg's), which can COPY."""
    async with engine.connect() as connection:
        yield (await connection.get_raw_connection()).driver_connection


async def list_tables(connection: Any) -> list[Table]:
    """Every table of the application."""
    rows = await connection.fetch(
        """
        SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> $1
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        GROUP BY c.relname ORDER BY c.relname
        """,
        VERSION_TABLE,
    )
    return [Table(row["name"], list(row["columns"]), [c for c in row["columns"] if _holds_keys(c)]) for row in rows]


def _holds_keys(column: str) -> bool:
    return column in ("s3_key", "thumbnail_key") or column.endswith("_s3_key")


def key_query(table: str, column: str) -> str:
    """SQL for the keys of objects that one column names, in the column `key`."""
    return f"SELECT {_quoted(column)} AS key FROM {_quoted(table)} WHERE {_quoted(column)} IS NOT NULL"  # noqa: S608


def keys_query(tables: list[Table]) -> str:
    """SQL for every key that a row names, each once and in order, in the column `key`."""
    selects = [key_query(table.name, column) for table in tables for column in table.key_columns]
    return f"{' UNION '.join(selects)} ORDER BY key" if selects else "SELECT NULL::text AS key WHERE false"


async def count_rows(connection: Any, tables: list[Table]) -> dict[str, int]:
    """The number of rows of each table that has any."""
    counts = {table.name: await connection.fetchval(f"SELECT count(*) FROM {_quoted(table.name)}") for table in tables}  # noqa: S608
    return {name: count for name, count in counts.items() if count}


async def copy_out(connection: Any, table: Table, path: Path) -> int:
    """Write the table's rows into a new file; returns how many there were."""
    with gzip.GzipFile(path, "xb", compresslevel=GZIP_LEVEL, mtime=0) as file:
        status = await connection.copy_from_table(table.name, columns=table.columns, output=file)
    return int(status.split()[-1])


async def copy_in(connection: Any, name: str, columns: list[str], path: Path) -> int:
    """Add the rows of a file to the table; returns how many there were."""
    with gzip.GzipFile(path, "rb") as file:
        status = await connection.copy_to_table(name, columns=columns, source=file)
    return int(status.split()[-1])


async def list_sequences(connection: Any) -> list[BackedUpSequence]:
    """Every sequence of the application and where it stands."""
    names = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'"
    )
    found = []
    for (name,) in names:
        row = await connection.fetchrow(f"SELECT last_value, is_called FROM {_quoted(name)}")  # noqa: S608
        found.append(BackedUpSequence(name=name, last_value=row["last_value"], is_called=row["is_called"]))
    return found


async def set_sequence(connection: Any, sequence: BackedUpSequence) -> None:
    """Put a sequence where it stood."""
    await connection.execute(
        "SELECT setval($1::text::regclass, $2, $3)", _quoted(sequence.name), sequence.last_value, sequence.is_called
    )


@asynccontextmanager
async def without_foreign_keys(connection: Any) -> AsyncIterator[None]:
    """Inside a transaction: no foreign key while the block runs, all of them, checked, at its end.

    So the order of tables does not matter, and a circle of references does not either.
    """
    rows = await connection.fetch(
        """
        SELECT conrelid::regclass::text AS table_name, conname AS name, pg_get_constraintdef(oid) AS definition
        FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
        """
    )
    for row in rows:
        await connection.execute(f"ALTER TABLE {row['table_name']} DROP CONSTRAINT {_quoted(row['name'])}")
    yield
    for row in rows:
        await connection.execute(
            f"ALTER TABLE {row['table_name']} ADD CONSTRAINT {_quoted(row['name'])} {row['definition']}"
        )


async def lock(connection: Any, tables: list[Table]) -> None:
    """Inside a transaction: shut everybody else out of the tables."""
    await connection.execute(f"LOCK TABLE {', '.join(_quoted(table.name) for table in tables)}")


async def empty(connection: Any, tables: list[Table]) -> None:
    """Inside a transaction: take every row out."""
    await connection.execute(f"TRUNCATE {', '.join(_quoted(table.name) for table in tables)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
