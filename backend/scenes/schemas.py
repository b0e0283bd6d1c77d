"""Wire classes of scenes."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from backend.core.schemas import Name, Read, Timestamp, Write

RawContent = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]


class SceneCreate(Write):
    """A scene made by hand."""

    slugline: Name
    raw_content: RawContent | None = None
    position: int | None = Field(default=None, ge=1, description="Its sequence number; left out, it goes to the end.")


class SceneUpdate(Write):
    """What to change; a field that is left out stays."""

    slugline: Name | None = None
    raw_content: RawContent | None = None


class SceneOrder(Write):
    """All scenes of the project, in their new order."""

    scene_ids: list[UUID] = Field(min_length=1, max_length=5000)


class SceneRead(Read):
    """A scene of the project."""

    id: UUID
    project_id: UUID
    script_id: UUID | None
    number: str = Field(description="The number in the script, or else the sequence number.")
    slugline: str
    raw_content: str | None = Field(description="The scene's text as written, without its heading.")
    sequence_number: int
    line_start: int | None = Field(description="First line in the script, from 1.")
    line_end: int | None
    eighths: int | None = Field(description="Length in eighths of a page.")
    shot_count: int
    ready_count: int
    duration: float = Field(description="Seconds of all its shots.")
    created_at: Timestamp


class ScenePage(Read):
    """All scenes of a project, in script order."""

    items: list[SceneRead]
    total: int
