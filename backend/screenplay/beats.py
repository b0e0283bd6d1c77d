"""Reads a scene's elements as beats: what is seen, what is said, and the marks between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backend.screenplay import durations, vocabulary
from backend.screenplay.models import Element, Scene
from backend.screenplay.sentences import sentences
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotSize, SpeechMode

# What one shot can hold: 8 seconds less the pause before the line, and the schema's 200 characters.
MAX_LINE_SECONDS = 7.0
# A longer sentence cannot be said in 8 seconds at any pace, so it alone is cut inside.
MAX_SENTENCE_WORDS = 28
MAX_LINE_CHARACTERS = 200
_PAUSES = re.compile(r"^(?:a |long |short )?(?:beat|pause|then|silence|more|cont['’]?d|continuing)\.?$", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[,;:—])\s+|\s+(?=--|—|–)|(?<=--)\s+")


@dataclass(frozen=True)
class Picture:
    """Something seen, mostly one sentence of action. `is_item` marks one item of a montage: a shot of its own."""

    text: str
    seconds: float
    elements: tuple[int, ...]
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None
    starts_shot: bool = False
    starts_paragraph: bool = False
    is_item: bool = False


@dataclass(frozen=True)
class Speech:
    """A stretch of one speech that one shot can hold, verbatim."""

    character: str
    text: str
    mode: SpeechMode
    delivery: str | None
    seconds: float
    elements: tuple[int, ...]
    is_dual: bool
    is_first: bool


@dataclass(frozen=True)
class Mark:
    """Something neither seen nor said: a transition, INTERCUT, a montage's title, text on screen.

    `ends_speech` marks a parenthetical after the last words of a speech.
    """

    elements: tuple[int, ...]
    transition: str | None = None
    screen_text: str | None = None
    is_intercut: bool = False
    ends_speech: bool = False


Beat = Picture | Speech | Mark


@dataclass
class _State:
    in_montage: bool = False
    carried: vocabulary.Cue | None = None
    carried_elements: list[int] = field(default_factory=list)


def read(scene: Scene) -> Iterator[Beat]:
    """The beats of a scene in order; every element index is in at least one of them."""
    state = _State(in_montage=bool(re.search(r"\b(?:MONTAGE|SERIES OF SHOTS)\b", scene.heading)))
    index = 0
    while index < len(scene.elements):
        element = scene.elements[index]
        if element.type == "character":
            end = index + 1
            while end < len(scene.elements) and scene.elements[end].type in ("dialogue", "parenthetical", "lyrics"):
                end += 1
            yield from _speech(scene.elements, index, end)
            index = end
            continue
        if element.type == "transition":
            yield Mark((index,), transition=element.text)
        elif element.type == "centered":
            yield Mark((index,), screen_text=element.text)
        elif element.text.strip():
            yield from _action(element.text, index, state)
        else:
            yield Mark((index,))
        index += 1
    if state.carried_elements:
        yield Mark(tuple(state.carried_elements))


def _action(text: str, index: int, state: _State) -> Iterator[Beat]:
    stripped = text.strip()
    montage = vocabulary.MONTAGE.match(stripped)
    if montage:
        state.in_montage = True
        yield Mark((index,))
        items = montage["rest"].split("\n", 1)
        if len(items) > 1:
            yield from _montage_items(items[1], index)
        return
    screen_text = vocabulary.SUPER.match(stripped)
    if screen_text:
        yield Mark((index,), screen_text=_unquote(screen_text["text"]))
        return
    if vocabulary.END_MONTAGE.match(stripped) and stripped == stripped.upper():
        state.in_montage = False
        yield Mark((index,))
    elif vocabulary.INTERCUT.match(stripped) and len(stripped) < 80:
        yield Mark((index,), is_intercut=True)
    elif vocabulary.MARKER.match(stripped):
        yield Mark((index,), transition=stripped if "CUT" in stripped or "FADE" in stripped else None)
    elif state.in_montage:
        yield from _montage_items(stripped, index)
    else:
        yield from _sentences(stripped, index, state)


def _montage_items(text: str, index: int) -> Iterator[Beat]:
    """One shot per bullet; a paragraph without bullets is one item."""
    items: list[str] = []
    for row in text.split("\n"):
        if vocabulary.BULLET.match(row) or not items:
            items.append(row)
        else:
            items[-1] += f" {row.strip()}"
    for item in items:
        body = " ".join(vocabulary.BULLET.sub("", item).split())
        if not body:
            continue
        cue = vocabulary.read_cue(body)
        seconds = min(durations.LONGEST, sum(durations.action_seconds(s) for s in sentences(body)))
        picture = Picture(cue.rest or body, seconds, (index,), cue.size, cue.angle, cue.movement)
        yield replace(picture, starts_shot=True, starts_paragraph=True, is_item=True)


def _sentences(text: str, index: int, state: _State) -> Iterator[Beat]:
    for number, sentence in enumerate(sentences(text)):
        screen_text = vocabulary.SUPER.match(sentence)
        if screen_text:
            yield Mark((index,), screen_text=_unquote(screen_text["text"]))
            continue
        cue = vocabulary.read_cue(sentence, is_first=number == 0)
        rest = cue.rest if re.search(r"\w", cue.rest) else ""
        if not rest:
            # WIDE SHOT. alone: it directs the sentence that follows.
            state.carried = cue
            state.carried_elements.append(index)
            continue
        size, angle, movement, starts = cue.size, cue.angle, cue.movement, cue.starts_shot
        if state.carried:
            size, angle = size or state.carried.size, angle or state.carried.angle
            movement, starts = movement or state.carried.movement, True
        elements = tuple(dict.fromkeys([*state.carried_elements, index]))
        state.carried, state.carried_elements = None, []
        is_label = cue.starts_shot and rest == rest.upper() and len(rest.split()) <= 6
        seconds = 0.5 if is_label else durations.action_seconds(rest)
        yield Picture(rest, seconds, elements, size, angle, movement, starts, number == 0)
    if state.carried_elements and index not in state.carried_elements:
        state.carried_elements.append(index)


def _speech(elements: list[Element], start: int, end: int) -> Iterator[Beat]:
    cue = elements[start]
    name = cue.character or cue.text
    mode = _mode(cue.extensions)
    # The cue, and parentheticals before a line, belong to the stretch that follows them.
    waiting = [start]
    delivery: str | None = None
    pause = durations.CUE_CHANGE_SECONDS
    chunks: list[Speech] = []
    for index in range(start + 1, end):
        element = elements[index]
        waiting.append(index)
        if element.type == "parenthetical":
            direction = element.text.strip().strip("()").strip()
            if _PAUSES.match(direction):
                pause += 1.0
            else:
                delivery = direction or None
            continue
        for text in _stretches(element.text):
            seconds = durations.speech_seconds(text) + pause
            chunks.append(Speech(name, text, mode, delivery, seconds, tuple(waiting), cue.dual, not chunks))
            waiting, pause = [index], 0.0
        waiting, delivery = [], None
    if not chunks:
        yield Mark(tuple(range(start, end)))
        return
    yield from chunks
    if waiting:
        yield Mark(tuple(waiting), ends_speech=True)


def _stretches(text: str) -> list[str]:
    """Whole sentences, as many as one shot holds; a sentence too long for any shot is cut between clauses."""
    out: list[str] = []
    may_join = False
    for sentence in sentences(text):
        if durations.word_count(sentence) > MAX_SENTENCE_WORDS:
            out.extend(_clauses(sentence))
            may_join = False
            continue
        joined = f"{out[-1]} {sentence}" if out else sentence
        if may_join and durations.speech_seconds(joined) <= MAX_LINE_SECONDS and len(joined) <= MAX_LINE_CHARACTERS:
            out[-1] = joined
        else:
            out.append(sentence)
        may_join = True
    return out


def _clauses(sentence: str) -> list[str]:
    out: list[str] = []
    for part in _CLAUSE.split(sentence):
        joined = f"{out[-1]} {part}" if out else part
        if out and durations.speech_seconds(joined) <= MAX_LINE_SECONDS:
            out[-1] = joined
        elif part:
            out.append(part)
    return out


def _mode(extensions: list[str]) -> SpeechMode:
    for extension in extensions:
        letters = re.sub(r"[^A-Z]", "", extension.upper())
        if letters.startswith(("VO", "VOICEOVER", "NARRAT", "PRELAP")) or "PRELAP" in letters:
            return "voice_over"
        if re.match(r"(?:OS|OC|OFF)(?![A-Z]*R)", letters) or re.match(
            r"(?:FILTERED|(?:OVER|ON|THROUGH)(?:THE)?(?:RADIO|TV|SPEAKER|INTERCOM|HEADSET|PA))", letters
        ):
            return "off_screen"
    return "on_screen"


def _unquote(text: str) -> str:
    return " ".join(text.split()).strip("\"“”' ")
