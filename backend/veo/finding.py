"""One thing the rules or the compiler have to say about a shot document."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Level = Literal["error", "warning", "info"]


class Finding(BaseModel):
    """A rule's verdict in a plain sentence.

    `id` is stable: `PF..` are the pre-flight rules, `CF..` what the compiler decided or left out.
    `pointer` is the JSON pointer of the field it is about, `fix` a sentence saying how to mend it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    level: Level
    message: str
    fix: str | None = None
    pointer: str | None = None
