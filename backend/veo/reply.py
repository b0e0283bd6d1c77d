"""What the LLM may say about a shot: a bounded, closed schema of creative words for constrained decoding."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from backend.veo import light
from backend.veo.brief import ShotBrief
from backend.veo.compiler import draft_of
from backend.veo.document import ShotDocument
from backend.veo.draft import Compilation, Draft
from backend.veo.vocabulary import CameraAngle, CameraMovement, CameraSpeed, ShotSize, TimeOfDay, Weather
from backend.veo.wording import clean

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


def merge_shot(brief: ShotBrief, reply: CreativeReply) -> Compilation:
    """The compiled shot with the reply's creative words in it, and the source of every field.

    Ids, request, dialogue and source are the brief's. So are the hour of the slugline and whatever the user set on
    the camera: the reply only fills in what the brief leaves open. Raises `DocumentError` as the compiler does.
    """
    draft = draft_of(brief)
    words = "language model"
    draft.put_text("/subject/description", clean(reply.subject_description), 800, words)
    if reply.wardrobe:
        draft.put_text("/subject/wardrobe", clean(reply.wardrobe), 300, words)
    draft.put_text("/action/description", clean(reply.action_description), 600, words)
    environment = reply.environment
    draft.put_text("/environment/lighting", clean(environment.lighting), 300, words)
    # The preset was read from the words that have just been replaced.
    draft.drop("/environment/lighting_preset")
    if environment.location:
        draft.put_text("/environment/location", clean(environment.location), 200, words)
    if light.time_of_day(brief.time_of_day) == "unspecified" and environment.time_of_day != "unspecified":
        draft.put("/environment/time_of_day", environment.time_of_day, words)
    if environment.weather and environment.weather != "none":
        draft.put("/environment/weather", environment.weather, words)
    _put_camera(draft, brief, reply.camera, words)
    if reply.mood:
        draft.put_text("/style/mood", clean(reply.mood), 120, words)
    if reply.ambient_sound:
        draft.put_text("/audio/ambient", clean(reply.ambient_sound), 200, words)
    return draft.finish()


def merge(brief: ShotBrief, reply: CreativeReply) -> ShotDocument:
    """The document of `merge_shot`."""
    return merge_shot(brief, reply).document


def _put_camera(draft: Draft, brief: ShotBrief, camera: ReplyCamera, words: str) -> None:
    if brief.size is None:
        draft.put("/shot/size", camera.size, words)
    if brief.angle is None:
        draft.put("/shot/angle", camera.angle, words)
    if brief.movement is None:
        draft.put("/shot/camera_movement", camera.movement, words)
        draft.drop("/shot/camera_speed")
        if camera.movement != "static":
            draft.put("/shot/camera_speed", camera.speed, words)
