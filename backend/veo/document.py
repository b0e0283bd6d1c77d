"""The shot document `veo-shot/1.0.0`: one shot's creative part and its request, as closed models."""

import json
import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from backend.veo import crossfield
from backend.veo import vocabulary as v
from backend.veo.errors import DocumentError, problems_in
from backend.veo.fields import (
    CharacterId,
    DurationSeconds,
    GcsUri,
    ImageBytes,
    Integer,
    LineNumber,
    Opt,
    RequiredText300,
    RequiredText600,
    RequiredText800,
    SampleCount,
    Seconds,
    ShotId,
    Text40,
    Text60,
    Text80,
    Text120,
    Text200,
    Text300,
    Text400,
    Text600,
    Uint32,
)

_NEGATIVE = re.compile(crossfield.NEGATIVE_PATTERN)


def _noun_only(value: str) -> str:
    if _NEGATIVE.search(value):
        raise PydanticCustomError(
            "negative_word", "Name the thing itself, such as “subtitles”: a negative list takes no “no” or “don't”."
        )
    return value


def _must_be_false(value: bool) -> bool:
    if value:
        raise PydanticCustomError("subtitles", "Subtitles are always false: Veo draws them into the picture.")
    return value


ProhibitedElement = Annotated[
    Text60,
    AfterValidator(_noun_only),
    WithJsonSchema({"type": "string", "maxLength": 60, "not": {"pattern": crossfield.NEGATIVE_PATTERN}}),
]
AlwaysFalse = Annotated[bool, AfterValidator(_must_be_false), WithJsonSchema({"type": "boolean", "const": False})]


class _Section(BaseModel):
    # Strict: a JSON Schema does not turn "8" into 8, and neither do we. Frozen: a document is a value.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Source(_Section):
    """Where the shot comes from in the screenplay."""

    scene_heading: Opt[str] = Field(None, description="The slugline, as written.")
    scene_number: Opt[str] = None
    script_lines: Opt[list[LineNumber]] = Field(
        None, min_length=2, max_length=2, description="First and last line of the script, counted from 1."
    )
    continuity_group: Opt[str] = Field(None, description="Shots of one group share looks and wording.")
    previous_shot_id: str | None = None


class ShotSection(_Section):
    """Cinematography: what the camera does."""

    size: v.ShotSize = Field(description="Shot size.")
    angle: Opt[v.CameraAngle] = Field(None, description="Camera angle.")
    camera_movement: v.CameraMovement = Field(description="One movement: two at once are unreliable.")
    camera_speed: Opt[v.CameraSpeed] = None
    camera_end_state: Opt[Text200] = Field(None, description="What is framed when the movement ends.")
    lens: Opt[v.Lens] = None
    focus: Opt[v.Focus] = None
    optical_effect: Opt[v.OpticalEffect] = None
    composition: Opt[Text300] = None
    single_take: bool = Field(True, description="One continuous take, no cuts.")


class Character(_Section):
    """A person in the shot. Keep the description word for word the same in every shot."""

    id: CharacterId = Field(description="Capital letters, digits and underscores, such as MARA.")
    description: Text600
    wardrobe: Opt[Text300] = None
    age_class: Opt[v.AgeClass] = None
    voice: Opt[Text200] = None
    position: Opt[Text120] = None
    reference_asset_id: str | None = Field(None, description="The asset whose picture shows this character.")


class Subject(_Section):
    """Who or what the shot is of."""

    description: RequiredText800 = Field(description="Who or what the shot is of, in full.")
    wardrobe: Opt[Text300] = None
    characters: Opt[list[Character]] = Field(None, max_length=4)


class Beat(_Section):
    """A part of the clip, in seconds from its start."""

    start: Annotated[Seconds, Field(ge=0, le=15)]
    end: Annotated[Seconds, Field(gt=0, le=15)]
    description: Text300
    camera: Opt[Text120] = None
    sound: Opt[Text200] = None


class Action(_Section):
    """What happens: one main action per clip."""

    description: RequiredText600 = Field(description="What happens, in the present tense.")
    beats: Opt[list[Beat]] = Field(None, max_length=4)
    pace: Opt[v.Pace] = None
    end_state: Opt[Text200] = None


class Environment(_Section):
    """Where and when, and in what light."""

    location: Opt[Text200] = None
    int_ext: Opt[v.IntExt] = None
    time_of_day: Opt[v.TimeOfDay] = None
    weather: Opt[v.Weather] = None
    lighting: RequiredText300 = Field(description="The light: its source, direction, colour.")
    lighting_preset: Opt[v.LightingPreset] = None
    atmosphere: Opt[Text200] = None
    description: Opt[Text400] = None
    props: Opt[list[Text80]] = Field(None, max_length=12)
    era: Opt[Text60] = None


class Style(_Section):
    """Look and ambiance."""

    look: Opt[Text200] = None
    mood: Opt[Text120] = None
    color_palette: Opt[list[Text40]] = Field(None, max_length=5)
    film_stock: Opt[Text80] = None
    film_grain: Opt[v.FilmGrain] = None


class DialogueLine(_Section):
    """A spoken line, word for word as in the script."""

    character: str
    line: Text200
    delivery: Opt[Text80] = None
    language: str = "en"
    mode: Opt[v.DialogueMode] = None


class Audio(_Section):
    """What is heard."""

    dialogue: Opt[list[DialogueLine]] = Field(None, max_length=3)
    sfx: Opt[list[Text120]] = Field(None, max_length=6)
    ambient: Opt[Text200] = None
    music: Text120 | None = Field(None, description="Set to null to ask for no music.")


class Constraints(_Section):
    """What must not be seen, what must stay the same."""

    prohibited_elements: Opt[list[ProhibitedElement]] = Field(
        None, max_length=20, description="Nouns only: “subtitles”, never “no subtitles”."
    )
    on_screen_text: Text120 | None = None
    subtitles: Opt[AlwaysFalse] = None
    continuity_lock: Opt[list[v.ContinuityLock]] = None


class Asset(_Section):
    """A picture or a clip that goes with the request. `bytes` at most 20 MiB."""

    asset_id: str
    role: Opt[v.AssetRole] = None
    uri: str | None = None
    path: str | None = None
    mime_type: v.AssetMime
    bytes: ImageBytes | None = None
    width: Opt[Integer] = None
    height: Opt[Integer] = None


def _raise(title: str, clashes: list[crossfield.Clash]) -> None:
    # Several problems with a place each: a validator can only say so by raising the library's own error.
    if clashes:
        raise ValidationError.from_exception_data(
            title,
            [
                InitErrorDetails(
                    # The message goes through a context value: braces in it are no template.
                    type=PydanticCustomError("clash", "{text}", {"text": clash.msg, "name": clash.type}),
                    loc=clash.loc,
                    input=None,
                )
                for clash in clashes
            ],
        )


class RequestSection(_Section):
    """The technical request: mode, length, size, reference pictures."""

    mode: v.Mode = Field(description="reference_to_video sends the ingredients' pictures and makes 8 s clips.")
    prompt_format: v.PromptFormat = "text"
    aspect_ratio: v.AspectRatio
    duration_seconds: DurationSeconds = Field(description="Whole seconds. Veo: 4, 6 or 8, and 8 with reference images.")
    resolution: v.Resolution
    sample_count: SampleCount = 1
    seed: Uint32 | None = None
    generate_audio: bool = True
    person_generation: Opt[v.PersonGeneration] = None
    resize_mode: Opt[v.ResizeMode] = None
    compression_quality: Opt[v.CompressionQuality] = None
    output_uri: GcsUri | None = None
    labels: Opt[Annotated[dict[str, str], Field(max_length=64)]] = None
    first_frame: Opt[Asset] = None
    last_frame: Opt[Asset] = None
    reference_images: Opt[list[Asset]] = Field(None, max_length=14)
    source_video: Opt[Asset] = None
    voices: Opt[list[str]] = Field(None, max_length=5)

    @model_validator(mode="after")
    def _mode_and_assets_agree(self) -> Self:
        _raise("request", crossfield.mode_clashes(self))
        return self


class Rendered(_Section):
    """Written by the tool: the prompt made from this document, and what the rules said."""

    prompt: Opt[str] = None
    negative_prompt: Opt[str] = None
    prompt_tokens_estimate: Opt[Integer] = None
    findings: Opt[list[dict[str, Any]]] = None


class ShotDocument(_Section):
    """Veo shot payload: the creative part and the request of one shot."""

    schema_version: Literal["veo-shot/1.0.0"]
    shot_id: ShotId
    target: v.Target = Field(description="Where the shot is rendered. Decides lengths, sizes and references.")
    source: Opt[Source] = None
    shot: ShotSection
    subject: Subject
    action: Action
    environment: Environment
    style: Opt[Style] = None
    audio: Opt[Audio] = None
    constraints: Opt[Constraints] = None
    request: RequestSection
    rendered: Opt[Rendered] = None

    @model_validator(mode="after")
    def _target_and_request_agree(self) -> Self:
        _raise("document", crossfield.document_clashes(self))
        return self


def check_document(payload: object) -> ShotDocument:
    """The document in a parsed JSON value. Raises `DocumentError` naming every refused field."""
    try:
        return ShotDocument.model_validate(payload)
    except ValidationError as error:
        raise DocumentError(problems_in(error)) from None


def to_payload(document: ShotDocument) -> dict[str, Any]:
    """The document as JSON values: fields in the models' order, what was never set left out.

    A null is kept where somebody wrote it (`music: null` asks for no music).
    """
    return document.model_dump(mode="json", exclude_unset=True)


def document_bytes(document: ShotDocument) -> bytes:
    """The document as UTF-8 JSON, two spaces of indent: the same bytes for the same document."""
    return (json.dumps(to_payload(document), ensure_ascii=False, indent=2) + "\n").encode()


def _without_null_defaults(node: Any) -> Any:
    # "default": null would make an editor propose null, which most of these fields refuse.
    if isinstance(node, dict):
        return {key: _without_null_defaults(one) for key, one in node.items() if (key, one) != ("default", None)}
    if isinstance(node, list):
        return [_without_null_defaults(one) for one in node]
    return node


def document_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a shot document, with titles and descriptions for hover help in an editor."""
    schema = _without_null_defaults(ShotDocument.model_json_schema())
    definitions: dict[str, Any] = schema.pop("$defs")
    definitions["RequestSection"]["allOf"] = crossfield.mode_conditions()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": v.SCHEMA_VERSION,
        **schema,
        "title": "Veo shot document",
        "allOf": crossfield.document_conditions(),
        "$defs": definitions,
    }
