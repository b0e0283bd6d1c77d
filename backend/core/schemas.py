"""What the wire classes of all domains share."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _as_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# The specification's tables hold naive timestamps in UTC; on the wire every instant names its zone.
Timestamp = Annotated[datetime, AfterValidator(_as_utc)]

# A name a person gives: trimmed, never empty, no NUL (PostgreSQL's text cannot hold it).
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")]


class Read(BaseModel):
    """Base of what the API returns: no defaults, so that no field is optional in the client."""

    model_config = ConfigDict(from_attributes=True)


class Write(BaseModel):
    """Base of what the API takes: an unknown field is a mistake, not a whim."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(BaseModel):
    """Paging by position."""

    limit: int = Field(default=100, ge=1, le=500, description="At most this many items.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="Skip this many items.")
