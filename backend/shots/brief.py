"""What the compiler is told about a shot: the rows, in the pure package's words."""

from typing import Any

from backend.assets.models import Ingredient
from backend.assets.schemas import RESERVED_METADATA
from backend.projects.models import Project
from backend.scenes.models import Scene
from backend.shots.models import Shot
from backend.veo.brief import DialogueBrief, IngredientBrief, ShotBrief

# The words that describe a picture as a whole; every other key is an attribute.
_DESCRIPTIONS = ("description", "caption")


def make_brief(shot: Shot, scene: Scene, project: Project, ingredients: list[Ingredient]) -> ShotBrief:
    """The inputs of one compile."""
    parsed = scene.parsed or {}
    by_id = {str(ingredient.id): ingredient for ingredient in ingredients}
    slots = [
        _ingredient(slot, by_id[asset_id])
        for slot, asset_id in enumerate(shot.assigned_ingredients or [], start=1)
        if asset_id in by_id
    ]
    lines = (shot.line_start, shot.line_end) if shot.line_start and shot.line_end else None
    return ShotBrief.model_validate(
        {
            "shot_id": _shot_id(scene.sequence_number, shot.sequence_number or 1),
            "previous_shot_id": _shot_id(scene.sequence_number, shot.sequence_number - 1)
            if shot.sequence_number and shot.sequence_number > 1
            else None,
            "scene_heading": scene.slugline,
            "scene_number": scene.scene_number or str(scene.sequence_number),
            "int_ext": parsed.get("int_ext"),
            "location": parsed.get("location"),
            "time_of_day": parsed.get("time_of_day"),
            "script_lines": lines,
            "description": shot.description,
            "duration_seconds": shot.duration,
            "size": shot.size,
            "angle": shot.angle,
            "movement": shot.movement,
            "dialogue": [DialogueBrief.model_validate(line) for line in shot.dialogue],
            "ingredients": slots,
            "aspect_ratio": project.aspect_ratio or "16:9",
            "resolution": project.resolution or "4K",
            "veo_version": project.veo_version or "3.1",
        }
    )


def _shot_id(scene: int, shot: int) -> str:
    return f"sc{scene:03d}-sh{shot:02d}"


def _ingredient(slot: int, ingredient: Ingredient) -> IngredientBrief:
    meta: dict[str, Any] = dict(ingredient.meta or {})
    description = next((str(meta[key]).strip() for key in _DESCRIPTIONS if str(meta.get(key) or "").strip()), None)
    attributes = {
        key: str(value)
        for key, value in sorted(meta.items())
        if key not in RESERVED_METADATA and key not in _DESCRIPTIONS and value not in (None, "")
    }
    return IngredientBrief(
        slot=slot,
        id=str(ingredient.id),
        name=ingredient.name,
        type=ingredient.type.value,
        description=description,
        attributes=attributes,
        mime_type=meta.get("mime_type"),
        width=meta.get("width"),
        height=meta.get("height"),
        size_bytes=meta.get("size_bytes"),
    )
