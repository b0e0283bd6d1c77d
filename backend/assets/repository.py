"""SQL of ingredients. The slots live in `shots`, whose domain stands above: its tables are asked for by name."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assets.models import AssetType, Ingredient


async def find(session: AsyncSession, asset_id: UUID, *, lock: bool = False) -> Ingredient | None:
    """One ingredient, with `lock` under a row lock."""
    query = select(Ingredient).where(Ingredient.id == asset_id)
    found: Ingredient | None = await session.scalar(query.with_for_update() if lock else query)
    return found


async def list_page(
    session: AsyncSession, *, project_id: UUID, kind: AssetType | None, limit: int, offset: int
) -> tuple[list[Ingredient], int]:
    """A page of a project's ingredients, oldest first, and the number of all."""
    conditions = [Ingredient.project_id == project_id]
    if kind is not None:
        conditions.append(Ingredient.type == kind)
    total = await session.scalar(select(func.count()).select_from(Ingredient).where(*conditions))
    rows = await session.scalars(
        select(Ingredient).where(*conditions).order_by(Ingredient.created_at, Ingredient.id).limit(limit).offset(offset)
    )
    return list(rows), total or 0


async def shot_counts(session: AsyncSession, project_ids: Sequence[UUID]) -> dict[str, int]:
    """For each ingredient id of these projects that is in a slot, in how many shots."""
    rows = (
        await session.execute(
            text("""
            SELECT slot.id, count(DISTINCT s.id)
            FROM scenes sc JOIN shots s ON s.scene_id = sc.id
            CROSS JOIN LATERAL jsonb_array_elements_text(s.assigned_ingredients) AS slot(id)
            WHERE sc.project_id = ANY(:ids) AND sc.binned_at IS NULL AND slot.id IS NOT NULL
            GROUP BY slot.id
            """),
            {"ids": list(project_ids)},
        )
    ).all()
    return {asset_id: count for asset_id, count in rows}  # noqa: C416  (rows are no pairs to the type checker)


async def empty_slots(session: AsyncSession, project_id: UUID, asset_id: UUID) -> list[UUID]:
    """Take an ingredient out of every slot that holds it; returns the shots' ids."""
    rows = await session.execute(
        text("""
        UPDATE shots s SET updated_at = now(), assigned_ingredients = (
            SELECT jsonb_agg(CASE WHEN e.value = to_jsonb(CAST(:id AS text)) THEN 'null'::jsonb ELSE e.value END
                             ORDER BY e.ord)
            FROM jsonb_array_elements(s.assigned_ingredients) WITH ORDINALITY AS e(value, ord))
        FROM scenes sc
        WHERE sc.id = s.scene_id AND sc.project_id = :project_id
          AND s.assigned_ingredients @> to_jsonb(CAST(:id AS text))
        RETURNING s.id
        """),
        {"id": str(asset_id), "project_id": project_id},
    )
    return [row[0] for row in rows]
