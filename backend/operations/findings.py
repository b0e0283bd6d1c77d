"""What a check found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failed", "off"]


@dataclass(frozen=True)
class Finding:
    """`off` is for something optional that is not there; `fix` says what to do when it is not `ok`."""

    state: State
    detail: str
    fix: str | None = None
