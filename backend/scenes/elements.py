"""The script elements of scenes: stored from a parsed scene, and read back as one."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.scenes.models import Scene, ScriptElement
from backend.screenplay import Element
from backend.screenplay import Scene as ParsedScene

# What `scenes.parsed` holds of a parsed scene: its elements and its text have places of their own.
_NOT_IN_PARSED = {"elements", "raw_text"}


def to_parsed(scene: ParsedScene, *, is_new_location: bool) -> dict[str, Any]:
    """`scenes.parsed` of a parsed scene."""
    return {**scene.model_dump(mode="json", exclude=_NOT_IN_PARSED), "is_new_location": is_new_location}


def to_row(scene_id: UUID, position: int, element: Element) -> dict[str, Any]:
    """The columns of one element, with a new id."""
    return {
        "id": uuid4(),
        "scene_id": scene_id,
        "position": position,
        **element.model_dump(mode="json", include=set(Element.model_fields)),
    }


async def store(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert elements made by `to_row`."""
    if rows:
        await session.execute(insert(ScriptElement), list(rows))


async def rewrite(session: AsyncSession, rows: Sequence[dict[str, Any]], gone: Sequence[UUID]) -> None:
    """Give elements that last new words, places or scenes, and take away those that are gone.

    `rows` have all columns; PostgreSQL computes the digest anew.
    """
    if gone:
        await session.execute(delete(ScriptElement).where(ScriptElement.id.in_(gone)))
    if rows:
        await session.execute(_REWRITE, {"rows": json.dumps(rows, default=str)})


_REWRITE = text("""
UPDATE script_elements e
SET scene_id = r.scene_id, position = r.position, type = r.type, text = r.text, character = r.character,
    extensions = r.extensions, dual = r.dual, emphasis = r.emphasis, line_start = r.line_start, line_end = r.line_end
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
    id uuid, scene_id uuid, position int, type text, text text, character text, extensions jsonb, dual boolean,
    emphasis jsonb, line_start int, line_end int)
WHERE e.id = r.id
""")


async def load(session: AsyncSession, scene_ids: Iterable[UUID]) -> dict[UUID, list[ScriptElement]]:
    """The elements of scenes, in script order; a scene without any has an empty list."""
    found: dict[UUID, list[ScriptElement]] = {scene_id: [] for scene_id in scene_ids}
    rows = await session.scalars(
        select(ScriptElement)
        .where(ScriptElement.scene_id.in_(found))
        .order_by(ScriptElement.scene_id, ScriptElement.position)
        .execution_options(populate_existing=True)
    )
    for row in rows:
        found[row.scene_id].append(row)
    return found


def as_parsed(scene: Scene, rows: Sequence[ScriptElement]) -> ParsedScene:
    """The pure package's scene, whose element indexes are the positions of `rows`."""
    return ParsedScene.model_validate(
        {
            **(scene.parsed or {}),
            "raw_text": scene.raw_content or "",
            "elements": [
                {name: getattr(row, name) for name in Element.model_fields if hasattr(ScriptElement, name)}
                for row in rows
            ],
        }
    )
