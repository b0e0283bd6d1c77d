"""What to do with a script that has no headings: weaker signs of a new scene, each tried in turn and said so."""

import itertools
import re
from collections import Counter

from backend.screenplay import cues, heading_words, headings, slugs
from backend.screenplay.counting import counted
from backend.screenplay.lines import Ledger, Line

# A page has about this many lines with text on it.
_LINES_PER_PAGE = 36
_PAGES_PER_HEADING = 8
_POINT_OF_VIEW = re.compile(r"\bP\.?O\.?V\b")
# LATER and CONTINUOUS stand over other things than scenes.
_TIME_OF_DAY = re.compile(
    rf"[-–—.]\s*(?:(?!LATER|CONTINU|SAME|MOMENTS)(?:{heading_words.TIME_WORDS}))[\s.]*$", re.IGNORECASE
)
_CAMERA = re.compile(
    r"^(?:(?:EXTREME |MED(?:IUM|\.)? )?CLOSE|ANGLE|INSERT|REVERSE|WIDE|WIDER|BACK TO|POV\b|TRACK|PAN\b|CUT\b|FADE|SUPER"
    r"|TITLE|INTERCUT|END\b|THE END|FIN\b|BEGIN|SERIES OF|CONTINUED|(?:LONG|FULL|TWO|MOVING|MEDIUM|MED\.?) SHOT|OMITTED"
    r"|CREDITS|LATER\b|BLACK\b|ON\b|DISSOLVE|CORTA|CORTE|FONDU|SCHNITT|C\.?U\.?\b|SHOT\b|PULL\b|SUBTITLE"
    rf"|CAPTION|ARCHIVAL|TEASER|(?:ACT|PART|CHAPTER) {cues.NUMBER_WORD}\b)"
)
# What its writer has already called something else.
_MARKS = ("!", "#", "=", "@", "~", ">", ".", "[[")
_ENDS = (":", "!", "?", "...", ",", ";", "--", "—")


def climb(lines: list[Line], ledger: Ledger, *, is_fountain: bool = False) -> list[Line]:
    """Lines with more headings, where there is less than one in about eight pages.

    PLACE - DAY is a heading among others too; not in Fountain, whose writer had other marks for it.
    """
    bare = _bare_slugs(lines)
    first = next((i for i, line in enumerate(lines) if _is_heading(line) and not _is_bare(line)), len(lines))
    if bare and min(bare) < first:
        return _make_bare(lines, bare | _after_transitions(lines, upper_only=True), ledger)
    wanted = sum(1 for line in lines if not line.is_blank) / (_LINES_PER_PAGE * _PAGES_PER_HEADING)
    have = sum(1 for line in lines if _is_heading(line))
    bare = set() if is_fountain else _places_by_day(lines, bare)
    if have + len(bare) >= max(1.0, wanted):
        return _make_bare(lines, bare, ledger) if bare else lines
    for found, (one, many) in (
        (_numbered(lines), ("numbered line", "numbered lines")),
        (_upper_case(lines), ("upper-case line alone over action", "upper-case lines alone over action")),
        (_after_transitions(lines), ("line after a transition", "lines after a transition")),
        (
            _upper_case(lines, over_speech=True),
            ("upper-case line alone over action or a name", "upper-case lines alone over action or a name"),
        ),
    ):
        if len(found) >= max(1.0, wanted - have, 2 * have):
            known = counted(have, "scene heading", "scene headings") if have else "no scene heading"
            read = counted(len(found), f"{one} was read as a heading", f"{many} were read as headings")
            message = f"The script has {known}: {read}."
            return _make_headings(lines, found, ledger, message)
    return lines


def _make_bare(lines: list[Line], found: set[int], ledger: Ledger) -> list[Line]:
    message = counted(
        len(found),
        "upper-case slug line without INT./EXT. was read as a scene heading.",
        "upper-case slug lines without INT./EXT. were read as scene headings.",
    )
    return _make_headings(lines, found, ledger, message)


def _is_heading(line: Line) -> bool:
    return line.kind == "heading" or slugs.is_forced(line.text)


def _is_bare(line: Line) -> bool:
    """A heading that stood behind FADE IN: without an INT. of its own."""
    return (
        line.kind == "heading" and headings.PREFIXED.match(line.text[1:]) is None and headings.is_bare_slug(line.text)
    )


def _make_headings(lines: list[Line], found: set[int], ledger: Ledger, message: str) -> list[Line]:
    starts = [lines[index].start for index in sorted(found)]
    ledger.warn(starts[0], "headings.inferred", message, starts)
    out: list[Line] = []
    for index, line in enumerate(lines):
        if index not in found:
            out.append(line)
            continue
        text = line.text.strip()
        numbered = headings.numbered_line(_bare(text))
        number = None
        if numbered and headings.upper_share(numbered[1]) >= 0.7:
            number, text = numbered
            if re.search(rf"\s{re.escape(number)}\.?$", text):
                text = re.sub(rf"\s+{re.escape(number)}\.?$", "", text)
            ledger.removed.append(line.text.replace(text, " ", 1))
        slugs.air(out, line)
        out.append(slugs.force(line, text, number))
    return out


def _bare(text: str) -> str:
    """(12) THE BARN is 12 THE BARN."""
    return re.sub(r"^\((\w{1,6})\)\s+", r"\1 ", text.strip())


def _stands_alone(lines: list[Line], index: int) -> bool:
    line = lines[index]
    if line.is_blank or line.kind or line.text.lstrip().startswith(_MARKS):
        return False
    above = index == 0 or lines[index - 1].is_blank
    return above and (index + 1 >= len(lines) or lines[index + 1].is_blank)


def _bare_slugs(lines: list[Line]) -> set[int]:
    """PLACE - DAY lines."""
    return {
        i
        for i, line in enumerate(lines)
        if _stands_alone(lines, i) and headings.is_bare_slug(line.text.strip()) and not _CAMERA.match(line.text.strip())
    }


def _places_by_day(lines: list[Line], found: set[int]) -> set[int]:
    """PLACE - DAY lines of a script that has INT. and EXT. too, without those that begin with who is seen."""
    names = _names(lines)
    return {i for i in found if _TIME_OF_DAY.search(lines[i].text) and not _is_seen(lines[i].text, names)}


def _is_seen(text: str, names: set[str]) -> bool:
    """MARA AND OTTO - DAY, OTTO IN HIS CAR - DAY, HIS POV - DAY, 20,000 FT. - DAY."""
    words = text.strip().split()
    if not words[0][0].isalpha() or _POINT_OF_VIEW.search(text):
        return True
    return any(" ".join(words[:length]) in names for length in range(1, 4))


def _numbered(lines: list[Line]) -> set[int]:
    """Upper-case lines whose numbers count up."""
    found: list[tuple[int, int]] = []
    for index in range(len(lines)):
        if not _stands_alone(lines, index):
            continue
        numbered = headings.numbered_line(_bare(lines[index].text))
        if numbered and len(numbered[1]) > 2 and headings.upper_share(numbered[1]) >= 0.8:
            digits = re.sub(r"\D", "", numbered[0])
            found.append((index, int(digits)))
    rising = sum(1 for (_, a), (_, b) in itertools.pairwise(found) if a <= b <= a + 20)
    return {index for index, _ in found} if len(found) >= 3 and rising >= 0.7 * (len(found) - 1) else set()


def _upper_case(lines: list[Line], *, over_speech: bool = False) -> set[int]:
    """Upper-case lines alone between blank lines, with action below or, with `over_speech`, the name of a speaker."""
    out: set[int] = set()
    names = _names(lines)
    for index, line in enumerate(lines):
        text = line.text.strip()
        if cues.base_name(text) in names:
            continue
        if not (3 <= len(text) <= 60) or not _stands_alone(lines, index):
            continue
        if headings.upper_share(text) < 0.95 or text.endswith(_ENDS) or text[0] in '("“@>~[-!#=':
            continue
        if _CAMERA.match(text) or heading_words.TRANSITION.match(text) or not re.search(r"[^\W\d_]{3}", text):
            continue
        below = next((other for other in lines[index + 1 : index + 4] if not other.is_blank), None)
        if below is None or below.kind:
            continue
        is_speaker = over_speech and cues.base_name(below.text.strip().lstrip("@")) in names
        if headings.upper_share(below.text) < 0.8 or is_speaker:
            out.add(index)
    return out


def _names(lines: list[Line]) -> set[str]:
    """Who speaks more than once."""
    counts: Counter[str] = Counter()
    for index, line in enumerate(lines[:-1]):
        text = line.text.strip().lstrip("@")
        if not line.kind and not lines[index + 1].is_blank and cues.looks_like_name(text):
            counts[cues.base_name(text)] += 1
    return {name for name, count in counts.items() if count > 1}


def _after_transitions(lines: list[Line], *, upper_only: bool = False) -> set[int]:
    """The first line after each transition; with `upper_only`, only where it is in capitals."""
    out: set[int] = set()
    previous = ""
    for index, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            continue
        if (
            _is_transition(previous)
            and not _is_transition(text)
            and not (upper_only and (_CAMERA.match(text) or text.endswith(_ENDS)))
            and _stands_alone(lines, index)
            and (headings.upper_share(text) == 1.0 if upper_only else len(text) <= 60 and not text.endswith("."))
        ):
            out.add(index)
        previous = text
    return out


def _is_transition(text: str) -> bool:
    return text.startswith(">") or bool(heading_words.TRANSITION.match(text))
