"""Accept screenplays and read them back."""

import asyncio
import hashlib
from importlib import resources as package_resources
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError
from backend.core.jobs import Job, enqueue
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.projects.models import Project
from backend.projects.schemas import ProjectCreate
from backend.resources import Resources
from backend.scenes.models import Scene
from backend.screenplay import ScreenplayError, decode
from backend.scripts.models import Script
from backend.scripts.payloads import ParseScript
from backend.scripts.schemas import Engine, ScriptDetail, ScriptRead, ScriptWarning

SAMPLE = "the-last-car-up.fountain"


def as_app_error(error: ScreenplayError) -> AppError:
    """What the pure importer says, as a problem: 415 for a format, 422 for a content that cannot be used."""
    return AppError(415 if error.code == "scripts.unsupported_format" else 422, error.code, error.detail, fix=error.fix)


async def accept(
    resources: Resources, *, data: bytes, filename: str | None, project_id: UUID, engine: Engine
) -> tuple[Script, Job]:
    """Store a screenplay and enqueue its import.

    What can be told at once is told at once: 413 over the size limit, 415 for a format that is not read,
    422 for an empty or unreadable file, 409 when `ollama` is asked for and does not answer.
    """
    limit = resources.settings.limits.script_bytes
    if len(data) > limit:
        raise AppError(
            413,
            "scripts.too_large",
            f"The file has {len(data):,} bytes; the limit is {limit:,}.",
            fix="Split the screenplay into parts and import them one after the other.",
        )
    try:
        await asyncio.to_thread(decode, data)
    except ScreenplayError as error:
        raise as_app_error(error) from error
    if engine == "ollama":
        await require_llm(resources)
    async with resources.db.transaction() as session:
        await projects.get(session, project_id)
        return await store(session, data=data, filename=filename, project_id=project_id, engine=engine)


async def store(
    session: AsyncSession, *, data: bytes, filename: str | None, project_id: UUID, engine: Engine
) -> tuple[Script, Job]:
    """The rows of an accepted screenplay and of its import, in the caller's transaction."""
    name = PurePath((filename or "").replace("\\", "/").replace("\x00", "")).name[:200] or "screenplay"
    script = Script(project_id=project_id, filename=name, source=data, sha256=hashlib.sha256(data).hexdigest())
    session.add(script)
    await session.flush()
    payload = ParseScript(script_id=script.id, engine=engine)
    job = await enqueue(session, payload, project_id=project_id, subject_id=script.id, label=name)
    publish(session, "scripts", project_id, script.id)
    return script, job


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


async def create_sample(session: AsyncSession) -> tuple[Project, Script, Job]:
    """A project with the bundled screenplay, broken down by the built-in rules."""
    data = package_resources.files("backend.screenplay").joinpath("samples", SAMPLE).read_bytes()
    project = await projects.create(session, ProjectCreate(name="The Last Car Up (sample)"))
    script, job = await store(session, data=data, filename=SAMPLE, project_id=project.id, engine="rules")
    return project, script, job


async def get(session: AsyncSession, script_id: UUID) -> Script:
    """One screenplay; 404 `scripts.not_found`."""
    script = await session.get(Script, script_id, populate_existing=True)
    if script is None:
        raise NotFoundError("scripts.not_found", "There is no screenplay with this id.")
    return script


async def source(session: AsyncSession, script_id: UUID) -> bytes:
    """The file as it was uploaded; 404 `scripts.not_found`."""
    data = await session.scalar(select(Script.source).where(Script.id == script_id))
    if data is None:
        raise NotFoundError("scripts.not_found", "There is no screenplay with this id.")
    return data


def _to_read(script: Script, scene_count: int) -> ScriptRead:
    return ScriptRead(
        id=script.id,
        project_id=script.project_id,
        filename=script.filename,
        format=script.format,
        encoding=script.encoding,
        engine=script.engine,
        title_page=script.title_page,
        warnings=[ScriptWarning.model_validate(warning) for warning in script.warnings],
        scene_count=scene_count,
        created_at=script.created_at,
    )


async def read(session: AsyncSession, script_id: UUID) -> ScriptDetail:
    """One screenplay with its text."""
    script = await get(session, script_id)
    scene_count = await session.scalar(select(func.count()).where(Scene.script_id == script_id)) or 0
    text = await session.scalar(select(Script.text).where(Script.id == script_id))
    if text is None:
        text = await _text_before_the_import(await source(session, script_id))
    return ScriptDetail(**_to_read(script, scene_count).model_dump(), text=text)


async def _text_before_the_import(data: bytes) -> str:
    """What can be shown of a screenplay that is not parsed yet: its text if it is a text file, else nothing."""
    try:
        return (await asyncio.to_thread(decode, data)).text
    except ScreenplayError:
        return ""


async def list_all(session: AsyncSession, project_id: UUID) -> list[ScriptRead]:
    """A project's screenplays, newest first."""
    await projects.get(session, project_id)
    counts = select(func.count()).where(Scene.script_id == Script.id).correlate(Script).scalar_subquery()
    rows = await session.execute(
        select(Script, counts).where(Script.project_id == project_id).order_by(Script.created_at.desc(), Script.id)
    )
    return [_to_read(script, count) for script, count in rows]
