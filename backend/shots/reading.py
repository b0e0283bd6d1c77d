"""SQL that reads shots in their wire form: PostgreSQL writes the JSON, Python passes the bytes on."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# Each part is the fingerprint of one kind of input of a compile. Made in SQL, so that the list of a thousand
# shots can tell which documents are stale without loading anything.
FINGERPRINTS = """
jsonb_build_object(
    'shot', md5(jsonb_build_array(s.description, s.duration, s.size, s.angle, s.movement, s.dialogue)::text),
    'slots', md5(concat_ws('|', s.assigned_ingredients::text, (
        SELECT string_agg(concat_ws('|', i.id, i.name, i.type, (i.metadata - 'original_filename')::text), '|'
                          ORDER BY i.id)
        FROM ingredients i
        WHERE i.project_id = p.id AND s.assigned_ingredients @> to_jsonb(i.id::text)))),
    'scene', md5(concat_ws('|', sc.slugline, sc.scene_number)),
    'project', md5(concat_ws('|', p.aspect_ratio, p.resolution, p.veo_version)))
"""

# What of the script the shot covers that is not what it was when the shot was made.
SCRIPT_CHANGES = """
(SELECT coalesce(jsonb_agg(jsonb_build_object(
    'element_id', a.value->>'id', 'change', CASE WHEN e.id IS NULL THEN 'removed' ELSE 'changed' END)
    ORDER BY a.ord), '[]'::jsonb)
 FROM jsonb_array_elements(s.anchors) WITH ORDINALITY AS a(value, ord)
 LEFT JOIN script_elements e ON e.id = CAST(a.value->>'id' AS uuid)
 WHERE e.digest IS DISTINCT FROM a.value->>'digest')
"""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

NUMBER = f"""
coalesce(sc.scene_number, sc.sequence_number::text) || CASE WHEN sc.scene_number ~ '[A-Z]$' THEN '-' ELSE '' END
    || CASE WHEN s.sequence_number > 24 THEN substr('{_LETTERS}', (s.sequence_number - 1) / 24, 1) ELSE '' END
    || substr('{_LETTERS}', (s.sequence_number - 1) % 24 + 1, 1)
"""

# A person has put work into it: words of their own, an ingredient in a slot, a document made or being made.
IS_EDITED = """
(EXISTS (SELECT 1 FROM jsonb_each_text(s.provenance) p WHERE p.value = 'human')
 OR s.assigned_ingredients @? '$[*] ? (@ != null)'
 OR s.veo_json_payload IS NOT NULL OR s.status = 'generating_json')
"""

_FIELDS = f"""
    'id', s.id, 'scene_id', s.scene_id, 'project_id', sc.project_id, 'number', {NUMBER},
    'sequence_number', coalesce(s.sequence_number, 1), 'description', s.description, 'duration', s.duration,
    'size', s.size, 'angle', s.angle, 'movement', s.movement, 'characters', s.characters, 'dialogue', s.dialogue,
    'line_start', s.line_start, 'line_end', s.line_end, 'run_id', s.run_id, 'provenance', s.provenance,
    'element_ids', (SELECT coalesce(jsonb_agg(a.value->'id' ORDER BY a.ord), '[]'::jsonb)
                    FROM jsonb_array_elements(s.anchors) WITH ORDINALITY AS a(value, ord)),
    'element_parts', (SELECT coalesce(jsonb_agg(jsonb_build_object('element_id', a.value->'id',
                              'start', a.value->'start', 'end', a.value->'end') ORDER BY a.ord), '[]'::jsonb)
                      FROM jsonb_array_elements(s.anchors) WITH ORDINALITY AS a(value, ord) WHERE a.value ? 'start'),
    'script_changes', changed.script,
    'assigned_ingredients', jsonb_build_array(s.assigned_ingredients->0, s.assigned_ingredients->1,
                                              s.assigned_ingredients->2),
    'veo_json_payload', s.veo_json_payload, 'payload_source', s.payload_source,
    'stale_causes', CASE WHEN s.compiled_from IS NULL OR s.veo_json_payload IS NULL THEN '[]'::jsonb ELSE (
        SELECT coalesce(jsonb_agg(now.key ORDER BY now.key), '[]'::jsonb)
        FROM jsonb_each_text({FINGERPRINTS}) AS now
        WHERE s.compiled_from->>now.key IS DISTINCT FROM now.value) END
        || CASE WHEN changed.script = '[]'::jsonb THEN '[]'::jsonb ELSE '["script"]'::jsonb END,
    'status', coalesce(s.status, 'draft'),
    'last_error', CASE WHEN s.status = 'ready' THEN NULL ELSE (
        SELECT CASE WHEN last.status = 'failed' THEN last.error || jsonb_build_object('job_id', last.id) END
        FROM (SELECT j.id, j.status, j.error FROM jobs j WHERE j.subject_id = s.id
              ORDER BY j.id DESC LIMIT 1) last) END,
    'updated_at', to_char(coalesce(s.updated_at, 'epoch'), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
"""  # noqa: S608  (constants of this module)

_FROM = f"""
FROM shots s JOIN scenes sc ON sc.id = s.scene_id JOIN projects p ON p.id = sc.project_id
CROSS JOIN LATERAL (SELECT {SCRIPT_CHANGES} AS script) changed
"""

_ONE = text(
    f"SELECT json_build_object({_FIELDS}, 'llm_context_cache', s.llm_context_cache)::text {_FROM} WHERE s.id = :id"
)

_PAGE = """
WITH page AS (
    SELECT s.id, sc.sequence_number AS scene_sequence, s.sequence_number AS shot_sequence
    FROM shots s JOIN scenes sc ON sc.id = s.scene_id WHERE {scope}
    ORDER BY sc.sequence_number, s.sequence_number, s.id LIMIT :limit OFFSET :offset
)
SELECT json_build_object(
    'items', coalesce((SELECT json_agg(json_build_object({fields})
                                       ORDER BY page.scene_sequence, page.shot_sequence, page.id)
                       {tables} JOIN page ON page.id = s.id), '[]'::json),
    'total', (SELECT count(*) FROM shots s JOIN scenes sc ON sc.id = s.scene_id WHERE {scope}),
    'limit', CAST(:limit AS int), 'offset', CAST(:offset AS int))::text
"""

_OF_PROJECT = text(
    _PAGE.format(scope="sc.project_id = :scope_id AND sc.binned_at IS NULL", fields=_FIELDS, tables=_FROM)
)
_OF_SCENE = text(_PAGE.format(scope="s.scene_id = :scope_id", fields=_FIELDS, tables=_FROM))


async def find_json(session: AsyncSession, shot_id: UUID) -> bytes | None:
    """One shot as the JSON of `ShotDetail`."""
    found: str | None = await session.scalar(_ONE, {"id": shot_id})
    return found.encode() if found is not None else None


async def page_of_project(session: AsyncSession, project_id: UUID, limit: int, offset: int) -> bytes:
    """A page of a project's shots, in script order, as the JSON of `ShotPage`."""
    return await _page(session, _OF_PROJECT, project_id, limit, offset)


async def page_of_scene(session: AsyncSession, scene_id: UUID, limit: int, offset: int) -> bytes:
    """A page of a scene's shots, in order, as the JSON of `ShotPage`."""
    return await _page(session, _OF_SCENE, scene_id, limit, offset)


async def _page(session: AsyncSession, query: object, scope_id: UUID, limit: int, offset: int) -> bytes:
    found: str = await session.scalar(query, {"scope_id": scope_id, "limit": limit, "offset": offset})  # type: ignore[call-overload]
    return found.encode()
