"""Breaks a scene down into shots by rule: deterministic, in the script's own words, without a language model."""

from collections.abc import Sequence

from backend.screenplay import coverage, durations, grouping
from backend.screenplay.anchoring import lines_of
from backend.screenplay.cast import NameFinder, characters, location_key
from backend.screenplay.coverage import Direction
from backend.screenplay.describing import describe
from backend.screenplay.language import Language, language_of
from backend.screenplay.models import Scene, Screenplay
from backend.screenplay.shotlist import ShotDraft
from backend.screenplay.units import Unit, place_unit, units
from backend.screenplay.wording import wording


def break_down(
    scene: Scene,
    *,
    cast: Sequence[str] = (),
    is_new_location: bool = True,
    elements: Sequence[int] | None = None,
    target_shots: int | None = None,
    language: Language | None = None,
) -> list[ShotDraft]:
    """Shots of one scene, in order.

    `cast` names people the scene may show without their speaking in it (see `cast.characters`); without it only the
    scene's own cues and introductions are known. `is_new_location` opens the scene on an establishing or wide shot.
    `elements` are the indexes of the elements to cover, when a person's shots cover the others. `target_shots` is how
    many shots are wanted: as many are made, unless the scene has fewer sentences and speeches, or more stretches of
    elements to cover. `language` is that of the added words, when it is known better than from this scene.

    Every element to cover is in a shot, every speech whole and verbatim in exactly one. An omitted scene and one of
    which nothing is to be covered give no shots.
    """
    if scene.is_omitted or (elements is not None and not elements):
        return []
    wanted = frozenset(range(len(scene.elements)) if elements is None else elements)
    pieces = units(scene, NameFinder(cast, scene), wanted)
    if not any(piece.is_wanted for piece in pieces):
        pieces.append(place_unit(scene))
    shots = grouping.group(pieces, target_shots)
    directions = coverage.direct(shots, scene, is_new_location=is_new_location)
    descriptions = describe(shots, directions, scene, wording(language or language_of(scene)))
    lengths = durations.fit(
        [grouping.seconds(shot) for shot in shots],
        [" ".join(line.line for unit in shot for line in unit.lines) for shot in shots],
        scene.eighths,
    )
    return [
        _draft(scene, shot, direction, description, length)
        for shot, direction, description, length in zip(shots, directions, descriptions, lengths, strict=True)
        if shot[0].is_wanted
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


def _draft(scene: Scene, shot: Sequence[Unit], direction: Direction, description: str, seconds: float) -> ShotDraft:
    indexes = sorted({index for unit in shot for index in unit.elements})
    line_start, line_end = lines_of(scene, indexes)
    return ShotDraft(
        description=description,
        duration_seconds=seconds,
        size=direction.size,
        angle=direction.angle,
        movement=direction.movement,
        characters=direction.characters,
        dialogue=[line for unit in shot for line in unit.lines],
        on_screen_text=next((unit.screen_text for unit in shot if unit.screen_text), None),
        transition=next((unit.transition for unit in reversed(shot) if unit.transition), None),
        line_start=line_start,
        line_end=line_end,
        element_indexes=indexes,
    )
