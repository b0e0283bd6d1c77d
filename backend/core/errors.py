"""One error type for everything a caller can be told, and its RFC 9457 form."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class AppError(Exception):
    """A failure with a sentence for the caller.

    `status` is the HTTP status, `code` a stable `domain.name`, `detail` what is wrong,
    `fix` (optional) how to mend it. Further keywords become members of the problem document.
    """

    def __init__(self, status: int, code: str, detail: str, *, fix: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.fix = fix
        self.extra = extra


class NotFoundError(AppError):
    """404 for one named thing."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(404, code, detail)


class RetryableError(AppError):
    """A failure that may pass by itself (a dependency is away). A job that raises it is tried again."""

    def __init__(self, code: str, detail: str, *, fix: str | None = None, **extra: Any) -> None:
        super().__init__(503, code, detail, fix=fix, **extra)


class OutageError(RetryableError):
    """Something that every job stands on is away. A job waits for it, which counts as no attempt."""


class FieldProblem(BaseModel):
    """One refused field of a payload."""

    loc: list[str | int] = Field(description="Path of the field, outermost first.")
    msg: str
    type: str


class Problem(BaseModel):
    """RFC 9457 problem document, sent as `application/problem+json`."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Always `about:blank`; `code` tells problems apart.")
    title: str
    status: int
    code: str = Field(description="Stable name of the problem, for example `assets.not_an_image`.")
    detail: str
    fix: str | None = Field(default=None, description="What the caller can do about it.")
    errors: list[FieldProblem] | None = Field(default=None, description="For 422: every refused field.")
