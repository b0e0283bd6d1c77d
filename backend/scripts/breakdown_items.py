"""The numbered paragraphs of scenes as a language model reads them, and how scenes go together into requests."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from backend.screenplay import Scene
from backend.screenplay.cast import NameFinder
from backend.screenplay.grouping import seconds
from backend.screenplay.language import Language
from backend.screenplay.units import Unit, units

# A scene longer than this is asked for in pieces, cut between paragraphs, never inside a speech: what a model reads
# well at once, and about twenty shots, which a slow one still writes within the time limit for a reply.
MAX_PIECE_CHARACTERS = 12_000
MAX_PIECE_SECONDS = 120.0
# What the rules' shots last in the mean, and a model's should.
CLIP_SECONDS = 6.0


@dataclass(frozen=True)
class SceneTask:
    """A scene to break down.

    `key` is the caller's own. `elements` are the indexes to cover, None for all; the others are covered by shots that
    a person kept. `language` is that of the added words, when it is known better than from the scene.
    """

    key: str
    scene: Scene
    cast: list[str]
    is_new_location: bool
    elements: list[int] | None = None
    target_shots: int | None = None
    language: Language | None = None

    @property
    def wanted(self) -> frozenset[int]:
        return frozenset(range(len(self.scene.elements)) if self.elements is None else self.elements)


@dataclass
class Item:
    """One numbered paragraph: an action paragraph, or a speech (both of simultaneous dialogue), with its marks.

    `number` is its number in the request; `place` its place among the paragraphs of its scene that are to be covered;
    `stretch` counts how often another's shot lies before it, which no shot may span.
    """

    task: SceneTask
    place: int
    stretch: int
    units: list[Unit] = field(default_factory=list)
    number: int = 0

    @property
    def elements(self) -> list[int]:
        return sorted({index for unit in self.units for index in unit.elements})

    @property
    def is_speech(self) -> bool:
        return any(unit.speeches for unit in self.units)

    @property
    def seconds(self) -> float:
        return seconds(self.units)

    @property
    def text(self) -> str:
        """The paragraph as written, each speech on one line with its cue."""
        speeches = {speech.elements[0]: speech for unit in self.units for speech in unit.speeches}
        spoken = {index for speech in speeches.values() for index in speech.elements}
        parts: list[str] = []
        for index in self.elements:
            if speech := speeches.get(index):
                lines = (f"({x.delivery}) {x.line}" if x.delivery else x.line for x in speech.lines)
                parts.append(f"{speech.character}: {' '.join(lines)}")
            elif index not in spoken and self.task.scene.elements[index].text:
                parts.append(self.task.scene.elements[index].text)
        return "\n".join(parts)

    def follows(self, other: "Item") -> bool:
        """Whether a shot may hold both, this one next."""
        return self.task is other.task and self.place == other.place + 1 and self.stretch == other.stretch

    @property
    def line(self) -> str:
        return f"[{self.number}] {self.text}"


def names_of(task: SceneTask) -> NameFinder:
    """Who may be in the scene."""
    return NameFinder(task.cast, task.scene)


def items_of(task: SceneTask) -> list[Item]:
    """The paragraphs of a scene that are to be covered; each of its wanted elements is in one, a speech in only one."""
    out: list[Item] = []
    taken: set[int] = set()
    stretch = 0
    is_own = True
    for unit in units(task.scene, names_of(task), task.wanted):
        if not unit.is_wanted:
            is_own = False
            continue
        if not is_own:
            stretch += 1
            is_own = True
        own = [index for index in unit.elements if index not in taken]
        if out and out[-1].stretch == stretch and not (unit.speeches or out[-1].is_speech or own):
            # Another sentence of the same paragraph.
            out[-1].units.append(unit)
        else:
            out.append(Item(task, len(out), stretch, [unit]))
        taken.update(unit.elements)
    return out


def pieces(tasks: Sequence[SceneTask]) -> list[list[Item]]:
    """The paragraphs of the scenes, as many together as one request should hold; a small scene is never divided."""
    out: list[list[Item]] = [[]]
    for task in tasks:
        items = items_of(task)
        if not _fits([*out[-1], *items]):
            out.append([])
        for item in items:
            if not _fits([*out[-1], item]):
                out.append([])
            out[-1].append(item)
    return [numbered(piece) for piece in out if piece]


def _fits(items: Sequence[Item]) -> bool:
    return len(items) < 2 or (
        sum(len(item.text) for item in items) <= MAX_PIECE_CHARACTERS
        and sum(item.seconds for item in items) <= MAX_PIECE_SECONDS
    )


def numbered(items: Iterable[Item]) -> list[Item]:
    """The same paragraphs, numbered from 0."""
    out = list(items)
    for number, item in enumerate(out):
        item.number = number
    return out


def by_scene(items: Iterable[Item]) -> list[tuple[SceneTask, list[Item]]]:
    """The paragraphs of each scene, in order."""
    out: list[tuple[SceneTask, list[Item]]] = []
    for item in items:
        if out and out[-1][0] is item.task:
            out[-1][1].append(item)
        else:
            out.append((item.task, [item]))
    return out


def most_shots(items: Sequence[Item]) -> int:
    """How many shots a reply about these paragraphs may have: the clips of middling length that they last, and one."""
    most = 0
    for task, own in by_scene(items):
        lasting = math.ceil(sum(item.seconds for item in own) / CLIP_SECONDS) + 1
        sentences = sum(len(item.units) for item in own)
        most += max(min(lasting, sentences), task.target_shots or 1)
    return most
