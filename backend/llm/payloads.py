"""What the background work on the language model is about."""

from typing import ClassVar

from backend.core.jobs import Payload


class PullModel(Payload):
    """Let the server download a model; progress is in bytes."""

    kind: ClassVar[str] = "llm.pull"
    model: str

    def dedupe_key(self) -> str:
        """One at a time for each model."""
        return f"{self.kind}:{self.model}"
