"""Renders a shot document as the text that is pasted: prose in the order of Google's prompt guide, or JSON."""

import json
import math

from backend.veo.document import Action, Audio, DialogueLine, Environment, ShotDocument, to_payload
from backend.veo.targets import target_facts
from backend.veo.vocabulary import guide_words
from backend.veo.wording import as_clause, as_sentence, key_word, natural_case

_HOURS = {
    "pre_dawn": "before dawn", "dawn": "at dawn", "morning": "in the morning", "midday": "at midday",
    "afternoon": "in the afternoon", "golden_hour": "at golden hour", "dusk": "at dusk", "twilight": "at twilight",
    "night": "at night", "deep_night": "late at night",
}  # fmt: skip
_WEATHERS = {
    "clear": "under a clear sky", "overcast": "under an overcast sky", "light_rain": "in light rain",
    "heavy_rain": "in heavy rain", "thunderstorm": "during a thunderstorm", "snow": "in snow", "fog": "in fog",
    "wind": "in strong wind",
}  # fmt: skip
_INSIDE = {"INT": "Interior", "EXT": "Exterior", "INT/EXT": "Interior and exterior"}
_SPEEDS = {"very_slow": "very slow", "slow": "slow", "moderate": "steady", "fast": "fast"}


def render_prompt(document: ShotDocument) -> str:
    """The prompt as prose: cinematography, subject, action, context, style and ambiance, then sound.

    Dialogue stands behind a colon without quotation marks, which Veo would draw into the picture. Where the target
    has no field for a negative prompt, what must not be seen closes the prompt as a description.
    """
    facts = target_facts(document.target)
    parts = [_camera(document), _subject(document), *_action(document.action), *_context(document.environment)]
    parts += [_style(document), *_sound(document)]
    constraints = document.constraints
    if constraints is not None:
        if constraints.on_screen_text:
            parts.append(f"On-screen text reads {_unquoted(constraints.on_screen_text)}")
        if constraints.prohibited_elements and not facts.has_negative_field:
            parts.append(f"The picture is free of {_series(constraints.prohibited_elements)}")
    if facts.family == "omni" and document.shot.single_take:
        parts.append("Single continuous shot, no scene cuts")
    return " ".join(as_sentence(part) for part in parts if part)


def render_negative(document: ShotDocument) -> str:
    """The negative prompt: nouns joined with commas. Flow has no field for it; `render_prompt` says it there."""
    constraints = document.constraints
    return ", ".join(constraints.prohibited_elements or []) if constraints else ""


def render_json(document: ShotDocument) -> str:
    """The creative part as JSON text, for those who prompt with JSON: no ids and no request."""
    payload = to_payload(document)
    sections = ("shot", "subject", "action", "environment", "style", "audio", "constraints")
    creative = {name: payload[name] for name in sections if payload.get(name)}
    for character in creative["subject"].get("characters", []):
        character.pop("reference_asset_id", None)
    return json.dumps(creative, ensure_ascii=False, indent=2)


def estimate_tokens(text: str) -> int:
    """A cautious estimate of a text's tokens: four characters or three quarters of a word each, whichever is more."""
    return max(math.ceil(len(text) / 4), math.ceil(len(text.split()) * 4 / 3))


def _camera(document: ShotDocument) -> str:
    shot = document.shot
    parts = [guide_words(shot.size)]
    if shot.angle:
        parts.append(guide_words(shot.angle))
    movement = guide_words(shot.camera_movement)
    is_moving = shot.camera_movement != "static"
    parts.append(f"{_SPEEDS[shot.camera_speed]} {movement}" if shot.camera_speed and is_moving else movement)
    parts += [as_clause(text) for text in (shot.camera_end_state, shot.composition) if text]
    parts += [
        guide_words(value)
        for value in (shot.lens, shot.focus, shot.optical_effect)
        if value not in (None, "none", "normal") and value
    ]
    if shot.single_take:
        parts.append("one continuous take")
    return ", ".join(parts)


def _subject(document: ShotDocument) -> str:
    subject = document.subject
    text = as_clause(subject.description) or subject.description
    if subject.wardrobe:
        return f"{text}, wearing {as_clause(subject.wardrobe)}"
    # “The old lighthouse. The old lighthouse stands above the rocks.” says it twice.
    is_said_next = f"{key_word(document.action.description)} ".startswith(f"{key_word(text)} ")
    return "" if is_said_next else text


def _action(action: Action) -> list[str]:
    parts = [action.description]
    if action.pace and action.pace != "real_time":
        parts.append(f"In {guide_words(action.pace)}" if action.pace == "slow_motion" else guide_words(action.pace))
    for beat in action.beats or []:
        extras = [text for text in (beat.camera, f"SFX: {beat.sound}" if beat.sound else None) if text]
        stamp = f"[{_clock(beat.start)}-{_clock(beat.end)}]"
        parts.append(" ".join([stamp, *(as_sentence(text) for text in (beat.description, *extras))]))
    if action.end_state:
        parts.append(f"At the end {as_clause(action.end_state)}")
    return parts


def _clock(seconds: float) -> str:
    return f"00:{seconds:02.0f}" if float(seconds).is_integer() else f"00:{seconds:04.1f}"


def _context(environment: Environment) -> list[str]:
    place = as_clause(environment.location) if environment.location else ""
    inside = _INSIDE.get(environment.int_ext or "", "")
    hour, weather = _HOURS.get(environment.time_of_day or "", ""), _WEATHERS.get(environment.weather or "", "")
    parts = [", ".join(text for text in (inside, place, hour, weather, as_clause(environment.lighting)) if text)]
    parts += [text for text in (environment.description, environment.atmosphere) if text]
    if environment.props:
        parts.append(f"In the scene: {', '.join(environment.props)}")
    if environment.era:
        parts.append(environment.era)
    return parts


def _style(document: ShotDocument) -> str:
    style = document.style
    if style is None:
        return ""
    parts = [as_clause(text) for text in (style.look, style.film_stock) if text]
    if style.film_grain and style.film_grain != "none":
        parts.append(f"{style.film_grain} film grain")
    if style.mood:
        parts.append(f"{as_clause(style.mood)} mood")
    if style.color_palette:
        parts.append(f"{_series(style.color_palette)} palette")
    return ", ".join(parts)


def _sound(document: ShotDocument) -> list[str]:
    audio = document.audio
    if audio is None:
        return []
    parts = [_speech(document, line) for line in audio.dialogue or []]
    parts += [f"SFX: {sound}" for sound in audio.sfx or []]
    if audio.ambient:
        parts.append(f"Ambient noise: {audio.ambient}")
    parts.append(_music(audio))
    return parts


def _music(audio: Audio) -> str:
    if audio.music:
        return f"Music: {audio.music}"
    # An explicit null asks for silence under the picture; an absent field asks for nothing.
    return "No music" if "music" in audio.model_fields_set else ""


def _speech(document: ShotDocument, line: DialogueLine) -> str:
    name = natural_case(line.character)
    delivery = f" {as_clause(line.delivery)}" if line.delivery else ""
    voices = {one.id: one.voice for one in document.subject.characters or [] if one.voice}
    voice = voices.get("_".join(line.character.upper().split()))
    manner = f"{delivery}{',' if delivery and voice else ''}" + (f" in a {as_clause(voice)} voice" if voice else "")
    verb = {"off_screen": "says off screen", "voice_over": "says in voice-over"}.get(line.mode or "", "says")
    language = "" if line.language == "en" else f" in {line.language}"
    return f"{name} {verb}{language}{manner}: {_unquoted(line.line)}"


def _unquoted(text: str) -> str:
    return text.translate(str.maketrans("", "", '"“”„«»'))


def _series(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
