"""What a person decided about a parsed screenplay before it is imported: names, merges, scenes to leave out."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from backend.screenplay import heading_parts
from backend.screenplay.models import Element, Scene, Screenplay

Heading = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00\n]*$")
]


class PlannedScene(BaseModel):
    """The decision about one scene; scenes without a decision are imported as they are."""

    model_config = ConfigDict(extra="forbid")

    index: int = Field(ge=0, description="Place in the preview's `scenes`, from 0.")
    heading: Heading | None = Field(default=None, description="Another heading; left out, it stays.")
    is_dropped: bool = Field(default=False, description="Leave it out; its text stays in the kept file.")
    is_merged: bool = Field(default=False, description="Put it at the end of the scene before it.")


class ImportPlan(BaseModel):
    """Decisions about a whole screenplay."""

    model_config = ConfigDict(extra="forbid")

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the file that was previewed.")
    scenes: list[PlannedScene] = Field(default_factory=list, max_length=2000)
    target_shots: int | None = Field(default=None, ge=1, le=100, description="Shots to aim at in each scene.")

    @model_validator(mode="after")
    def _one_decision_each(self) -> "ImportPlan":
        indexes = [scene.index for scene in self.scenes]
        if len(set(indexes)) != len(indexes):
            raise ValueError("a scene has two decisions")
        return self


class PlanError(ValueError):
    """The plan does not fit the screenplay; the message says why."""


def apply_plan(screenplay: Screenplay, plan: ImportPlan) -> Screenplay:
    """The screenplay as it is to be imported. Raises `PlanError`.

    A merged scene's heading becomes a paragraph of action, so that every word of it is still there.
    """
    decisions = {scene.index: scene for scene in plan.scenes}
    unknown = [index for index in decisions if index >= len(screenplay.scenes)]
    if unknown:
        raise PlanError(f"There is no scene {unknown[0]}: the screenplay has {len(screenplay.scenes)} scenes.")
    out: list[Scene] = []
    for index, scene in enumerate(screenplay.scenes):
        decision = decisions.get(index, PlannedScene(index=index))
        if decision.is_dropped:
            continue
        if decision.is_merged:
            if not out:
                raise PlanError("The first scene that is imported has none before it to be merged into.")
            out[-1] = _merged(out[-1], scene)
        else:
            out.append(_renamed(scene, decision.heading) if decision.heading else scene)
    if not out:
        raise PlanError("Every scene is left out; nothing would be imported.")
    return screenplay.model_copy(update={"scenes": out})


def _renamed(scene: Scene, heading: str) -> Scene:
    parts = heading_parts.split(heading)
    return scene.model_copy(
        update={
            "heading": heading,
            "int_ext": parts.int_ext,
            "location": parts.location,
            "time_of_day": parts.time_of_day,
            "is_synthetic": False,
        }
    )


def _merged(first: Scene, second: Scene) -> Scene:
    heading = Element(type="action", text=second.heading, line_start=second.line_start, line_end=second.line_start)
    own_heading = [] if second.is_synthetic else [heading]
    return first.model_copy(
        update={
            "elements": [*first.elements, *own_heading, *second.elements],
            "line_end": second.line_end,
            "raw_text": "\n\n".join(
                text for text in (first.raw_text, *(e.text for e in own_heading), second.raw_text) if text
            ),
            "eighths": first.eighths + second.eighths,
            "notes": [*first.notes, *second.notes],
            "synopsis": "\n".join(text for text in (first.synopsis, second.synopsis) if text) or None,
            "is_omitted": first.is_omitted and second.is_omitted,
        }
    )
