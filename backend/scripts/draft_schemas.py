"""Wire classes of revised drafts."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from backend.core.schemas import Read, Timestamp, Write
from backend.screenplay.carrying import Decided
from backend.screenplay.models import ElementType
from backend.screenplay.revision import ElementKind, SceneKind
from backend.scripts.schemas import Engine, ScriptWarning


class DraftRead(Read):
    """A revised draft of a screenplay, before it is applied or after."""

    id: UUID
    project_id: UUID
    filename: str
    script_id: UUID = Field(description="The screenplay it revises, as it is now.")
    script_filename: str
    created_at: Timestamp
    applied_at: Timestamp | None


class DraftPage(Read):
    """A project's drafts that are not applied yet, newest first."""

    items: list[DraftRead]
    total: int


class WordChange(BaseModel):
    """A stretch of words of a changed paragraph."""

    kind: Literal["same", "removed", "added"]
    text: str


class ElementChange(BaseModel):
    """A paragraph of the script, of the draft, or of both."""

    kind: ElementKind
    type: ElementType
    old: str | None = Field(description="What the script says; null where the draft adds it.")
    new: str | None = Field(description="What the draft says; null where it takes it away.")
    old_character: str | None
    new_character: str | None
    old_line: int | None
    new_line: int | None
    words: list[WordChange] = Field(description="Of a changed paragraph: old and new, word by word.")
    other_scene: str | None = Field(description="Of one that moves between scenes: the other scene's number.")


class SceneSide(BaseModel):
    """A scene on one side of the comparison."""

    number: str
    heading: str
    position: int = Field(description="Its place in the script or the draft, from 1.")


class ShotToldStale(BaseModel):
    """A shot that the draft makes stale."""

    id: UUID
    number: str
    causes: list[Literal["script", "scene"]]


class SceneChange(BaseModel):
    """A scene and what becomes of it."""

    key: str = Field(description="Names the scene in a decision.")
    kind: SceneKind
    is_moved: bool = Field(description="It stands elsewhere; also set for a changed scene.")
    decided: list[Decided] = Field(
        description="What was decided about it at the import, or by an earlier draft, and holds here too: an added "
        "scene that was `left_out` stays out unless `keep` is given without it; its heading is `renamed`; a scene is "
        "`merged` into it."
    )
    scene_id: UUID | None = Field(
        description="The project's scene; null for an added one, unless it was omitted before and comes back."
    )
    old: SceneSide | None
    new: SceneSide | None
    elements: list[ElementChange] = Field(description="In script order; empty where nothing in it changes.")
    shot_count: int
    stale_shots: list[ShotToldStale]


class DraftCounts(BaseModel):
    """How many scenes of each kind; `moved` also counts those that are changed as well."""

    unchanged: int
    changed: int
    moved: int
    added: int
    omitted: int


class AppliedScene(BaseModel):
    """A scene that the draft put into the bin, or added."""

    id: UUID
    number: str
    slugline: str


class DraftApplied(BaseModel):
    """What applying a draft did."""

    script_id: UUID
    job_id: UUID | None = Field(description="The breakdown of the added scenes; null when there were none.")
    counts: DraftCounts
    kept_count: int = Field(description="Scenes that stayed as they were, against the draft.")
    stale_shots: list[ShotToldStale]
    added: list[AppliedScene]
    binned: list[AppliedScene]


class DraftDetail(DraftRead):
    """A draft beside the script as it is now, or what it changed when it was applied."""

    version: str = Field(description="Of this comparison; send it when applying. Empty once applied.")
    counts: DraftCounts
    renamed: dict[str, str] = Field(description="Characters with a new name: old → new.")
    warnings: list[ScriptWarning] = Field(description="What the importer had to guess in the draft.")
    scenes: list[SceneChange] = Field(description="In the draft's order; empty once applied.")
    applied: DraftApplied | None


class DraftApply(Write):
    """How to apply a draft."""

    version: str = Field(max_length=64, description="Of the comparison that was looked at.")
    keep: list[str] | None = Field(
        default=None,
        max_length=5000,
        description="Keys of scenes that stay as they are: an omitted one is not binned, a change is ignored, a moved "
        "one keeps its place, an added one is left out. Without it: the added ones that were left out before.",
    )
    engine: Engine = Field(default="auto", description="What breaks the added scenes down.")
