"""SQL of projects."""

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.projects.models import Project

# The counts look into tables of domains above this one, so they are asked for by the tables' names.
_READ = """
SELECT p.id, p.name, coalesce(p.resolution, '4K') AS resolution, coalesce(p.aspect_ratio, '16:9') AS aspect_ratio,
       coalesce(p.veo_version, '3.1') AS veo_version, coalesce(p.created_at, 'epoch') AS created_at,
       coalesce(p.updated_at, p.created_at, 'epoch') AS updated_at,
       (SELECT count(*) FROM scenes sc WHERE sc.project_id = p.id AND sc.binned_at IS NULL) AS scene_count,
       (SELECT count(*) FROM ingredients i WHERE i.project_id = p.id) AS ingredient_count,
       c.shot_count, c.ready_count
FROM projects p
CROSS JOIN LATERAL (
    SELECT count(*) AS shot_count, count(*) FILTER (WHERE s.status = 'ready') AS ready_count
    FROM shots s JOIN scenes sc ON sc.id = s.scene_id WHERE sc.project_id = p.id AND sc.binned_at IS NULL
) c
"""


async def find(session: AsyncSession, project_id: UUID, *, lock: bool = False) -> Project | None:
    """One project, with `lock` under a row lock."""
    query = select(Project).where(Project.id == project_id)
    found: Project | None = await session.scalar(query.with_for_update(key_share=True) if lock else query)
    return found


async def find_read(session: AsyncSession, project_id: UUID) -> RowMapping | None:
    """One project with its counts."""
    rows = await session.execute(text(_READ + "WHERE p.id = :id"), {"id": project_id})
    return rows.mappings().one_or_none()


async def list_read(session: AsyncSession, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
    """A page of projects with their counts, last changed first, and the number of all."""
    total = await session.scalar(select(func.count()).select_from(Project))
    rows = await session.execute(
        text(_READ + "ORDER BY p.updated_at DESC, p.id LIMIT :limit OFFSET :offset"), {"limit": limit, "offset": offset}
    )
    return [dict(row) for row in rows.mappings()], total or 0
