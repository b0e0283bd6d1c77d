"""Tells character cues from other lines in capitals, by what stands under them and how often the name comes."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from backend.screenplay import heading_words, headings
from backend.screenplay.lines import Line

_MAX_LENGTH = 44
_EXTENSION = re.compile(r"\([^)]*\)?")
_NO_NAME = re.compile(
    r"^(?:THE END|CONTINUED|OMITTED|LATER|MOMENTS LATER|BACK TO|CUT|FADE|DISSOLVE|(?:EXTREME |MED(?:IUM|\.)? )?CLOSE"
    r"|ANGLE|INSERT|POV|REVERSE|WIDE(?:R)?\b|MONTAGE|SERIES OF|SUPER|TITLE|END OF|BEGIN|INTERCUT|FLASHBACK"
    r"|(?:MED(?:IUM|\.)? |LONG |FULL |TWO |CLOSE |TRACKING |MOVING |AERIAL |ESTABLISHING )SHOT|ON THE |SAME TIME"
    r"|FIN$|ACT (?:ONE|TWO|THREE|FOUR|FIVE|[IVX\d]+)\b|TEASER|CREDITS|DAY|NIGHT|MORNING|AFTERNOON|EVENING)",
)


@dataclass(frozen=True)
class Page:
    """How one document is laid out, in characters.

    `margin` is the left edge of action and `width` its usual full line; `speech_width` the widest usual line of
    dialogue. `names` counts the cues, `cue_column` is where the leftmost usual ones stand. `is_indented`: cues stand
    right of what is said; `has_flat_cues`: or on the same column; `is_cue_apart`: a blank line parts a cue from its
    speech; `is_solid`: the text has hardly a blank line.
    """

    margin: int
    width: int
    speech_width: int
    cue_column: int
    names: Counter[str]
    is_indented: bool
    has_flat_cues: bool
    is_cue_apart: bool
    is_solid: bool

    @property
    def has_cues(self) -> bool:
        return self.is_indented or self.has_flat_cues or self.is_cue_apart


def read(lines: list[Line]) -> Page:
    """Measures a document."""
    indents: Counter[int] = Counter()
    widths: list[int] = []
    indented: Counter[str] = Counter()
    flat: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    speech: list[int] = []
    columns: list[int] = []
    texts = 0
    for index, line in enumerate(lines):
        if line.is_blank:
            continue
        texts += 1
        text = line.text.strip()
        if line.kind:
            continue
        indent = indent_of(line)
        if len(text) >= 40:
            indents[indent] += 1
            widths.append(len(text))
        if not looks_like_name(text):
            continue
        below, gap = _below(lines, index)
        if below is None or below.kind or gap > 2 or looks_like_name(below.text.strip()):
            continue
        shift = indent - indent_of(below)
        if gap == 0:
            if shift >= 3:
                indented[base_name(text)] += 1
                columns.append(indent)
            elif not below.text.lstrip().startswith("("):
                flat[base_name(text)] += 1
            if len(below.text.strip()) <= 44:
                speech.append(len(below.text.strip()))
        elif shift >= 8 or shift == 0:
            apart[base_name(text)] += 1
    known = sum(n for n in indented.values() if n > 1)
    known_flat = sum(n for n in flat.values() if n > 1)
    known_apart = sum(n for n in apart.values() if n > 1)
    blanks = sum(1 for line in lines if line.is_blank)
    is_apart = known_apart > 2 * (known + known_flat) and known_apart >= 6
    names: Counter[str] = Counter()
    for counter in (indented, flat, *([apart] if is_apart else [])):
        names.update(counter)
    return Page(
        margin=indents.most_common(1)[0][0] if indents else 0,
        width=sorted(widths)[int(len(widths) * 0.9)] if widths else 60,
        speech_width=sorted(speech)[int(len(speech) * 0.9)] if speech else 36,
        cue_column=sorted(columns)[len(columns) // 10] if columns else 0,
        names=names,
        is_indented=sum(indented.values()) >= 2 and known + len(indented) >= 0.1 * (known_flat + 1),
        has_flat_cues=known_flat >= max(3, 0.1 * known),
        is_cue_apart=is_apart,
        is_solid=texts > 100 and blanks < 0.12 * len(lines),
    )


def is_cue(lines: list[Line], index: int, page: Page) -> bool:
    """Whether somebody speaks under this line."""
    line = lines[index]
    text = line.text.strip()
    if line.kind or not looks_like_name(text):
        return False
    below, gap = _below(lines, index)
    if below is None or below.kind:
        return False
    indent = indent_of(line)
    count = page.names[base_name(text)]
    if gap == 0:
        if looks_like_name(below.text.strip()) and page.names[base_name(below.text.strip())] > 1 and count < 2:
            return False
        return _is_over_speech(lines, index, below, page)
    if gap > (2 if page.is_cue_apart else 1):
        return False
    if not page.is_cue_apart:
        return below.text.lstrip().startswith("(") and count > 1 and page.is_indented and indent >= page.cue_column - 2
    return count > 1 or indent >= page.margin + 8


def _is_over_speech(lines: list[Line], index: int, below: Line, page: Page) -> bool:
    indent, under = indent_of(lines[index]), indent_of(below)
    count = page.names[base_name(lines[index].text.strip())]
    is_aside = below.text.lstrip().startswith("(")
    if page.is_indented and indent - under >= 3:
        return under > page.margin + 2 or count > 1 or is_aside
    if page.is_indented and indent >= page.cue_column - 2 > page.margin + 4 and (count > 1 or indent - under >= 3):
        return True
    if abs(indent - under) > 8 or (count < 4 and below.text.lstrip()[:1].islower()):
        return False
    above = index == 0 or lines[index - 1].is_blank or bool(lines[index - 1].kind)
    if not page.has_flat_cues:
        return above and count > 2
    if page.is_solid or not above:
        return count > 1
    return count > 1 or not page.is_indented


@lru_cache(maxsize=8192)
def looks_like_name(text: str) -> bool:
    """Short, in capitals outside parentheses, with a letter, and neither a heading nor a camera's or editor's word."""
    if len(text) > _MAX_LENGTH + 30 or text[:1] in "(.!>~#=[" or text[:1].islower():
        return False
    bare = _EXTENSION.sub("", text).rstrip("^ ").strip()
    # The small ß has no capital in most typefaces: GROßMANN is a name in capitals.
    letters = bare.replace("ß", "")
    return (
        bool(bare)
        and len(bare) <= _MAX_LENGTH
        and letters == letters.upper()
        and any(c.isalpha() for c in letters)
        and bare[-1] not in ":!?;,-–—"
        and not bare.endswith("...")
        and not (bare.endswith(".") and len(bare) > 16)
        and not _NO_NAME.match(bare)
        and not heading_words.TRANSITION.match(bare)
        and headings.candidate(bare) is None
    )


def base_name(text: str) -> str:
    """A cue without its extensions."""
    return " ".join(_EXTENSION.sub("", text).rstrip("^ ").split())


def indent_of(line: Line) -> int:
    """Columns before the first character."""
    return len(line.text) - len(line.text.lstrip(" "))


def _below(lines: list[Line], index: int) -> tuple[Line | None, int]:
    """The next line with text and the blank lines between; None past two blank lines."""
    for at in range(index + 1, min(len(lines), index + 4)):
        if not lines[at].is_blank:
            return lines[at], at - index - 1
    return None, 0
