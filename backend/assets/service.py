"""Upload, change and delete ingredients."""

import asyncio
import contextlib
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assets import repository
from backend.assets.models import AssetType, Ingredient
from backend.assets.payloads import DeleteObjects, MakeThumbnail
from backend.assets.schemas import AssetPage, AssetRead, AssetUpdate
from backend.clients import images
from backend.clients.object_links import LinksFor
from backend.core.errors import AppError, NotFoundError
from backend.core.jobs import enqueue
from backend.core.outbox import publish
from backend.projects import service as projects
from backend.resources import Resources

log = structlog.get_logger(__name__)

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg"}


async def upload(
    resources: Resources,
    links: LinksFor,
    *,
    file: BinaryIO,
    filename: str | None,
    size_bytes: int,
    project_id: UUID,
    kind: AssetType,
    name: str | None,
) -> AssetRead:
    """Check a picture, stream it to the object store, store its row and enqueue its thumbnail.

    No transaction is open while the picture is read or sent. A failed put leaves no row; a failed insert
    takes the object away again. Raises 413, 415, 422 for the file, 404 for the project, 503 for the store.
    """
    limits = resources.settings.limits
    if size_bytes > limits.image_bytes:
        raise AppError(
            413,
            "assets.too_large",
            f"The picture has {size_bytes:,} bytes; the limit is {limits.image_bytes:,}.",
            fix="Save it smaller, for example as JPEG, and upload it again.",
        )
    async with resources.db.transaction() as session:
        await projects.get(session, project_id)
    facts = await asyncio.to_thread(images.inspect, file, max_pixels=limits.image_pixels)
    file.seek(0)
    asset_id = uuid4()
    key = f"{project_id}/{asset_id}.{_EXTENSIONS[facts.mime_type]}"
    original = PurePath((filename or "").replace("\\", "/").replace("\x00", "")).name
    await resources.storage.put_file(key, file, facts.mime_type)
    try:
        async with resources.db.transaction() as session:
            await projects.get(session, project_id)
            asset = Ingredient(
                id=asset_id,
                project_id=project_id,
                name=name or _name_from(original),
                type=kind,
                s3_key=key,
                s3_bucket=resources.settings.s3.bucket,
                meta={
                    "mime_type": facts.mime_type,
                    "width": facts.width,
                    "height": facts.height,
                    "size_bytes": size_bytes,
                    "original_filename": original,
                },
            )
            session.add(asset)
            await session.flush()
            await session.refresh(asset)
            await enqueue(
                session, MakeThumbnail(asset_id=asset_id), project_id=project_id, subject_id=asset_id, label=asset.name
            )
            publish(session, "assets", project_id, asset_id)
            publish(session, "projects", project_id)
            return to_read(asset, links, 0)
    except BaseException:
        with contextlib.suppress(AppError):
            await asyncio.shield(resources.storage.delete(key))
        raise


def _name_from(filename: str) -> str:
    stem = PurePath(filename).stem.replace("_", " ").replace("-", " ").strip()
    return stem[:200] or "Untitled"


def to_read(asset: Ingredient, links: LinksFor, shot_count: int) -> AssetRead:
    """The wire form of an ingredient, with presigned addresses."""
    assert asset.project_id is not None
    assert asset.created_at is not None
    meta = dict(asset.meta or {})
    return AssetRead(
        id=asset.id,
        project_id=asset.project_id,
        name=asset.name,
        type=asset.type,
        url=links.get(asset.s3_key),
        thumbnail_url=links.get(asset.thumbnail_key) if asset.thumbnail_key else None,
        metadata=meta,
        mime_type=str(meta.get("mime_type", "application/octet-stream")),
        width=int(meta.get("width") or 0),
        height=int(meta.get("height") or 0),
        size_bytes=int(meta.get("size_bytes") or 0),
        shot_count=shot_count,
        created_at=asset.created_at,
    )


async def get(session: AsyncSession, asset_id: UUID, *, lock: bool = False) -> Ingredient:
    """One ingredient; 404 `assets.not_found`."""
    asset = await repository.find(session, asset_id, lock=lock)
    if asset is None:
        raise NotFoundError("assets.not_found", "There is no ingredient with this id.")
    return asset


async def read(session: AsyncSession, links: LinksFor, asset_id: UUID) -> AssetRead:
    """One ingredient in its wire form; 404 `assets.not_found`."""
    return await _read(session, links, await get(session, asset_id))


async def _read(session: AsyncSession, links: LinksFor, asset: Ingredient) -> AssetRead:
    assert asset.project_id is not None
    counts = await repository.shot_counts(session, [asset.project_id])
    return to_read(asset, links, counts.get(str(asset.id), 0))


async def list_page(
    session: AsyncSession, links: LinksFor, *, project_id: UUID, kind: AssetType | None, limit: int, offset: int
) -> AssetPage:
    """A page of a project's ingredients, oldest first; 404 when there is no such project."""
    await projects.get(session, project_id)
    assets, total = await repository.list_page(session, project_id=project_id, kind=kind, limit=limit, offset=offset)
    counts = await repository.shot_counts(session, [project_id])
    items = [to_read(asset, links, counts.get(str(asset.id), 0)) for asset in assets]
    return AssetPage(items=items, total=total, limit=limit, offset=offset)


async def update(session: AsyncSession, links: LinksFor, asset_id: UUID, data: AssetUpdate) -> AssetRead:
    """Change what is named in `data`; documents made from the old words are stale afterwards."""
    asset = await get(session, asset_id, lock=True)
    if data.name is not None:
        asset.name = data.name
    if data.type is not None:
        asset.type = data.type
    if data.metadata is not None:
        merged = {**(asset.meta or {}), **data.metadata}
        asset.meta = {key: value for key, value in merged.items() if value is not None}
    await session.flush()
    publish(session, "assets", asset.project_id, asset.id)
    publish(session, "shots", asset.project_id)
    return await _read(session, links, asset)


async def remove(session: AsyncSession, asset_id: UUID) -> None:
    """Delete an ingredient and empty its slots; a job takes its objects out of the store."""
    asset = await get(session, asset_id, lock=True)
    assert asset.project_id is not None
    if await repository.empty_slots(session, asset.project_id, asset.id):
        publish(session, "shots", asset.project_id)
    keys = [key for key in (asset.s3_key, asset.thumbnail_key) if key]
    await session.delete(asset)
    await session.flush()
    await delete_files(session, keys, project_id=asset.project_id, label=asset.name)
    publish(session, "assets", asset.project_id, asset.id)
    publish(session, "projects", asset.project_id)


async def remake_thumbnail(session: AsyncSession, asset_id: UUID) -> None:
    """Have the thumbnail made again; nothing happens for an ingredient that is gone."""
    asset = await repository.find(session, asset_id, lock=True)
    if asset is not None:
        await enqueue(
            session,
            MakeThumbnail(asset_id=asset.id),
            project_id=asset.project_id,
            subject_id=asset.id,
            label=asset.name,
        )


async def delete_files(session: AsyncSession, keys: list[str], *, project_id: UUID, label: str) -> None:
    """Have stored files taken away once their row's deletion is committed, and not while a backup wants them."""
    await enqueue(session, DeleteObjects(keys=keys), project_id=project_id, label=label)
