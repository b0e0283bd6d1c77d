"""Background work on screenplays: store the scenes, then break each of them down."""

import asyncio
from typing import Any
from uuid import uuid4

from backend.clients.llm_errors import LlmAttempt, LlmInvalidReply
from backend.core.errors import AppError, RetryableError
from backend.core.jobs import NewJob
from backend.core.outbox import publish
from backend.jobs.registry import handles
from backend.jobs.run import JobRun
from backend.projects import service as projects
from backend.scenes import service as scenes
from backend.scenes.models import Scene
from backend.screenplay import Scene as ParsedScene
from backend.screenplay import Screenplay, ScreenplayError, ShotDraft, parse
from backend.screenplay.cast import characters, location_key
from backend.scripts import breakdown, service
from backend.scripts.models import Script
from backend.scripts.payloads import BreakDownScene, ParseScript
from backend.shots import service as shots


@handles(ParseScript)
async def parse_script(run: JobRun, payload: ParseScript) -> None:
    """Store all scenes in one transaction, with one job for each under this one."""
    async with run.resources.db.transaction() as session:
        source = await service.source(session, payload.script_id)
    try:
        screenplay = await asyncio.to_thread(parse, source)
    except ScreenplayError as error:
        raise service.as_app_error(error) from error
    engine, model = await _decide_engine(run, payload.engine)
    async with run.complete() as completion:
        session = completion.session
        script = await service.get(session, payload.script_id)
        await projects.get(session, script.project_id, lock=True)
        _describe(script, screenplay, f"ollama:{model}" if engine == "ollama" else "rules")
        rows = _scene_rows(script, screenplay)
        await scenes.append(session, script.project_id, rows)
        completion.children = [
            NewJob(
                payload=BreakDownScene(scene_id=row.id, engine=engine, may_fall_back=payload.engine == "auto"),
                subject_id=row.id,
                label=row.slugline,
            )
            for row in rows
        ]
        completion.result = {
            "script_id": str(script.id),
            "engine": script.engine,
            "scene_count": len(rows),
            "warning_count": len(screenplay.warnings),
        }
        publish(session, "scripts", script.project_id, script.id)


async def _decide_engine(run: JobRun, wanted: str) -> tuple[Any, str]:
    if wanted == "rules":
        return "rules", ""
    status = await run.resources.llm.status(max_age_seconds=0)
    if status.state == "ok":
        return "ollama", status.model
    if wanted == "ollama":
        error = RetryableError if status.state == "unreachable" else _missing
        raise error(f"llm.{status.state}", status.detail or "The language model does not answer.", fix=status.fix)
    return "rules", ""


def _missing(code: str, detail: str, *, fix: str | None) -> AppError:
    return AppError(409, code, detail, fix=fix)


def _describe(script: Script, screenplay: Screenplay, engine: str) -> None:
    script.text = screenplay.text
    script.format = screenplay.format
    script.encoding = screenplay.encoding
    script.title_page = dict(screenplay.title_page)
    script.warnings = [warning.model_dump(mode="json") for warning in screenplay.warnings]
    script.preamble = [element.model_dump(mode="json") for element in screenplay.preamble]
    script.engine = engine


def _scene_rows(script: Script, screenplay: Screenplay) -> list[Scene]:
    cast = [counted.name for counted in characters(screenplay)]
    rows: list[Scene] = []
    previous: str | None = None
    for scene in screenplay.scenes:
        key = location_key(scene)
        rows.append(
            Scene(
                id=uuid4(),
                project_id=script.project_id,
                script_id=script.id,
                slugline=scene.heading,
                scene_number=scene.number,
                raw_content=scene.raw_text,
                # What the rules need to know of the rest of the script goes with the scene, so that each scene's
                # job stands alone and can run again at any time.
                parsed={**scene.model_dump(mode="json"), "cast": cast, "is_new_location": key != previous},
            )
        )
        previous = previous if scene.is_omitted else key
    return rows


@handles(BreakDownScene)
async def break_down_scene(run: JobRun, payload: BreakDownScene) -> None:
    """Store a scene's shots, after any that were made by hand meanwhile."""
    async with run.resources.db.transaction() as session:
        parsed = (await scenes.get(session, payload.scene_id)).parsed
    if parsed is None:
        raise AppError(409, "scripts.nothing_to_break_down", "This scene was not imported from a screenplay.")
    scene = ParsedScene.model_validate(parsed)
    drafts, engine, note = await _drafts(run, payload, scene, parsed)
    rows = [breakdown.to_row(draft) for draft in drafts]
    async with run.complete() as completion:
        stored = await scenes.get(completion.session, payload.scene_id, lock=True)
        await shots.add_breakdown(completion.session, stored, rows)
        completion.result = {"engine": engine, "shot_count": len(rows), "note": note}


async def _drafts(
    run: JobRun, payload: BreakDownScene, scene: ParsedScene, parsed: dict[str, Any]
) -> tuple[list[ShotDraft], str, str | None]:
    def by_rules() -> list[ShotDraft]:
        return breakdown.by_rules(scene, cast=parsed.get("cast", []), is_new_location=parsed["is_new_location"])

    # A scene without a paragraph says nothing to a model; its one establishing shot is the rules'.
    if payload.engine == "rules" or not scene.elements or scene.is_omitted:
        return by_rules(), "rules", None
    attempts: list[LlmAttempt] = []
    try:
        drafts, model = await breakdown.by_llm(run.resources.llm, scene, attempts)
    except AppError as error:
        if isinstance(error, LlmInvalidReply):
            attempts.extend(error.attempts)
        run.log.extend(attempt.model_dump(mode="json") for attempt in attempts)
        if not payload.may_fall_back or (isinstance(error, RetryableError) and not run.is_last_attempt):
            raise
        return by_rules(), "rules", f"The built-in rules did this scene: {error.detail}"
    run.log.extend(attempt.model_dump(mode="json") for attempt in attempts)
    return drafts, f"ollama:{model}", None
