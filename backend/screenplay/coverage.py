"""Directs the shots of a scene: size, angle, movement and who is in the frame, by the usual coverage of a scene."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backend.screenplay import vocabulary
from backend.screenplay.models import Scene
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotSize
from backend.screenplay.units import Unit

# Singles of one speaker tighten as the exchange goes on.
_SINGLES = (
    ShotSize.OVER_THE_SHOULDER,
    ShotSize.MEDIUM_CLOSE_UP,
    ShotSize.CLOSE_UP,
    ShotSize.MEDIUM_CLOSE_UP,
)
_ALONE = (ShotSize.MEDIUM, ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP)
# Both speak in one shot: the pair, then over one's shoulder, then the pair from further off.
_EXCHANGES = (ShotSize.TWO_SHOT, ShotSize.OVER_THE_SHOULDER, ShotSize.TWO_SHOT, ShotSize.MEDIUM_WIDE)
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
SHOWS_LISTENER = (ShotSize.TWO_SHOT, ShotSize.OVER_THE_SHOULDER, ShotSize.WIDE, ShotSize.MEDIUM_WIDE)


@dataclass(frozen=True)
class Direction:
    """How one shot is taken, who is in it, and to whom is spoken."""

    size: ShotSize
    angle: CameraAngle
    movement: CameraMovement
    characters: list[str]
    listener: str | None


def direct(shots: Sequence[Sequence[Unit]], scene: Scene, *, is_new_location: bool) -> list[Direction]:
    """One direction per shot, in order. `is_new_location` opens on an establishing or wide shot."""
    director = _Director(shots, scene, is_new_location)
    return [director.shot(index) for index in range(len(shots))]


def speakers(shot: Sequence[Unit], mode: str) -> list[str]:
    """Those who speak in the shot in that mode, each once."""
    return list(dict.fromkeys(name for unit in shot if unit.mode == mode for name in unit.speakers))


class _Director:
    def __init__(self, shots: Sequence[Sequence[Unit]], scene: Scene, is_new_location: bool) -> None:
        self._shots = shots
        self._scene = scene
        self._is_new_location = is_new_location
        self._turns: Counter[str] = Counter()
        self._exchanges = 0
        self._since_master = _BACK_TO_MASTER
        self._previous: ShotSize | None = None
        self._previous_people: list[str] = []
        self._last_seen: list[str] = []

    def shot(self, index: int) -> Direction:
        units = self._shots[index]
        text = " ".join(unit.text for unit in units if unit.text)
        on_screen, off_screen = speakers(units, "on_screen"), speakers(units, "off_screen")
        names = _names(units)
        listener = self._listener(index, on_screen, names)
        asked = [unit.picture for unit in units if unit.picture]
        size = next((picture.size for picture in asked if picture.size), None)
        size = size or self._size(index, text, names, on_screen, listener)
        seen = list(dict.fromkeys([*names, *on_screen]))
        if len(seen) == 1 and on_screen and listener and size in SHOWS_LISTENER:
            seen = [*seen, listener]
        if not text and not on_screen:
            # A voice needs a picture under it: who listens, or who was seen last.
            seen = [listener] if off_screen and listener else self._last_seen
        movement = next((picture.movement for picture in asked if picture.movement), None)
        angle = next((picture.angle for picture in asked if picture.angle), None)
        self._previous, self._previous_people = size, seen
        self._last_seen = seen if text else self._last_seen
        return Direction(
            size=size,
            angle=angle or vocabulary.suggest_angle(text),
            movement=movement or self._movement(text, len(names), size),
            characters=seen,
            listener=listener,
        )

    def _listener(self, index: int, on_screen: list[str], names: list[str]) -> str | None:
        """The one spoken to: the last other on-screen speaker, else the next, else someone just seen."""
        speaking = {name for unit in self._shots[index] for name in unit.speakers}
        beside = [name for name in names if name not in speaking]
        if len(beside) == 1 and on_screen:
            return beside[0]
        for other in [*reversed(self._shots[max(0, index - 4) : index]), *self._shots[index + 1 : index + 4]]:
            for name in reversed(speakers(other, "on_screen")):
                if name not in speaking:
                    return name
        return next((name for name in [*names, *self._previous_people] if name not in speaking), None)

    def _size(self, index: int, text: str, names: list[str], on_screen: list[str], listener: str | None) -> ShotSize:
        if vocabulary.POV.search(self._scene.heading):
            return ShotSize.POINT_OF_VIEW
        if index == 0 and self._is_new_location:
            self._since_master = 0
            is_view = self._scene.int_ext == "EXT" and not on_screen
            return ShotSize.ESTABLISHING if is_view else ShotSize.WIDE
        if not on_screen:
            return self._unlike_previous(
                vocabulary.suggest_size(text, len(names)) if text else ShotSize.MEDIUM_CLOSE_UP
            )
        seen = len(dict.fromkeys([*names, *on_screen]))
        if seen > 2:
            self._since_master = 0
            return self._unlike_previous(ShotSize.MEDIUM_WIDE)
        is_intercut = any(unit.is_intercut for unit in self._shots[index])
        if seen == 2:
            self._since_master = 0
            self._exchanges += 1
            return _EXCHANGES[(self._exchanges - 1) % len(_EXCHANGES)]
        if listener and not is_intercut and self._since_master >= _BACK_TO_MASTER:
            self._since_master = 0
            return ShotSize.TWO_SHOT
        self._since_master += 1
        speaker = on_screen[0]
        turn = self._turns[speaker]
        self._turns[speaker] += 1
        ladder = _SINGLES if listener and not is_intercut else _ALONE
        size = ladder[turn % len(ladder)]
        return self._unlike_previous(size) if self._previous_people == on_screen else size

    def _unlike_previous(self, size: ShotSize) -> ShotSize:
        return _NEIGHBOUR.get(size, size) if size == self._previous else size

    def _movement(self, text: str, named: int, size: ShotSize) -> CameraMovement:
        if not text:
            return CameraMovement.STATIC
        suggested = vocabulary.suggest_movement(text, named)
        is_held = size in (ShotSize.ESTABLISHING, ShotSize.INSERT, ShotSize.TWO_SHOT)
        return suggested if not is_held or suggested is CameraMovement.TRACKING else CameraMovement.STATIC


def _names(units: Sequence[Unit]) -> list[str]:
    return list(dict.fromkeys(name for unit in units for name in unit.names))
