"""Wire classes of scenes."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from backend.core.schemas import Name, Read, Timestamp, Write
from backend.screenplay.models import ElementType

RawContent = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]


class SceneCreate(Write):
    """A scene made by hand."""

    slugline: Name
    raw_content: RawContent | None = None
    position: int | None = Field(default=None, ge=1, description="Its sequence number; left out, it goes to the end.")


SceneNumber = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_upper=True, max_length=12, pattern=r"^[A-Za-z]{0,2}\d{1,4}[A-Za-z]{0,2}$"
    ),
]


class SceneUpdate(Write):
    """What to change; a field that is left out stays."""

    slugline: Name | None = None
    raw_content: RawContent | None = None
    number: SceneNumber | None = Field(default=None, description="As a script has it: `12`, `12A`, `A12`.")


# As a script had it: an imported number may look like anything.
OwnNumber = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]*$")]


class SceneRenumber(Write):
    """How to number all scenes anew: counting from `start`, or with `numbers` back to what they were."""

    start: int = Field(default=1, ge=1, le=9000, description="The number of the first scene.")
    numbers: dict[UUID, OwnNumber | None] | None = Field(
        default=None,
        max_length=5000,
        description="Instead of counting, the number of each scene by its id, as `before` of an earlier answer.",
    )


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
    int_ext: Literal["INT", "EXT", "INT/EXT"] | None
    location: str | None
    time_of_day: str | None
    is_omitted: bool = Field(description="OMITTED in the script: a number without a scene.")
    element_count: int = Field(description="Paragraphs of the script in it.")
    uncovered_count: int = Field(description="Those that no shot covers.")
    shot_count: int
    ready_count: int
    duration: float = Field(description="Seconds of all its shots.")
    created_at: Timestamp


class ScenePage(Read):
    """All scenes of a project, in script order."""

    items: list[SceneRead]
    total: int


class SceneRenumbered(ScenePage):
    """The scenes with their new numbers, and what takes that back."""

    before: dict[UUID, str | None] = Field(
        description="Each scene's own number before, null in a project without; send it as `numbers` to undo."
    )


class BinnedScene(Read):
    """A scene in the bin, with everything in it."""

    id: UUID
    number: str
    slugline: str
    raw_content: str | None
    after_slugline: str | None = Field(description="The heading it stood behind; null at the start, or unknown.")
    shot_count: int
    ready_count: int
    binned_at: Timestamp


class BinPage(Read):
    """All scenes in a project's bin, last binned first."""

    items: list[BinnedScene]
    total: int


class ElementRead(Read):
    """One paragraph of the script, and the shots that cover it."""

    id: UUID
    scene_id: UUID
    position: int = Field(description="Place in its scene, from 0.")
    type: ElementType
    text: str
    character: str | None
    extensions: list[str] = Field(description='Of the cue, for example `["V.O."]`.')
    dual: bool = Field(description="Spoken at the same time as its neighbour.")
    emphasis: list[dict[str, Any]] = Field(description="Styled runs: `start`, `end`, `style`.")
    line_start: int = Field(description="First line in the script, from 1.")
    line_end: int
    shot_ids: list[UUID] = Field(description="The shots that cover it, in order; empty where none does.")
    is_covered: bool = Field(description="Whether they cover all of it: false too where a divided part has no shot.")


class ElementPage(Read):
    """All script elements of a scene or a screenplay, in script order."""

    items: list[ElementRead]
    total: int
    covered_count: int
