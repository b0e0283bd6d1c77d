"""Background work on shots: compile a document from shot, scene, project and ingredients."""

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.clients.llm_errors import LlmAttempt, LlmInvalidReply
from backend.core.errors import AppError, NotFoundError
from backend.core.outbox import publish
from backend.jobs.registry import handles
from backend.jobs.run import JobRun
from backend.shots import repository
from backend.shots.brief import make_brief
from backend.shots.models import Shot
from backend.shots.payloads import GenerateFlow
from backend.veo import (
    SYSTEM_PROMPT,
    CreativeReply,
    DocumentError,
    ShotBrief,
    ShotDocument,
    build_context,
    compile_document,
    merge,
    to_payload,
    ungrounded,
)
from backend.veo.overlap import ENOUGH, shared_words


async def _back_to_draft(session: AsyncSession, payload: GenerateFlow) -> None:
    """The compile failed or was cancelled: the shot is what it was, and the job has the reason.

    A shot with an older document stays ready with it; stale stays usable.
    """
    shot = await repository.find(session, payload.shot_id, lock=True)
    if shot is not None and shot.status == "generating_json":
        shot.status = "draft" if shot.veo_json_payload is None else "ready"
        await session.flush()
    publish(session, "shots", await repository.find_project_id(session, payload.shot_id), payload.shot_id)


@handles(GenerateFlow, abandon=_back_to_draft)
async def generate_flow(run: JobRun, payload: GenerateFlow) -> None:
    """Compile one document; nothing is stored before it is validated."""
    async with run.resources.db.transaction() as session:
        loaded = await repository.load_for_compile(session, payload.shot_id)
        if loaded is None:
            raise NotFoundError("shots.not_found", "The shot was deleted before its document was made.")
        shot, scene, project, ingredients, number, fingerprints = loaded
        if shot.status == "draft":  # a retry of a compile that failed
            await session.execute(update(Shot).where(Shot.id == shot.id).values(status="generating_json"))
            publish(session, "shots", project.id, shot.id)
        brief = make_brief(shot, scene, project, ingredients)
        project_id, scene_id = project.id, scene.id
    context = build_context(brief)
    try:
        document, source = await _compile(run, brief, context, payload.engine)
        compiled = to_payload(document)
    except DocumentError as error:
        raise AppError(
            422,
            "shots.cannot_compile",
            f"Shot {number} cannot become a valid document: {error}",
            fix=error.fix or "Change the shot or the project's settings, then generate again.",
        ) from error
    async with run.complete() as completion:
        session = completion.session
        stored = await repository.find(session, payload.shot_id, lock=True)
        if stored is None or stored.status != "generating_json":
            # Deleted, or a person saved a document of their own meanwhile: theirs stays.
            completion.result = {"source": source, "is_stored": False}
            return
        stored.llm_context_cache = context
        stored.veo_json_payload = compiled
        stored.payload_source = source
        stored.compiled_from = fingerprints
        stored.status = "ready"
        stored.updated_at = func.now()
        await session.flush()
        completion.result = {"source": source, "is_stored": True}
        publish(session, "shots", project_id, payload.shot_id)
        publish(session, "scenes", project_id, scene_id)
        publish(session, "projects", project_id)


async def _compile(run: JobRun, brief: ShotBrief, context: str, engine: str) -> tuple[ShotDocument, str]:
    """The document and who made it: `ollama:MODEL`, or `rules` where no language model answers."""
    llm = run.resources.llm
    status = await llm.status(purpose="assembly") if engine != "rules" else None
    if status is None or (engine == "auto" and status.state != "ok"):
        return compile_document(brief), "rules"

    def check(reply: CreativeReply) -> list[str]:
        problems = ungrounded(brief, reply)
        if shared_words(reply.action_description, context) < ENOUGH:
            problems.append("action_description is not about this shot. Use the words of the shot.")
        try:
            merge(brief, reply)
        except DocumentError as error:
            problems.extend(str(entry["msg"]) for entry in error.errors)
        return problems

    attempts: list[LlmAttempt] = []
    try:
        reply = await llm.structured(
            system=SYSTEM_PROMPT, user=context, reply=CreativeReply, purpose="assembly", check=check, attempts=attempts
        )
    except LlmInvalidReply as error:
        raise AppError(
            502,
            error.code,
            error.detail,
            fix="Try again, choose a larger model, or generate this shot with the built-in rules.",
        ) from error
    finally:
        run.log.extend(attempt.model_dump(mode="json") for attempt in attempts)
    return merge(brief, reply.value), f"ollama:{reply.model}"
