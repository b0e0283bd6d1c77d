"""What a model answered: the text made into a checked value, or a sentence that tells the model what to mend."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.clients.llm_errors import LlmAttempt

M = TypeVar("M", bound=BaseModel)

_FENCE = re.compile(r"^\s*```[a-zA-Z]*\s*(.*?)\s*```\s*$", re.DOTALL)
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
# What goes back to the model must stay small beside the task itself.
_MOST_PROBLEMS = 10
_LONGEST_PROBLEM = 240
_LONGEST_GIVEN = 60


@dataclass(frozen=True)
class LlmReply(Generic[M]):
    """An accepted reply: `value`, the `model` that gave it, and every attempt, the accepted one last."""

    value: M
    model: str
    attempts: list[LlmAttempt]


class ImageTag(BaseModel):
    """One thing seen in a picture."""

    model_config = ConfigDict(extra="forbid")

    key: Literal[
        "subject", "age", "build", "face", "hair", "clothing", "accessories", "pose",
        "setting", "objects", "material", "lighting", "colours", "mood", "style", "era",
    ]  # fmt: skip
    value: str = Field(min_length=1, max_length=60)


class ImageDescription(BaseModel):
    """What a picture shows: one caption and up to ten tags."""

    model_config = ConfigDict(extra="forbid")

    caption: str = Field(min_length=1, max_length=300, description="One sentence: what the picture shows.")
    tags: list[ImageTag] = Field(min_length=1, max_length=10, description="What is visible, each key once.")

    def as_dict(self) -> dict[str, str]:
        """The tags by key; values of a repeated key are joined with a comma."""
        out: dict[str, str] = {}
        for tag in self.tags:
            out[tag.key] = f"{out[tag.key]}, {tag.value}" if tag.key in out else tag.value
        return out


class ReplyRefused(Exception):
    """The text is no usable reply; the message says what to mend, in words for the model and the user."""


def read_reply(raw: str, reply: type[M], check: Callable[[M], list[str]] | None) -> M:
    """The value in `raw`, past code fences and leaked thoughts, valid for Pydantic and for `check`.

    Raises `ReplyRefused`.
    """
    try:
        value = reply.model_validate_json(_json_in(raw))
    except ValidationError as error:
        raise ReplyRefused(_listed([_said(problem) for problem in error.errors()])) from error
    if check is not None and (problems := check(value)):
        raise ReplyRefused(_listed(problems))
    return value


def _json_in(raw: str) -> str:
    text = _THOUGHT.sub("", raw).strip()
    if fenced := _FENCE.match(text):
        text = fenced.group(1)
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def _said(problem: object) -> str:
    assert isinstance(problem, dict)
    where = ".".join(str(part) for part in problem["loc"])
    given = problem.get("input")
    if isinstance(given, str) and len(given) > _LONGEST_GIVEN:
        given = given[:_LONGEST_GIVEN] + "…"
    shown = f" (given: {given!r})" if isinstance(given, (str, int, float, bool)) else ""
    return f"{where or 'the reply'}: {problem['msg']}{shown}"


def _listed(problems: list[str]) -> str:
    lines = [problem if len(problem) <= _LONGEST_PROBLEM else problem[:_LONGEST_PROBLEM] + "…" for problem in problems]
    more = len(lines) - _MOST_PROBLEMS
    return "\n".join(lines[:_MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else []))
