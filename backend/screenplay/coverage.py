"""Directs the shots of a scene: size, angle, movement and the describing sentence, from what each shot holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backend.screenplay import vocabulary
from backend.screenplay.cast import people
from backend.screenplay.models import Scene
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotSize, SpokenLine

# Singles of one speaker tighten as the exchange goes on.
_SINGLES = (
    ShotSize.OVER_THE_SHOULDER,
    ShotSize.MEDIUM_CLOSE_UP,
    ShotSize.CLOSE_UP,
    ShotSize.MEDIUM_CLOSE_UP,
)
_ALONE = (ShotSize.MEDIUM, ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP)
# After this many singles the room is shown again.
_BACK_TO_MASTER = 7
# Two neighbouring shots of one size would jump: the second takes the size beside it.
_NEIGHBOUR = {
    ShotSize.WIDE: ShotSize.MEDIUM_WIDE,
    ShotSize.FULL: ShotSize.MEDIUM,
    ShotSize.MEDIUM_WIDE: ShotSize.MEDIUM,
    ShotSize.MEDIUM: ShotSize.MEDIUM_CLOSE_UP,
    ShotSize.MEDIUM_CLOSE_UP: ShotSize.CLOSE_UP,
    ShotSize.CLOSE_UP: ShotSize.MEDIUM_CLOSE_UP,
    ShotSize.TWO_SHOT: ShotSize.MEDIUM_WIDE,
    ShotSize.INSERT: ShotSize.CLOSE_UP,
}


_SHOWS_LISTENER = (ShotSize.TWO_SHOT, ShotSize.OVER_THE_SHOULDER, ShotSize.WIDE, ShotSize.MEDIUM_WIDE)


@dataclass(frozen=True)
class Material:
    """What one shot holds before it is directed; sizes and moves that the script asked for are set."""

    pictures: list[str]
    lines: list[SpokenLine]
    names: list[str]
    size: ShotSize | None
    angle: CameraAngle | None
    movement: CameraMovement | None
    is_dual: bool
    is_intercut: bool


@dataclass(frozen=True)
class Direction:
    """How one shot is taken, who is in it, and its description."""

    size: ShotSize
    angle: CameraAngle
    movement: CameraMovement
    characters: list[str]
    description: str


def place(scene: Scene) -> str:
    """The description of a shot that has nothing but its heading."""
    return scene.heading


def direct(shots: list[Material], scene: Scene, *, is_new_location: bool) -> list[Direction]:
    """One direction per shot, in order."""
    director = _Director(shots, scene, is_new_location)
    return [director.shot(index) for index in range(len(shots))]


class _Director:
    def __init__(self, shots: list[Material], scene: Scene, is_new_location: bool) -> None:
        self._shots = shots
        self._scene = scene
        self._is_new_location = is_new_location
        self._singles: Counter[str] = Counter()
        self._since_master = _BACK_TO_MASTER
        self._previous: ShotSize | None = None
        self._previous_people: list[str] = []
        self._last_picture = ""
        self._last_people: list[str] = []

    def shot(self, index: int) -> Direction:
        material = self._shots[index]
        text = " ".join(material.pictures)
        on_screen = _speakers(material, "on_screen")
        listener = self._listener(index, on_screen)
        size = material.size or self._size(index, material, text, on_screen, listener)
        seen = list(dict.fromkeys([*material.names, *_persons(on_screen)]))
        if len(seen) == 1 and on_screen and listener and size in _SHOWS_LISTENER:
            seen = [*seen, listener]
        off_screen = _speakers(material, "off_screen")
        if off_screen and not on_screen and not material.pictures and listener:
            seen = [listener]
        if material.lines and not material.pictures and not on_screen and not off_screen:
            seen = self._last_people
        direction = Direction(
            size=size,
            angle=material.angle or vocabulary.suggest_angle(text),
            movement=material.movement or self._movement(material, text, size),
            characters=seen,
            description=self._describe(material, size, on_screen, off_screen, listener),
        )
        self._previous, self._previous_people = size, seen
        if text:
            self._last_picture, self._last_people = text, seen
        return direction

    def _listener(self, index: int, on_screen: list[str]) -> str | None:
        """The one spoken to: the last other on-screen speaker, else the next, else someone just seen."""
        material = self._shots[index]
        speaking = set(_persons(line.character for line in material.lines))
        beside = [name for name in material.names if name not in speaking]
        if len(beside) == 1 and on_screen:
            return beside[0]
        for other in [*reversed(self._shots[max(0, index - 4) : index]), *self._shots[index + 1 : index + 4]]:
            for name in reversed(_persons(_speakers(other, "on_screen"))):
                if name not in speaking:
                    return name
        return next((name for name in [*material.names, *self._previous_people] if name not in speaking), None)

    def _size(self, index: int, material: Material, text: str, on_screen: list[str], listener: str | None) -> ShotSize:
        if index == 0 and self._is_new_location:
            self._since_master = 0
            if self._scene.int_ext == "EXT" and not on_screen:
                return ShotSize.ESTABLISHING
            return ShotSize.WIDE
        if not on_screen:
            if material.lines and not material.pictures:
                return self._unlike_previous(ShotSize.MEDIUM_CLOSE_UP)
            return self._unlike_previous(vocabulary.suggest_size(text, len(material.names)))
        seen = len(dict.fromkeys([*material.names, *_persons(on_screen)]))
        if seen > 1:
            self._since_master = 0
            return ShotSize.TWO_SHOT if seen == 2 else ShotSize.MEDIUM_WIDE
        if listener and not material.is_intercut and self._since_master >= _BACK_TO_MASTER:
            self._since_master = 0
            return ShotSize.TWO_SHOT
        self._since_master += 1
        speaker = on_screen[0]
        turn = self._singles[speaker]
        self._singles[speaker] += 1
        ladder = _SINGLES if listener and not material.is_intercut else _ALONE
        size = ladder[turn % len(ladder)]
        return self._unlike_previous(size) if self._previous_people == on_screen else size

    def _unlike_previous(self, size: ShotSize) -> ShotSize:
        return _NEIGHBOUR.get(size, size) if size == self._previous else size

    def _movement(self, material: Material, text: str, size: ShotSize) -> CameraMovement:
        if material.lines and not text:
            return CameraMovement.STATIC
        if size in (ShotSize.ESTABLISHING, ShotSize.INSERT, ShotSize.TWO_SHOT) and material.movement is None:
            suggested = vocabulary.suggest_movement(text, len(material.names))
            return suggested if suggested is CameraMovement.TRACKING else CameraMovement.STATIC
        return vocabulary.suggest_movement(text, len(material.names))

    def _describe(
        self, material: Material, size: ShotSize, on_screen: list[str], off_screen: list[str], listener: str | None
    ) -> str:
        bare = [place(self._scene)]
        parts = bare if material.pictures == bare else [_stopped(picture) for picture in material.pictures]
        voices = _speakers(material, "voice_over")
        if on_screen:
            parts.append(_speaking(on_screen, off_screen, size, listener, is_dual=material.is_dual))
        elif off_screen:
            heard = f"{_and(off_screen)} {_verb(off_screen)} off screen."
            parts.append(f"{listener} listens; {heard}" if listener and not material.pictures else heard)
        elif voices and not material.pictures:
            # A voice needs a picture under it: the last one seen, or the place itself.
            parts.append(_stopped(self._last_picture) or place(self._scene))
        return " ".join(parts)


def _persons(cues: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(person for cue in cues for person in people(cue)))


def _speakers(material: Material, mode: str) -> list[str]:
    return list(dict.fromkeys(line.character for line in material.lines if line.mode == mode))


def _speaking(
    on_screen: list[str], off_screen: list[str], size: ShotSize, listener: str | None, *, is_dual: bool
) -> str:
    if is_dual and len(on_screen) > 1:
        return f"{_and(on_screen)} speak at the same time."
    if len(on_screen) == 2:
        return f"{on_screen[0]} speaks to {on_screen[1]}; {on_screen[1]} answers."
    if len(on_screen) > 2:
        return f"{_and(on_screen)} speak in turn."
    speaker = on_screen[0]
    if off_screen:
        return f"{speaker} speaks; {_and(off_screen)} {_verb(off_screen)} off screen."
    if listener and size is ShotSize.OVER_THE_SHOULDER:
        return f"Over {listener}'s shoulder, {speaker} {_verb([speaker])}."
    if listener and size in _SHOWS_LISTENER:
        return f"{speaker} {_verb([speaker])}; {listener} listens."
    return f"{speaker} {_verb([speaker])}."


def _verb(names: list[str]) -> str:
    return "speaks" if len(_persons(names)) == 1 else "speak"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _stopped(text: str) -> str:
    return text if not text or text[-1] in ".!?…\"”':)—-" else f"{text}."
