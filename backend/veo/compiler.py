"""Compiles a brief into a shot document without a language model: same brief, same bytes, every word traced."""

import re
from typing import Any

from backend.veo import light
from backend.veo.brief import DialogueBrief, IngredientBrief, ShotBrief
from backend.veo.camera import read_camera, without_directions
from backend.veo.document import ShotDocument
from backend.veo.draft import Compilation, Draft, shortened
from backend.veo.errors import DocumentError
from backend.veo.finding import Finding
from backend.veo.ingredients import (
    ERA_KEYS,
    LIGHT_KEYS,
    MOOD_KEYS,
    PALETTE_KEYS,
    VOICE_KEYS,
    WARDROBE_KEYS,
    WEATHER_KEYS,
    character_id,
    described,
    has_picture,
    name_of,
    source_of,
    tagged,
    traits,
)
from backend.veo.people import PERSON_PRONOUNS, age_class, leading_phrase, names_in, person_phrases_in
from backend.veo.technical import put_request
from backend.veo.vocabulary import SCHEMA_VERSION
from backend.veo.wording import as_clause, as_sentence, clean, cut, key_word, natural_case, sentence_ends

_MAX_LINES = 3
_SOUND = re.compile(r"\bSFX:\s*([^.;]+)|\b(?:the )?sounds? of ([^.,;!?]+)", re.IGNORECASE)
_SPLIT_LIST = re.compile(r"\s*(?:,|;|/|\band\b)\s*")


def compile_shot(brief: ShotBrief) -> Compilation:
    """The document, the compiler's findings and the source of every field.

    Raises `DocumentError` when the brief has no description or an aspect ratio that Veo does not have.
    """
    return draft_of(brief).finish()


def compile_document(brief: ShotBrief) -> ShotDocument:
    """The document of `compile_shot`."""
    return compile_shot(brief).document


def provenance(brief: ShotBrief) -> dict[str, str]:
    """Where each field came from, by JSON pointer: `script lines 12–14`, `ingredient Mara`, `table: INT+NIGHT`."""
    return compile_shot(brief).provenance


def compile_findings(brief: ShotBrief) -> list[Finding]:
    """What the compiler had to decide, cut or leave out."""
    return compile_shot(brief).findings


def draft_of(brief: ShotBrief) -> Draft:
    """The compile before its last check, for whoever puts other words into it."""
    description = clean(brief.description)
    if not description:
        raise DocumentError(
            [{"loc": ["action", "description"], "msg": "The shot has no description.", "type": "no_description"}],
            fix="Describe in a sentence what the camera sees.",
        )
    draft = Draft()
    script = script_source(brief)
    draft.put("/schema_version", SCHEMA_VERSION, "default")
    draft.put("/shot_id", brief.shot_id, "shot")
    draft.put("/target", brief.target, "default" if "target" not in brief.model_fields_set else "project")
    _put_source(draft, brief)
    _put_camera(draft, brief, description, script)
    _put_subject(draft, brief, description, script)
    draft.put_text("/action/description", without_directions(description), 600, script)
    if pace := read_camera(description).pace:
        draft.put("/action/pace", pace.value, script)
    _put_place(draft, brief, script)
    _put_light_and_weather(draft, brief, description, script)
    _put_style(draft, brief)
    _put_audio(draft, brief, description, script)
    put_request(draft, brief)
    if clean(brief.veo_version) not in ("3.1", ""):
        draft.find(
            "CF08",
            "info",
            f"The project names Veo {clean(brief.veo_version)}; this document is made for Veo 3.1.",
            fix="Set the project's Veo version to 3.1.",
        )
    return draft


def script_source(brief: ShotBrief) -> str:
    """How provenance names the shot's own text."""
    if brief.script_lines is None:
        return "shot description"
    first, last = brief.script_lines
    return f"script line {first}" if first == last else f"script lines {first}–{last}"


def _put_source(draft: Draft, brief: ShotBrief) -> None:
    draft.put("/source/scene_heading", clean(brief.scene_heading), "slugline")
    number = clean(brief.scene_number)
    draft.put("/source/scene_number", number, "script")
    if brief.script_lines and min(brief.script_lines) >= 1:
        draft.put("/source/script_lines", list(brief.script_lines), "script")
    draft.put("/source/continuity_group", f"scene {number}" if number else "", "scene number")
    draft.put("/source/previous_shot_id", clean(brief.previous_shot_id), "shot order")


def _put_camera(draft: Draft, brief: ShotBrief, description: str, script: str) -> None:
    seen = read_camera(description)
    movement = brief.movement or (seen.movement.value if seen.movement else None)
    # A medium shot at eye level is not what an aircraft sees.
    from_the_air = movement in ("aerial", "drone")
    for pointer, chosen, found, default in (
        ("/shot/size", brief.size, seen.size, "wide" if from_the_air else "medium"),
        ("/shot/angle", brief.angle, seen.angle, "" if from_the_air else "eye_level"),
        ("/shot/camera_movement", brief.movement, seen.movement, "static"),
    ):
        if chosen is not None:
            draft.put(pointer, chosen, "shot")
        elif found is not None:
            draft.put(pointer, found.value, f"{script}: “{found.words}”")
        elif default:
            draft.put(pointer, default, "default from the air" if from_the_air else "default")
    if brief.movement is None and seen.movement is not None:
        if seen.speed is not None:
            draft.put("/shot/camera_speed", seen.speed.value, f"{script}: “{seen.speed.words}”")
        if seen.is_direction_assumed:
            draft.find(
                "CF09",
                "info",
                f"“{seen.movement.words}” gives no direction; {seen.movement.value.replace('_', ' ')} is used.",
                fix="Choose the camera movement.",
                pointer="/shot/camera_movement",
            )
    draft.put("/shot/single_take", True, "default")


def _put_subject(draft: Draft, brief: ShotBrief, description: str, script: str) -> None:
    cast = [one for one in brief.in_slot_order() if one.type == "Character"]
    if cast:
        _put_cast(draft, cast)
        return
    text, source = _uncast_subject(brief, description, script, draft.get("/shot/size"))
    if not text:
        text, source = "The person in this shot", script
        draft.find(
            "CF06",
            "warning",
            "The shot is of a person whose name the text does not give.",
            fix="Put a Character into a slot.",
            pointer="/subject/description",
        )
    draft.put_text("/subject/description", text, 800, source)


def _put_cast(draft: Draft, cast: list[IngredientBrief]) -> None:
    is_one = len(cast) == 1
    blocks: list[str] = []
    characters: list[dict[str, Any]] = []
    for index, one in enumerate(cast):
        at = f"/subject/characters/{index}"
        wardrobe = tagged(one, WARDROBE_KEYS)
        blocks.append(described(one) + (f", wearing {wardrobe}" if wardrobe and not is_one else ""))
        text = traits(one) or name_of(one)
        character: dict[str, Any] = {"id": character_id(one), "description": draft.fit(f"{at}/description", text, 600)}
        if wardrobe:
            character["wardrobe"] = draft.fit(f"{at}/wardrobe", wardrobe, 300)
        character["age_class"] = age_class(text)
        if voice := tagged(one, VOICE_KEYS):
            character["voice"] = draft.fit(f"{at}/voice", voice, 200)
        if has_picture(one):
            character["reference_asset_id"] = one.id
        characters.append(character)
    sources = ", ".join(source_of(one) for one in cast)
    draft.put_text("/subject/description", "; ".join(blocks), 800, sources)
    if is_one:
        draft.put_text("/subject/wardrobe", tagged(cast[0], WARDROBE_KEYS), 300, sources)
    draft.put("/subject/characters", characters, "ingredients in the slots")
    for index, one in enumerate(cast):
        draft.note(f"/subject/characters/{index}", source_of(one))


def _uncast_subject(brief: ShotBrief, description: str, script: str, size: str) -> tuple[str, str]:
    """Who or what a shot without Character ingredients is of, and where that is written.

    People by name, then people unnamed, then the Object in a slot, then what the action is about, then the place;
    an insert is of the Object first.
    Empty for a person of whom there is only a pronoun.
    """
    plain = without_directions(description)
    names = {key_word(name.split(",")[0]): name for name in names_in(plain)}
    for speech in brief.dialogue:
        name = natural_case(clean(speech.character))
        is_seen = speech.mode == "on_screen" or f" {key_word(name)} " in f" {key_word(plain)} "
        if key_word(name) and is_seen:
            names.setdefault(key_word(name), name)
    if names:
        return "; ".join(names.values()), script
    objects = [one for one in brief.in_slot_order() if one.type == "Object"]
    of_objects = ("; ".join(described(one) for one in objects), ", ".join(source_of(one) for one in objects))
    phrase = leading_phrase(plain)
    # An insert is of a thing: the man in “a photograph of a man” is not there.
    if size == "insert" and (objects or phrase):
        return of_objects if objects else (phrase or "", script)
    if people := person_phrases_in(plain):
        return as_sentence(", ".join(people)).rstrip("."), script
    if objects:
        return of_objects
    if phrase:
        return phrase, script
    if PERSON_PRONOUNS.search(plain):
        return "", script
    place, source = _place(brief)
    return (place, source) if place else (as_clause(plain), script)


def _place(brief: ShotBrief) -> tuple[str, str]:
    locations = [one for one in brief.in_slot_order() if one.type == "Location"]
    if location := natural_case(clean(brief.location)):
        return location, "slugline"
    return (name_of(locations[0]), source_of(locations[0])) if locations else ("", "")


def _put_place(draft: Draft, brief: ShotBrief, script: str) -> None:
    place, source = _place(brief)
    draft.put_text("/environment/location", place, 200, source)
    draft.put("/environment/int_ext", brief.int_ext, "slugline")
    if clean(brief.time_of_day):
        draft.put("/environment/time_of_day", light.time_of_day(brief.time_of_day), "slugline")
    locations = [one for one in brief.in_slot_order() if one.type == "Location"]
    described_places = [
        traits(one) if key_word(name_of(one)) == key_word(place) else described(one) for one in locations
    ]
    sources = ", ".join(source_of(one) for one in locations)
    draft.put_text("/environment/description", "; ".join(filter(None, described_places)), 400, sources)
    objects = [one for one in brief.in_slot_order() if one.type == "Object"]
    subject = draft.get("/subject/description")
    props = [one for one in objects if described(one) not in subject]
    draft.put("/environment/props", [_prop(one) for one in props], ", ".join(source_of(one) for one in props))
    for one in (*locations, *_styles(brief)):
        if era := tagged(one, ERA_KEYS):
            draft.put_text("/environment/era", era, 60, source_of(one))
            break


def _prop(ingredient: IngredientBrief) -> str:
    full = described(ingredient)
    return full if len(full) <= 80 else cut(name_of(ingredient), 80)[0]


def _styles(brief: ShotBrief) -> list[IngredientBrief]:
    return [one for one in brief.in_slot_order() if one.type == "Style"]


def _put_light_and_weather(draft: Draft, brief: ShotBrief, description: str, script: str) -> None:
    parts: list[str] = []
    sources: list[str] = []
    for one in brief.in_slot_order():
        if one.type in ("Location", "Style") and (words := tagged(one, LIGHT_KEYS)):
            parts.append(words)
            sources.append(source_of(one))
    if named := light.light_in(description):
        parts.extend(named)
        sources.append(script)
    table = light.table_light(brief.int_ext, brief.time_of_day)
    if table.is_telling or not parts:
        parts.append(table.words)
        sources.append(f"table: {table.key}")
    draft.put_text("/environment/lighting", ", ".join(dict.fromkeys(parts)), 300, "; ".join(dict.fromkeys(sources)))
    preset = next(filter(None, map(light.preset_of, parts)), None) or table.preset
    draft.put("/environment/lighting_preset", preset, "; ".join(dict.fromkeys(sources)))
    _put_weather(draft, brief, description, script)


def _put_weather(draft: Draft, brief: ShotBrief, description: str, script: str) -> None:
    texts = [(description, script), (clean(brief.scene_heading), "slugline")]
    texts += [(tagged(one, WEATHER_KEYS), source_of(one)) for one in brief.in_slot_order() if one.type == "Location"]
    for text, source in texts:
        if weather := light.weather_in(text):
            draft.put("/environment/weather", weather.value, f"{source}: “{weather.words}”")
            draft.put("/environment/atmosphere", "" if weather.value else weather.words, source)
            return


def _put_style(draft: Draft, brief: ShotBrief) -> None:
    styles = _styles(brief)
    sources = ", ".join(source_of(one) for one in styles)
    draft.put_text("/style/look", "; ".join(described(one) for one in styles), 200, sources)
    tagged_ones = [one for one in brief.in_slot_order() if one.type in ("Style", "Location")]
    moods = [(tagged(one, MOOD_KEYS), one) for one in tagged_ones if tagged(one, MOOD_KEYS)]
    draft.put_text(
        "/style/mood",
        ", ".join(dict.fromkeys(mood for mood, _ in moods)),
        120,
        ", ".join(source_of(one) for _, one in moods),
    )
    for one in tagged_ones:
        colours = [colour for colour in _SPLIT_LIST.split(tagged(one, PALETTE_KEYS)) if 0 < len(colour) <= 40]
        if colours:
            draft.put("/style/color_palette", colours[:5], source_of(one))
            break


def _put_audio(draft: Draft, brief: ShotBrief, description: str, script: str) -> None:
    lines: list[dict[str, str]] = []
    for speech in brief.dialogue:
        if line := _line(draft, speech):
            if len(lines) == _MAX_LINES:
                _left_out(draft, speech.character, clean(speech.line), f"A clip holds {_MAX_LINES} lines")
            else:
                lines.append(line)
    draft.put("/audio/dialogue", lines, script)
    for index in range(len(lines)):
        draft.note(f"/audio/dialogue/{index}/line", f"{script}, word for word")
    sounds = [clean(match.group(1) or match.group(2)) for match in _SOUND.finditer(description)]
    draft.put("/audio/sfx", [sound for sound in sounds if sound and len(sound) <= 120][:6], script)
    if lines:
        # Veo likes to draw what is said into the picture.
        draft.put("/constraints/prohibited_elements", ["subtitles", "captions"], "default for a shot with dialogue")
        draft.put("/constraints/subtitles", False, "default for a shot with dialogue")


def _line(draft: Draft, speech: DialogueBrief) -> dict[str, str] | None:
    text = clean(speech.line)
    if not text:
        return None
    kept, left_out = cut(text, 200)
    if left_out and not any(end <= 200 for end in sentence_ends(text)):
        # Not one whole sentence fits: half a sentence would be spoken as if it were the line.
        _left_out(draft, speech.character, text, "A line holds 200 characters")
        return None
    if left_out:
        _left_out(draft, speech.character, left_out, "A line holds 200 characters")
    line = {"character": clean(speech.character) or "VOICE", "line": kept}
    delivery = clean(speech.delivery).strip("() ")
    if delivery:
        line["delivery"] = draft.fit("/audio/dialogue", delivery, 80)
    line["mode"] = speech.mode
    return line


def _left_out(draft: Draft, character: str, text: str, reason: str) -> None:
    draft.find(
        "CF04",
        "warning",
        f"{reason}. Left out, {natural_case(clean(character))}: “{shortened(text)}”",
        fix="Split the shot so that each clip holds its own lines.",
        pointer="/audio/dialogue",
    )
