"""What the language model is asked for a breakdown, and the short form in which it answers."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from backend.screenplay import CameraAngle, CameraMovement, ShotSize

# The specification's words first. Nothing in it ever changes, so that the server's prompt cache works.
SYSTEM_PROMPT = """\
You are a Script Supervisor. Break the following screenplay text into a structured JSON array of shots. Identify the \
action lines that denote visual changes. Ignore dialogue unless it implies visual action.

The paragraphs are numbered [0], [1], [2]. Give the shots of each scene in order. Every paragraph is in a shot; a shot \
has one to four neighbouring paragraphs of one scene; a speech is in one shot only. A shot is a list of seven:
1. what the camera sees: 4 to 12 of the script's own words. Add no person, place, thing or event. Quote no dialogue.
2. number of its first paragraph
3. number of its last paragraph
4. size: EWS extreme wide, EST establishing, WS wide, FS full, MWS medium wide, MS medium, MCU medium close-up, CU \
close-up, ECU extreme close-up, 2S two-shot, OTS over the shoulder, POV point of view, INS insert
5. angle: eye, low, high, bird, top, worm, dutch
6. camera movement
7. whole seconds, 2 to 8
Answer with JSON only."""

MAX_DESCRIPTION = 80
MIN_DESCRIPTION = 8
MAX_SHOTS = 60
MAX_SECONDS = 8

SIZES: Mapping[str, ShotSize] = {
    "EWS": ShotSize.EXTREME_WIDE,
    "EST": ShotSize.ESTABLISHING,
    "WS": ShotSize.WIDE,
    "FS": ShotSize.FULL,
    "MWS": ShotSize.MEDIUM_WIDE,
    "MS": ShotSize.MEDIUM,
    "MCU": ShotSize.MEDIUM_CLOSE_UP,
    "CU": ShotSize.CLOSE_UP,
    "ECU": ShotSize.EXTREME_CLOSE_UP,
    "2S": ShotSize.TWO_SHOT,
    "OTS": ShotSize.OVER_THE_SHOULDER,
    "POV": ShotSize.POINT_OF_VIEW,
    "INS": ShotSize.INSERT,
}
ANGLES: Mapping[str, CameraAngle] = {
    "eye": CameraAngle.EYE_LEVEL,
    "low": CameraAngle.LOW_ANGLE,
    "high": CameraAngle.HIGH_ANGLE,
    "bird": CameraAngle.BIRDS_EYE,
    "top": CameraAngle.TOP_DOWN,
    "worm": CameraAngle.WORMS_EYE,
    "dutch": CameraAngle.DUTCH,
}
MOVEMENTS: Mapping[str, CameraMovement] = {movement.value: movement for movement in CameraMovement}

Size = Literal["EWS", "EST", "WS", "FS", "MWS", "MS", "MCU", "CU", "ECU", "2S", "OTS", "POV", "INS"]
Angle = Literal["eye", "low", "high", "bird", "top", "worm", "dutch"]
Movement = Literal[
    "static", "pan_left", "pan_right", "tilt_up", "tilt_down", "dolly_in", "dolly_out", "truck_left", "truck_right",
    "pedestal_up", "pedestal_down", "zoom_in", "zoom_out", "crane", "aerial", "drone", "handheld", "shaky_cam",
    "whip_pan", "arc", "tracking",
]  # fmt: skip
Description = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=MIN_DESCRIPTION, max_length=MAX_DESCRIPTION)
]
# What the server is held to: a small model fills a text with digits up to its end. The bounds stand in it again, since
# llama.cpp reads no others beside a pattern.
DESCRIPTION_PATTERN = rf'^[^0-9"\\\n]{{{MIN_DESCRIPTION},{MAX_DESCRIPTION}}}$'
WordsOnly = Annotated[
    str, StringConstraints(min_length=MIN_DESCRIPTION, max_length=MAX_DESCRIPTION, pattern=DESCRIPTION_PATTERN)
]
Paragraph = Annotated[int, Field(ge=0, le=9999)]
Seconds = Annotated[int, Field(ge=2, le=MAX_SECONDS)]


class ReplyShot(NamedTuple):
    """One shot as the model sees it: a list, because keys cost as many tokens as their values."""

    description: Description
    first: Paragraph
    last: Paragraph
    size: Size
    angle: Angle
    movement: Movement
    seconds: Seconds


class BreakdownReply(BaseModel):
    """The shots of the scenes that were asked for. Everything is bounded, so that constrained decoding ends."""

    model_config = ConfigDict(extra="forbid")

    shots: list[ReplyShot] = Field(min_length=1, max_length=MAX_SHOTS)


@lru_cache(maxsize=256)
def reply_for(paragraph_count: int, shot_count: int) -> type[BaseModel]:
    """The form of a reply to a text of that many paragraphs, with at most that many shots."""
    paragraph = Annotated[int, Field(ge=0, le=max(0, paragraph_count - 1))]
    shot = tuple[WordsOnly, paragraph, paragraph, Size, Angle, Movement, Seconds]
    shots = Annotated[list[shot], Field(min_length=1, max_length=min(MAX_SHOTS, shot_count))]
    return create_model("BreakdownReply", __config__=ConfigDict(extra="forbid"), shots=(shots, ...))


def user_prompt(scenes: Sequence[tuple[str, Sequence[str], int | None]], problems: Sequence[str] = ()) -> str:
    """The text to break down: for each scene its heading, its numbered paragraphs and how many shots are wanted.

    `problems` are what was wrong with an earlier reply, in whose place this one goes.
    """
    parts: list[str] = []
    for heading, paragraphs, target in scenes:
        parts.append(f"SCENE {heading}")
        if target is not None:
            parts.append(f"(Give {target} shots for this scene.)")
        parts.extend(paragraphs)
    if problems:
        parts.append("An earlier reply was refused in part:\n" + "\n".join(problems))
        parts.append("Give only the shots for the paragraphs above.")
    return "\n\n".join(parts)
