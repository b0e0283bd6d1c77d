"""Breaks a scene down into shots by rule: deterministic, in the script's own words, without a language model."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.screenplay import coverage, durations
from backend.screenplay.beats import Mark, Picture, Speech, read
from backend.screenplay.cast import NameFinder, characters, has_pronoun, location_key
from backend.screenplay.models import Scene, Screenplay
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotDraft, ShotSize, SpokenLine

MAX_LINES = 3
MAX_SENTENCES = 3
MAX_DESCRIPTION = 600
# Action shots are filled to about this; a short action before a line is played with the line.
_ACTION_TARGET = 5.5
_SHORT_ACTION = 3.0
# A line this short is thrown in: it joins the shot of the line before.
_QUICK_LINE = 2.6


@dataclass
class _Shot:
    """A shot being filled."""

    pictures: list[str] = field(default_factory=list)
    lines: list[SpokenLine] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    action_seconds: float = 0.0
    speech_seconds: float = 0.0
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None
    screen_text: str | None = None
    transition: str | None = None
    is_dual: bool = False
    is_closed: bool = False
    is_item: bool = False
    is_intercut: bool = False

    @property
    def is_voice_over(self) -> bool:
        return bool(self.lines) and all(line.mode == "voice_over" for line in self.lines)

    @property
    def seconds(self) -> float:
        if self.is_voice_over:
            return max(self.action_seconds, self.speech_seconds)
        return self.action_seconds + self.speech_seconds

    @property
    def speakers(self) -> list[str]:
        return list(dict.fromkeys(line.character for line in self.lines))

    def cover(self, elements: Sequence[int]) -> None:
        self.elements.extend(index for index in elements if index not in self.elements)


def break_down(scene: Scene, *, cast: Sequence[str] = (), is_new_location: bool = True) -> list[ShotDraft]:
    """Shots of one scene, in order.

    `cast` names people the scene may show without their speaking in it (see `cast.characters`); without it only the
    scene's own cues and introductions are known. `is_new_location` opens the scene on an establishing or wide shot.
    Every element is covered, every speech is verbatim in consecutive shots, an omitted scene gives no shots.
    """
    if scene.is_omitted:
        return []
    shots = _Builder(NameFinder(cast, scene)).build(scene)
    if not shots:
        shots = [_Shot(pictures=[coverage.place(scene)], action_seconds=4.0)]
    directed = coverage.direct([_as_material(shot) for shot in shots], scene, is_new_location=is_new_location)
    lengths = durations.fit(
        [min(durations.LONGEST, shot.seconds) for shot in shots],
        [" ".join(line.line for line in shot.lines) for shot in shots],
        scene.eighths,
    )
    return [
        _draft(scene, shot, direction, length) for shot, direction, length in zip(shots, directed, lengths, strict=True)
    ]


def break_down_screenplay(screenplay: Screenplay) -> list[list[ShotDraft]]:
    """Shots of every scene, one list per scene, with the whole cast known and places recognised when they return."""
    names = [counted.name for counted in characters(screenplay)]
    out: list[list[ShotDraft]] = []
    previous: tuple[str | None, str] | None = None
    for scene in screenplay.scenes:
        # The yard of a house is another picture than its kitchen, even under one name.
        key = (scene.int_ext, location_key(scene))
        out.append(break_down(scene, cast=names, is_new_location=key != previous))
        previous = previous if scene.is_omitted else key
    return out


class _Builder:
    """Fills shots beat by beat."""

    def __init__(self, names: NameFinder) -> None:
        self._names = names
        self._shots: list[_Shot] = []
        self._pending: list[int] = []
        self._pending_text: str | None = None
        self._last_named: list[str] = []
        self._is_intercut = False
        # The first shot with a line: the scene's master, which may hold question and answer.
        self._opening: _Shot | None = None

    def build(self, scene: Scene) -> list[_Shot]:
        for beat in read(scene):
            if isinstance(beat, Picture):
                self._add_picture(beat)
            elif isinstance(beat, Speech):
                self._add_speech(beat)
            else:
                self._add_mark(beat)
        if self._pending or self._pending_text:
            if not self._shots:
                self._open().pictures.append(coverage.place(scene))
                self._shots[-1].action_seconds = 4.0
            self._shots[-1].cover(self._pending)
            self._shots[-1].screen_text = self._shots[-1].screen_text or self._pending_text
        return self._shots

    def _open(self) -> _Shot:
        shot = _Shot(screen_text=self._pending_text, is_intercut=self._is_intercut)
        shot.cover(self._pending)
        self._pending, self._pending_text = [], None
        self._shots.append(shot)
        return shot

    def _current(self) -> _Shot | None:
        return self._shots[-1] if self._shots and not self._shots[-1].is_closed else None

    def _add_mark(self, mark: Mark) -> None:
        current = self._current()
        if mark.is_intercut:
            self._is_intercut = True
        if mark.transition is not None and current is not None:
            current.cover(mark.elements)
            current.transition, current.is_closed = mark.transition, True
        elif mark.ends_speech and current is not None:
            current.cover(mark.elements)
        elif mark.screen_text is not None and current is not None and not current.lines and not current.screen_text:
            current.cover(mark.elements)
            current.screen_text = mark.screen_text
            current.action_seconds = max(current.action_seconds, 3.0)
        else:
            self._pending.extend(mark.elements)
            self._pending_text = mark.screen_text or self._pending_text

    def _add_picture(self, picture: Picture) -> None:
        names = self._names.find(picture.text)
        if not names and has_pronoun(picture.text) and len(self._last_named) == 1:
            names = self._last_named
        shot = self._current()
        if shot is None or not self._takes_picture(shot, picture, names):
            shot = self._open()
        shot.pictures.append(picture.text)
        shot.action_seconds += picture.seconds
        shot.cover(picture.elements)
        shot.names.extend(name for name in names if name not in shot.names)
        shot.size, shot.angle = shot.size or picture.size, shot.angle or picture.angle
        shot.movement = shot.movement or picture.movement
        shot.is_item = picture.is_item
        self._last_named = names or self._last_named

    def _takes_picture(self, shot: _Shot, picture: Picture, names: list[str]) -> bool:
        if shot.lines or shot.is_item or picture.is_item or picture.starts_shot:
            return False
        if not shot.pictures:
            return True
        if len(" ".join([*shot.pictures, picture.text])) > MAX_DESCRIPTION:
            return False
        total = shot.action_seconds + picture.seconds
        if picture.seconds < durations.SHORTEST and not picture.starts_paragraph:
            # `Listens.` belongs to the sentence before it.
            return total <= durations.LONGEST
        if len(shot.pictures) >= MAX_SENTENCES:
            return False
        if picture.starts_paragraph and shot.action_seconds > _SHORT_ACTION:
            return False
        same_people = not names or not shot.names or bool(set(names) & set(shot.names))
        return total <= (_ACTION_TARGET if same_people else 4.5) or shot.action_seconds < durations.SHORTEST

    def _add_speech(self, speech: Speech) -> None:
        shot = self._current()
        if shot is None or not self._takes_speech(shot, speech):
            shot = self._open()
        self._opening = self._opening or shot
        shot.lines.append(
            SpokenLine(character=speech.character, line=speech.text, mode=speech.mode, delivery=speech.delivery)
        )
        shot.speech_seconds += speech.seconds
        shot.is_dual = shot.is_dual or speech.is_dual
        shot.cover(speech.elements)
        if speech.mode == "on_screen":
            self._last_named = [speech.character]

    def _takes_speech(self, shot: _Shot, speech: Speech) -> bool:
        if len(shot.lines) >= MAX_LINES:
            return False
        if speech.mode == "voice_over":
            fits = max(shot.action_seconds, shot.speech_seconds + speech.seconds) <= durations.LONGEST
            return fits and (not shot.lines or shot.is_voice_over)
        if shot.is_item or (shot.lines and shot.is_voice_over):
            return False
        if shot.is_dual and speech.is_dual and shot.speakers[-1] != speech.character:
            return True
        if shot.seconds + speech.seconds > durations.LONGEST:
            return False
        if not shot.lines and speech.mode == "off_screen":
            return True
        if not shot.lines:
            # A short action is played into the line, unless it shows somebody else.
            someone_else = bool(shot.names) and speech.character not in shot.names
            return shot.action_seconds <= _SHORT_ACTION and (not someone_else or shot.size is None)
        if speech.character in shot.speakers:
            return len(shot.speakers) > 1 or not speech.is_first or speech.seconds <= _QUICK_LINE
        return (shot is self._opening and len(shot.speakers) < 2) or speech.seconds <= _QUICK_LINE


def _as_material(shot: _Shot) -> coverage.Material:
    return coverage.Material(
        pictures=shot.pictures,
        lines=shot.lines,
        names=shot.names,
        size=shot.size,
        angle=shot.angle,
        movement=shot.movement,
        is_dual=shot.is_dual,
        is_intercut=shot.is_intercut,
    )


def _draft(scene: Scene, shot: _Shot, direction: coverage.Direction, seconds: float) -> ShotDraft:
    covered = [scene.elements[index] for index in sorted(shot.elements)]
    return ShotDraft(
        description=direction.description,
        duration_seconds=seconds,
        size=direction.size,
        angle=direction.angle,
        movement=direction.movement,
        characters=direction.characters,
        dialogue=shot.lines,
        on_screen_text=shot.screen_text,
        transition=shot.transition,
        line_start=min((e.line_start for e in covered), default=scene.line_start),
        line_end=max((e.line_end for e in covered), default=scene.line_start),
        element_indexes=sorted(shot.elements),
    )
