"""What the background work on screenplays is about."""

from typing import ClassVar, Literal
from uuid import UUID

from backend.core.jobs import Payload


class ParseScript(Payload):
    """Read a screenplay, store its scenes, then break each down."""

    kind: ClassVar[str] = "scripts.parse"
    script_id: UUID
    engine: Literal["auto", "ollama", "rules"]

    def dedupe_key(self) -> str:
        """One at a time for each screenplay."""
        return f"{self.kind}:{self.script_id}"


class BreakDownScene(Payload):
    """Break one scene down into shots.

    `engine` is what the import decided on; `may_fall_back` is set when the user left the choice to us.
    """

    kind: ClassVar[str] = "scripts.break_down_scene"
    scene_id: UUID
    engine: Literal["ollama", "rules"]
    may_fall_back: bool

    def dedupe_key(self) -> str:
        """One at a time for each scene."""
        return f"{self.kind}:{self.scene_id}"
