"""Field types whose acceptance is exactly that of the shot document's JSON Schema."""

from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from backend.veo.vocabulary import MAX_IMAGE_BYTES

T = TypeVar("T")


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("null_not_allowed", "Leave this field out instead of setting it to null.")
    return value


@dataclass(frozen=True)
class _NotNull:
    """May be absent, may not be null: JSON Schema's optional property, which Pydantic has no word for."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_refuse_null, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(schema)
        branches = [branch for branch in described.get("anyOf", []) if branch.get("type") != "null"]
        return branches[0] if len(branches) == 1 else described


def _whole(value: Any) -> Any:
    # JSON has one number type: 8.0 is the integer 8 there, and 8.5 or "8" is not.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _without_point_zero(value: float) -> int | float:
    return int(value) if value.is_integer() else value


Opt = Annotated[T | None, _NotNull()]
Integer = Annotated[int, BeforeValidator(_whole)]
Seconds = Annotated[float, PlainSerializer(_without_point_zero)]

Text40 = Annotated[str, StringConstraints(max_length=40)]
Text60 = Annotated[str, StringConstraints(max_length=60)]
Text80 = Annotated[str, StringConstraints(max_length=80)]
Text120 = Annotated[str, StringConstraints(max_length=120)]
Text200 = Annotated[str, StringConstraints(max_length=200)]
Text300 = Annotated[str, StringConstraints(max_length=300)]
Text400 = Annotated[str, StringConstraints(max_length=400)]
Text600 = Annotated[str, StringConstraints(max_length=600)]
RequiredText300 = Annotated[str, StringConstraints(min_length=1, max_length=300)]
RequiredText600 = Annotated[str, StringConstraints(min_length=1, max_length=600)]
RequiredText800 = Annotated[str, StringConstraints(min_length=1, max_length=800)]
ShotId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
CharacterId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]{1,32}$")]
GcsUri = Annotated[str, StringConstraints(pattern=r"^gs://")]
LineNumber = Annotated[int, Field(ge=1), BeforeValidator(_whole)]
DurationSeconds = Annotated[int, Field(ge=3, le=15), BeforeValidator(_whole)]
SampleCount = Annotated[int, Field(ge=1, le=4), BeforeValidator(_whole)]
Uint32 = Annotated[int, Field(ge=0, le=4_294_967_295), BeforeValidator(_whole)]
ImageBytes = Annotated[int, Field(ge=1, le=MAX_IMAGE_BYTES), BeforeValidator(_whole)]
