"""Wire classes of ingredients."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from backend.assets.models import AssetType
from backend.core.schemas import Name, Read, Timestamp, Write

MAX_METADATA_KEYS = 50

MetaKey = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class AssetUpdate(Write):
    """What to change; a field that is left out stays.

    `metadata` is merged key by key; a key set to null is removed. `caption` describes the picture in words
    and goes into every document that uses the ingredient; the other keys are its attributes, for example
    `{"hair": "blue"}`.
    """

    name: Name | None = None
    type: AssetType | None = None
    metadata: dict[MetaKey, Any] | None = Field(default=None, max_length=MAX_METADATA_KEYS)

    @field_validator("metadata")
    @classmethod
    def _plain_values(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        for key, entry in (value or {}).items():
            if key in RESERVED_METADATA:
                raise ValueError(f"{key} is written by the server")
            if isinstance(entry, str) and ("\x00" in entry or len(entry) > 2000):
                raise ValueError(f"{key} must be at most 2,000 characters and hold no NUL")
            if not isinstance(entry, str | int | float | bool | None):
                raise ValueError(f"{key} must be text, a number, true, false or null")
        return value


# What the upload and the worker write into `metadata`.
RESERVED_METADATA = frozenset({"mime_type", "width", "height", "size_bytes", "original_filename"})


class AssetRead(Read):
    """An ingredient. Its two addresses are presigned for one hour and load in a browser."""

    id: UUID
    project_id: UUID
    name: str
    type: AssetType
    url: str = Field(description="The picture as it was uploaded.")
    thumbnail_url: str | None = Field(description="200 px wide or high at most; null until the worker has made it.")
    metadata: dict[str, Any]
    mime_type: str
    width: int = Field(description="Pixels, upright.")
    height: int
    size_bytes: int
    shot_count: int = Field(description="Shots that have it in a slot.")
    created_at: Timestamp


class AssetPage(Read):
    """A page of ingredients, oldest first."""

    items: list[AssetRead]
    total: int
    limit: int
    offset: int
