"""What a breakdown gives: draft shots with closed vocabularies, the same words as the veo-shot schema."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SpeechMode = Literal["on_screen", "off_screen", "voice_over"]


class ShotSize(StrEnum):
    """`shot.size` of veo-shot/1.0.0."""

    EXTREME_WIDE = "extreme_wide"
    ESTABLISHING = "establishing"
    WIDE = "wide"
    FULL = "full"
    MEDIUM_WIDE = "medium_wide"
    MEDIUM = "medium"
    MEDIUM_CLOSE_UP = "medium_close_up"
    CLOSE_UP = "close_up"
    EXTREME_CLOSE_UP = "extreme_close_up"
    TWO_SHOT = "two_shot"
    OVER_THE_SHOULDER = "over_the_shoulder"
    POINT_OF_VIEW = "point_of_view"
    INSERT = "insert"


class CameraAngle(StrEnum):
    """`shot.angle` of veo-shot/1.0.0."""

    EYE_LEVEL = "eye_level"
    LOW_ANGLE = "low_angle"
    HIGH_ANGLE = "high_angle"
    BIRDS_EYE = "birds_eye"
    TOP_DOWN = "top_down"
    WORMS_EYE = "worms_eye"
    DUTCH = "dutch"


class CameraMovement(StrEnum):
    """`shot.camera_movement` of veo-shot/1.0.0."""

    STATIC = "static"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    DOLLY_IN = "dolly_in"
    DOLLY_OUT = "dolly_out"
    TRUCK_LEFT = "truck_left"
    TRUCK_RIGHT = "truck_right"
    PEDESTAL_UP = "pedestal_up"
    PEDESTAL_DOWN = "pedestal_down"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    CRANE = "crane"
    AERIAL = "aerial"
    DRONE = "drone"
    HANDHELD = "handheld"
    SHAKY_CAM = "shaky_cam"
    WHIP_PAN = "whip_pan"
    ARC = "arc"
    TRACKING = "tracking"


class SpokenLine(BaseModel):
    """What one character says in one shot, verbatim; `delivery` is the parenthetical over it."""

    model_config = ConfigDict(frozen=True)

    character: str
    line: str
    mode: SpeechMode = "on_screen"
    delivery: str | None = None


class ShotDraft(BaseModel):
    """One shot as the rules see it.

    `element_indexes` are the scene's elements it covers; `line_start`..`line_end` their source lines (1-based).
    `duration_seconds` comes in steps of 0.5. `on_screen_text` is the text of a SUPER or title. `transition` is the
    transition that ends the shot.
    """

    model_config = ConfigDict(frozen=True)

    description: str
    duration_seconds: float
    size: ShotSize
    angle: CameraAngle
    movement: CameraMovement
    characters: list[str] = Field(default_factory=list)
    dialogue: list[SpokenLine] = Field(default_factory=list)
    on_screen_text: str | None = None
    transition: str | None = None
    # Who decided on picture and camera: these rules, or a language model whose shot was kept.
    author: Literal["rules", "llm"] = "rules"
    line_start: int
    line_end: int
    element_indexes: list[int] = Field(default_factory=list)
