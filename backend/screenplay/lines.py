"""The unit of the pre-pass: a line of text that remembers which source lines it came from."""

from dataclasses import dataclass, field

from backend.screenplay.models import Note, Warning


@dataclass(frozen=True, slots=True)
class Line:
    """`start` and `end` are 1-based line numbers in the normalised source.

    `kind` is set once a line is settled: "heading" for a forced Fountain heading, "" for a line still to be read.
    """

    text: str
    start: int
    end: int
    kind: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    def with_text(self, text: str) -> "Line":
        return Line(text, self.start, self.end, self.kind)


def blank_at(line: Line) -> Line:
    """An empty line inserted beside `line`."""
    return Line("", line.start, line.end)


@dataclass(frozen=True)
class PageHints:
    """What printed pages show beyond their characters, as 1-based line numbers of the source.

    `furniture` are running heads and page numbers, with the blank lines around them; `runs_on` are the first lines of
    pages that go on with the paragraph or speech of the page before; `headings` are sluglines by their looks (bold
    capitals at the action margin); lines before `body_start` are the title page.
    """

    furniture: frozenset[int] = frozenset()
    runs_on: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
    body_start: int = 1


@dataclass
class Ledger:
    """What the pre-pass took out or guessed, so that nothing leaves unseen."""

    warnings: list[Warning] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def warn(self, line: int, code: str, message: str, lines: list[int] | None = None) -> None:
        """`line` is where to look first, `lines` are all the lines it is about."""
        self.warnings.append(Warning(line=line, code=code, message=message, lines=lines or []))
