"""What is stored of a parsed screenplay beside its scenes, and which of them play at a new place."""

from collections.abc import Sequence

from backend.screenplay import Scene, Screenplay
from backend.screenplay.cast import characters, location_key
from backend.scripts.models import Script


def describe(script: Script, screenplay: Screenplay) -> None:
    """Write on a script's row what its file turned out to be."""
    script.text = screenplay.text
    script.format = screenplay.format
    script.encoding = screenplay.encoding
    script.title_page = dict(screenplay.title_page)
    script.warnings = [warning.model_dump(mode="json") for warning in screenplay.warnings]
    script.preamble = [element.model_dump(mode="json") for element in screenplay.preamble]
    script.cast_names = [counted.name for counted in characters(screenplay)]


def new_locations(scenes: Sequence[Scene]) -> list[bool]:
    """For each scene whether it plays elsewhere than the one before it."""
    out: list[bool] = []
    previous: tuple[str | None, str] | None = None
    for scene in scenes:
        key = (scene.int_ext, location_key(scene))
        out.append(key != previous)
        previous = previous if scene.is_omitted else key
    return out
