"""The one error of this package: a document or a brief that cannot be used, said in plain sentences."""

from collections.abc import Sequence
from typing import TypedDict


class DocumentProblem(TypedDict):
    """One refused field: `loc` outermost first, `msg` a sentence, `type` a stable name."""

    loc: list[str | int]
    msg: str
    type: str


class DocumentError(Exception):
    """Raised when a payload is no shot document, or a brief cannot become one. `fix` says how to mend it."""

    def __init__(self, errors: Sequence[DocumentProblem], *, fix: str | None = None) -> None:
        self.errors: list[DocumentProblem] = list(errors)
        self.fix = fix
        super().__init__(" ".join(error["msg"] for error in self.errors))
