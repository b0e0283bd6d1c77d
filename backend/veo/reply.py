"""What the LLM may say about a shot: a bounded, closed schema of creative words, and how it is merged with the brief."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from backend.veo.vocabulary import CameraAngle, CameraMovement, CameraSpeed, ShotSize, TimeOfDay, Weather

_NOTHING = {"", "-", "n/a", "na", "none", "null", "unspecified", "unknown", "not specified", "not mentioned"}


def _tidy(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _tidy_or_nothing(value: Any) -> Any:
    # Small models fill an optional field with a word for "nothing" rather than leave it out.
    tidy = _tidy(value)
    return None if isinstance(tidy, str) and tidy.rstrip(".").lower() in _NOTHING else tidy


Required = BeforeValidator(_tidy)
Nullable = BeforeValidator(_tidy_or_nothing)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReplyCamera(_Reply):
    """What the camera does, in the words of the vocabulary."""

    size: ShotSize
    angle: CameraAngle
    movement: CameraMovement
    speed: CameraSpeed | None = None


class ReplyEnvironment(_Reply):
    """Where, when and in what light."""

    location: Annotated[str | None, Field(max_length=120), Nullable] = None
    lighting: Annotated[str, Field(min_length=1, max_length=200), Required]
    time_of_day: TimeOfDay
    weather: Weather | None = None


class CreativeReply(_Reply):
    """The creative words of one shot.

    Every string is bounded and there are no floats and no open objects, so that constrained decoding ends.
    Ids, lengths, reference pictures and dialogue are not here: they come from the brief.
    """

    subject_description: Annotated[str, Field(min_length=1, max_length=400), Required]
    wardrobe: Annotated[str | None, Field(max_length=200), Nullable] = None
    action_description: Annotated[str, Field(min_length=1, max_length=400), Required]
    environment: ReplyEnvironment
    camera: ReplyCamera
    mood: Annotated[str | None, Field(max_length=80), Nullable] = None
    ambient_sound: Annotated[str | None, Field(max_length=120), Nullable] = None


def reply_schema() -> dict[str, Any]:
    """The JSON Schema given to the LLM as `format`."""
    return CreativeReply.model_json_schema()
