"""Wire classes of projects."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from backend.core.schemas import Name, Read, Timestamp, Write

Resolution = Literal["720p", "1080p", "4K"]
AspectRatio = Literal["16:9", "9:16"]
VeoVersion = Literal["3.1"]


class ProjectCreate(Write):
    """A new project. The three settings may be changed at any time."""

    name: Name
    resolution: Resolution = "4K"
    aspect_ratio: AspectRatio = "16:9"
    veo_version: VeoVersion = "3.1"


class ProjectUpdate(Write):
    """What to change; a field that is left out stays."""

    name: Name | None = None
    resolution: Resolution | None = None
    aspect_ratio: AspectRatio | None = None
    veo_version: VeoVersion | None = None


class ProjectRead(Read):
    """A project and what it holds."""

    id: UUID
    name: str
    resolution: str
    aspect_ratio: str
    veo_version: str
    scene_count: int
    shot_count: int
    ready_count: int = Field(description="Shots with a validated document.")
    ingredient_count: int
    created_at: Timestamp
    updated_at: Timestamp


class ProjectPage(Read):
    """A page of projects, last changed first."""

    items: list[ProjectRead]
    total: int
    limit: int
    offset: int
