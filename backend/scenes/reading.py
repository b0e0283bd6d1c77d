"""SQL that reads script elements with the shots that cover them: PostgreSQL writes the JSON."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# `length`: of an element that is divided among shots, how much of it they cover together.
# The shots stand in a domain above this one, so they are asked for by the table's name.
_ELEMENTS = """
WITH anchored AS (
    SELECT CAST(a.value->>'id' AS uuid) AS element_id,
           CASE WHEN bool_and(a.value ? 'start') THEN sum(CAST(a.value->>'end' AS int) - CAST(a.value->>'start' AS int))
           END AS length,
           json_agg(s.id ORDER BY own.sequence_number, s.sequence_number, s.id) AS shot_ids
    FROM shots s JOIN scenes own ON own.id = s.scene_id CROSS JOIN LATERAL jsonb_array_elements(s.anchors) AS a(value)
    WHERE own.binned_at IS NULL AND own.project_id = (SELECT project_id FROM {owner} WHERE id = :id)
    GROUP BY 1
)
SELECT json_build_object('items', coalesce(json_agg(json_build_object(
    'id', e.id, 'scene_id', e.scene_id, 'position', e.position, 'type', e.type, 'text', e.text,
    'character', e.character, 'extensions', e.extensions, 'dual', e.dual, 'emphasis', e.emphasis,
    'line_start', e.line_start, 'line_end', e.line_end, 'shot_ids', coalesce(a.shot_ids, '[]'::json),
    'is_covered', a.element_id IS NOT NULL AND coalesce(a.length >= char_length(e.text), true))
    ORDER BY sc.sequence_number, e.position), '[]'::json),
    'total', count(*),
    'covered_count', count(a.element_id) FILTER (WHERE coalesce(a.length >= char_length(e.text), true)))::text
FROM script_elements e JOIN scenes sc ON sc.id = e.scene_id LEFT JOIN anchored a ON a.element_id = e.id
WHERE sc.binned_at IS NULL AND {scope}
"""
_OF_SCENE = text(_ELEMENTS.format(owner="scenes", scope="sc.id = :id"))
_OF_SCRIPT = text(_ELEMENTS.format(owner="scripts", scope="sc.script_id = :id"))


async def elements_of_scene(session: AsyncSession, scene_id: UUID) -> bytes:
    """A scene's elements in script order, as the JSON of `ElementPage`."""
    found: str = await session.scalar(_OF_SCENE, {"id": scene_id})
    return found.encode()


async def elements_of_script(session: AsyncSession, script_id: UUID) -> bytes:
    """A screenplay's elements in script order, as the JSON of `ElementPage`."""
    found: str = await session.scalar(_OF_SCRIPT, {"id": script_id})
    return found.encode()
