"""Wire classes of manual work on shots: over which elements, split and merged, many at once."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from backend.core.schemas import Read, Write
from backend.shots.schemas import SLOT_COUNT, ElementIds, Seconds, ShotDetail, ShotRead
from backend.veo.vocabulary import CameraAngle, CameraMovement, ShotSize

ShotIds = Annotated[list[UUID], Field(min_length=1, max_length=5000)]


class ShotRef(Read):
    """A shot by its id and the number it had."""

    id: UUID
    number: str


class ShotEdited(ShotDetail):
    """A shot after manual work on it, and what that did to others."""

    changed_shots: list[ShotRef] = Field(description="Shots that gave elements up and cover less now.")
    archived_shots: list[ShotRef] = Field(
        description="Shots that had nothing left, or were merged; `POST …/shots/restore` brings them back."
    )


class ShotCover(Write):
    """The elements that a shot is to cover from now on."""

    element_ids: ElementIds
    leave_uncovered: bool = Field(
        default=False, description="Allow that an element it gives up is covered by no shot any more."
    )


class SplitPoint(Read):
    """A place at which a shot can be split."""

    element_id: UUID
    offset: int | None = Field(description="Offset of a sentence in the element; null: before the whole element.")
    before: str = Field(description="The last words of the first shot then.")
    after: str = Field(description="The first words of the second.")


class SplitPoints(Read):
    """All places at which a shot can be split, in script order."""

    items: list[SplitPoint]


class ShotSplit(Write):
    """Where the second shot begins."""

    element_id: UUID
    offset: int | None = Field(default=None, ge=1, description="Inside the element, at a sentence of it.")


class ShotHalves(Read):
    """A split shot and the one made from its second part."""

    first: ShotRead
    second: ShotRead


class ShotMerge(Write):
    """The neighbour to merge with."""

    with_: UUID = Field(alias="with", description="The shot before or after it in the scene; it goes to the archive.")


class SlotFill(Write):
    """What goes into one slot."""

    number: int = Field(ge=1, le=SLOT_COUNT)
    ingredient_id: UUID | None = Field(description="Null empties the slot.")


class BulkSet(Write):
    """What to change in every named shot; null empties."""

    duration: Seconds | None = None
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None
    slot: SlotFill | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "BulkSet":
        if not self.model_fields_set or (self.model_fields_set == {"slot"} and self.slot is None):
            raise ValueError("name at least one thing to change")
        return self


class ShotBulkUpdate(Write):
    """One change to many shots: all of them or none."""

    shot_ids: ShotIds
    set: BulkSet


class ShotSelection(Write):
    """Shots of a project."""

    shot_ids: ShotIds


class ShotsDone(Read):
    """Which shots an operation was done to."""

    shot_ids: list[UUID]


class Effects(BaseModel):
    """What an operation did to other shots."""

    changed_shots: list[ShotRef] = []
    archived_shots: list[ShotRef] = []
