"""Light, hour and weather: read from the slugline and the script's words, else from one small closed table."""

import re
from dataclasses import dataclass

from backend.veo.vocabulary import LightingPreset, TimeOfDay, Weather
from backend.veo.wording import word_set

_HOURS: tuple[tuple[str, TimeOfDay], ...] = (
    (r"pre-?dawn|before dawn|first light", "pre_dawn"),
    (r"dead of night|middle of the night|midnight|late night|deep night", "deep_night"),
    (r"dawn|sunrise|daybreak", "dawn"),
    (r"golden hour|magic hour|sunset", "golden_hour"),
    (r"morning", "morning"),
    (r"noon|midday|mid-?day", "midday"),
    (r"afternoon", "afternoon"),
    (r"dusk|evening|sundown|nightfall", "dusk"),
    (r"twilight|blue hour", "twilight"),
    (r"night", "night"),
)
_DAY = re.compile(r"\bdays?\b", re.IGNORECASE)

_GROUP: dict[str, str] = {
    "pre_dawn": "dawn", "dawn": "dawn", "morning": "morning", "midday": "midday", "afternoon": "afternoon",
    "golden_hour": "golden hour", "dusk": "dusk", "twilight": "twilight", "night": "night", "deep_night": "night",
}  # fmt: skip

# The only wording in a document that is not the script's or an ingredient's. It says the least that the slugline
# implies; no lamp, window or moon is put into the picture.
TABLE: dict[tuple[str, str], tuple[str, LightingPreset | None]] = {
    ("INT", "day"): ("interior daylight", "natural_daylight"),
    ("INT", "dawn"): ("dim dawn light", None),
    ("INT", "morning"): ("morning light", "natural_daylight"),
    ("INT", "midday"): ("midday light", "natural_daylight"),
    ("INT", "afternoon"): ("afternoon light", "natural_daylight"),
    ("INT", "golden hour"): ("warm golden hour light", "golden_hour"),
    ("INT", "dusk"): ("dim dusk light", None),
    ("INT", "twilight"): ("dim twilight", "blue_hour"),
    ("INT", "night"): ("low practical light", "practical"),
    ("INT", ""): ("interior light", None),
    ("EXT", "day"): ("natural daylight", "natural_daylight"),
    ("EXT", "dawn"): ("soft dawn light", None),
    ("EXT", "morning"): ("natural morning light", "natural_daylight"),
    ("EXT", "midday"): ("natural midday light", "natural_daylight"),
    ("EXT", "afternoon"): ("natural afternoon light", "natural_daylight"),
    ("EXT", "golden hour"): ("warm golden hour light", "golden_hour"),
    ("EXT", "dusk"): ("fading dusk light", None),
    ("EXT", "twilight"): ("blue twilight", "blue_hour"),
    ("EXT", "night"): ("low ambient night light", "low_key"),
    ("EXT", ""): ("natural exterior light", None),
    ("", ""): ("natural light", None),
}  # fmt: skip


@dataclass(frozen=True)
class TableLight:
    """A row of the table: its words, a preset or none, the key for the provenance, and whether it tells an hour."""

    words: str
    preset: LightingPreset | None
    key: str
    is_telling: bool


def time_of_day(text: str | None) -> TimeOfDay:
    """A slugline's time as a vocabulary value: `NIGHT` → `night`. `DAY`, `LATER` and None are `unspecified`.

    DAY stays unspecified because the vocabulary has no plain day, and midday would move the sun.
    """
    for pattern, value in _HOURS:
        if text and re.search(rf"\b(?:{pattern})", text, re.IGNORECASE):
            return value
    return "unspecified"


def table_light(int_ext: str | None, slug_time: str | None) -> TableLight:
    """The table's wording for a place and an hour; `INT/EXT` is lit like `EXT`."""
    hour = _GROUP.get(time_of_day(slug_time), "day" if slug_time and _DAY.search(slug_time) else "")
    place = {"INT": "INT", "EXT": "EXT", "INT/EXT": "EXT"}.get(int_ext or "", "")
    if not place and hour:
        place = "EXT"
    words, preset = TABLE[(place, hour)]
    key = "+".join(part for part in (int_ext, hour.upper()) if part) or "no slugline"
    return TableLight(words, preset, key, is_telling=bool(hour))


# Names of light. With what stands before them ("red neon", "single warm pendant lamp") they are the script's own
# lighting. A source that is out, broken or denied is none.
_LIGHT_NOUNS = (
    "candlelight|firelight|moonlight|sunlight|daylight|starlight|lamplight|torchlight|lantern light|streetlights?"
    "|streetlamps?|headlights?|floodlights?|spotlights?|searchlights?|flashlights?|candles?|lanterns?|lamps?"
    "|torch(?:es)?|neon(?: (?:signs?|lights?|glow))?|fluorescent (?:lights?|tubes?|lighting)|fluorescents?"
    "|fireplace|campfire|bonfire|lightning|strobes?(?: lights?)?|chandeliers?|backlight|silhouettes?|sunbeams?"
    "|light ?bulbs?|embers|glow"
)
_LIGHT = re.compile(rf"\b((?:[\w’'-]+\s+){{0,3}}?)({_LIGHT_NOUNS})\b", re.IGNORECASE)
_LIT_BY = re.compile(
    r"\b(?:back|side|rim|moon|sun|candle|torch|neon)-?lit\b|\blit (?:only )?by [^.,;!?]+", re.IGNORECASE
)
_OUT = re.compile(
    r"\b(?:no|not|without|unlit|dead|dark|broken|extinguished|shattered|smashed|off|out|isn['’]t|never)\b",
    re.IGNORECASE,
)
_GOES_OUT = re.compile(
    r"^\s+(?:\w+\s+)?(?:goes|go|dies|die|went|is|are|turns?|switched|blown|flickers?)\s+(?:out|off|dead|dark|unlit)\b"
    r"|^\s+dies?\b",
    re.IGNORECASE,
)
_STOP = word_set(
    "a an the his her its their my our your of in on at by to and with from under beneath into onto over near for but"
    " as through past toward towards behind beside is are was were up down around across against then that this another"
    " each every some one two three or where while beyond between"
)


def light_in(text: str) -> list[str]:
    """The light a text names, in its own words: `["red neon"]` from “Red neon flickers over the bar.”"""
    found: list[str] = [match.group().lower() for match in _LIT_BY.finditer(text)]
    for match in _LIGHT.finditer(text):
        before = text[max(0, match.start(2) - 40) : match.start(2)]
        clause = re.split(r"[.,;!?]", before)[-1]
        if _OUT.search(clause) or _GOES_OUT.match(text[match.end() :]):
            continue
        words: list[str] = []
        for word in reversed(clause.split()):
            if word.lower() in _STOP or _looks_like_a_verb(word) or len(words) == 3:
                break
            words.insert(0, word)
        phrase = " ".join([*words, match.group(2)]).lower()
        if not any(phrase in known or known in phrase for known in found):
            found.append(phrase)
    return found


def _looks_like_a_verb(word: str) -> bool:
    # "carries lanterns", "holding candles": between a verb and a noun there is often no article.
    lowered = word.lower()
    return (lowered.endswith("s") and not lowered.endswith(("ss", "'s", "’s", "us"))) or lowered.endswith("ing")


_PRESETS: tuple[tuple[str, LightingPreset], ...] = (
    (r"candle", "candlelight"),
    (r"firelight|fireplace|campfire|bonfire", "firelight"),
    (r"fluorescent", "fluorescent"),
    (r"neon", "neon"),
    (r"moon", "moonlight"),
    (r"silhouette|backlit|backlight", "backlit_silhouette"),
    (r"side-?lit", "side_lit"),
    (r"rim-?lit", "rim_lit"),
    (r"lamp|lantern|flashlight|bulb|chandelier|torch", "practical"),
)


def preset_of(words: str) -> LightingPreset | None:
    """The preset that light words name, if they name one."""
    for pattern, preset in _PRESETS:
        if re.search(pattern, words, re.IGNORECASE):
            return preset
    return None


# (pattern, value or None, atmosphere words). Plain "rain" is neither light nor heavy: it stays a word.
_WEATHER: tuple[tuple[str, Weather | None], ...] = (
    (r"thunderstorms?|thunder", "thunderstorm"),
    (r"(?:heavy|pouring|driving|torrential|lashing) rain|downpour|rain(?:s|ing)? (?:hard|heavily)", "heavy_rain"),
    (r"(?:light|soft|gentle|thin) rain|drizzles?|drizzling", "light_rain"),
    (r"blizzard|snow(?:s|ing|fall|storm)?", "snow"),
    (r"fog(?:gy)?|mist(?:y)?", "fog"),
    (r"gale|howling wind|strong wind|gusts? of wind|windy|windswept", "wind"),
    (r"overcast|grey sky|gray sky|heavy clouds", "overcast"),
    (r"clear (?:blue )?(?:sky|skies)|cloudless", "clear"),
    (r"rain(?:s|ing|y)?", None),
    (r"storm(?:s|y)?", None),
)  # fmt: skip
_DENIED = re.compile(r"\b(?:no|not|without|after the|before the|never)\s+(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class WeatherWords:
    """Weather named in a text: a vocabulary value where the words decide one, and the words themselves."""

    value: Weather | None
    words: str


def weather_in(text: str) -> WeatherWords | None:
    """The first weather a text names, the more exact wording first."""
    for pattern, value in _WEATHER:
        match = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if match and not _DENIED.search(text[: match.start()]):
            return WeatherWords(value, match.group().lower())
    return None
