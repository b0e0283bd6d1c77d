"""Makes a shot of given elements: what is said in it, shown over it and ends it comes from the script alone."""

from collections.abc import Sequence

from backend.screenplay import durations, grouping
from backend.screenplay.cast import NameFinder
from backend.screenplay.models import Scene
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotDraft, ShotSize
from backend.screenplay.speeches import spans
from backend.screenplay.units import Unit, units


def cover(
    scene: Scene,
    elements: Sequence[int],
    names: NameFinder,
    *,
    description: str,
    size: ShotSize,
    angle: CameraAngle,
    movement: CameraMovement,
    seconds: float | None = None,
) -> ShotDraft:
    """The shot of these elements, described and taken as told.

    It shows those its description names and those who speak in it. `seconds` is how long it is meant to take, else
    what its words and pictures take; the speeches get their time in any case.
    """
    wanted = frozenset(elements)
    pieces = [unit for unit in units(scene, names, wanted) if unit.is_wanted]
    line_start, line_end = lines_of(scene, sorted(wanted))
    seen = [*names.find(description), *(name for unit in pieces if unit.mode == "on_screen" for name in unit.speakers)]
    return ShotDraft(
        description=description,
        duration_seconds=max(durations.SHORTEST, durations.step(_seconds(pieces, seconds))),
        size=size,
        angle=angle,
        movement=movement,
        characters=list(dict.fromkeys(seen)),
        dialogue=[line for unit in pieces for line in unit.lines],
        on_screen_text=next((unit.screen_text for unit in pieces if unit.screen_text), None),
        transition=next((unit.transition for unit in reversed(pieces) if unit.transition), None),
        line_start=line_start,
        line_end=line_end,
        element_indexes=sorted(wanted),
    )


def _seconds(pieces: Sequence[Unit], wanted: float | None) -> float:
    if wanted is None:
        return grouping.seconds(pieces)
    return max(wanted, sum(unit.speech_seconds for unit in pieces))


def coverage_gaps(scene: Scene, drafts: Sequence[ShotDraft]) -> list[int]:
    """Indexes of the elements that no draft covers. None for an omitted scene, of which nothing is filmed."""
    covered = {index for draft in drafts for index in draft.element_indexes}
    return [] if scene.is_omitted else [index for index in range(len(scene.elements)) if index not in covered]


def divided_speeches(scene: Scene, drafts: Sequence[ShotDraft]) -> list[int]:
    """Indexes of the cues whose speech is not whole in exactly one of the drafts."""
    out: list[int] = []
    for start, end in spans(scene.elements):
        speech = set(range(start, end))
        touching = [draft for draft in drafts if speech & set(draft.element_indexes)]
        if len(touching) != 1 or not speech <= set(touching[0].element_indexes):
            out.append(start)
    return out


def lines_of(scene: Scene, indexes: Sequence[int]) -> tuple[int, int]:
    """First and last source line of these elements; the heading's where there are none."""
    covered = [scene.elements[index] for index in indexes]
    return (
        min((element.line_start for element in covered), default=scene.line_start),
        max((element.line_end for element in covered), default=scene.line_start),
    )
