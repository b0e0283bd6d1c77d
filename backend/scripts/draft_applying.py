"""Applies a draft in one transaction: the script's words become the draft's, and nothing that did not change moves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError
from backend.core.jobs import enqueue
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.resources import Resources
from backend.scenes import binning, elements
from backend.scenes import service as scenes
from backend.scenes.models import Scene
from backend.screenplay import Element, carrying
from backend.screenplay.models import Emphasis
from backend.screenplay.planning import ImportPlan
from backend.scripts import draft_reverting, drafts, service
from backend.scripts.draft_outcome import decide
from backend.scripts.draft_plan import Placed, Plan, Present, heading_of, key_of, says_the_same
from backend.scripts.draft_schemas import AppliedScene, DraftApplied, DraftApply, ShotToldStale
from backend.scripts.drafts import Comparison
from backend.scripts.models import Script
from backend.scripts.payloads import BreakDownAgain
from backend.scripts.schemas import Engine
from backend.shots import revising


async def apply(resources: Resources, draft_id: UUID, data: DraftApply) -> DraftApplied:
    """Make the draft the project's script.

    409 `scripts.draft_outdated` when the outcome is no longer the one that was looked at, `scripts.draft_applied`
    the second time. What is interrupted leaves everything as it was.
    """
    if data.engine == "ollama":
        await service.require_llm(resources)
    async with resources.db.transaction() as session:
        draft = await drafts.get(session, draft_id)
        await projects.get(session, draft.project_id, lock=True)
        draft = await drafts.get(session, draft_id)
        drafts.refuse_applied(draft)
        compared = await drafts.compare_with_present(session, draft, lock=True)
        keep = compared.left_out if data.keep is None else data.keep
        _refuse_other_outcome(compared, data.version, keep)
        plan = decide(compared.present, compared.scenes, compared.revision, keep)
        await draft_reverting.remember(session, draft)
        rows = await _write_scenes(session, draft, compared.present, plan)
        await _write_shots(session, plan, rows, compared)
        draft.plan = _decisions(draft, compared, keep)
        applied = await _finish(session, draft, compared, plan, rows, data.engine, len(set(keep)))
        for tag in ("scripts", "scenes", "shots", "projects"):
            publish(session, tag, draft.project_id)
        return applied


def _refuse_other_outcome(compared: Comparison, version: str, keep: Sequence[str]) -> None:
    if compared.version != version:
        raise AppError(
            409,
            "scripts.draft_outdated",
            "The project has changed since this comparison was made, so applying it would do something else.",
            fix="Look at the comparison again; it is up to date now. Your decisions can be made anew.",
        )
    known = {key_of(pair, compared.present.old) for pair in compared.revision.scenes}
    unknown = [key for key in keep if key not in known]
    if unknown:
        raise AppError(
            422,
            "scripts.unknown_scene_key",
            f"{len(unknown)} of the scenes to keep are not scenes of this comparison.",
            fix="Send keys from `GET drafts/{id}`.",
            errors=[{"loc": ["body", "keep"], "msg": f"no scene {key}", "type": "scene"} for key in unknown],
        )


def _decisions(draft: Script, compared: Comparison, keep: Sequence[str]) -> dict[str, Any] | None:
    """What the next draft is told of this one: the decisions that held in it, and which of its scenes stay out."""
    out = {pair.new for pair in compared.revision.scenes if pair.new is not None and f"new-{pair.new}" in keep}
    if draft.plan is None and not out:
        return None
    before = ImportPlan.model_validate(draft.plan or {"sha256": draft.sha256})
    return carrying.with_left_out(before, out, len(compared.scenes)).model_dump(mode="json")


async def _write_scenes(session: AsyncSession, draft: Script, present: Present, plan: Plan) -> dict[str, Scene]:
    """The scenes and elements as the draft has them; every scene of the project by its key."""
    rows = {str(scene.id): scene for scene in present.live}
    for one in plan.placed:
        rows[one.key] = _scene(one, draft, present)
    session.add_all(rows[one.key] for one in plan.placed if one.row is None)
    for scene, after in plan.binned:
        binning.put(scene, after=after)
    for key, number in plan.numbers.items():
        rows[key].scene_number = number
    await session.flush()
    await scenes.put_in_order(session, [rows[key].id for key in plan.order])
    lasting: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    for one in plan.placed:
        for position, (element, row) in enumerate(one.elements):
            values = elements.to_row(rows[one.key].id, position, _with_old_breaks(element, row))
            values["id"] = one.ids[position]
            (lasting if row is not None else new).append(values)
    await elements.rewrite(session, lasting, plan.gone)
    await elements.store(session, new)
    return rows


def _scene(one: Placed, draft: Script, present: Present) -> Scene:
    parsed = one.draft.parsed
    scene = one.row or Scene(id=uuid4(), project_id=draft.project_id, sequence_number=0)
    if _is_changed(one, present):
        scene.raw_content = parsed.raw_text
    scene.slugline = heading_of(one, present)
    scene.script_id = draft.id
    scene.binned_at = scene.binned_after = None
    scene.parsed = elements.to_parsed(parsed, is_new_location=one.draft.is_new_location)
    return scene


def _is_changed(one: Placed, present: Present) -> bool:
    """Whether the draft has other paragraphs in the scene, or has them in another order."""
    if one.row is None or any(row is None or not says_the_same(row, element) for element, row in one.elements):
        return True
    return [row.id for row in present.rows_by_id[one.row.id]] != one.ids


def _with_old_breaks(element: Element, row: Any) -> Element:
    """Words that are the same keep their digest: where the draft breaks the lines elsewhere, the old text stays."""
    if row is None or element.text == row.text or not says_the_same(row, element):
        return element
    return element.model_copy(
        update={"text": row.text, "emphasis": [Emphasis.model_validate(one) for one in row.emphasis]}
    )


async def _write_shots(session: AsyncSession, plan: Plan, rows: dict[str, Scene], compared: Comparison) -> None:
    await revising.follow(session, {shot_id: rows[key].id for shot_id, key in plan.homes.items()})
    await revising.renew(session, plan.anchors, compared.revision.renamed)
    await revising.reline(session, [scene.id for scene in rows.values()])


async def _finish(
    session: AsyncSession,
    draft: Script,
    compared: Comparison,
    plan: Plan,
    rows: dict[str, Scene],
    engine: Engine,
    kept_count: int,
) -> DraftApplied:
    """Have the added scenes broken down, and write down what was done."""
    added = [one.key for one in plan.placed if one.is_new_here and not one.draft.parsed.is_omitted]
    entered = set(plan.homes.values())
    to_do = [rows[one.key] for one in plan.placed if _needs_shots(one, entered, compared.present)]
    job_id: UUID | None = None
    if to_do:
        payload = BreakDownAgain(
            scene_ids=[scene.id for scene in to_do],
            engine=engine,
            target_shots=(draft.plan or {}).get("target_shots"),
            run_kind="draft",
            label=draft.filename,
        )
        job = await enqueue(
            session, payload, project_id=draft.project_id, subject_id=draft.id, label=f"Draft {draft.filename}"[:200]
        )
        job_id = job.id
    covering = await revising.list_covering(session, [scene.id for scene in rows.values()])
    numbers = {shot.id: shot.number for shot in covering}
    applied = DraftApplied(
        script_id=draft.id,
        job_id=job_id,
        counts=drafts.count(compared.changes),
        kept_count=kept_count,
        stale_shots=[ShotToldStale(id=s.shot.id, number=numbers[s.shot.id], causes=s.causes) for s in plan.stale],
        added=[
            AppliedScene(
                id=rows[key].id,
                number=plan.numbers[key] or str(plan.order.index(key) + 1),
                slugline=rows[key].slugline,
            )
            for key in added
        ],
        binned=[
            AppliedScene(id=s.id, number=s.scene_number or str(s.sequence_number), slugline=s.slugline)
            for s, _ in plan.binned
        ],
    )
    # What the script is broken down by stays said; the added scenes' own run says what made theirs.
    draft.engine = compared.revised.engine
    draft.applied_at = func.now()
    draft.applied = applied.model_dump(mode="json")
    await session.flush()
    draft.applied_state = await draft_reverting.state(session, draft.project_id, job_id)
    await session.flush()
    return applied


def _needs_shots(one: Placed, entered: set[str], present: Present) -> bool:
    """An added scene, or the scene that takes a stub's place; not one whose shots came along from another scene."""
    if one.draft.parsed.is_omitted or one.key in entered:
        return False
    return one.row is None or (bool((one.row.parsed or {}).get("is_omitted")) and not one.elements)
