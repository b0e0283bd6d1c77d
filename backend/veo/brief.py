"""What a compile starts from: one shot, its scene, its words and the ingredients in its slots."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from backend.veo.fields import ShotId
from backend.veo.targets import DEFAULT_TARGET
from backend.veo.vocabulary import (
    CameraAngle,
    CameraMovement,
    DialogueMode,
    IngredientType,
    IntExt,
    ShotSize,
    Target,
)

# What Veo takes as a reference picture. HEIC is in the document's vocabulary for Omni only.
REFERENCE_MIME_TYPES = ("image/jpeg", "image/png", "image/webp")


class _Brief(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DialogueBrief(_Brief):
    """One speech of the script that falls into the shot, verbatim."""

    character: str = Field(min_length=1)
    line: str
    mode: DialogueMode = "on_screen"
    delivery: str | None = None


class IngredientBrief(_Brief):
    """An ingredient in a slot of the shot.

    `description` is the caption or the user's own words; `attributes` the metadata tags such as {"hair": "blue"}.
    An ingredient has a picture when `mime_type` is set.
    """

    slot: Annotated[int, Field(ge=1, le=3)]
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    type: IngredientType
    description: str | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
    mime_type: str | None = None
    width: int | None = None
    height: int | None = None
    size_bytes: int | None = None


class ShotBrief(_Brief):
    """Everything a shot document is made of. Texts may be as long as they are in the script: the compiler cuts.

    `resolution` and `aspect_ratio` are the project's own words ("4K", "3840x2160", "16:9").
    `time_of_day` is the slugline's last part as written ("NIGHT", "CONTINUOUS").
    """

    shot_id: ShotId
    scene_heading: str | None = None
    scene_number: str | None = None
    int_ext: IntExt | None = None
    location: str | None = None
    time_of_day: str | None = None
    script_lines: tuple[int, int] | None = None
    description: str
    duration_seconds: float | None = None
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None
    dialogue: list[DialogueBrief] = Field(default_factory=list)
    ingredients: list[IngredientBrief] = Field(default_factory=list)
    aspect_ratio: str = "16:9"
    resolution: str = "4K"
    veo_version: str = "3.1"
    previous_shot_id: str | None = None
    target: Target = DEFAULT_TARGET

    @field_validator("int_ext", mode="before")
    @classmethod
    def _as_a_slugline_writes_it(cls, value: object) -> object:
        """`Int.`, `I/E` and `EXT./INT.` are the same three places."""
        if not isinstance(value, str):
            return value
        letters = value.upper().replace(".", "").replace(" ", "")
        if letters in ("I/E", "E/I", "EXT/INT", "INT/EXT"):
            return "INT/EXT"
        return letters or None

    @model_validator(mode="after")
    def _one_ingredient_per_slot(self) -> Self:
        slots = [ingredient.slot for ingredient in self.ingredients]
        if len(set(slots)) != len(slots):
            raise ValueError("Two ingredients share a slot.")
        return self

    def in_slot_order(self) -> list[IngredientBrief]:
        """The ingredients, slot 1 first: the most important one comes first in every prompt."""
        return sorted(self.ingredients, key=lambda ingredient: ingredient.slot)
