"""What the background work on projects is about."""

from typing import ClassVar

from backend.core.jobs import Payload


class DeleteProjectObjects(Payload):
    """Take a deleted project's objects out of the store."""

    kind: ClassVar[str] = "projects.delete_objects"
    max_attempts: ClassVar[int] = 10
    prefix: str
