"""SQL of breakdown runs: which shots a person has worked on, and the archive of the shots that a run replaced."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.shots.models import ArchivedShot, BreakdownRun
from backend.shots.reading import IS_EDITED, NUMBER, SCRIPT_CHANGES


@dataclass(frozen=True)
class AnchoredShot:
    """A shot's id and what of the script it covers; `is_stale` when that has changed since."""

    id: UUID
    anchors: list[dict[str, Any]]
    is_edited: bool
    is_stale: bool


async def list_anchored(session: AsyncSession, scene_id: UUID) -> list[AnchoredShot]:
    """A scene's shots in order, with their anchors and whether a person has worked on them."""
    rows = await session.execute(
        text(f"""
        SELECT s.id, s.anchors, {IS_EDITED}, {SCRIPT_CHANGES} <> '[]'::jsonb
        FROM shots s WHERE s.scene_id = :id ORDER BY s.sequence_number, s.id
        """),  # noqa: S608  (constants of this module)
        {"id": scene_id},
    )
    return [AnchoredShot(*row) for row in rows]


async def list_covered_elsewhere(session: AsyncSession, scene_id: UUID) -> set[str]:
    """The ids of a scene's elements that shots cover which a person has put into another scene."""
    rows = await session.scalars(
        text("""
        SELECT a.value->>'id' FROM scenes own
        JOIN scenes sc ON sc.project_id = own.project_id AND sc.id <> own.id AND sc.binned_at IS NULL
        JOIN shots s ON s.scene_id = sc.id AND s.provenance ? 'anchors'
        CROSS JOIN LATERAL jsonb_array_elements(s.anchors) AS a(value)
        JOIN script_elements e ON e.id = CAST(a.value->>'id' AS uuid) AND e.scene_id = own.id
        WHERE own.id = :id
        """),
        {"id": scene_id},
    )
    return set(rows)


async def archive(session: AsyncSession, run_id: UUID | None, shot_ids: Sequence[UUID]) -> None:
    """Take shots out of their scenes, whole, under the run that did it; under None when a person did."""
    await session.execute(
        text("""
        WITH gone AS (DELETE FROM shots s WHERE s.id = ANY(:ids) RETURNING s.id, s.scene_id, to_jsonb(s) AS data)
        INSERT INTO archived_shots (id, run_id, scene_id, data) SELECT id, :run_id, scene_id, data FROM gone
        """),
        {"ids": list(shot_ids), "run_id": run_id},
    )


async def unarchive(session: AsyncSession, shot_ids: Sequence[UUID]) -> None:
    """Put archived shots back as they were, but for ingredients and compiles that ended meanwhile."""
    await session.execute(
        text("""
        WITH back AS (DELETE FROM archived_shots a WHERE a.id = ANY(:ids) RETURNING a.data)
        INSERT INTO shots SELECT (jsonb_populate_record(NULL::shots, data)).* FROM back
        """),
        {"ids": list(shot_ids)},
    )
    await session.execute(
        text("""
        UPDATE shots s SET
            status = CASE WHEN s.status <> 'generating_json' THEN s.status
                          WHEN s.veo_json_payload IS NULL THEN 'draft' ELSE 'ready' END,
            assigned_ingredients = (
                SELECT coalesce(jsonb_agg(CASE WHEN i.id IS NULL THEN 'null'::jsonb ELSE slot.value END
                                          ORDER BY slot.ord), '[]'::jsonb)
                FROM jsonb_array_elements(s.assigned_ingredients) WITH ORDINALITY AS slot(value, ord)
                LEFT JOIN ingredients i ON to_jsonb(i.id::text) = slot.value)
        WHERE s.id = ANY(:ids)
        """),
        {"ids": list(shot_ids)},
    )


async def list_deleted(session: AsyncSession, project_id: UUID, shot_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """(shot, scene) of those that a person deleted from scenes that still stand, in the order they stood in."""
    rows = await session.execute(
        text("""
        SELECT a.id, a.scene_id FROM archived_shots a JOIN scenes sc ON sc.id = a.scene_id
        WHERE a.id = ANY(:ids) AND a.run_id IS NULL AND sc.project_id = :project_id AND sc.binned_at IS NULL
        ORDER BY sc.id, (a.data->>'sequence_number')::int, a.id FOR UPDATE OF a
        """),
        {"ids": list(shot_ids), "project_id": project_id},
    )
    return [(row[0], row[1]) for row in rows]


async def list_archived(session: AsyncSession, run_id: UUID) -> list[UUID]:
    """The ids of the shots that a run replaced."""
    rows = await session.scalars(select(ArchivedShot.id).where(ArchivedShot.run_id == run_id))
    return list(rows)


@dataclass(frozen=True)
class RunShot:
    """A shot that a run made, with the number it has now."""

    id: UUID
    scene_id: UUID
    number: str
    is_edited: bool


async def list_run_shots(session: AsyncSession, run_id: UUID) -> list[RunShot]:
    """The shots that a run made and that still stand, in script order."""
    rows = await session.execute(
        text(f"""
        SELECT s.id, s.scene_id, {NUMBER}, {IS_EDITED}
        FROM shots s JOIN scenes sc ON sc.id = s.scene_id
        WHERE s.run_id = :id ORDER BY sc.sequence_number, s.sequence_number
        """),  # noqa: S608  (constants of this package)
        {"id": run_id},
    )
    return [RunShot(*row) for row in rows]


async def find_replacing_run(session: AsyncSession, run_id: UUID) -> str | None:
    """The label of a later run that replaced shots of this one and is not reverted itself."""
    found: str | None = await session.scalar(
        text("""
        SELECT r.label FROM archived_shots a JOIN breakdown_runs r ON r.id = a.run_id
        WHERE CAST(a.data->>'run_id' AS uuid) = :id AND r.id <> :id AND r.reverted_at IS NULL
        ORDER BY r.created_at DESC, r.id LIMIT 1
        """),
        {"id": run_id},
    )
    return found


async def list_scripts(session: AsyncSession, script_id: UUID) -> set[UUID]:
    """An imported script and its drafts."""
    # Scripts are a domain above this one, so they are asked for by the table's name.
    rows = await session.scalars(text("SELECT id FROM scripts WHERE :id IN (id, draft_of)"), {"id": script_id})
    return set(rows)


async def lock_run_scenes(session: AsyncSession, run_id: UUID, script_ids: Collection[UUID]) -> list[UUID]:
    """The scenes that a run made or replaced shots in, and all of these scripts', row-locked in one order."""
    rows = await session.execute(
        text("""
        SELECT sc.id FROM scenes sc
        WHERE sc.id IN (SELECT scene_id FROM shots WHERE run_id = :id
                        UNION SELECT scene_id FROM archived_shots WHERE run_id = :id)
           OR sc.script_id = ANY(:script_ids)
        ORDER BY sc.id FOR UPDATE
        """),
        {"id": run_id, "script_ids": list(script_ids)},
    )
    return [row[0] for row in rows]


async def list_runs(session: AsyncSession, project_id: UUID) -> list[BreakdownRun]:
    """A project's runs, newest first."""
    rows = await session.scalars(
        select(BreakdownRun)
        .where(BreakdownRun.project_id == project_id)
        .order_by(BreakdownRun.created_at.desc(), BreakdownRun.id.desc())
    )
    return list(rows)
