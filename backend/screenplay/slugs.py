"""Finds the scene headings of a script by their form and surroundings, and writes them as forced Fountain headings."""

import dataclasses
import itertools
import re
from dataclasses import dataclass

from backend.screenplay import heading_parts, heading_words, headings, run_in
from backend.screenplay.counting import counted
from backend.screenplay.lines import Ledger, Line, blank_at

_LONE_NUMBER = re.compile(rf"^{headings.NUMBER}\.?$")
_FRENCH = re.compile(r"\b(?:le|la|les|des|est|dans|une|et|qui|elle|il)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|in|his|her|with|on)\b", re.IGNORECASE)
# No word of any language these scripts are in, unlike EST and I/A.
_INT_OR_EXT = re.compile(r"(?:INT|EXT)\b")
# A heading that ends so goes on below.
_OPEN_END = re.compile(r"(?:[-–—/,(]|\b(?:SHOT(?: OF)?|ON|OF|AND|THE|WITH|IN|AT|TO|FROM|DE|DU|DA|DO|ET|E|Y|UND))\s*$")
_SKIP = "!@>~=#("


@dataclass(frozen=True)
class _Habits:
    """How a script writes its headings: how many carry their number twice, a word before it, INT./EXT. behind."""

    twice: int
    labelled: int
    infix: int
    is_french: bool


def join_numbers(lines: list[Line]) -> list[Line]:
    """Scene numbers that stand on lines of their own, as a PDF copied to text leaves them, go back to their heading."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        number = (text.rstrip(".") if _LONE_NUMBER.match(text) else headings.label(text)) if text else None
        if number is None:
            out.append(line)
            index += 1
            continue
        at = _next_text(lines, index)
        found = headings.candidate(lines[at].text.strip()) if at is not None else None
        if at is None or found is None or not (found.is_prefixed or found.is_omitted) or found.number is not None:
            out.append(line)
            index += 1
            continue
        after = _next_text(lines, at)
        again = after is not None and lines[after].text.strip().rstrip(".") == number
        is_page_number = at > index + 1 and not again and headings.label(text) is None
        if is_page_number or text.endswith("."):
            out.append(line)
            index += 1
            continue
        end = lines[after].end if again and after is not None else lines[at].end
        out.append(Line(f"{text} {lines[at].text.strip()}{f' {number}' if again else ''}", line.start, end))
        index = (after if again and after is not None else at) + 1
        out.append(blank_at(out[-1]))
    return out


def find(lines: list[Line], ledger: Ledger) -> list[Line]:
    """Every recognised slugline becomes a line of kind "heading": `.TEXT #number#`, with blank lines around it."""
    found = {index: candidate for index in range(len(lines)) if (candidate := _candidate_at(lines, index))}
    numbered = _in_sequence(lines, found)
    habits = _habits(lines, found)
    out: list[Line] = []
    glued: list[int] = []
    divided: list[int] = []
    index = 0
    while index < len(lines):
        candidate = found.get(index)
        if index in numbered:
            candidate = numbered[index]
        elif candidate is None or not _accept(lines, index, candidate, habits):
            parts = run_in.divide(candidate.text) if candidate and candidate.has_dot else None
            if candidate and parts and _is_blank(lines, index - 1):
                divided.append(lines[index].start)
                index = _write_divided(out, lines, index, parts, candidate, ledger)
                continue
            out.append(lines[index])
            index += 1
            continue
        if not (_is_blank(lines, index - 1) and _is_blank(lines, index + 1)):
            glued.append(lines[index].start)
        end, candidate = _unwrap(lines, index, candidate)
        _write(out, Line(lines[index].text, lines[index].start, lines[end].end), candidate, ledger)
        index = end + 1
        if not _is_blank(lines, index):
            out.append(blank_at(out[-1]))
    if glued:
        message = counted(
            len(glued),
            "scene heading had no blank line around it; it was read as a heading.",
            "scene headings had no blank line around them; they were read as headings.",
        )
        ledger.warn(glued[0], "heading.glued", message, glued)
    if divided:
        message = counted(
            len(divided),
            "scene heading stood in one line with its action; they were divided.",
            "scene headings stood in one line with their action; they were divided.",
        )
        ledger.warn(divided[0], "heading.run_in", message, divided)
    return out


def _in_sequence(lines: list[Line], found: dict[int, headings.Candidate]) -> dict[int, headings.Candidate]:
    """Numbered lines in capitals whose number fits between the numbered headings around them."""
    numbered = [(i, _value(c.number)) for i, c in found.items() if c.number and (c.is_prefixed or c.is_infix)]
    known = [(i, value) for i, value in numbered if value is not None]
    rising = sum(1 for (_, a), (_, b) in itertools.pairwise(known) if a <= b <= a + 8)
    if len(known) < 8 or rising < 0.8 * (len(known) - 1):
        return {}
    out: dict[int, headings.Candidate] = {}
    position = 0
    for index, line in enumerate(lines):
        if position < len(known) and index >= known[position][0]:
            position += 1
        if index in found or line.is_blank:
            continue
        if not (_is_blank(lines, index - 1) and _is_blank(lines, index + 1)) and not headings.is_bare_slug(
            line.text.strip()
        ):
            continue
        parts = headings.numbered_line(line.text.strip())
        value = _value(parts[0]) if parts else None
        if parts is None or value is None or len(parts[1]) < 4 or headings.upper_share(parts[1]) < 0.85:
            continue
        before = known[position - 1][1] if position else 0
        after = known[position][1] if position < len(known) else before + 3
        if before <= value <= after:
            text = re.sub(rf"\s+{re.escape(parts[0])}\.?$", "", parts[1])
            out[index] = headings.Candidate(text=text, number=parts[0])
    return out


def _value(number: str | None) -> int | None:
    digits = re.search(r"\d+", number or "")
    return int(digits.group()) if digits else None


def force(line: Line, text: str, number: str | None) -> Line:
    """`line` as a forced Fountain heading."""
    clean = re.sub(r"[^A-Za-z0-9.\-]", "-", number).strip("-") if number else ""
    return Line(f".{text}" + (f" #{clean}#" if clean else ""), line.start, line.end, "heading")


def is_forced(text: str) -> bool:
    """A heading forced by its writer: a dot and then a letter or digit."""
    stripped = text.strip()
    return len(stripped) > 1 and stripped[0] == "." and stripped[1] != "." and stripped[1].isalnum()


def _write(out: list[Line], line: Line, found: headings.Candidate, ledger: Ledger) -> None:
    air(out, line)
    if found.transition:
        out.extend([Line(f"> {found.transition}", line.start, line.end, "transition"), blank_at(line)])
    # The second number and words such as SCENE are not written again.
    ledger.removed.append(line.text.replace(found.text, " ", 1))
    out.append(force(line, found.text, found.number))


def _write_divided(
    out: list[Line], lines: list[Line], index: int, parts: tuple[str, str], found: headings.Candidate, ledger: Ledger
) -> int:
    """The heading of a line, and its action as a paragraph of its own; returns the index to go on from."""
    line = lines[index]
    action, end = parts[1], index
    if not _is_blank(lines, index + 1):
        # The action goes on below: one line with it, because what is left of the first stops short.
        end = index + 1
        action = f"{action} {lines[end].text.strip()}"
    _write(out, line, dataclasses.replace(found, text=parts[0]), ledger)
    out.extend([blank_at(line), Line(" " * _indent(line) + action, line.start, lines[end].end)])
    return end + 1


def air(out: list[Line], line: Line) -> None:
    """A blank line before what comes next, where there is none."""
    if out and not out[-1].is_blank:
        out.append(blank_at(line))


def _unwrap(lines: list[Line], index: int, found: headings.Candidate) -> tuple[int, headings.Candidate]:
    """The last line of a heading that runs over its line's end, and the heading joined."""
    text = found.text
    end = index
    while end + 1 < len(lines) and end - index < 2 and _runs_on(lines, end, text):
        end += 1
        tail = lines[end].text.strip().rstrip("* ")
        if found.number and re.search(rf"\s{re.escape(found.number)}\.?$", tail):
            tail = tail[: -len(found.number)].rstrip()
        text = f"{text} {tail}"
    if end == index:
        return index, found
    return end, dataclasses.replace(found, text=text)


def _runs_on(lines: list[Line], end: int, text: str) -> bool:
    """Whether the line below belongs to the heading: upper case, directly below, with nothing below itself."""
    opens = bool(_OPEN_END.search(text))
    if headings.ends_in_time(text) and not opens:
        return False
    below = lines[end + 1]
    tail = below.text.strip()
    # In a text without blank lines, the time of day that was missing is the heading's end.
    ends = _is_blank(lines, end + 2) or (opens and headings.ends_in_time(tail) and not headings.ends_in_time(text))
    if not tail or not ends or len(tail) > 70 or len(text) < 24:
        return False
    is_other_half = re.match(rf"^{heading_words.PREFIX}\b", tail) and not text.rstrip()[-1].isalnum()
    if headings.candidate(tail) is not None and not is_other_half:
        return False
    shift = _indent(below) - _indent(lines[end])
    return headings.upper_share(tail) >= 0.95 and (opens or 0 <= shift <= 12) and not tail.endswith((":", "!", "?"))


def _candidate_at(lines: list[Line], index: int) -> headings.Candidate | None:
    text = lines[index].text.strip()
    # Cheap refusals first: most lines are prose, and this runs on every line of the script.
    if not text or text[0] in _SKIP or len(text) > 300 or (text[0] == "." and len(text) > 1 and text[1].isalpha()):
        return None
    return headings.candidate(text)


def _is_blank(lines: list[Line], index: int) -> bool:
    return index < 0 or index >= len(lines) or lines[index].is_blank


def _habits(lines: list[Line], found: dict[int, headings.Candidate]) -> _Habits:
    every = found.values()
    return _Habits(
        twice=sum(1 for c in every if c.is_numbered_twice),
        labelled=sum(1 for c in every if c.is_labelled),
        infix=sum(1 for index, c in found.items() if c.is_infix and _is_blank(lines, index - 1)),
        is_french=any(c.is_bare_est for c in every) and _is_french(lines),
    )


def _accept(lines: list[Line], index: int, found: headings.Candidate, habits: _Habits) -> bool:
    above, below = _is_blank(lines, index - 1), _is_blank(lines, index + 1)
    upper = found.upper_share
    if found.is_omitted:
        return found.number is not None or (above and below)
    if found.is_bare_est and (habits.is_french or heading_parts.split(found.text).time_of_day is None):
        # EST is a word in French: EST IL LÀ ? is no place.
        return False
    if found.is_infix:
        strict = 0.9 if found.number is None else 0.7
        # PLACE - INTERIOR NIGHT under running text: only where the script writes its headings so.
        is_usual = habits.infix >= 8 and headings.ends_in_time(found.text)
        return upper >= strict and (above or found.number is not None or is_usual)
    if not found.is_prefixed:
        if found.transition:
            # FADE IN: THE MILL - DAY
            return above
        if found.is_labelled:
            # SCENE 5 - THE BARN: a heading where the script labels its scenes so.
            return upper >= 0.6 and (above or below) and habits.labelled >= 3
        # Numbered at both margins without INT./EXT.: a scene only where the script numbers its scenes so.
        return upper >= 0.7 and habits.twice >= 3 and len(found.text) > 2
    if not above and not _is_settled(lines, index - 1):
        # Under running text, perhaps in a speech: only an unmistakable slugline.
        return (
            upper >= 0.9
            and (
                found.has_dot
                or found.number is not None
                or headings.ends_in_time(found.text)
                or bool(_INT_OR_EXT.match(found.text))
            )
            and heading_parts.split(found.text).location is not None
        )
    if below:
        return upper >= 0.5 or (found.has_dot and (found.number is not None or _is_short(found.text)))
    return upper >= 0.7 or (found.has_dot and found.number is not None)


def _is_short(text: str) -> bool:
    """A slugline in lower case is a few words, or some more with no full stop after them; a sentence is neither."""
    return len(text) <= 60 and (len(text.split()) <= 5 or not re.search(r"[a-z]\.$", text))


def _is_settled(lines: list[Line], index: int) -> bool:
    """A line that is no running text: a transition, or a day or page number without a letter."""
    if index < 0:
        return True
    text = lines[index].text.strip()
    if not any(c.isalpha() for c in text):
        return True
    return text.startswith(">") or bool(heading_words.TRANSITION.match(text))


def _next_text(lines: list[Line], index: int) -> int | None:
    """The next line with text, with at most one blank line between."""
    for at in range(index + 1, min(len(lines), index + 3)):
        if not lines[at].is_blank:
            return at
    return None


def _is_french(lines: list[Line]) -> bool:
    sample = "\n".join(line.text for line in lines[:2000])
    return len(_FRENCH.findall(sample)) > len(_ENGLISH.findall(sample))


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" "))
