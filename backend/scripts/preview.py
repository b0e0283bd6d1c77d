"""Say what an import would make of a file, without storing anything."""

import asyncio
import hashlib

from backend.core.errors import AppError
from backend.resources import Resources
from backend.screenplay import Screenplay, break_down_screenplay
from backend.screenplay.cast import CountedName, characters, locations
from backend.screenplay.planning import ImportPlan, PlanError, apply_plan
from backend.scripts import service
from backend.scripts.schemas import PreviewName, PreviewScene, ScriptPreview, ScriptWarning


async def preview(resources: Resources, *, data: bytes, filename: str | None) -> ScriptPreview:
    """Parse a file and estimate its shots by the rules. Raises what an import of it would raise."""
    service.refuse_too_large(resources, data)
    screenplay = await service.read_screenplay(data)
    return await asyncio.to_thread(_describe, screenplay, data, service.clean_name(filename))


def _describe(screenplay: Screenplay, data: bytes, filename: str) -> ScriptPreview:
    counts = [len(shots) for shots in break_down_screenplay(screenplay)]
    scenes = [
        PreviewScene(
            index=index,
            number=scene.number,
            heading=scene.heading,
            int_ext=scene.int_ext,
            location=scene.location,
            time_of_day=scene.time_of_day,
            line_start=scene.line_start,
            line_end=scene.line_end,
            eighths=scene.eighths,
            element_count=len(scene.elements),
            speech_count=sum(element.type == "character" for element in scene.elements),
            shot_count=shot_count,
            is_omitted=scene.is_omitted,
            is_synthetic=scene.is_synthetic,
        )
        for index, (scene, shot_count) in enumerate(zip(screenplay.scenes, counts, strict=True))
    ]
    return ScriptPreview(
        sha256=hashlib.sha256(data).hexdigest(),
        filename=filename,
        format=screenplay.format,
        encoding=screenplay.encoding,
        title_page=screenplay.title_page,
        text=screenplay.text,
        scenes=scenes,
        characters=_names(characters(screenplay)),
        locations=_names(locations(screenplay)),
        warnings=[ScriptWarning.model_validate(warning) for warning in screenplay.warnings],
        eighths=sum(scene.eighths for scene in scenes),
        element_count=sum(scene.element_count for scene in scenes),
        shot_count=sum(counts),
        preamble_count=len(screenplay.preamble),
    )


def _names(counted: list[CountedName]) -> list[PreviewName]:
    return [PreviewName(name=one.name, count=one.count) for one in counted]


def checked_plan(plan: ImportPlan | None, data: bytes) -> ImportPlan | None:
    """The plan that came with an upload; 409 for one that was made for another file."""
    if plan is not None and plan.sha256 != hashlib.sha256(data).hexdigest():
        raise AppError(
            409,
            "scripts.plan_of_another_file",
            "The decisions were made for another file than the one that was sent.",
            fix="Preview this file, then import it with the decisions made there.",
        )
    return plan


def planned(screenplay: Screenplay, plan: dict[str, object] | None) -> tuple[Screenplay, int | None]:
    """The screenplay as it is to be imported, and the number of shots to aim at; 422 for a plan that does not fit."""
    if plan is None:
        return screenplay, None
    found = ImportPlan.model_validate(plan)
    try:
        return apply_plan(screenplay, found), found.target_shots
    except PlanError as error:
        raise AppError(
            422, "scripts.plan_does_not_fit", str(error), fix="Preview the file again and decide anew."
        ) from error
