"""Takes normalised text through the pre-pass, the Fountain parser and the assembly, with its words counted."""

from collections.abc import Iterator, Sequence

from backend.screenplay import integrity
from backend.screenplay.assemble import assemble
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.fountain import Token, tokenise
from backend.screenplay.lines import PageHints
from backend.screenplay.models import Screenplay, Warning
from backend.screenplay.prepass import Prepared, prepare

MAX_LINES = 100_000


def from_text(
    text: str, encoding: str, *, warnings: Sequence[Warning] = (), pages: PageHints | None = None
) -> Screenplay:
    """A Screenplay of text that `decode.normalise` has been over; `pages` for text that was read off printed pages.

    Raises ScreenplayError for over 100,000 lines, over 2,000 scenes, no scene, or words that would be lost.
    """
    refuse_too_many_lines(text)
    prepared = prepare(text, pages)
    title_page, tokens = tokenise(prepared.text)
    lost = integrity.check(text, _kept_texts(title_page, tokens, prepared))
    screenplay = assemble(title_page, tokens, prepared, text.split("\n"), encoding)
    if not warnings and not lost:
        return screenplay
    return screenplay.model_copy(update={"warnings": [*warnings, *lost, *screenplay.warnings]})


def refuse_too_many_lines(text: str) -> None:
    """Raises ScreenplayError `scripts.too_large` for more lines than any script has."""
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
