"""SQL of scenes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.scenes.models import Scene

_READ = """
SELECT sc.id, sc.project_id, sc.script_id, coalesce(sc.scene_number, sc.sequence_number::text) AS number, sc.slugline,
       sc.raw_content, sc.sequence_number, (sc.parsed->>'line_start')::int AS line_start,
       (sc.parsed->>'line_end')::int AS line_end, (sc.parsed->>'eighths')::int AS eighths,
       coalesce(sc.created_at, 'epoch') AS created_at,
       coalesce(c.shot_count, 0) AS shot_count, coalesce(c.ready_count, 0) AS ready_count,
       coalesce(c.duration, 0) AS duration, sc.parsed->>'int_ext' AS int_ext, sc.parsed->>'location' AS location,
       sc.parsed->>'time_of_day' AS time_of_day, coalesce((sc.parsed->>'is_omitted')::boolean, false) AS is_omitted,
       coalesce(e.element_count, 0) AS element_count, coalesce(e.uncovered_count, 0) AS uncovered_count
FROM scenes sc
LEFT JOIN (
    SELECT s.scene_id, count(*) AS shot_count, count(*) FILTER (WHERE s.status = 'ready') AS ready_count,
           sum(s.duration) AS duration
    FROM shots s JOIN scenes own ON own.id = s.scene_id WHERE {scope} GROUP BY s.scene_id
) c ON c.scene_id = sc.id
LEFT JOIN (
    SELECT el.scene_id, count(*) AS element_count,
           count(*) FILTER (WHERE a.id IS NULL OR a.length < char_length(el.text)) AS uncovered_count
    FROM script_elements el JOIN scenes own ON own.id = el.scene_id
    LEFT JOIN (
        SELECT CAST(anchor.value->>'id' AS uuid) AS id,
               CASE WHEN bool_and(anchor.value ? 'start')
                    THEN sum(CAST(anchor.value->>'end' AS int) - CAST(anchor.value->>'start' AS int)) END AS length
        FROM shots s JOIN scenes own ON own.id = s.scene_id
        CROSS JOIN LATERAL jsonb_array_elements(s.anchors) AS anchor(value)
        WHERE own.binned_at IS NULL AND {project} GROUP BY 1
    ) a ON a.id = el.id
    WHERE {scope} GROUP BY el.scene_id
) e ON e.scene_id = sc.id
"""


async def find(session: AsyncSession, scene_id: UUID, *, lock: bool = False) -> Scene | None:
    """One scene, with `lock` under a row lock."""
    query = select(Scene).where(Scene.id == scene_id)
    if lock:
        # Who waited for the lock wants what the other wrote.
        query = query.with_for_update().execution_options(populate_existing=True)
    found: Scene | None = await session.scalar(query)
    return found


async def list_by_ids(session: AsyncSession, scene_ids: Sequence[UUID], *, lock: bool = False) -> list[Scene]:
    """Those of these scenes that are there and not in the bin, in the order of their ids, which locks are taken in."""
    query = select(Scene).where(Scene.id.in_(scene_ids), Scene.binned_at.is_(None)).order_by(Scene.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(await session.scalars(query))


async def find_read(session: AsyncSession, scene_id: UUID) -> dict[str, Any] | None:
    """One scene with its counts."""
    project = "own.project_id = (SELECT project_id FROM scenes WHERE id = :id)"
    query = _READ.format(scope="own.id = :id", project=project) + "WHERE sc.id = :id"
    row = (await session.execute(text(query), {"id": scene_id})).mappings().one_or_none()
    return dict(row) if row else None


async def list_read(session: AsyncSession, project_id: UUID) -> list[dict[str, Any]]:
    """A project's scenes with their counts, in script order."""
    query = (
        _READ.format(scope="own.project_id = :id", project="own.project_id = :id")
        + "WHERE sc.project_id = :id AND sc.binned_at IS NULL ORDER BY sc.sequence_number, sc.id"
    )
    rows = await session.execute(text(query), {"id": project_id})
    return [dict(row) for row in rows.mappings()]


async def lock_live(session: AsyncSession, project_id: UUID) -> None:
    """Lock the rows of a project's scenes, in one order."""
    await session.execute(
        select(Scene.id).where(Scene.project_id == project_id).order_by(Scene.id).with_for_update(key_share=True)
    )


async def list_live(session: AsyncSession, project_id: UUID) -> list[Scene]:
    """A project's scenes in script order, without those in the bin."""
    rows = await session.scalars(
        select(Scene)
        .where(Scene.project_id == project_id, Scene.binned_at.is_(None))
        .order_by(Scene.sequence_number, Scene.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def list_binned(session: AsyncSession, project_id: UUID) -> list[Scene]:
    """A project's scenes in the bin, last binned first."""
    rows = await session.scalars(
        select(Scene)
        .where(Scene.project_id == project_id, Scene.binned_at.is_not(None))
        .order_by(Scene.binned_at.desc(), Scene.sequence_number, Scene.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def list_binned_read(session: AsyncSession, project_id: UUID) -> list[dict[str, Any]]:
    """A project's scenes in the bin with what is in them, last binned first."""
    rows = await session.execute(
        text("""
        SELECT sc.id, coalesce(sc.scene_number, sc.sequence_number::text) AS number, sc.slugline, sc.raw_content,
               sc.binned_at, c.shot_count, c.ready_count, before.slugline AS after_slugline
        FROM scenes sc
        LEFT JOIN scenes before ON before.id = sc.binned_after
        CROSS JOIN LATERAL (
            SELECT count(*) AS shot_count, count(*) FILTER (WHERE s.status = 'ready') AS ready_count
            FROM shots s WHERE s.scene_id = sc.id
        ) c
        WHERE sc.project_id = :id AND sc.binned_at IS NOT NULL
              -- A number that the script kept for a scene left out: nothing is in it.
              AND NOT (coalesce((sc.parsed->>'is_omitted')::boolean, false) AND c.shot_count = 0)
        ORDER BY sc.binned_at DESC, sc.sequence_number, sc.id
        """),
        {"id": project_id},
    )
    return [dict(row) for row in rows.mappings()]


async def list_ids(session: AsyncSession, project_id: UUID) -> list[UUID]:
    """The ids of a project's scenes, in script order."""
    rows = await session.scalars(
        select(Scene.id)
        .where(Scene.project_id == project_id, Scene.binned_at.is_(None))
        .order_by(Scene.sequence_number, Scene.id)
    )
    return list(rows)


async def list_numbers(session: AsyncSession, project_id: UUID) -> list[str | None]:
    """The scene numbers of a project, in script order."""
    rows = await session.scalars(
        select(Scene.scene_number)
        .where(Scene.project_id == project_id, Scene.binned_at.is_(None))
        .order_by(Scene.sequence_number, Scene.id)
    )
    return list(rows)


async def renumber(session: AsyncSession, scene_ids: list[UUID]) -> None:
    """Give the scenes the sequence numbers 1, 2, 3 … in this order."""
    await session.execute(
        text("""
        UPDATE scenes sc SET sequence_number = o.ord
        FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS o(id, ord)
        WHERE sc.id = o.id AND sc.sequence_number <> o.ord
        """),
        {"ids": scene_ids},
    )


async def set_numbers(session: AsyncSession, scene_ids: list[UUID], numbers: Sequence[str | None]) -> None:
    """Give each scene its number; None is counted."""
    await session.execute(
        text("""
        UPDATE scenes sc SET scene_number = o.number
        FROM unnest(CAST(:ids AS uuid[]), CAST(:numbers AS text[])) AS o(id, number)
        WHERE sc.id = o.id AND sc.scene_number IS DISTINCT FROM o.number
        """),
        {"ids": scene_ids, "numbers": list(numbers)},
    )
