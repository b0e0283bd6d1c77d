"""The messages to the LLM: a constant system prompt, and the shot with its ingredients as one rich text."""

from backend.veo import light
from backend.veo.brief import IngredientBrief, ShotBrief
from backend.veo.camera import read_camera
from backend.veo.ingredients import attributes_of, name_of
from backend.veo.wording import clean

SYSTEM_PROMPT = """\
You are a script supervisor who fills in one Google Veo 3.1 shot as JSON. You describe what is given and invent nothing.

Rules
1. Use only what the message states: the shot, the scene, the ingredients, the dialogue. Add no person, name, prop, \
garment, colour, weather, sound or event that is not stated there. If something is not stated, leave it out or use null.
2. Map the ingredients to the fields:
   - subject_description: every Character by name with all given characteristics, word for word where you can. \
Without a Character: the people or the thing the shot names.
   - wardrobe: only clothes that are stated.
   - environment.location: the Location and its given characteristics.
   - environment.lighting: the light that the scene heading, the shot or an ingredient states.
   - action_description: what happens in the shot, in the present tense, one action, one continuous take. \
Objects appear here when the shot uses them.
   - mood: only what a Style or an ingredient states.
   - ambient_sound: only a sound the shot states.
   - camera: the size, angle and movement given; without any, medium, eye_level, static.
3. Write no dialogue and no quotation marks: spoken lines are added afterwards from the script.
4. Write no durations, ids, file names or reference numbers.
5. Answer with one JSON object that fits the schema, and nothing else."""


def build_context(brief: ShotBrief) -> str:
    """The user message: everything the brief knows, in a fixed order. The same text for the same brief."""
    lines = [
        "Construct a Google Veo 3.1 JSON configuration.",
        f"The shot is: {_quoted(brief.description)}.",
        *(_ingredient(one) for one in brief.in_slot_order()),
        *_scene(brief),
        *_camera(brief),
        *_dialogue(brief),
        f"The picture is {_quoted(brief.aspect_ratio)}. The clip is one continuous take.",
    ]
    return "\n".join(lines)


def _quoted(text: str | None) -> str:
    return f"'{clean(text)}'"


def _ingredient(ingredient: IngredientBrief) -> str:
    article = {"Character": "The Character", "Location": "The Location", "Object": "The Object", "Style": "The Style"}
    sentence = f"{article[ingredient.type]} is '{name_of(ingredient)}'"
    attributes = ", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in attributes_of(ingredient).items())
    known = "; ".join(text for text in (clean(ingredient.description).rstrip(".; "), attributes) if text)
    return f"{sentence}, described as '{known}'." if known else f"{sentence}."


def _scene(brief: ShotBrief) -> list[str]:
    lines = []
    if clean(brief.scene_heading):
        lines.append(f"The scene heading is {_quoted(brief.scene_heading)}.")
    if clean(brief.location):
        lines.append(f"The place is {_quoted(brief.location)}.")
    hour = light.time_of_day(brief.time_of_day)
    if clean(brief.time_of_day):
        as_value = "" if hour == "unspecified" else f" (time_of_day {hour})"
        lines.append(f"The time is {_quoted(brief.time_of_day)}{as_value}.")
    return lines


def _camera(brief: ShotBrief) -> list[str]:
    seen = read_camera(clean(brief.description))
    size = brief.size or (seen.size.value if seen.size else None)
    angle = brief.angle or (seen.angle.value if seen.angle else None)
    movement = brief.movement or (seen.movement.value if seen.movement else None)
    given = [f"{name} {value}" for name, value in (("size", size), ("angle", angle), ("movement", movement)) if value]
    return [f"The camera: {', '.join(given)}."] if given else []


def _dialogue(brief: ShotBrief) -> list[str]:
    lines = [(clean(one.character), clean(one.line)) for one in brief.dialogue if clean(one.line)]
    if not lines:
        return ["Nobody speaks in this shot."]
    spoken = " ".join(f"{character} says '{line}'" for character, line in lines)
    return [f"Spoken in the shot, not to be repeated in your answer: {spoken}"]
