"""What the background work on screenplays is about."""

import hashlib
from typing import ClassVar, Literal
from uuid import UUID

from backend.core.jobs import Payload


class ParseScript(Payload):
    """Read a screenplay, store its scenes, then break them down."""

    kind: ClassVar[str] = "scripts.parse"
    script_id: UUID
    engine: Literal["auto", "ollama", "rules"]

    def dedupe_key(self) -> str:
        """One at a time for each screenplay."""
        return f"{self.kind}:{self.script_id}"


class BreakDownScenes(Payload):
    """Break a batch of scenes down into shots.

    `engine` is what was decided on; `may_fall_back` is set when the user left the choice to us. `replace_edited`
    also replaces shots that a person has worked on.
    """

    kind: ClassVar[str] = "scripts.break_down"
    scene_ids: list[UUID]
    run_id: UUID
    engine: Literal["ollama", "rules"]
    may_fall_back: bool
    target_shots: int | None = None
    replace_edited: bool = False
    replace_stale: bool = False

    def dedupe_key(self) -> str:
        """One at a time for each run and batch."""
        return f"{self.kind}:{self.run_id}:{self.scene_ids[0]}"


class BreakDownAgain(Payload):
    """Break scenes down again: decide on the engine, then one job for each batch.

    `run_kind` says why: a person asked, or a draft brought them; `label` names the run, else the scenes do.
    """

    kind: ClassVar[str] = "scripts.break_down_again"
    scene_ids: list[UUID]
    engine: Literal["auto", "ollama", "rules"]
    target_shots: int | None = None
    replace_edited: bool = False
    replace_stale: bool = False
    run_kind: Literal["scene", "draft"] = "scene"
    label: str = ""

    def dedupe_key(self) -> str:
        """One at a time for the same scenes."""
        scenes = ",".join(sorted(map(str, self.scene_ids)))
        return f"{self.kind}:{hashlib.sha256(scenes.encode()).hexdigest()}"
