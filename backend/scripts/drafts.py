"""Revised drafts: take one in, show it beside the script as it is now, and discard it."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assets import service as assets
from backend.core.errors import AppError, NotFoundError, RetryableError
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.resources import Resources
from backend.scenes import elements
from backend.scenes import service as scenes
from backend.screenplay import Scene as ParsedScene
from backend.screenplay import Screenplay, carrying
from backend.screenplay.planning import ImportPlan, apply_plan
from backend.screenplay.revision import Revision, compare, with_returning
from backend.scripts import service
from backend.scripts.draft_outcome import decide
from backend.scripts.draft_plan import DraftScene, Present, left_out
from backend.scripts.draft_reading import describe_scenes
from backend.scripts.draft_schemas import DraftApplied, DraftCounts, DraftDetail, DraftRead, SceneChange
from backend.scripts.models import Script
from backend.scripts.parsed import describe, new_locations
from backend.scripts.schemas import ScriptWarning
from backend.shots import revising

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Comparison:
    """A draft beside the project's script as it is now."""

    revised: Script
    present: Present
    scenes: Sequence[DraftScene]
    revision: Revision
    left_out: list[str]
    changes: list[SceneChange]
    version: str


async def accept(
    resources: Resources, project_id: UUID, *, data: bytes, filename: str | None, script_id: UUID | None
) -> DraftRead:
    """Take in a draft; nothing of the project changes before it is applied.

    Raises what an import raises, and 409 `scripts.nothing_to_revise` when there is no script with scenes.
    """
    service.refuse_too_large(resources, data)
    async with resources.db.transaction() as session:
        revised = await _revised(session, project_id, script_id)
    screenplay = await service.read_screenplay(data)
    plan = await _carried(resources, revised, screenplay, hashlib.sha256(data).hexdigest())
    decisions = carrying.decided(plan.scenes if plan else (), len(screenplay.scenes))
    if plan is not None:
        screenplay = apply_plan(screenplay, carrying.without_left_out(plan))
    async with (
        service.kept_original(resources, project_id, data) as (draft_id, key),
        resources.db.transaction() as session,
    ):
        revised = await _revised(session, project_id, script_id)
        draft = service.new_script(draft_id, key, data=data, filename=filename, project_id=project_id)
        describe(draft, screenplay)
        draft.draft_of = revised.draft_of or revised.id
        draft.plan = plan.model_dump(mode="json") if plan is not None else None
        draft.draft_scenes = [
            {"parsed": scene.model_dump(mode="json"), "is_new_location": is_new, "decided": decided}
            for scene, is_new, decided in zip(
                screenplay.scenes, new_locations(screenplay.scenes), decisions, strict=True
            )
        ]
        session.add(draft)
        await session.flush()
        publish(session, "scripts", project_id, draft.id)
        return _to_read(draft, revised)


async def _carried(resources: Resources, revised: Script, screenplay: Screenplay, sha256: str) -> ImportPlan | None:
    """What was decided about the revised script's file, for the draft's."""
    if revised.plan is None:
        return None
    plan = ImportPlan.model_validate(revised.plan)
    if not plan.scenes:
        return plan.model_copy(update={"sha256": sha256})
    try:
        before = await service.read_screenplay(await service.original(resources, revised.id))
    except RetryableError:
        raise
    except AppError as error:
        # The file is gone, or is read no longer: the draft is taken in without the decisions, as one to decide on.
        log.warning("decisions_not_carried", script_id=str(revised.id), error=error.code)
        return plan.model_copy(update={"sha256": sha256, "scenes": []})
    return await asyncio.to_thread(carrying.carry, plan, before, screenplay, sha256)


async def _revised(session: AsyncSession, project_id: UUID, script_id: UUID | None) -> Script:
    """The script that a new draft revises: the one named, or the project's newest."""
    known = await service.list_all(session, project_id)
    wanted = [one for one in known if script_id in (None, one.id) and not one.is_superseded and one.scene_count]
    if not wanted:
        raise AppError(
            409,
            "scripts.nothing_to_revise",
            "There is no imported screenplay with scenes that this could be a draft of.",
            fix="Import it as a screenplay; its scenes are added to the project.",
        )
    return await service.get(session, wanted[0].id)


async def get(session: AsyncSession, draft_id: UUID) -> Script:
    """One draft's row; 404 `scripts.draft_not_found`."""
    draft = await session.get(Script, draft_id, populate_existing=True)
    if draft is None or draft.draft_of is None:
        raise NotFoundError("scripts.draft_not_found", "There is no draft with this id. It may have been discarded.")
    return draft


async def list_open(session: AsyncSession, project_id: UUID) -> list[DraftRead]:
    """A project's drafts that are not applied, newest first; 404 when there is no such project."""
    await projects.get(session, project_id)
    rows = await session.scalars(
        select(Script).where(Script.project_id == project_id).order_by(Script.created_at.desc(), Script.id)
    )
    scripts = list(rows)
    return [
        _to_read(draft, _head(scripts, draft))
        for draft in scripts
        if draft.draft_of is not None and draft.applied_at is None
    ]


def _family(scripts: Sequence[Script], draft: Script) -> list[Script]:
    """The script a draft goes back to and the drafts applied to it since, last applied first."""
    own = [one for one in scripts if one.id == draft.draft_of or (one.draft_of == draft.draft_of and one.applied_at)]
    return sorted(own, key=lambda one: (one.applied_at is not None, one.applied_at), reverse=True)


def _head(scripts: Sequence[Script], draft: Script) -> Script:
    return _family(scripts, draft)[0]


def _to_read(draft: Script, revised: Script) -> DraftRead:
    return DraftRead(
        id=draft.id,
        project_id=draft.project_id,
        filename=draft.filename,
        script_id=revised.id,
        script_filename=revised.filename,
        created_at=draft.created_at,
        applied_at=draft.applied_at,
    )


async def read(session: AsyncSession, draft_id: UUID) -> DraftDetail:
    """A draft beside the script as it is now; of an applied one what it changed."""
    draft = await get(session, draft_id)
    scripts = list(await session.scalars(select(Script).where(Script.project_id == draft.project_id)))
    found = {
        **_to_read(draft, _head(scripts, draft)).model_dump(),
        "warnings": [ScriptWarning.model_validate(warning) for warning in draft.warnings],
    }
    if draft.applied is not None:
        applied = DraftApplied.model_validate(draft.applied)
        return DraftDetail(**found, version="", counts=applied.counts, renamed={}, scenes=[], applied=applied)
    compared = await compare_with_present(session, draft)
    return DraftDetail(
        **found,
        version=compared.version,
        counts=count(compared.changes),
        renamed=compared.revision.renamed,
        scenes=compared.changes,
        applied=None,
    )


async def compare_with_present(session: AsyncSession, draft: Script, *, lock: bool = False) -> Comparison:
    """The comparison as of now; with `lock` the scenes and shots it is about stay as they are until the commit."""
    scripts = list(await session.scalars(select(Script).where(Script.project_id == draft.project_id)))
    family = _family(scripts, draft)
    live = await scenes.list_live(session, draft.project_id, lock=lock)
    binned = await scenes.list_binned(session, draft.project_id)
    own = {one.id for one in family}
    old, gone = ([s for s in rows if s.script_id in own and s.parsed is not None] for rows in (live, binned))
    known = [*old, *gone]
    held = await elements.load(session, [scene.id for scene in known])
    present = Present(
        live=live,
        old=known,
        binned_count=len(gone),
        parsed=[elements.as_parsed(scene, held[scene.id]) for scene in known],
        elements=[held[scene.id] for scene in known],
        shots=await revising.list_covering(session, [scene.id for scene in known], lock=lock),
        reserved=[scene.scene_number for scene in binned if scene.scene_number],
    )
    stored = await session.scalar(select(Script.draft_scenes).where(Script.id == draft.id)) or []
    return await asyncio.to_thread(_compare, family[0], present, stored)


def _compare(revised: Script, present: Present, stored: Sequence[dict[str, Any]]) -> Comparison:
    draft = [
        DraftScene(ParsedScene.model_validate(one["parsed"]), one["is_new_location"], one.get("decided", ()))
        for one in stored
    ]
    live_count = len(present.old) - present.binned_count
    old, gone = present.parsed[:live_count], present.parsed[live_count:]
    parsed = [scene.parsed for scene in draft]
    revision = with_returning(compare(old, parsed), old, gone, parsed)
    out = left_out(draft, revision)
    plan = decide(present, draft, revision, out)
    changes = describe_scenes(present, draft, revision, plan)
    shown = "\n".join(change.model_dump_json() for change in changes)
    return Comparison(revised, present, draft, revision, out, changes, hashlib.sha256(shown.encode()).hexdigest())


def count(changes: Sequence[SceneChange]) -> DraftCounts:
    """Scenes by what becomes of them."""
    kinds = Counter(change.kind for change in changes)
    return DraftCounts(
        unchanged=kinds["unchanged"],
        changed=kinds["changed"],
        moved=sum(change.is_moved for change in changes),
        added=kinds["added"],
        omitted=kinds["omitted"],
    )


async def discard(resources: Resources, draft_id: UUID) -> None:
    """Forget a draft that is not applied, and its file; 409 `scripts.draft_applied` for one that is."""
    async with resources.db.transaction() as session:
        draft = await get(session, draft_id)
        await projects.get(session, draft.project_id, lock=True)
        draft = await get(session, draft_id)
        refuse_applied(draft)
        if draft.s3_key is not None:
            await assets.delete_files(session, [draft.s3_key], project_id=draft.project_id, label=draft.filename)
        await session.delete(draft)
        publish(session, "scripts", draft.project_id, draft.id)


def refuse_applied(draft: Script) -> None:
    """409 for a draft that is part of the project already."""
    if draft.applied_at is not None:
        raise AppError(409, "scripts.draft_applied", "This draft is applied already.")
