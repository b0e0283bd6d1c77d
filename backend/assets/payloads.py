"""What the background work on ingredients is about."""

from typing import ClassVar
from uuid import UUID

from backend.core.jobs import Payload


class MakeThumbnail(Payload):
    """Make the 200 px picture and, with a vision model, describe the picture in words."""

    kind: ClassVar[str] = "assets.make_thumbnail"
    asset_id: UUID

    def dedupe_key(self) -> str:
        """One at a time for each ingredient."""
        return f"{self.kind}:{self.asset_id}"


class DeleteObjects(Payload):
    """Take objects out of the store after their rows are gone."""

    kind: ClassVar[str] = "assets.delete_objects"
    max_attempts: ClassVar[int] = 10
    keys: list[str]
