"""The only place that knows fountain-py: Fountain text in, plain tokens out, with the library's known gaps closed."""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from fountain import FountainParser
from fountain.elements import ElementType, FountainElement

from backend.screenplay.models import Emphasis

# Placeholders for marks that must reach the text verbatim instead of being obeyed by the parser.
OPEN_NOTE, OPEN_BONEYARD, PLAIN_DOT = "\ufdd0", "\ufdd1", "\ufdd2"
# Stands before a line whose first character would be obeyed, and leaves nothing behind.
PLAIN = "\ufdd3"
_RESTORE = str.maketrans({OPEN_NOTE: "[[", OPEN_BONEYARD: "/*", PLAIN_DOT: ".", PLAIN: ""})

_KINDS = {
    ElementType.SCENE_HEADING: "heading",
    ElementType.ACTION: "action",
    ElementType.CHARACTER: "character",
    ElementType.DIALOGUE: "dialogue",
    ElementType.PARENTHETICAL: "parenthetical",
    ElementType.TRANSITION: "transition",
    ElementType.LYRICS: "lyrics",
    ElementType.CENTERED: "centered",
    ElementType.SECTION: "section",
    ElementType.SYNOPSIS: "synopsis",
    ElementType.NOTE: "note",
}


@dataclass
class Token:
    """One parsed element. `line` is 1-based in the text given to `tokenise`; each line of `text` is one line there."""

    kind: str
    text: str
    line: int
    number: str | None = None
    level: int = 0
    extensions: list[str] = field(default_factory=list)
    dual: bool = False
    emphasis: list[Emphasis] = field(default_factory=list)


def _lower_case_class() -> str:
    """Every lower-case letter of the basic plane as regex ranges; ß stays allowed in GROßMANN."""
    ranges: list[list[int]] = []
    for code in range(0x61, 0x2FFF):
        if not chr(code).islower() or chr(code) == "ß":
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in ranges)


_NAME = rf"(?=[^\n(]*[^\W\d_])(?:(?![{_lower_case_class()}])[\w\s_.'’\"“”#&/,+-])+"


_FORCED_HEADING = re.compile(r"^\.(?!\.)(?=\w)")


class _Parser(FountainParser):
    """fountain-py with its gaps closed: cues and forced headings in any script, chained ^ cues, title-page guard."""

    FORCED_SCENE_HEADING_PATTERN = _FORCED_HEADING
    CHARACTER_PATTERN = re.compile(rf"^(?=\w){_NAME}$")
    DUAL_CHARACTER_PATTERN = re.compile(rf"^(?=\w){_NAME}\^+\s*$")
    CHARACTER_EXTENSION_PATTERN = re.compile(rf"^(?=\w)({_NAME}?)\s*\((.+)\)\s*(\^+)?\s*$")
    CUE_PATTERNS = (
        CHARACTER_PATTERN,
        DUAL_CHARACTER_PATTERN,
        FountainParser.FORCED_CHARACTER_PATTERN,
        CHARACTER_EXTENSION_PATTERN,
    )
    HARD_STRUCTURAL_PATTERNS = tuple(
        _FORCED_HEADING if p is FountainParser.FORCED_SCENE_HEADING_PATTERN else p
        for p in FountainParser.HARD_STRUCTURAL_PATTERNS
    )

    def _process_dual_dialogue(self) -> None:
        """Leave cues in order: the library's pairing drops speeches when two ^ cues follow each other."""

    def _line_is_cue(self, line_idx: int) -> bool:
        """A rival cue has a blank line above and its speech below: in `RAY / CALL MARCO. / Now.` Ray says it all."""
        above = self.lines[line_idx - 1] if line_idx else ""
        below = self.lines[line_idx + 1] if line_idx + 1 < len(self.lines) else ""
        return not above.strip() and bool(below.strip()) and super()._line_is_cue(line_idx)

    def _parse_title_page(self) -> dict[str, str]:
        """Only a block with at least one known key is a title page; `NARRATOR: Once upon a time.` is not."""
        first = next((i for i, line in enumerate(self.lines) if line.strip()), len(self.lines))
        block = list(takewhile(str.strip, self.lines[first : first + 100]))
        keys = {line.split(":", 1)[0].strip().lower() for line in block if ":" in line}
        if not keys & self.TITLE_PAGE_KEYS:
            return {}
        return super()._parse_title_page()


def is_plain_cue(name: str) -> bool:
    """Whether the parser takes this line for a cue unasked; any other needs its @."""
    return bool(_Parser.CHARACTER_PATTERN.match(name) or _Parser.CHARACTER_EXTENSION_PATTERN.match(name))


def tokenise(text: str) -> tuple[dict[str, str], list[Token]]:
    """Title page (keys in lower case) and tokens of Fountain text, in order."""
    parser = _Parser()
    document = parser.parse(text)
    title_page = {key: _title_value(parser, value) for key, value in document.metadata.items()}
    tokens: list[Token] = []
    for element in document.elements:
        token = _token(element)
        if token is None:
            continue
        if token.kind == "dialogue" and tokens and tokens[-1].kind == "dialogue":
            _join(tokens[-1], token)
        else:
            tokens.append(token)
    for token in tokens:
        # The two-space line that keeps a speech open leaves an empty line at its end.
        token.text = token.text.rstrip("\n")
    return title_page, [t for t in tokens if t.text or t.kind != "dialogue"]


def _title_value(parser: FountainParser, value: str) -> str:
    return "\n".join(parser._extract_inline(line)[0] for line in value.split("\n")).translate(_RESTORE)


def _token(element: FountainElement) -> Token | None:
    kind = _KINDS.get(element.type)
    if kind is None:
        return None
    text = element.text.strip() if kind != "action" else element.text.rstrip()
    token = Token(kind, text, element.line_number)
    shift = len(element.text) - len(element.text.lstrip()) if kind != "action" else 0
    token.emphasis = [
        Emphasis(start=max(0, s.start - shift), end=max(0, s.end - shift), style=s.format_type)
        for s in element.formatting
    ]
    number = element.metadata.get("scene_number")
    token.number = number if isinstance(number, str) else None
    level = element.metadata.get("level")
    token.level = level if isinstance(level, int) else 0
    extension = element.metadata.get("extension")
    if isinstance(extension, str):
        token.extensions = [part.strip() for part in re.split(r"\)\s*\(", extension) if part.strip()]
    token.dual = bool(element.metadata.get("dual_dialogue"))
    if not any(mark in token.text for mark in (OPEN_NOTE, OPEN_BONEYARD, PLAIN)):
        token.text = token.text.translate(_RESTORE)
    else:
        # Restoring changes its length, so the styled runs would point at the wrong characters.
        token.text, token.emphasis = token.text.translate(_RESTORE), []
    return token


def _join(first: Token, second: Token) -> None:
    offset = len(first.text) + 1
    first.text = f"{first.text}\n{second.text}"
    first.emphasis = first.emphasis + [
        Emphasis(start=e.start + offset, end=e.end + offset, style=e.style) for e in second.emphasis
    ]
