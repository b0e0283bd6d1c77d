"""Reads speeches: a cue, its parentheticals and all that is said under it, which no shot divides."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from backend.screenplay import durations
from backend.screenplay.models import Element
from backend.screenplay.shotlist import SpeechMode, SpokenLine

_SPOKEN: frozenset[str] = frozenset({"dialogue", "parenthetical", "lyrics"})
_PAUSES = re.compile(
    r"^(?:(?:a |another |long |short |un |uma? |une |ein )?"
    r"(?:beat|pause|pausa|then|silence|silêncio|silencio|stille|temps|batida|more|cont['’]?d|continuing|suite))\.?$",
    re.IGNORECASE,
)

# A MALE VOICE, a VOICE ON THE RADIO, the TV: nobody is seen. A TV REPORTER and a VOICE COACH are.
_UNSEEN = re.compile(
    r"^(?:THE |A )?(?:VOICES?|VOIX|VOZ|VOZES|VOCES|VOCE|STIMMEN?) (?:ON|OF|OVER|FROM|IN|AT|DE|DU|DA|DO|DEL|AUS)\b"
    r"|\b(?:VOICES?|VOIX|VOZ|VOCE|STIMME|RADIO|TV|TELEVISION|INTERCOM|LOUDSPEAKER|ANSWERING MACHINE)(?: #?\d+)?$"
)


@dataclass(frozen=True)
class Speech:
    """One whole speech, or the part of it that a person left to us.

    `lines` is what is said: one line under each parenthetical, words with single spaces, verbatim. `elements` are the
    cue, the parentheticals and the words; `dual` marks a side of simultaneous dialogue.
    """

    character: str
    lines: tuple[SpokenLine, ...]
    seconds: float
    elements: tuple[int, ...]
    is_dual: bool

    @property
    def mode(self) -> SpeechMode:
        return self.lines[0].mode


def end_of_speech(elements: Sequence[Element], start: int) -> int:
    """Where the speech that begins at `start` ends, exclusive; `start` itself when none begins there."""
    first = elements[start]
    if first.type != "character" and not (first.type in _SPOKEN and first.character):
        return start
    end = start + 1
    while end < len(elements) and elements[end].type in _SPOKEN and elements[end].character == first.character:
        end += 1
    return end


def spans(elements: Sequence[Element]) -> list[tuple[int, int]]:
    """(start, end) of every speech, end exclusive."""
    out: list[tuple[int, int]] = []
    index = 0
    while index < len(elements):
        end = end_of_speech(elements, index)
        if end > index:
            out.append((index, end))
        index = max(end, index + 1)
    return out


def speech(elements: Sequence[Element], start: int, end: int, *, within: Container[int] | None = None) -> Speech | None:
    """The speech of `elements[start:end]`; None when nothing is said under its cue.

    With `within` only those of its elements, unless none of its words are among them: then the whole.
    """
    everything = range(start, end)
    wanted = [index for index in everything if within is None or index in within]
    lines = _lines(elements, everything, wanted)
    if not lines:
        # Somebody else's shot holds the words: this is who speaks there.
        wanted = [index for index in everything if index not in wanted] if within is not None else wanted
        lines = _lines(elements, everything, wanted)
    if not lines:
        return None
    pauses = sum(1 for index in wanted if _PAUSES.match(_direction(elements[index])))
    said = durations.speech_seconds(" ".join(line.line for line in lines))
    first = elements[start]
    return Speech(
        character=first.character or first.text,
        lines=tuple(lines),
        seconds=said + durations.CUE_CHANGE_SECONDS + pauses,
        elements=tuple(wanted),
        is_dual=first.dual,
    )


def _lines(elements: Sequence[Element], everything: range, wanted: Sequence[int]) -> list[SpokenLine]:
    first = elements[everything.start]
    mode = _mode(first.extensions, first.character or first.text)
    lines: list[SpokenLine] = []
    directions: list[str] = []
    is_new = True
    for index in everything:
        element = elements[index]
        text = " ".join(element.text.split())
        if element.type == "parenthetical":
            direction = _direction(element)
            if direction and not _PAUSES.match(direction):
                # What follows is said anew, in another way. A pause alone divides nothing.
                directions.append(direction)
                is_new = True
        elif element.type == "character" or not text:
            continue
        elif index not in wanted:
            directions, is_new = [], True
        elif is_new:
            name = first.character or first.text
            lines.append(SpokenLine(character=name, line=text, mode=mode, delivery="; ".join(directions) or None))
            directions, is_new = [], False
        else:
            lines[-1] = lines[-1].model_copy(update={"line": f"{lines[-1].line} {text}"})
    if lines and directions:
        # A parenthetical after the last words.
        delivery = "; ".join(filter(None, [lines[-1].delivery, *directions]))
        lines[-1] = lines[-1].model_copy(update={"delivery": delivery})
    return lines


def _direction(element: Element) -> str:
    return " ".join(element.text.split()).strip("()").strip() if element.type == "parenthetical" else ""


def _mode(extensions: list[str], name: str) -> SpeechMode:
    for extension in extensions:
        letters = re.sub(r"[^A-Z]", "", extension.upper())
        if letters.startswith(("VO", "NARRAT", "PRELAP")) or "PRELAP" in letters:
            return "voice_over"
        if re.match(r"(?:OS|OC|OFF|HC|HORSCHAMP|FC|FUERADECAMPO|FUORICAMPO)(?![A-Z]*R)", letters) or re.match(
            r"(?:FILTERED|(?:OVER|ON|THROUGH)(?:THE)?(?:RADIO|TV|SPEAKER|INTERCOM|HEADSET|PA))", letters
        ):
            return "off_screen"
    return "off_screen" if _UNSEEN.search(name.upper()) else "on_screen"
