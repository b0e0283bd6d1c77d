"""Reads a screenplay file: bytes in, a Screenplay out, with nothing lost on the way."""

from collections.abc import Iterator

from backend.screenplay import integrity
from backend.screenplay.assemble import assemble
from backend.screenplay.decode import decode
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.fountain import Token, tokenise
from backend.screenplay.models import Screenplay
from backend.screenplay.prepass import Prepared, prepare

MAX_LINES = 100_000


def parse(data: bytes) -> Screenplay:
    """Parse Fountain or plain-text bytes.

    Raises ScreenplayError for a file that is refused (format, size, number of scenes) or whose words would be lost.
    The result has at least one scene for any text that has a word outside the title page.
    """
    decoded = decode(data)
    _refuse_too_many_lines(decoded.text)
    prepared = prepare(decoded.text)
    title_page, tokens = tokenise(prepared.text)
    integrity.check(decoded.text, _kept_texts(title_page, tokens, prepared))
    screenplay = assemble(title_page, tokens, prepared, decoded.text.split("\n"), decoded.encoding)
    if not decoded.warnings:
        return screenplay
    return screenplay.model_copy(update={"warnings": [*decoded.warnings, *screenplay.warnings]})


def _refuse_too_many_lines(text: str) -> None:
    count = text.count("\n") + 1
    if count > MAX_LINES:
        raise ScreenplayError(
            "scripts.too_large",
            f"The file has {count} lines; the limit is {MAX_LINES}.",
            "A feature script has about 6000 lines: check that this is the right file, or split it.",
        )


def _kept_texts(title_page: dict[str, str], tokens: list[Token], prepared: Prepared) -> Iterator[str]:
    for key, value in title_page.items():
        yield key
        yield value
    for token in tokens:
        yield token.text
        yield token.number or ""
        yield from token.extensions
    yield from prepared.ledger.removed
