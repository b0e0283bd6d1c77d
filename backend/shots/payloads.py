"""What the background work on shots is about."""

from typing import ClassVar, Literal
from uuid import UUID

from backend.core.jobs import Payload


class GenerateFlow(Payload):
    """Compile a shot's document."""

    kind: ClassVar[str] = "shots.generate_flow"
    shot_id: UUID
    engine: Literal["auto", "ollama", "rules"]

    def dedupe_key(self) -> str:
        """One at a time for each shot."""
        return f"{self.kind}:{self.shot_id}"
