"""The database's tables: exactly the specification's, one head, up and down."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.core.settings import Settings
from backend.embedded.services import EmbeddedServices
from backend.operations.migrations import alembic_config
from tests.conftest import settings_for

# name, type, nullable, default: as in the specification.
SPECIFIED = {
    "projects": [
        ("id", "uuid", "NO", "gen_random_uuid()"),
        ("name", "text", "NO", None),
        ("resolution", "text", "YES", "'4K'::text"),
        ("aspect_ratio", "text", "YES", "'16:9'::text"),
        ("veo_version", "text", "YES", "'3.1'::text"),
        ("created_at", "timestamp without time zone", "YES", "now()"),
        ("updated_at", "timestamp without time zone", "YES", "now()"),
    ],
    "ingredients": [
        ("id", "uuid", "NO", "gen_random_uuid()"),
        ("project_id", "uuid", "YES", None),
        ("name", "text", "NO", None),
        ("type", "asset_type", "NO", None),
        ("s3_key", "text", "NO", None),
        ("s3_bucket", "text", "YES", "'auteur-assets'::text"),
        ("thumbnail_key", "text", "YES", None),
        ("metadata", "jsonb", "YES", "'{}'::jsonb"),
        ("created_at", "timestamp without time zone", "YES", "now()"),
    ],
    "scenes": [
        ("id", "uuid", "NO", "gen_random_uuid()"),
        ("project_id", "uuid", "YES", None),
        ("slugline", "text", "NO", None),
        ("raw_content", "text", "YES", None),
        ("sequence_number", "integer", "NO", None),
        ("created_at", "timestamp without time zone", "YES", "now()"),
    ],
    "shots": [
        ("id", "uuid", "NO", "gen_random_uuid()"),
        ("scene_id", "uuid", "YES", None),
        ("description", "text", "NO", None),
        ("duration", "double precision", "YES", None),
        ("sequence_number", "integer", "YES", None),
        ("assigned_ingredients", "jsonb", "YES", "'[]'::jsonb"),
        ("llm_context_cache", "text", "YES", None),
        ("veo_json_payload", "jsonb", "YES", None),
        ("status", "text", "YES", "'draft'::text"),
        ("updated_at", "timestamp without time zone", "YES", "now()"),
    ],
}


@pytest.fixture
async def own_database(services: EmbeddedServices, settings: Settings) -> AsyncIterator[tuple[Config, AsyncEngine]]:
    """An empty database of this test's own, and Alembic's configuration for it."""
    admin = create_async_engine(settings.database.url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text("DROP DATABASE IF EXISTS migrations"))
        await connection.execute(text("CREATE DATABASE migrations"))
    url = settings.database.url.rsplit("/", 1)[0] + "/migrations"
    engine = create_async_engine(url)
    try:
        yield alembic_config(settings_for(services, DATABASE__URL=url)), engine
    finally:
        await engine.dispose()
        async with admin.connect() as connection:
            await connection.execute(text("DROP DATABASE migrations WITH (FORCE)"))
        await admin.dispose()


async def _columns(engine: AsyncEngine) -> dict[str, list[tuple[object, ...]]]:
    async with engine.connect() as connection:
        rows = await connection.execute(
            text("""
            SELECT table_name, column_name, CASE WHEN data_type = 'USER-DEFINED' THEN udt_name ELSE data_type END,
                   is_nullable, column_default
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
            ORDER BY table_name, ordinal_position
            """)
        )
        found: dict[str, list[tuple[object, ...]]] = {}
        for table, *column in rows:
            found.setdefault(table, []).append(tuple(column))
        return found


async def test_the_first_migration_makes_exactly_the_specified_tables(
    own_database: tuple[Config, AsyncEngine],
) -> None:
    config, engine = own_database
    await asyncio.to_thread(command.upgrade, config, "0001")
    assert await _columns(engine) == SPECIFIED
    async with engine.connect() as connection:
        indices = {
            (row[0], row[1])
            for row in await connection.execute(
                text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'idx%'")
            )
        }
        labels = [
            row[0]
            for row in await connection.execute(
                text(
                    "SELECT enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid"
                    " WHERE typname = 'asset_type' ORDER BY enumsortorder"
                )
            )
        ]
        cascades = {
            (row[0], row[1], row[2])
            for row in await connection.execute(
                text(
                    "SELECT conrelid::regclass::text, confrelid::regclass::text, confdeltype::text"
                    " FROM pg_constraint WHERE contype = 'f'"
                )
            )
        }
    assert indices == {
        (
            "idx_ingredients_project_type",
            "CREATE INDEX idx_ingredients_project_type ON public.ingredients USING btree (project_id, type)",
        ),
        ("idx_shots_scene", "CREATE INDEX idx_shots_scene ON public.shots USING btree (scene_id)"),
    }
    assert labels == ["Character", "Location", "Object", "Style"]
    assert cascades == {("ingredients", "projects", "c"), ("scenes", "projects", "c"), ("shots", "scenes", "c")}


async def test_later_migrations_only_add_to_the_specified_tables(own_database: tuple[Config, AsyncEngine]) -> None:
    config, engine = own_database
    await asyncio.to_thread(command.upgrade, config, "head")
    found = await _columns(engine)
    for table, columns in SPECIFIED.items():
        assert found[table][: len(columns)] == columns


async def test_up_down_up_works_and_leaves_nothing_behind(own_database: tuple[Config, AsyncEngine]) -> None:
    config, engine = own_database
    await asyncio.to_thread(command.upgrade, config, "head")
    first = await _columns(engine)
    await asyncio.to_thread(command.downgrade, config, "base")
    assert await _columns(engine) == {}
    async with engine.connect() as connection:
        types = await connection.scalar(text("SELECT count(*) FROM pg_type WHERE typname = 'asset_type'"))
    assert types == 0
    await asyncio.to_thread(command.upgrade, config, "head")
    assert await _columns(engine) == first


async def test_scripts_imported_before_elements_had_a_table_keep_them_and_their_shots_get_anchors(
    own_database: tuple[Config, AsyncEngine],
) -> None:
    config, engine = own_database
    await asyncio.to_thread(command.upgrade, config, "0005")
    element = {"type": "action", "extensions": [], "dual": False, "emphasis": [], "character": None}
    parsed = {
        "heading": "INT. LAMP ROOM - NIGHT",
        "raw_text": "The lamp swings.",
        "cast": ["INES"],
        "is_new_location": True,
        "elements": [
            {**element, "text": "The lamp swings.", "line_start": 3, "line_end": 3},
            {
                **element,
                "type": "dialogue",
                "character": "INES",
                "text": "Not tonight.",
                "line_start": 6,
                "line_end": 7,
            },
        ],
    }
    async with engine.begin() as connection:
        await connection.execute(
            text("""
            WITH p AS (INSERT INTO projects (name) VALUES ('p') RETURNING id),
                 s AS (INSERT INTO scripts (project_id, filename, source, sha256) SELECT id, 'a', 'x', '0' FROM p
                       RETURNING id, project_id),
                 sc AS (INSERT INTO scenes (project_id, script_id, slugline, raw_content, sequence_number, parsed)
                        SELECT project_id, id, 'INT. LAMP ROOM - NIGHT', 'The lamp swings.', 1, CAST(:parsed AS jsonb)
                        FROM s RETURNING id)
            INSERT INTO shots (scene_id, description, line_start, line_end) SELECT id, 'The lamp.', 1, 4 FROM sc
            """),
            {"parsed": json.dumps(parsed)},
        )
    await asyncio.to_thread(command.upgrade, config, "0006")
    async with engine.connect() as connection:
        elements = (
            await connection.execute(text("SELECT id, type, character, text FROM script_elements ORDER BY position"))
        ).all()
        anchors = await connection.scalar(text("SELECT anchors FROM shots"))
        cast = await connection.scalar(text("SELECT cast_names FROM scripts"))
    assert [tuple(row[1:]) for row in elements] == [
        ("action", None, "The lamp swings."),
        ("dialogue", "INES", "Not tonight."),
    ]
    assert [anchor["id"] for anchor in anchors] == [str(elements[0][0])]
    assert cast == ["INES"]
    await asyncio.to_thread(command.downgrade, config, "0005")
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT parsed FROM scenes")) == parsed


async def test_the_models_and_the_migrations_agree(own_database: tuple[Config, AsyncEngine]) -> None:
    config, _ = own_database
    await asyncio.to_thread(command.upgrade, config, "head")
    await asyncio.to_thread(command.check, config)


async def test_two_processes_may_migrate_at_once(
    own_database: tuple[Config, AsyncEngine], services: EmbeddedServices
) -> None:
    config, engine = own_database
    url = str(engine.url.render_as_string(hide_password=False))
    other = alembic_config(settings_for(services, DATABASE__URL=url))
    await asyncio.to_thread(command.upgrade, config, "0001")
    process = await asyncio.create_subprocess_exec(
        *_migrate_command(), env=_environment(services, url), stdout=-3, stderr=asyncio.subprocess.PIPE
    )
    await asyncio.to_thread(command.upgrade, other, "head")
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


def _migrate_command() -> list[str]:
    return [sys.executable, "-m", "backend.cli", "migrate"]


def _environment(services: EmbeddedServices, url: str) -> dict[str, str]:
    return {**os.environ, **services.addresses.environment(), "DATABASE__URL": url}


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(alembic_config(Settings())).get_heads()) == 1
