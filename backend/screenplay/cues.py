"""Tells character cues from other lines in capitals, by what stands under them and how often the name comes."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from backend.screenplay import heading_words, headings
from backend.screenplay.lines import Line

_MAX_LENGTH = 44
_EXTENSION = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_ASIDE = re.compile(r"^\s*\(")
NUMBER_WORD = r"(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|[IVX]+|\d+)"
_NO_NAME = re.compile(
    r"^(?:(?:THE END|CONTINUED|OMITTED|LATER|MOMENTS LATER|BACK TO|CUT(?:TING)?|FADES?|DISSOLVES?|CAMERA|PULLS? BACK"
    r"|(?:EXTREME |MED(?:IUM|\.)? )?CLOSE(?:R| ?UP)?|ANGLE|INSERT|POV|REVERSE|WIDER?|MONTAGE|SERIES OF|VARIOUS SHOTS"
    r"|SUPERS?|SUPER(?:IMPOSE|TITLE)[DS]?|(?:SUB)?TITLES?|END OF|BEGIN(?:NING)?|INTERCUT|FLASHBACK"
    r"|(?:MED(?:IUM|\.)? |LONG |FULL |TWO |CLOSE |TRACKING |MOVING |AERIAL |ESTABLISHING )SHOT|ON THE|SAME TIME"
    rf"|(?:ACT|DAY|NIGHT) {NUMBER_WORD}|TEASER|CREDITS?)\b"
    r"|(?:FIN|DAY|NIGHT|MORNING|AFTERNOON|EVENING)\b(?! [A-Z]))"
    # HIS POV; a sign or caption: SUBTITLE: FLORIDA, "WELCOME TO TOWN
    r"|\bP\.? ?O\.? ?V\.?$|:|^[\"“][^\"”]*$|^[\"“][^\"”]* [^\"”]*[\"”]$",
)


@dataclass(frozen=True)
class Page:
    """How one document is laid out, in characters.

    `margin` is the left edge of action and `width` its usual full line; `speech_width` the widest usual line of
    dialogue and `speech_column` the usual left edge of it. `names` counts the cues, `cue_column` is where the leftmost
    usual ones stand. `is_indented`: cues stand
    right of what is said; `has_flat_cues`: or on the same column; `is_cue_apart`: a blank line parts a cue from its
    speech; `is_solid`: the text has hardly a blank line; `is_narrow`: without indents, yet speech is set narrower than
    action; `is_wrapped`: sentences run on from line to line, as a typewriter sets them.
    """

    margin: int
    width: int
    speech_width: int
    speech_column: int
    cue_column: int
    names: Counter[str]
    is_indented: bool
    has_flat_cues: bool
    is_cue_apart: bool
    is_solid: bool
    is_narrow: bool
    is_wrapped: bool

    @property
    def has_cues(self) -> bool:
        return self.is_indented or self.has_flat_cues or self.is_cue_apart


def read(lines: list[Line]) -> Page:
    """Measures a document."""
    widths: list[int] = []
    indented: Counter[str] = Counter()
    flat: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    speech: list[int] = []
    wide = broken = 0
    columns: list[int] = []
    said_at: list[tuple[str, int]] = []
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
            widths.append(len(text))
            broken += index + 1 < len(lines) and lines[index + 1].text.lstrip()[:1].islower()
        if not looks_like_name(text):
            continue
        below, gap = _below(lines, index)
        if below is None or below.kind or gap > 2 or looks_like_name(below.text.strip()):
            continue
        under = _said_at(lines, index + 1 + gap)
        shift = indent - under
        if gap == 0:
            if shift >= 3:
                indented[base_name(text)] += 1
                columns.append(indent)
                said_at.append((base_name(text), under))
            elif not _ASIDE.match(below.text):
                flat[base_name(text)] += 1
            wide += len(below.text.strip()) > 44
            if len(below.text.strip()) <= 44:
                speech.append(len(below.text.strip()))
        elif shift >= 8 or shift == 0:
            apart[base_name(text)] += 1
    known = sum(n for n in indented.values() if n > 1)
    known_flat = sum(n for n in flat.values() if n > 1)
    known_apart = sum(n for n in apart.values() if n > 1)
    blanks = sum(1 for line in lines if line.is_blank)
    is_apart = known_apart > 2 * (known + known_flat) and known_apart >= 6
    speech_columns = Counter(column for name, column in said_at if indented[name] > 1)
    names: Counter[str] = Counter()
    for counter in (indented, flat, *([apart] if is_apart else [])):
        names.update(counter)
    width = sorted(widths)[int(len(widths) * 0.9)] if widths else 60
    speech_width = sorted(speech)[int(len(speech) * 0.9)] if speech else 36
    is_indented = sum(indented.values()) >= 2 and known + len(indented) >= 0.1 * (known_flat + 1)
    return Page(
        margin=left_margin(lines),
        width=width,
        speech_width=speech_width,
        speech_column=speech_columns.most_common(1)[0][0] if speech_columns else 0,
        cue_column=sorted(columns)[len(columns) // 10] if columns else 0,
        names=names,
        is_indented=is_indented,
        has_flat_cues=known_flat >= max(3, 0.1 * known),
        is_cue_apart=is_apart,
        is_solid=texts > 100 and blanks < 0.12 * len(lines),
        is_narrow=not is_indented and speech_width + 12 <= width <= 75 and wide < 0.1 * len(speech),
        is_wrapped=width <= 80 and broken >= max(20, 0.25 * len(widths)),
    )


def left_margin(lines: list[Line]) -> int:
    """Where action begins: the leftmost edge at which a good part of the long lines stand."""
    indents = Counter(indent_of(line) for line in lines if not line.kind and len(line.text.strip()) >= 40)
    return min((at for at, count in indents.items() if count >= 0.2 * indents.total()), default=0)


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
    if not page.is_cue_apart:
        # A blank line too many, under a name in its usual place.
        return gap == 1 and page.is_indented and count > 1 and page.margin + 4 < page.cue_column - 2 <= indent
    return count > 1 or (gap <= 2 and indent >= page.margin + 8)


def _is_over_speech(lines: list[Line], index: int, below: Line, page: Page) -> bool:
    indent, under = indent_of(lines[index]), _said_at(lines, index + 1)
    count = page.names[base_name(lines[index].text.strip())]
    above = index == 0 or lines[index - 1].is_blank or bool(lines[index - 1].kind)
    is_aside = bool(_ASIDE.match(below.text))
    if count < 2 and not above and headings.upper_share(lines[index - 1].text) == 1.0:
        # The second line of a sign or title in capitals.
        return False
    is_speech_column = under == page.speech_column != page.margin
    if page.is_indented and indent - under >= 3:
        return under > page.margin + 2 or is_speech_column or count > 1 or is_aside
    if page.is_indented and indent >= page.cue_column - 2 > page.margin + 4 and (count > 1 or indent - under >= 3):
        return True
    if above and is_speech_column and (indent == under or count > 2):
        # A name too long for the column of names stands in that of speech; one was typed at the margin.
        return True
    if abs(indent - under) > 8 or (count < 4 and below.text.lstrip()[:1].islower()):
        return False
    if not page.has_flat_cues:
        return above and count > 2
    if page.is_solid or not above:
        return count > 1
    return count > 1 or not page.is_indented


@lru_cache(maxsize=8192)
def looks_like_name(text: str) -> bool:
    """Short, in capitals outside parentheses, with a letter, and neither a heading nor a camera's or editor's word."""
    if len(text) > _MAX_LENGTH + 30 or text[:1] in "(.!>~#=[-" or text[:1].islower():
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
        and ")" not in bare
        and not bare.endswith("...")
        and not (bare.endswith(".") and len(bare) > 16)
        and not _NO_NAME.search(bare)
        and not heading_words.TRANSITION.match(bare)
        and headings.candidate(bare) is None
        and not headings.is_bare_slug(bare)
    )


def base_name(text: str) -> str:
    """A cue without its extensions."""
    return " ".join(_EXTENSION.sub("", text).rstrip("^ ").split())


def indent_of(line: Line) -> int:
    """Columns before the first character."""
    return len(line.text) - len(line.text.lstrip(" "))


def _below(lines: list[Line], index: int) -> tuple[Line | None, int]:
    """The next line with text and the blank lines between; None past four blank lines."""
    for at in range(index + 1, min(len(lines), index + 6)):
        if not lines[at].is_blank:
            return lines[at], at - index - 1
    return None, 0


def _said_at(lines: list[Line], index: int) -> int:
    """Where what is said begins, from the line under a name on: past the parenthetical."""
    is_open = False
    for line in lines[index : index + 5]:
        if line.is_blank or line.kind:
            break
        if not is_open and not _ASIDE.match(line.text):
            return indent_of(line)
        is_open = ")" not in line.text
    return indent_of(lines[index])
