"""SQL that changes shots."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assets.models import Ingredient
from backend.projects.models import Project
from backend.scenes.models import Scene, ScriptElement
from backend.shots.models import Shot
from backend.shots.reading import FINGERPRINTS, IS_EDITED, NUMBER


async def find(session: AsyncSession, shot_id: UUID, *, lock: bool = False) -> Shot | None:
    """One shot, with `lock` under a row lock."""
    query = select(Shot).where(Shot.id == shot_id).execution_options(populate_existing=True)
    found: Shot | None = await session.scalar(query.with_for_update() if lock else query)
    return found


async def find_project_id(session: AsyncSession, shot_id: UUID) -> UUID | None:
    """The project a shot belongs to."""
    query = select(Scene.project_id).join(Shot, Shot.scene_id == Scene.id).where(Shot.id == shot_id)
    found: UUID | None = await session.scalar(query)
    return found


async def lock_ingredients(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """Ingredient id → project id of those that exist, kept from being deleted until the commit."""
    rows = await session.execute(
        select(Ingredient.id, Ingredient.project_id)
        .where(Ingredient.id.in_(ids))
        .order_by(Ingredient.id)
        .with_for_update(read=True)
    )
    return {row[0]: row[1] for row in rows}


async def list_ids(session: AsyncSession, scene_id: UUID) -> list[UUID]:
    """The ids of a scene's shots, in order."""
    rows = await session.scalars(
        select(Shot.id).where(Shot.scene_id == scene_id).order_by(Shot.sequence_number, Shot.id)
    )
    return list(rows)


async def renumber(session: AsyncSession, shot_ids: Sequence[UUID]) -> None:
    """Give the shots the sequence numbers 1, 2, 3 … in this order."""
    await session.execute(
        text("""
        UPDATE shots s SET sequence_number = o.ord
        FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS o(id, ord)
        WHERE s.id = o.id AND s.sequence_number IS DISTINCT FROM o.ord
        """),
        {"ids": list(shot_ids)},
    )


async def close_gaps(session: AsyncSession, scene_ids: Sequence[UUID]) -> None:
    """Number the shots of each of these scenes 1, 2, 3 … again, in their order."""
    await session.execute(
        text("""
        UPDATE shots s SET sequence_number = o.ord
        FROM (SELECT id, row_number() OVER (PARTITION BY scene_id ORDER BY sequence_number, id) AS ord
              FROM shots WHERE scene_id = ANY(:ids)) o
        WHERE s.id = o.id AND s.sequence_number IS DISTINCT FROM o.ord
        """),
        {"ids": list(scene_ids)},
    )


async def load_for_compile(
    session: AsyncSession, shot_id: UUID
) -> tuple[Shot, Scene, Project, list[Ingredient], str, dict[str, str]] | None:
    """Everything a compile is made from, in one consistent read: also the shot's number and the fingerprints."""
    row = (
        await session.execute(
            select(Shot, Scene, Project)
            .join(Scene, Scene.id == Shot.scene_id)
            .join(Project, Project.id == Scene.project_id)
            .where(Shot.id == shot_id)
            .with_for_update(read=True, of=Shot)
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    if row is None:
        return None
    shot, scene, project = row
    ids = [UUID(slot) for slot in shot.assigned_ingredients or [] if slot]
    rows = await session.scalars(select(Ingredient).where(Ingredient.id.in_(ids), Ingredient.project_id == project.id))
    number, fingerprints = await fingerprint(session, shot_id)
    return shot, scene, project, list(rows), number, fingerprints


async def fingerprint(session: AsyncSession, shot_id: UUID) -> tuple[str, dict[str, str]]:
    """The shot's number and the fingerprints of its present inputs."""
    row = (
        await session.execute(
            text(f"""
            SELECT {NUMBER}, {FINGERPRINTS}
            FROM shots s JOIN scenes sc ON sc.id = s.scene_id JOIN projects p ON p.id = sc.project_id WHERE s.id = :id
            """),  # noqa: S608  (constants of this package)
            {"id": shot_id},
        )
    ).one()
    return row[0], row[1]


async def lock_covering(
    session: AsyncSession, project_id: UUID, element_ids: Sequence[UUID], *, but: Sequence[UUID] = ()
) -> dict[UUID, bool]:
    """Shot id → whether a person worked on it, of the shots that cover any of these elements, under row locks."""
    rows = await session.execute(
        text(f"""
        SELECT s.id, {IS_EDITED} FROM shots s JOIN scenes sc ON sc.id = s.scene_id
        WHERE sc.project_id = :project_id AND s.id <> ALL(:but) AND EXISTS (
            SELECT 1 FROM jsonb_array_elements(s.anchors) AS a(value) WHERE a.value->>'id' = ANY(:element_ids))
        ORDER BY s.id FOR UPDATE OF s
        """),  # noqa: S608  (constants of this package)
        {"project_id": project_id, "element_ids": [str(one) for one in element_ids], "but": list(but)},
    )
    return {row[0]: row[1] for row in rows}


async def lock_many(session: AsyncSession, shot_ids: Sequence[UUID]) -> dict[UUID, Shot]:
    """Shots by id, those that exist, under row locks taken in one order."""
    query = select(Shot).where(Shot.id.in_(shot_ids)).order_by(Shot.id).with_for_update()
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return {shot.id: shot for shot in rows}


async def find_places(session: AsyncSession, shot_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, UUID, str]]:
    """Shot id → its scene, its project and its number, of those that exist."""
    rows = await session.execute(
        text(f"""
        SELECT s.id, sc.id, sc.project_id, {NUMBER} FROM shots s JOIN scenes sc ON sc.id = s.scene_id
        WHERE s.id = ANY(:ids)
        """),  # noqa: S608  (constants of this package)
        {"ids": list(shot_ids)},
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


async def scenes_of_elements(session: AsyncSession, element_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Element id → the scene in which it plays, of those that exist."""
    rows = await session.execute(
        select(ScriptElement.id, ScriptElement.scene_id).where(ScriptElement.id.in_(element_ids))
    )
    return {row[0]: row[1] for row in rows}


async def scenes_touching(session: AsyncSession, element_ids: Collection[UUID]) -> set[UUID]:
    """The scenes that have a shot over any of these elements."""
    rows = await session.scalars(
        text("""
        SELECT DISTINCT s.scene_id FROM shots s JOIN scenes sc ON sc.id = s.scene_id
        WHERE sc.project_id IN (SELECT own.project_id FROM script_elements e JOIN scenes own ON own.id = e.scene_id
                                WHERE e.id = ANY(:ids))
          AND EXISTS (SELECT 1 FROM jsonb_array_elements(s.anchors) AS a(value)
                      WHERE CAST(a.value->>'id' AS uuid) = ANY(:ids))
        """),
        {"ids": list(element_ids)},
    )
    return set(rows)


async def find_doubled(session: AsyncSession, project_id: UUID, shot_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these shots that cover words of a speech which another shot of the project covers too."""
    rows = await session.scalars(
        text("""
        WITH spoken AS (
            SELECT s.id, e.id AS element_id
            FROM shots s JOIN scenes sc ON sc.id = s.scene_id
            CROSS JOIN LATERAL jsonb_array_elements(s.anchors) AS a(value)
            JOIN script_elements e ON e.id = CAST(a.value->>'id' AS uuid)
            WHERE sc.project_id = :project_id AND e.type IN ('character', 'parenthetical', 'dialogue', 'lyrics'))
        SELECT DISTINCT own.id FROM spoken own JOIN spoken other USING (element_id)
        WHERE own.id = ANY(:ids) AND other.id <> own.id
        """),
        {"project_id": project_id, "ids": list(shot_ids)},
    )
    return set(rows)


async def find_cast(session: AsyncSession, script_id: UUID | None) -> list[str]:
    """Who is in a script."""
    # Scripts are a domain above this one, so they are asked for by the table's name.
    found = await session.scalar(text("SELECT cast_names FROM scripts WHERE id = :id"), {"id": script_id})
    return list(found or [])


async def list_anchors(
    session: AsyncSession, project_id: UUID, element_ids: Sequence[UUID], *, but: UUID
) -> list[dict[str, Any]]:
    """The anchors of other shots of the project over these elements."""
    rows = await session.execute(
        text("""
        SELECT a.value
        FROM shots s JOIN scenes sc ON sc.id = s.scene_id CROSS JOIN LATERAL jsonb_array_elements(s.anchors) AS a(value)
        WHERE sc.project_id = :project_id AND s.id <> :but AND CAST(a.value->>'id' AS uuid) = ANY(:ids)
        """),
        {"project_id": project_id, "ids": list(element_ids), "but": but},
    )
    return [row[0] for row in rows]
