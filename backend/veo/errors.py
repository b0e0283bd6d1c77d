"""The one error of this package: a document or a brief that cannot be used, said in plain sentences."""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

from pydantic import ValidationError
from pydantic_core import ErrorDetails


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


_SENTENCES: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "missing": lambda name, _: f"{name} is missing.",
    "extra_forbidden": lambda name, _: f"{name} is not a field of a shot document: remove it or correct its name.",
    "literal_error": lambda name, ctx: f"{name} must be one of {ctx.get('expected', '')}.",
    "string_type": lambda name, _: f"{name} must be text in quotation marks.",
    "string_too_long": lambda name, ctx: f"{name} is longer than {ctx.get('max_length')} characters.",
    "string_too_short": lambda name, _: f"{name} must not be empty.",
    "string_pattern_mismatch": lambda name, ctx: f"{name} does not have the form {ctx.get('pattern')}.",
    "int_type": lambda name, _: f"{name} must be a whole number, without quotation marks.",
    "float_type": lambda name, _: f"{name} must be a number, without quotation marks.",
    "bool_type": lambda name, _: f"{name} must be true or false.",
    "list_type": lambda name, _: f"{name} must be a list in square brackets.",
    "dict_type": lambda name, _: f"{name} must be an object in braces.",
    "model_type": lambda name, _: f"{name} must be an object in braces.",
    "too_long": lambda name, ctx: f"{name} has more than {ctx.get('max_length')} entries.",
    "too_short": lambda name, ctx: f"{name} has fewer than {ctx.get('min_length')} entries.",
    "greater_than_equal": lambda name, ctx: f"{name} must be at least {ctx.get('ge')}.",
    "greater_than": lambda name, ctx: f"{name} must be more than {ctx.get('gt')}.",
    "less_than_equal": lambda name, ctx: f"{name} must be at most {ctx.get('le')}.",
}


def _problem(error: ErrorDetails) -> DocumentProblem:
    context = error.get("ctx", {})
    name = ".".join(str(part) for part in error["loc"]) or "The document"
    sentence = _SENTENCES.get(error["type"])
    msg = sentence(name, context) if sentence else f"{name}: {error['msg']}"
    return {"loc": list(error["loc"]), "msg": msg, "type": str(context.get("name", error["type"]))}


def problems_in(error: ValidationError) -> list[DocumentProblem]:
    """Every refused field of a validation, in plain sentences."""
    return [_problem(one) for one in error.errors(include_url=False, include_input=False)]
