"""Background work on ingredients."""

import asyncio
from typing import Any

import structlog

from backend.assets import repository, service
from backend.assets.payloads import DeleteObjects, MakeThumbnail
from backend.clients import images
from backend.core.errors import AppError
from backend.core.outbox import publish
from backend.jobs.registry import handles
from backend.jobs.run import JobRun

log = structlog.get_logger(__name__)


@handles(MakeThumbnail)
async def make_thumbnail(run: JobRun, payload: MakeThumbnail) -> None:
    """Store the thumbnail; then, when the LLM can see, a caption and tags that nobody has written yet."""
    resources = run.resources
    async with resources.db.transaction() as session:
        asset = await service.get(session, payload.asset_id)
    data = await resources.storage.get_bytes(asset.s3_key)
    thumbnail = await asyncio.to_thread(images.thumbnail, data)
    key = asset.s3_key.rsplit(".", 1)[0] + ".thumb.webp"
    await resources.storage.put_bytes(key, thumbnail, images.THUMBNAIL_MIME_TYPE)
    async with resources.db.transaction() as session:
        stored = await service.get(session, payload.asset_id, lock=True)
        stored.thumbnail_key = key
        publish(session, "assets", stored.project_id, stored.id)
    words, vision = await _describe(run, data)
    async with run.complete() as completion:
        found = await repository.find(completion.session, payload.asset_id, lock=True)
        completion.result = {"thumbnail_key": key, "vision": vision}
        if found is not None and words:
            # What a person wrote stays: the model only fills what is empty.
            found.meta = {**words, **(found.meta or {})}
            publish(completion.session, "assets", found.project_id, found.id)


async def _describe(run: JobRun, data: bytes) -> tuple[dict[str, Any], str]:
    """Caption and tags from the vision model, and what became of the attempt. A failure here is no error."""
    llm = run.resources.llm
    status = await llm.status()
    if not status.has_vision:
        return {}, status.detail or f"No vision model: {status.vision_model} is not there. The picture has no caption."
    try:
        reply = await llm.describe_image(data)
    except AppError as error:
        log.warning("image_not_described", code=error.code, detail=error.detail)
        return {}, f"The vision model did not describe the picture: {error.detail}"
    run.log.extend(attempt.model_dump(mode="json") for attempt in reply.attempts)
    words: dict[str, Any] = {"caption": reply.value.caption, **reply.value.as_dict()}
    return words, f"Described by {reply.model}."


@handles(DeleteObjects)
async def delete_objects(run: JobRun, payload: DeleteObjects) -> None:
    """Delete the objects; one that is gone already is no error."""
    await run.wait_for_backup()
    await run.resources.storage.delete(*payload.keys)
    async with run.complete() as completion:
        completion.result = {"deleted": len(payload.keys)}
