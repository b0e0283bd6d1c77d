"""SQL that changes shots."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assets.models import Ingredient
from backend.projects.models import Project
from backend.scenes.models import Scene
from backend.shots.models import Shot
from backend.shots.reading import FINGERPRINTS, NUMBER


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
