"""Accept screenplays and read them back."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources as package_resources
from pathlib import PurePath
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from backend.core.errors import AppError, NotFoundError
from backend.core.jobs import Job, enqueue
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.projects.schemas import ProjectCreate, ProjectRead
from backend.resources import Resources
from backend.scenes import service as scenes
from backend.scenes.models import Scene
from backend.scenes.reading import elements_of_script
from backend.screenplay import Screenplay, ScreenplayError, decode, recognise
from backend.screenplay.isolated import parse_isolated
from backend.screenplay.planning import ImportPlan
from backend.scripts.models import Script
from backend.scripts.payloads import BreakDownAgain, ParseScript
from backend.scripts.schemas import BreakDownRequest, Engine, ScriptDetail, ScriptRead, ScriptWarning

SAMPLE = "the-last-car-up.fountain"


_STATUS = {"scripts.unsupported_format": 415, "scripts.too_large": 413}


def as_app_error(error: ScreenplayError) -> AppError:
    """What the pure importer says, as a problem: 415 for a format, 413 for a size, 422 for what cannot be used."""
    return AppError(_STATUS.get(error.code, 422), error.code, error.detail, fix=error.fix)


def refuse_too_large(resources: Resources, data: bytes) -> None:
    """413 for more bytes than any format may have."""
    limit = resources.settings.limits.script_bytes
    if len(data) > limit:
        raise AppError(
            413,
            "scripts.too_large",
            f"The file has {len(data):,} bytes; the limit is {limit:,}.",
            fix="Split the screenplay into parts and import them one after the other.",
        )


async def read_screenplay(data: bytes) -> Screenplay:
    """Parse an upload in a process of its own; what the importer refuses becomes a problem."""
    try:
        return await parse_isolated(data)
    except ScreenplayError as error:
        raise as_app_error(error) from error


async def accept(
    resources: Resources,
    *,
    data: bytes,
    filename: str | None,
    project_id: UUID,
    engine: Engine,
    plan: ImportPlan | None = None,
) -> tuple[Script, Job]:
    """Store a screenplay and enqueue its import.

    What can be told at once is told at once: 413 over the size limit, 415 for a format that is not read,
    422 for an empty or unreadable file, 409 when `ollama` is asked for and does not answer. The file goes to the
    object store before the row is written.
    """
    refuse_too_large(resources, data)
    try:
        await asyncio.to_thread(_look_at, data)
    except ScreenplayError as error:
        raise as_app_error(error) from error
    if engine == "ollama":
        await require_llm(resources)
    async with resources.db.transaction() as session:
        await projects.get(session, project_id)
    async with kept_original(resources, project_id, data) as (script_id, key), resources.db.transaction() as session:
        await projects.get(session, project_id)
        script = new_script(script_id, key, data=data, filename=filename, project_id=project_id)
        script.plan = plan.model_dump(mode="json") if plan else None
        return script, await store(session, script, engine)


def _look_at(data: bytes) -> None:
    """The cheap look: the first bytes of any file, and the characters of a text. The import reads the rest."""
    if recognise(data) == "text":
        decode(data)


@asynccontextmanager
async def kept_original(resources: Resources, project_id: UUID, data: bytes) -> AsyncIterator[tuple[UUID, str]]:
    """Put a screenplay's file into the object store before its row is written: its id to be, and its key.

    When the row is not written, the object is taken away again.
    """
    script_id = uuid4()
    key = f"{project_id}/scripts/{script_id}"
    await resources.storage.put_bytes(key, data, "application/octet-stream")
    try:
        yield script_id, key
    except BaseException:
        with contextlib.suppress(AppError):
            await asyncio.shield(resources.storage.delete(key))
        raise


def clean_name(filename: str | None) -> str:
    """A file's own name, without folders and NULs."""
    return PurePath((filename or "").replace("\\", "/").replace("\x00", "")).name[:200] or "screenplay"


def new_script(script_id: UUID, key: str, *, data: bytes, filename: str | None, project_id: UUID) -> Script:
    """The row of a screenplay whose file is stored under `key`."""
    return Script(
        id=script_id,
        project_id=project_id,
        filename=clean_name(filename),
        s3_key=key,
        sha256=hashlib.sha256(data).hexdigest(),
    )


async def store(session: AsyncSession, script: Script, engine: Engine) -> Job:
    """Write an accepted screenplay's row and enqueue its import, in the caller's transaction."""
    session.add(script)
    await session.flush()
    payload = ParseScript(script_id=script.id, engine=engine)
    job = await enqueue(session, payload, project_id=script.project_id, subject_id=script.id, label=script.filename)
    publish(session, "scripts", script.project_id, script.id)
    return job


async def original(resources: Resources, script_id: UUID) -> bytes:
    """The bytes of a screenplay as they were uploaded. Raises 404 and what the object store raises."""
    async with resources.db.transaction() as session:
        key = (await get(session, script_id)).s3_key
        held = await session.scalar(select(Script.source).where(Script.id == script_id)) if key is None else None
    if key is not None:
        return await resources.storage.get_bytes(key)
    assert held is not None, "a script has its file in the object store or in its row"
    return held


async def require_llm(resources: Resources) -> None:
    """409 when the language model that was asked for cannot be used."""
    status = await resources.llm.status()
    if status.state != "ok":
        raise AppError(
            409,
            f"llm.{status.state}",
            status.detail or "The language model does not answer.",
            fix=status.fix or "Start Ollama, or choose the built-in rules.",
        )


async def create_sample(resources: Resources) -> tuple[ProjectRead, Script, Job]:
    """A project with the bundled screenplay, broken down by the built-in rules."""
    data = package_resources.files("backend.screenplay").joinpath("samples", SAMPLE).read_bytes()
    project_id = uuid4()
    async with kept_original(resources, project_id, data) as (script_id, key), resources.db.transaction() as session:
        await projects.create(session, ProjectCreate(name="The Last Car Up (sample)"), project_id=project_id)
        script = new_script(script_id, key, data=data, filename=SAMPLE, project_id=project_id)
        job = await store(session, script, "rules")
        return await projects.read(session, project_id), script, job


async def break_down_again(resources: Resources, project_id: UUID, data: BreakDownRequest) -> Job:
    """Enqueue a new breakdown of scenes; 409 when `ollama` is asked for and does not answer."""
    if data.engine == "ollama":
        await require_llm(resources)
    async with resources.db.transaction() as session:
        project = await projects.get(session, project_id, lock=True)
        wanted = list(dict.fromkeys(data.scene_ids))
        found = await scenes.list_by_ids(session, wanted)
        known = {one: scene for one, scene in found.items() if scene.project_id == project.id and scene.parsed}
        unknown = [one for one in wanted if one not in known]
        if unknown:
            raise AppError(
                422,
                "scripts.nothing_to_break_down",
                f"{len(unknown)} of the scenes are not scenes of this project that come from a screenplay.",
                fix="Send ids of this project's imported scenes.",
                errors=[{"loc": ["body", "scene_ids"], "msg": f"no scene {one}", "type": "scene"} for one in unknown],
            )
        payload = BreakDownAgain(scene_ids=wanted, **data.model_dump(exclude={"scene_ids"}))
        return await enqueue(
            session,
            payload,
            project_id=project_id,
            subject_id=wanted[0],
            label=known[wanted[0]].slugline if len(wanted) == 1 else f"{len(wanted)} scenes",
        )


async def read_elements(session: AsyncSession, script_id: UUID) -> bytes:
    """A screenplay's elements with the shots that cover each, as JSON; 404 `scripts.not_found`."""
    await get(session, script_id)
    return await elements_of_script(session, script_id)


async def get(session: AsyncSession, script_id: UUID) -> Script:
    """One screenplay; 404 `scripts.not_found`."""
    script = await session.get(Script, script_id, populate_existing=True)
    if script is None:
        raise NotFoundError("scripts.not_found", "There is no screenplay with this id.")
    return script


def _to_read(script: Script, scene_count: int, *, is_superseded: bool) -> ScriptRead:
    return ScriptRead(
        id=script.id,
        project_id=script.project_id,
        filename=script.filename,
        format=script.format,
        encoding=script.encoding,
        engine=script.engine,
        title_page=script.title_page,
        warnings=[ScriptWarning.model_validate({"lines": [], **warning}) for warning in script.warnings],
        scene_count=scene_count,
        is_superseded=is_superseded,
        created_at=script.created_at,
    )


async def read(session: AsyncSession, script_id: UUID) -> ScriptDetail:
    """One screenplay with its text."""
    script = await get(session, script_id)
    is_superseded = await session.scalar(select(_is_superseded()).select_from(Script).where(Script.id == script_id))
    counted = select(func.count()).where(Scene.script_id == script_id, Scene.binned_at.is_(None))
    scene_count = await session.scalar(counted) or 0
    source = await session.scalar(select(Script.text).where(Script.id == script_id))
    if source is None:
        source = await _text_before_the_import(session, script_id)
    found = _to_read(script, scene_count, is_superseded=bool(is_superseded))
    return ScriptDetail(**found.model_dump(), text=source)


async def _text_before_the_import(session: AsyncSession, script_id: UUID) -> str:
    """What can be shown of a screenplay imported before its text was kept: its text if it is a text file."""
    data = await session.scalar(select(Script.source).where(Script.id == script_id))
    try:
        return (await asyncio.to_thread(decode, data)).text if data else ""
    except ScreenplayError:
        return ""


async def list_all(session: AsyncSession, project_id: UUID) -> list[ScriptRead]:
    """A project's screenplays, newest first, without open drafts and without what a draft replaced."""
    await projects.get(session, project_id)
    counts = (
        select(func.count())
        .where(Scene.script_id == Script.id, Scene.binned_at.is_(None))
        .correlate(Script)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Script, counts, _is_superseded())
        .where(Script.project_id == project_id, or_(Script.draft_of.is_(None), Script.applied_at.is_not(None)))
        .order_by(Script.created_at.desc(), Script.id)
    )
    return [
        _to_read(script, count, is_superseded=is_superseded)
        for script, count, is_superseded in rows
        if count or not is_superseded
    ]


def _is_superseded() -> ColumnElement[bool]:
    """Whether a draft that was applied later has taken the script's place."""
    later = aliased(Script)
    return (
        exists()
        .where(
            later.draft_of == func.coalesce(Script.draft_of, Script.id),
            later.applied_at > func.coalesce(Script.applied_at, text("'-infinity'::timestamptz")),
        )
        .correlate(Script)
    )
