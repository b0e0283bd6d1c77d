"""The indivisible pieces of a scene that shots are made of: a sentence seen, or a whole speech, with its marks."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from backend.screenplay import vocabulary
from backend.screenplay.beats import Mark, Picture, read
from backend.screenplay.cast import NameFinder, has_pronoun, people
from backend.screenplay.models import Scene
from backend.screenplay.shotlist import SpeechMode, SpokenLine
from backend.screenplay.speeches import Speech

# How long a place is looked at that has nothing but its heading.
PLACE_SECONDS = 4.0
_SCREEN_TEXT_SECONDS = 3.0


@dataclass
class Unit:
    """A picture or the speeches of one moment (two for simultaneous dialogue), and the marks that go with it.

    `names` are the people a picture names; `shown` those, or in a sentence without names the ones its paragraph named
    before. `transition` is the one that ends it, `starts_shot` that the script cuts before it. An unwanted unit is only
    context: the shots that show it exist already.
    """

    picture: Picture | None = None
    speeches: list[Speech] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    is_wanted: bool = True
    screen_text: str | None = None
    transition: str | None = None
    is_intercut: bool = False
    starts_shot: bool = False

    @property
    def text(self) -> str:
        return self.picture.text if self.picture else ""

    @property
    def lines(self) -> list[SpokenLine]:
        return [line for speech in self.speeches for line in speech.lines]

    @property
    def mode(self) -> SpeechMode | None:
        """How the unit is heard, None for a picture."""
        return self.speeches[0].mode if self.speeches else None

    @property
    def speakers(self) -> list[str]:
        return list(dict.fromkeys(person for speech in self.speeches for person in people(speech.character)))

    @property
    def is_dual(self) -> bool:
        return len(self.speeches) > 1

    @property
    def picture_seconds(self) -> float:
        seconds = self.picture.seconds if self.picture else 0.0
        return max(seconds, _SCREEN_TEXT_SECONDS) if self.screen_text and not self.speeches else seconds

    @property
    def speech_seconds(self) -> float:
        # Simultaneous speeches take as long as the longer one.
        return max((speech.seconds for speech in self.speeches), default=0.0)

    def cover(self, elements: Iterable[int]) -> None:
        self.elements.extend(index for index in elements if index not in self.elements)


def units(scene: Scene, names: NameFinder, wanted: Set[int]) -> list[Unit]:
    """The units of a scene in order; each wanted element is in at least one wanted unit."""
    return _Reader(names, wanted).read(scene)


def place(scene: Scene) -> str:
    """The description of a shot that has nothing but its heading."""
    return scene.heading


def place_unit(scene: Scene) -> Unit:
    """The picture of a place of which the script says nothing but the heading."""
    return Unit(picture=Picture(place(scene), PLACE_SECONDS, ()))


class _Reader:
    def __init__(self, names: NameFinder, wanted: Set[int]) -> None:
        self._names = names
        self._wanted = wanted
        self._units: list[Unit] = []
        # Marks that wait for the unit they open.
        self._waiting: list[int] = []
        self._waiting_text: str | None = None
        self._is_intercut = False
        self._is_cut = False
        self._last_named: list[str] = []

    def read(self, scene: Scene) -> list[Unit]:
        for beat in read(scene, within=self._wanted):
            if isinstance(beat, Picture):
                self._add_picture(beat)
            elif isinstance(beat, Speech):
                self._add_speech(beat)
            else:
                self._add_mark(beat)
        if self._waiting or self._waiting_text:
            last = next((unit for unit in reversed(self._units) if unit.is_wanted), None) or self._place(scene)
            last.cover(self._waiting)
            last.screen_text = last.screen_text or self._waiting_text
        return self._units

    def _place(self, scene: Scene) -> Unit:
        self._units.append(place_unit(scene))
        return self._units[-1]

    def _add(self, unit: Unit, elements: Iterable[int]) -> None:
        found = list(elements)
        unit.elements = [index for index in found if index in self._wanted]
        # What carries a sentence is the paragraph it stands in, not the direction before it.
        unit.is_wanted = bool(found) and (found[-1] in self._wanted if unit.picture else bool(unit.elements))
        if not unit.is_wanted:
            self._waiting.extend(unit.elements)
            unit.elements = []
        else:
            unit.elements = sorted({*self._waiting, *unit.elements})
            unit.screen_text = self._waiting_text
            self._waiting, self._waiting_text = [], None
        unit.is_intercut = self._is_intercut
        unit.starts_shot, self._is_cut = self._is_cut or bool(unit.screen_text), False
        self._units.append(unit)

    def _add_picture(self, picture: Picture) -> None:
        names = self._names.find(vocabulary.without_unseen(picture.text))
        if not names and has_pronoun(picture.text) and len(self._last_named) == 1:
            names = self._last_named
        self._last_named = names or self._last_named
        last = self._units[-1] if self._units else None
        shown = names or (last.shown if last is not None and not picture.starts_paragraph else [])
        self._add(Unit(picture=picture, names=names, shown=shown), picture.elements)

    def _add_speech(self, speech: Speech) -> None:
        last = self._units[-1] if self._units else None
        if speech.mode == "on_screen":
            self._last_named = [speech.character]
        is_other_side = (
            last is not None
            and speech.is_dual
            and len(last.speeches) == 1
            and last.speeches[0].is_dual
            and last.speeches[0].character != speech.character
        )
        if last is not None and is_other_side and last.is_wanted == any(i in self._wanted for i in speech.elements):
            last.speeches.append(speech)
            last.cover(index for index in speech.elements if index in self._wanted)
            return
        self._add(Unit(speeches=[speech]), speech.elements)

    def _add_mark(self, mark: Mark) -> None:
        if mark.is_intercut is not None:
            self._is_intercut = mark.is_intercut
        self._is_cut = self._is_cut or mark.is_cut
        wanted = [index for index in mark.elements if index in self._wanted]
        last = self._units[-1] if self._units else None
        if not wanted:
            return
        if last is not None and last.is_wanted and mark.transition is not None and last.transition is None:
            last.cover(wanted)
            last.transition = mark.transition
        elif (
            last is not None
            and last.is_wanted
            and mark.screen_text is not None
            and last.picture
            and not last.screen_text
            and not last.transition
        ):
            last.cover(wanted)
            last.screen_text = mark.screen_text
        else:
            self._waiting.extend(wanted)
            self._waiting_text = mark.screen_text or self._waiting_text
