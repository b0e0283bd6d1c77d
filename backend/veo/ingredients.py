"""An ingredient in words: its caption and tags as a clause, its wardrobe, voice, light and palette apart."""

import re
from collections.abc import Iterable

from backend.veo.brief import REFERENCE_MIME_TYPES, IngredientBrief
from backend.veo.vocabulary import MAX_IMAGE_BYTES
from backend.veo.wording import as_clause, clean, key_word, word_set

_NOTHING = word_set("false none no unknown n/a null - unspecified")
_VALUE_ALONE = word_set(
    "age gender sex profession occupation role species ethnicity type kind tags caption description"
)
_WITH = word_set("accessories props details features")
WARDROBE_KEYS = ("wardrobe", "outfit", "clothing", "clothes", "costume", "wearing", "attire")
VOICE_KEYS = ("voice", "accent")
LIGHT_KEYS = ("lighting", "light")
WEATHER_KEYS = ("weather",)
MOOD_KEYS = ("mood", "tone", "ambiance")
PALETTE_KEYS = ("palette", "color_palette", "colors", "colours")
ERA_KEYS = ("era", "period", "epoch")
_PLACED_ELSEWHERE: dict[str, frozenset[str]] = {
    "Character": frozenset((*WARDROBE_KEYS, *VOICE_KEYS)),
    "Location": frozenset((*LIGHT_KEYS, *WEATHER_KEYS, *MOOD_KEYS, *PALETTE_KEYS, *ERA_KEYS)),
    "Object": frozenset(),
    "Style": frozenset((*LIGHT_KEYS, *MOOD_KEYS, *PALETTE_KEYS, *ERA_KEYS)),
}


def name_of(ingredient: IngredientBrief) -> str:
    """The ingredient's name on one line."""
    return clean(ingredient.name) or clean(ingredient.id) or "ingredient"


def source_of(ingredient: IngredientBrief) -> str:
    """How provenance names it."""
    return f"ingredient {name_of(ingredient)}"


def attributes_of(ingredient: IngredientBrief) -> dict[str, str]:
    """The tags that say something, keys in lower case with underscores, sorted: JSONB keeps no order of ours."""
    tidy = {re.sub(r"[\s-]+", "_", clean(key).lower()): clean(value) for key, value in ingredient.attributes.items()}
    return {
        key: value
        for key, value in sorted(tidy.items())
        if key and not key.startswith("_") and value and value.lower() not in _NOTHING
    }


def tagged(ingredient: IngredientBrief, keys: Iterable[str]) -> str:
    """What the tags say under any of `keys`, joined with commas."""
    attributes = attributes_of(ingredient)
    return ", ".join(as_clause(attributes[key]) for key in keys if key in attributes)


def traits(ingredient: IngredientBrief) -> str:
    """Caption and tags as one clause: `a woman in her fifties, silver hair`. Empty if nothing is known."""
    caption = as_clause(_without_name(clean(ingredient.description), name_of(ingredient)))
    parts = [caption] if caption else []
    said = key_word(caption).split()
    elsewhere = _PLACED_ELSEWHERE[ingredient.type]
    for key, value in attributes_of(ingredient).items():
        is_said = set(key_word(value).split()) <= set(said) and (key in _VALUE_ALONE or key.split("_")[-1] in said)
        if key not in elsewhere and not is_said:
            parts.append(_phrase(key, as_clause(value)))
    return ", ".join(parts)


def described(ingredient: IngredientBrief) -> str:
    """Name and traits: `Mara, a woman in her fifties, silver hair`."""
    return ", ".join(part for part in (name_of(ingredient), traits(ingredient)) if part)


def character_id(ingredient: IngredientBrief) -> str:
    """The document's id for a character: `Old Mara` → `OLD_MARA`."""
    letters = re.sub(r"[^A-Z0-9]+", "_", name_of(ingredient).upper()).strip("_")[:32].strip("_")
    return letters or f"CHARACTER_{ingredient.slot}"


def picture_problem(ingredient: IngredientBrief) -> str | None:
    """Why the picture cannot be sent as a reference, as the end of a sentence; None if it can, or there is none."""
    if ingredient.mime_type is None:
        return None
    if ingredient.mime_type not in REFERENCE_MIME_TYPES:
        return f"is {ingredient.mime_type}: Veo takes JPEG, PNG or WebP"
    if ingredient.size_bytes is not None and ingredient.size_bytes > MAX_IMAGE_BYTES:
        return f"has {ingredient.size_bytes / 1024 / 1024:.1f} MiB: Veo takes up to 20"
    return None


def has_picture(ingredient: IngredientBrief) -> bool:
    """Whether there is a picture that can be sent."""
    return ingredient.mime_type is not None and picture_problem(ingredient) is None


def _without_name(caption: str, name: str) -> str:
    """A caption that opens with the name (“Mara is a woman”, “Mara, a woman”) goes on after it."""
    opening = re.match(rf"{re.escape(name)}\s*(?:,|:|[-–—]|\bis\b)\s*", caption, re.IGNORECASE)
    return caption[opening.end() :] if opening else caption


def _phrase(key: str, value: str) -> str:
    words = key.replace("_", " ")
    if value.lower() in ("true", "yes"):
        return words
    if key in _VALUE_ALONE or words in value.lower():
        return value
    if key in _WITH:
        return f"with {value}"
    return f"{value} {words}" if len(value.split()) <= 3 and "," not in value else f"{words}: {value}"
