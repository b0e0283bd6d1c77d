"""Who is in a screenplay and where it plays, counted from its own words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.screenplay.models import Element, Scene, Screenplay

# MARA VOSS (52), HELEN, 45, A BOY (about ten): a name in capitals followed by an age.
_INTRODUCED = re.compile(
    r"(?<![\w'’])(?P<name>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3})\s*"
    r"(?:\(|, )(?=(?:age |aged |about |around )?(?:\d{1,3}\b|(?:early|mid|late)\b|(?:mid|late|early)-|teens?\b"
    r"|(?:ten|twelve|twent|thirt|fort|fift|sixt|sevent|eight|ninet)\w*))"
)
_GENERIC = {
    "the", "a", "an", "old", "young", "older", "younger", "man", "woman", "boy", "girl", "little", "big", "mr", "mrs",
    "ms", "dr", "first", "second", "third", "and", "of", "voice", "cop", "officer", "captain", "sergeant", "agent",
    "doctor", "nurse", "guard", "driver", "senior", "junior", "professor", "st", "saint", "all", "both", "two", "men",
    "women", "mother", "father", "uncle", "aunt", "miss", "lady", "sir", "detective", "waiter", "waitress",
}  # fmt: skip
# Of the other languages only words that are nothing else in any of them.
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|himself|herself|elle|ele|ela|dele|dela|él|ella|ihn|ihm|lei)\b", re.I)


@dataclass(frozen=True)
class CountedName:
    """A name and how often it stands in the script (speeches for characters, scenes for locations)."""

    name: str
    count: int


def characters(screenplay: Screenplay) -> list[CountedName]:
    """Characters by number of speeches (then by first appearance); those only introduced in action count 0."""
    counts: Counter[str] = Counter()
    everything = [screenplay.preamble, *(scene.elements for scene in screenplay.scenes)]
    for elements in everything:
        counts.update(person for cue in _cues(elements) for person in people(cue))
    for elements in everything:
        for name in _introduced(elements):
            counts.setdefault(_known_as(name, counts), 0)
    return [CountedName(name, count) for name, count in sorted(counts.items(), key=lambda item: -item[1])]


def locations(screenplay: Screenplay) -> list[CountedName]:
    """Locations by number of scenes (then by first appearance), case-folded, as first written."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for scene in screenplay.scenes:
        if scene.location and not scene.is_omitted:
            key = location_key(scene)
            written.setdefault(key, scene.location)
            counts[key] += 1
    return [CountedName(written[key], count) for key, count in sorted(counts.items(), key=lambda item: -item[1])]


def location_key(scene: Scene) -> str:
    """What makes two scenes play in the same place."""
    return re.sub(r"\s+", " ", (scene.location or scene.heading).casefold())


def people(cue: str) -> list[str]:
    """The people of one cue: EDWARD AND WILL are two."""
    return [part for part in re.split(r"\s+(?:AND|&)\s+|\s*/\s*", cue) if part] or [cue]


class NameFinder:
    """Finds names in action text: the given cast, a scene's own speakers, and those it introduces with an age."""

    def __init__(self, cast: Sequence[str], scene: Scene) -> None:
        known = dict.fromkeys([*cast, *(person for cue in _cues(scene.elements) for person in people(cue))])
        introduced = {name: _known_as(name, known) for name in _introduced(scene.elements)}
        names = tuple(dict.fromkeys([*known, *introduced.values()]))
        self._names = dict(_aliases(names))
        for name, known_name in introduced.items():
            self._names[name] = self._names[_title(name)] = known_name
        words = sorted(self._names, key=lambda alias: (-len(alias), alias))
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)") if words else None

    def find(self, text: str) -> list[str]:
        """Names in the text, in order of first mention, each once."""
        if self._pattern is None:
            return []
        return list(dict.fromkeys(self._names[match.group()] for match in self._pattern.finditer(text)))


def has_pronoun(text: str) -> bool:
    """Whether a sentence speaks of a single person without a name."""
    return bool(_PRONOUN.search(text))


def _cues(elements: Iterable[Element]) -> list[str]:
    return [e.character for e in elements if e.type == "character" and e.character]


def _introduced(elements: Iterable[Element]) -> list[str]:
    names: list[str] = []
    for element in elements:
        if element.type not in ("action", "shot") or not re.search(r"[(,]", element.text):
            continue
        for match in _INTRODUCED.finditer(element.text):
            name = match["name"]
            if name == name.upper() and len(name) > 1:
                names.append(re.sub(r"^(?:A|AN|THE) ", "", name))
    return names


def _known_as(name: str, known: Iterable[str]) -> str:
    """EDWARD BLOOM, introduced in full, is the EDWARD who speaks."""
    words = set(name.split())
    return next((other for other in known if set(other.split()) <= words), name)


@lru_cache(maxsize=64)
def _aliases(cast: tuple[str, ...]) -> dict[str, str]:
    """Every written form of a name -> the name: MARA VOSS, Mara Voss, and MARA, Mara where only one person has it."""
    parts: dict[str, set[str]] = {}
    for name in cast:
        for part in name.split():
            if part.upper().endswith(("'S", "’S")):
                # WILL'S DATE is not meant where somebody speaks of Will's hand.
                continue
            parts.setdefault(part, set()).add(name)
    out: dict[str, str] = {}
    for part, owners in parts.items():
        if len(owners) == 1 and len(part) > 2 and part.lower().strip(".") not in _GENERIC and part[0].isalpha():
            owner = next(iter(owners))
            out[part] = out[_title(part)] = owner
    for name in cast:
        out[name] = out[_title(name)] = name
    return {alias: name for alias, name in out.items() if len(alias) > 1}


def _title(name: str) -> str:
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: m.group()[0].upper() + m.group()[1:].lower(), name)
