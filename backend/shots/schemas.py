"""Wire classes of shots."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from backend.core.schemas import Read, Text, Timestamp, Write
from backend.jobs.schemas import JobError
from backend.veo.finding import Finding
from backend.veo.vocabulary import CameraAngle, CameraMovement, ShotSize

SLOT_COUNT = 3
# Longer than any shot that Veo makes; a plan may still hold a slow one.
MAX_SECONDS = 600

ShotStatus = Literal["draft", "generating_json", "ready"]
StaleCause = Literal["shot", "slots", "scene", "project", "script"]
Provenance = Literal["parsed", "rules", "llm", "human", "imported"]
Engine = Literal["auto", "ollama", "rules"]

Seconds = Annotated[float, Field(gt=0, le=MAX_SECONDS, allow_inf_nan=False)]
Slots = Annotated[
    list[UUID | None],
    Field(max_length=SLOT_COUNT, description="Slots 1, 2 and 3: an ingredient of the same project, or null."),
]


ElementIds = Annotated[list[UUID], Field(min_length=1, max_length=2000)]


class SpokenLine(BaseModel):
    """One speech that falls into the shot, verbatim from the script."""

    character: str
    line: str
    mode: Literal["on_screen", "off_screen", "voice_over"]
    delivery: str | None


class ShotCreate(Write):
    """A shot made by hand, over elements of the script or of one's own words."""

    description: Text | None = Field(default=None, description="Left out, the rules write it from the elements.")
    element_ids: ElementIds | None = Field(
        default=None, description="Elements of the scene to cover; the shots that covered them give them up."
    )
    duration: Seconds | None = None
    position: int | None = Field(default=None, ge=1, description="Its sequence number; left out, it goes to the end.")
    assigned_ingredients: Slots = Field(default_factory=list)
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "ShotCreate":
        if self.description is None and self.element_ids is None:
            raise ValueError("give a description, or the elements to cover")
        return self


class ShotUpdate(Write):
    """What to change; a field that is left out stays, null empties where that is allowed."""

    description: Text | None = None
    duration: Seconds | None = None
    assigned_ingredients: Slots | None = None
    veo_json_payload: dict[str, Any] | None = Field(
        default=None, description="A document of your own, checked against `GET veo/schema`; null takes it away."
    )
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None

    @model_validator(mode="after")
    def _required_stay(self) -> "ShotUpdate":
        if "description" in self.model_fields_set and self.description is None:
            raise ValueError("description cannot be taken away")
        return self


class ShotOrder(Write):
    """All shots of the scene, in their new order."""

    shot_ids: list[UUID] = Field(min_length=1, max_length=5000)


class ShotMove(Write):
    """Where a shot goes: into this scene, at this place."""

    scene_id: UUID
    position: int = Field(ge=1, description="Its sequence number there.")


class ShotError(JobError):
    """Why the last compile of the shot failed."""

    job_id: UUID


class ScriptChange(Read):
    """What became of a covered element."""

    element_id: UUID
    change: Literal["changed", "removed"]


class ElementPart(Read):
    """What a shot covers of an element that a person divided: its text from `start` to `end`."""

    element_id: UUID
    start: int
    end: int


class ShotRead(Read):
    """A shot, its three slots and its document."""

    id: UUID
    scene_id: UUID
    project_id: UUID
    number: str = Field(description="Scene number and letter, for example `12C` or `12A-C`; I and O are left out.")
    sequence_number: int
    description: str
    duration: float | None = Field(description="Seconds wanted in the edit.")
    size: ShotSize | None
    angle: CameraAngle | None
    movement: CameraMovement | None
    characters: list[str]
    dialogue: list[SpokenLine]
    line_start: int | None = Field(description="First line of the script it covers, from 1.")
    line_end: int | None
    element_ids: list[UUID] = Field(description="The script elements it covers, in script order.")
    element_parts: list[ElementPart] = Field(
        description="Those of them that it covers only in part: a long speech or paragraph that a person divided."
    )
    script_changes: list[ScriptChange] = Field(
        description="Covered elements that a revised draft changed or removed since the shot was made."
    )
    provenance: dict[str, Provenance] = Field(description="Who wrote each field; a re-run keeps what is `human`.")
    run_id: UUID | None = Field(description="The breakdown run that made it.")
    assigned_ingredients: list[UUID | None] = Field(min_length=3, max_length=3)
    veo_json_payload: dict[str, Any] | None
    payload_source: str | None = Field(description="`rules`, `ollama:MODEL` or `human`.")
    stale_causes: list[StaleCause] = Field(
        description="What has changed since the document was made. It stays usable; nothing is made again by itself."
    )
    status: ShotStatus
    last_error: ShotError | None = Field(description="Why the last compile failed, until one succeeds.")
    updated_at: Timestamp


class ShotDetail(ShotRead):
    """A shot with the words that were sent to the language model."""

    llm_context_cache: str | None


class ShotPrompt(Read):
    """A shot's document as the words to paste into Flow."""

    prompt: str
    negative_prompt: str
    tokens: int = Field(description="Estimate; Veo reads at most 1,024.")
    findings: list[Finding] = Field(description="What the pre-flight rules say about the document.")


class ShotPage(Read):
    """A page of shots, in script order."""

    items: list[ShotRead]
    total: int
    limit: int
    offset: int


class RunRead(Read):
    """A breakdown run: an import's, or one scene's."""

    id: UUID
    project_id: UUID
    script_id: UUID | None
    job_id: UUID | None
    kind: Literal["import", "scene", "draft"]
    engine: str = Field(description="`rules` or `ollama:MODEL`.")
    label: str
    created_at: Timestamp
    reverted_at: Timestamp | None


class RunPage(Read):
    """A project's breakdown runs, newest first."""

    items: list[RunRead]
    total: int


class RunRevert(Write):
    """How to take a run back."""

    discard_edited: bool = Field(
        default=False, description="Also take back shots that a person has worked on since; they stay in the archive."
    )
