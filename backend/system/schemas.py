"""Wire classes of health and of what this installation can do."""

from typing import Literal

from pydantic import Field

from backend.core.schemas import Read


class DependencyHealth(Read):
    """One thing this installation stands on."""

    name: Literal["database", "redis", "storage", "llm"]
    state: Literal["ok", "down", "off"] = Field(description="`off`: optional, and not there.")
    is_required: bool
    detail: str | None
    fix: str | None


class Readiness(Read):
    """Whether requests can be served, and by what."""

    is_ready: bool
    dependencies: list[DependencyHealth]


class LlmState(Read):
    """The language model as it is now."""

    state: Literal["ok", "unreachable", "model_missing"]
    base_url: str
    model: str
    vision_model: str
    has_vision: bool
    models: list[str]
    detail: str | None
    fix: str | None


class Limits(Read):
    """What may be sent."""

    image_bytes: int
    image_pixels: int
    script_bytes: int


class SystemRead(Read):
    """What this installation can do."""

    version: str
    llm: LlmState
    limits: Limits
