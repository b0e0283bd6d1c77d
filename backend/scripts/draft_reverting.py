"""Takes the draft that was applied last back, while nothing was done after it: every row is as it was before."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError
from backend.core.jobs import ACTIVE, Job
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.scenes import service as scenes
from backend.scripts import drafts
from backend.scripts.draft_schemas import DraftDetail
from backend.scripts.models import Script
from backend.shots import breakdowns

# PostgreSQL copies and compares the rows; they never leave it.
_OF_PROJECT = "JOIN scenes sc ON sc.id = {0}.scene_id WHERE sc.project_id = :project_id"
_REMEMBER = text(f"""
UPDATE scripts SET undo = jsonb_build_object(
    'scenes', (SELECT coalesce(jsonb_agg(to_jsonb(sc)), '[]') FROM scenes sc WHERE sc.project_id = :project_id),
    'elements', (SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') FROM script_elements e {_OF_PROJECT.format("e")}),
    'shots', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM shots s {_OF_PROJECT.format("s")}))
WHERE id = :draft_id
""")  # noqa: S608  (constants of this module)
# The shots that the draft's own run makes afterwards do not count.
_STATE = text(f"""
SELECT md5(concat_ws('|',
    (SELECT string_agg(to_jsonb(sc)::text, ',' ORDER BY sc.id) FROM scenes sc WHERE sc.project_id = :project_id),
    (SELECT string_agg(to_jsonb(e)::text, ',' ORDER BY e.id) FROM script_elements e {_OF_PROJECT.format("e")}),
    (SELECT string_agg(to_jsonb(s)::text, ',' ORDER BY s.id) FROM shots s {_OF_PROJECT.format("s")}
        AND NOT EXISTS (SELECT 1 FROM breakdown_runs r WHERE r.id = s.run_id AND r.job_id = :job_id))))
""")  # noqa: S608  (constants of this module)
_LOCK_SHOTS = text(f"SELECT s.id FROM shots s {_OF_PROJECT.format('s')} ORDER BY s.id FOR UPDATE OF s")  # noqa: S608
_FORGET = text(
    "UPDATE scripts SET undo = NULL, draft_scenes = NULL WHERE project_id = :project_id AND undo IS NOT NULL"
)
_BRING_BACK = (
    "DELETE FROM script_elements e USING scenes sc WHERE sc.id = e.scene_id AND sc.project_id = :project_id",
    "DELETE FROM shots s USING scenes sc WHERE sc.id = s.scene_id AND sc.project_id = :project_id",
    """
    DELETE FROM scenes sc USING scripts d WHERE d.id = :draft_id AND sc.project_id = :project_id
        AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(d.undo->'scenes') AS o(value)
                        WHERE o.value->>'id' = sc.id::text)
    """,
    """
    UPDATE scenes sc SET slugline = o.slugline, raw_content = o.raw_content, sequence_number = o.sequence_number,
        script_id = o.script_id, scene_number = o.scene_number, parsed = o.parsed, binned_at = o.binned_at,
        binned_after = o.binned_after
    FROM scripts d CROSS JOIN LATERAL jsonb_populate_recordset(NULL::scenes, d.undo->'scenes') AS o
    WHERE d.id = :draft_id AND sc.id = o.id
    """,
    """
    INSERT INTO script_elements (id, scene_id, position, type, text, character, extensions, dual, emphasis, line_start,
                                 line_end)
    SELECT o.id, o.scene_id, o.position, o.type, o.text, o.character, o.extensions, o.dual, o.emphasis, o.line_start,
           o.line_end
    FROM scripts d CROSS JOIN LATERAL jsonb_populate_recordset(NULL::script_elements, d.undo->'elements') AS o
    WHERE d.id = :draft_id
    """,
    """
    INSERT INTO shots SELECT o.*
    FROM scripts d CROSS JOIN LATERAL jsonb_populate_recordset(NULL::shots, d.undo->'shots') AS o
    WHERE d.id = :draft_id
    """,
    "UPDATE breakdown_runs SET reverted_at = now() WHERE job_id = :job_id",
)


async def remember(session: AsyncSession, draft: Script) -> None:
    """Keep the project's rows as they are before the draft is applied; those kept for an earlier draft are forgotten.

    The caller holds the locks of the project, its scenes and its shots.
    """
    await session.execute(_FORGET, {"project_id": draft.project_id})
    await session.execute(_REMEMBER, {"project_id": draft.project_id, "draft_id": draft.id})


async def state(session: AsyncSession, project_id: UUID, job_id: UUID | None) -> str:
    """A fingerprint of all scenes, paragraphs and shots of a project, but for the shots that this job made."""
    found: str = await session.scalar(_STATE, {"project_id": project_id, "job_id": job_id})
    return found


async def revert(session: AsyncSession, draft_id: UUID) -> DraftDetail:
    """Take an applied draft back; it is open again afterwards.

    409 `scripts.draft_not_applied`; `scripts.draft_not_last` when another was applied after it; `scripts.draft_working`
    while the shots of its added scenes are being made; `scripts.changed_since` when anything was done after it.
    """
    draft = await drafts.get(session, draft_id)
    await projects.get(session, draft.project_id, lock=True)
    draft = await drafts.get(session, draft_id)
    if draft.applied is None:
        raise AppError(409, "scripts.draft_not_applied", "This draft is not applied.")
    if await session.scalar(select(Script.undo.is_(None)).where(Script.id == draft_id)):
        raise AppError(
            409,
            "scripts.draft_not_last",
            "Only the draft that was applied last can be taken back.",
            fix="Give the script the file of an earlier draft as its next draft; what was left out is in the bin.",
        )
    await _refuse_changes(session, draft)
    values: dict[str, Any] = {"project_id": draft.project_id, "draft_id": draft.id, "job_id": _job_id(draft)}
    for statement in _BRING_BACK:
        await session.execute(text(statement), values)
    draft.applied_at = draft.applied = draft.applied_state = draft.engine = draft.undo = None
    await session.flush()
    session.expunge_all()
    for tag in ("scripts", "scenes", "shots", "projects", "assets"):
        publish(session, tag, values["project_id"])
    return await drafts.read(session, draft_id)


def _job_id(draft: Script) -> UUID | None:
    found = (draft.applied or {}).get("job_id")
    return UUID(found) if found else None


async def _refuse_changes(session: AsyncSession, draft: Script) -> None:
    job_id = _job_id(draft)
    if job_id is not None and await session.scalar(select(Job.id).where(Job.id == job_id, Job.status.in_(ACTIVE))):
        raise AppError(
            409,
            "scripts.draft_working",
            "The shots of its added scenes are still being made.",
            fix="Wait until that has ended, or cancel it.",
        )
    await scenes.list_live(session, draft.project_id, lock=True)
    await session.execute(_LOCK_SHOTS, {"project_id": draft.project_id})
    is_worked_on = job_id is not None and await breakdowns.is_worked_on(session, job_id)
    if is_worked_on or await state(session, draft.project_id, job_id) != draft.applied_state:
        raise AppError(
            409,
            "scripts.changed_since",
            "Scenes or shots of the project were changed after this draft was applied.",
            fix="Undo those changes first; or give the script its earlier file as the next draft.",
        )
