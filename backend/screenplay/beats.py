"""Reads a scene's elements as beats: what is seen, what is said, and the marks between."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace

from backend.screenplay import durations, vocabulary
from backend.screenplay.models import Scene
from backend.screenplay.sentences import sentences
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotSize
from backend.screenplay.speeches import Speech, end_of_speech, speech


@dataclass(frozen=True)
class Picture:
    """Something seen, mostly one sentence of action.

    `is_label` marks one that only names what the next shows (ON MARA); `is_item` one item of a montage, which is a
    shot of its own.
    """

    text: str
    seconds: float
    elements: tuple[int, ...]
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None
    starts_shot: bool = False
    starts_paragraph: bool = False
    is_label: bool = False
    is_item: bool = False


@dataclass(frozen=True)
class Mark:
    """Something neither seen nor said: a transition, INTERCUT, a montage's title, text on screen, a silent cue.

    `is_cut` marks one after which we are somewhere else, or at another time: BACK TO SCENE, LATER. `is_intercut` says
    that an intercut begins, or ends.
    """

    elements: tuple[int, ...]
    transition: str | None = None
    screen_text: str | None = None
    is_cut: bool = False
    is_intercut: bool | None = None


Beat = Picture | Speech | Mark


@dataclass
class _State:
    in_montage: bool = False
    carried: vocabulary.Cue | None = None
    carried_elements: list[int] = field(default_factory=list)


def read(scene: Scene, *, within: Container[int] | None = None) -> Iterator[Beat]:
    """The beats of a scene in order; every element index is in at least one of them.

    A speech of which only a part is `within` is read as that part and a mark, so that a shot may hold that part alone.
    """
    state = _State(in_montage=bool(vocabulary.MONTAGE_HEADING.search(scene.heading)))
    index = 0
    while index < len(scene.elements):
        element = scene.elements[index]
        if (end := end_of_speech(scene.elements, index)) > index:
            spoken = speech(scene.elements, index, end, within=within)
            if spoken is None or len(spoken.elements) < end - index:
                kept = () if spoken is None else spoken.elements
                yield Mark(tuple(other for other in range(index, end) if other not in kept))
            if spoken is not None:
                yield spoken
            index = end
            continue
        if element.type == "transition":
            yield Mark((index,), transition=element.text)
        elif element.type == "centered":
            yield Mark((index,), screen_text=element.text)
        elif element.text.strip():
            yield from _action(element.text, index, state, is_shot=element.type == "shot")
        else:
            yield Mark((index,))
        index += 1
    if state.carried_elements:
        yield Mark(tuple(state.carried_elements))


def _action(text: str, index: int, state: _State, *, is_shot: bool) -> Iterator[Beat]:
    stripped = text.strip()
    montage = vocabulary.MONTAGE.match(stripped)
    if montage:
        state.in_montage = True
        yield Mark((index,))
        items = montage["rest"].split("\n", 1)
        if len(items) > 1:
            yield from _montage_items(items[1], index)
        return
    if vocabulary.INTO_MONTAGE.match(stripped):
        state.in_montage = True
        yield Mark((index,), is_cut=True)
        return
    screen_text = vocabulary.SUPER.match(stripped)
    if screen_text:
        yield Mark((index,), screen_text=_unquote(screen_text["text"]))
        return
    if vocabulary.SUPER_LABEL.match(stripped):
        yield Mark((index,))
    elif vocabulary.END_MONTAGE.match(stripped) and stripped == stripped.upper():
        state.in_montage = False
        yield Mark((index,), is_cut=True, is_intercut=False)
    elif vocabulary.TIME_JUMP.match(stripped) or vocabulary.BACK_TO.match(stripped):
        yield Mark((index,), is_cut=True)
    elif vocabulary.INTERCUT.match(stripped) and len(stripped) < 80:
        yield Mark((index,), is_intercut=True)
    elif vocabulary.MARKER.match(stripped):
        yield Mark((index,), transition=stripped if vocabulary.TRANSITION.search(stripped) else None)
    elif state.in_montage:
        yield from _montage_items(stripped, index)
    else:
        yield from _sentences(stripped, index, state, is_shot=is_shot)


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


def _sentences(text: str, index: int, state: _State, *, is_shot: bool) -> Iterator[Beat]:
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
        starts = starts or (is_shot and number == 0)
        is_label = starts and rest == rest.upper() and len(rest.split()) <= 6
        seconds = 0.5 if is_label else durations.action_seconds(rest)
        yield Picture(rest, seconds, elements, size, angle, movement, starts, number == 0, is_label)
    if state.carried_elements and index not in state.carried_elements:
        state.carried_elements.append(index)


def _unquote(text: str) -> str:
    return " ".join(text.split()).strip("\"“”' ")
