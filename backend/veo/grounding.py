"""Finds what a reply states and the brief does not: names, people, speech, other colours, another time of day."""

import re
from collections.abc import Iterator

from backend.veo import light
from backend.veo.brief import ShotBrief
from backend.veo.people import PERSON_NOUNS, PRONOUNS
from backend.veo.reply import CreativeReply
from backend.veo.wording import clean, key_word, word_set

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_BREAK = re.compile(r"[.!?:;]+\s+|[\"“”«»()\[\]]")
# Written with a capital by many models, and no name: the language of cameras, light and style.
_NO_NAME = word_set(
    "i pov ecu cu mcu ots ws ms int ext led tv uv hdr sfx vfx diy ok cgi dof fps hd uhd veo camera shot close"
    " close-up closeup medium wide full extreme angle low high eye level eye-level dutch pan tilt dolly zoom crane"
    " drone aerial handheld tracking static arc steadicam bird's-eye worm's-eye interior exterior day night dawn"
    " dusk morning afternoon evening midday noon twilight golden hour light lighting shadow shadows dark cinematic"
    " photorealistic realistic noir film rembrandt gothic victorian edwardian baroque deco art nouveau bauhaus"
    " brutalist chiaroscuro technicolor slow fast slowly suddenly the a an and or of in on at with from to for by"
    " his her their its he she they it this that one two three character location object style subject action"
    " environment mood scene setting background foreground kelvin"
)
_OPENERS = word_set("alone nearby behind above below beyond then now later still silent tall old young outside inside")
_HUMAN_VERBS = word_set(
    "says smiles nods whispers speaks frowns sighs laughs shouts wears walks grabs kneels shrugs grins stares mutters"
    " weeps cries"
)
# “Elena, a woman in her fifties” or “Elena, 50”; but not “Exhausted, a woman …”.
_APPOSITION = re.compile(
    rf"\s*,\s+(?:\d{{1,3}}\b|an?\s+(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted(PERSON_NOUNS))})\b)", re.IGNORECASE
)
_OPENS_A_CLAUSE = re.compile(r"(?:ed|ing|ly|ful|less|ous|foot|side)$")
_QUOTED = (
    re.compile(r"[\"“”«»]([^\"“”«»]{2,})[\"“”«»]"),
    re.compile(r"(?<!\w)[‘']([^‘’']+(?:['’]\w[^‘’']*)*)[’'](?!\w)"),
)

_COLOUR_GROUPS: tuple[frozenset[str], ...] = (
    word_set("black raven ebony jet"),
    word_set("white ivory snow-white"),
    word_set("gray grey silver silvery white salt-and-pepper"),
    word_set("blond blonde golden fair flaxen gold"),
    word_set("red ginger auburn crimson scarlet copper"),
    word_set("brown brunette chestnut hazel"),
    word_set("blue navy azure sapphire teal"),
    word_set("green emerald olive"),
    word_set("yellow amber gold"),
    word_set("orange amber copper"),
    word_set("pink rose"),
    word_set("purple violet lavender"),
)
_COLOURS = frozenset().union(*_COLOUR_GROUPS)
_BEARERS = (
    "hair|eyes?|beard|moustache|mustache|coat|dress|jacket|shirt|sweater|hat|scarf|suit|trousers|skirt|uniform|cloak"
    "|robe"
)
_BEARER = re.compile(rf"\b({_BEARERS})(?:ed)?\b|-(hair|eye)(?:ed)\b", re.IGNORECASE)
_STOP = word_set("a an the his her their its my your on of in at by with and under over from to is are")
_BODY_WORDS = word_set("hand hands finger fingers face faces figure figures body bodies feet arm arms shoulder")
_DAY_LIGHT = re.compile(r"\b(?:daylight|sunlight|sunlit|sunny|sunshine|midday|noon|bright day)\b", re.IGNORECASE)
_NIGHT_LIGHT = re.compile(r"\b(?:moonlight|moonlit|starlight|starlit|at night|nighttime|night-time)\b", re.IGNORECASE)


def ungrounded(brief: ShotBrief, reply: CreativeReply) -> list[str]:
    """What the reply invents or contradicts, one sentence each, fit to be sent back to the LLM. Empty if nothing.

    Errs on the side of silence: a word that starts a sentence, a camera term or a text in Title Case is no name.
    """
    known = _known_words(brief)
    complaints: list[str] = []
    for field, text in _texts(reply):
        complaints += [
            f"{field} names “{name}”, which is not in the script or the ingredients. Remove it."
            for name in _strange_names(field, text, known)
        ]
        complaints += _strange_speech(field, text, brief)
    complaints += _strange_people(brief, reply)
    complaints += _other_colours(brief, reply)
    complaints += _other_hour(brief, reply)
    return list(dict.fromkeys(complaints))


def unmapped(brief: ShotBrief, reply: CreativeReply) -> list[str]:
    """Character ingredients that the reply's subject does not name, one sentence each."""
    subject = f" {key_word(reply.subject_description)} "
    return [
        f"subject_description does not name {clean(one.name)}, the Character in slot {one.slot}. Describe them by name."
        for one in brief.in_slot_order()
        if one.type == "Character" and key_word(one.name) and not _is_named(key_word(one.name), subject)
    ]


def _is_named(name: str, subject: str) -> bool:
    # “Old Mara” may be called Mara: one telling word of the name is enough.
    return any(f" {word} " in subject for word in [name, *(word for word in name.split() if len(word) > 3)])


def _texts(reply: CreativeReply) -> Iterator[tuple[str, str]]:
    environment = reply.environment
    for field, text in (
        ("subject_description", reply.subject_description),
        ("wardrobe", reply.wardrobe),
        ("action_description", reply.action_description),
        ("environment.location", environment.location),
        ("environment.lighting", environment.lighting),
        ("mood", reply.mood),
        ("ambient_sound", reply.ambient_sound),
    ):
        if text:
            yield field, text


def _brief_texts(brief: ShotBrief) -> list[str]:
    texts = [brief.description, brief.scene_heading, brief.location, brief.time_of_day]
    for speech in brief.dialogue:
        texts += [speech.character, speech.line, speech.delivery]
    for one in brief.ingredients:
        texts += [one.name, one.description]
        for key, value in one.attributes.items():
            # Both orders: {"hair": "blue"} states "blue hair".
            texts.append(f"{value} {key.replace('_', ' ')}")
    return [clean(text) for text in texts if text]


def _known_words(brief: ShotBrief) -> frozenset[str]:
    words: set[str] = set()
    for text in _brief_texts(brief):
        for word in _WORD.findall(text):
            base = _base(word)
            words.update((base, *base.split("-")))
    return frozenset(words)


def _base(word: str) -> str:
    """A word in lower case without its possessive."""
    return re.sub(r"['’][sS]?$", "", word).lower()


def _is_known(word: str, known: frozenset[str]) -> bool:
    base = _base(word)
    if base in known or base in _NO_NAME or base in _OPENERS or word.lower() in _NO_NAME:
        return True
    # A plural or a compound of known words is known: "Kais", "Mara-like".
    return base.rstrip("s") in known or all(part in known or part in _NO_NAME for part in base.split("-"))


def _is_title_case(field: str, text: str) -> bool:
    """Whether a text is in Title Case or all capitals. A short text about people may just be a full name."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    is_about_people = field in ("subject_description", "action_description")
    if is_about_people:
        return len(words) >= 5 and capitals > 0.7 * len(words)
    return len(words) >= 2 and capitals == len(words)


def _strange_names(field: str, text: str, known: frozenset[str]) -> list[str]:
    if _is_title_case(field, text):
        return []  # A capital says nothing here.
    names: list[str] = []
    for sentence in _BREAK.split(text):
        matches = list(_WORD.finditer(sentence))
        run: list[str] = []
        for index, match in enumerate(matches):
            if _is_strange_name(matches, index, match, sentence, known):
                run.append(re.sub(r"['’][sS]?$", "", match.group()))
                continue
            names += [" ".join(run)] if run else []
            run = []
        names += [" ".join(run)] if run else []
    return list(dict.fromkeys(names))


def _is_strange_name(
    matches: list[re.Match[str]], index: int, match: re.Match[str], sentence: str, known: frozenset[str]
) -> bool:
    word = match.group()
    if not word[0].isupper() or len(word) < 3 or _is_known(word, known):
        return False
    if index > 0 or word.isupper():
        return True
    following = matches[1].group() if len(matches) > 1 else ""
    is_full_name = len(following) > 2 and following[0].isupper() and not _is_known(following, known)
    is_introduced = bool(_APPOSITION.match(sentence[match.end() :])) and not _OPENS_A_CLAUSE.search(word)
    return is_full_name or is_introduced or following in _HUMAN_VERBS


def _strange_speech(field: str, text: str, brief: ShotBrief) -> list[str]:
    script = f" {key_word(' '.join(_brief_texts(brief)))} "
    complaints = []
    for pattern in _QUOTED:
        for match in pattern.finditer(text):
            words = key_word(match.group(1))
            if len(words.split()) >= 2 and f" {words} " not in script:
                complaints.append(f"{field} quotes “{match[1].strip()}”, which nobody says in the script. Remove it.")
    return complaints


def _strange_people(brief: ShotBrief, reply: CreativeReply) -> list[str]:
    """People in a shot whose brief has none at all. With anybody in it, a noun for a person may mean them."""
    texts = " ".join(_brief_texts(brief))
    words = set(key_word(texts).split())
    is_peopled = (
        bool(brief.dialogue)
        or any(one.type == "Character" for one in brief.ingredients)
        or bool(PRONOUNS.search(texts))
        or bool(words & (PERSON_NOUNS | _BODY_WORDS))
    )
    if is_peopled or _names_somebody(brief):
        return []
    complaints = []
    for field in ("subject_description", "action_description"):
        found = sorted(set(key_word(getattr(reply, field)).split()) & PERSON_NOUNS)
        complaints += [
            f"{field} adds a person (“{noun}”); the script shows nobody here. Remove them." for noun in found
        ]
    return complaints


def _names_somebody(brief: ShotBrief) -> bool:
    # A capital inside a sentence may be somebody's name, and then a "man" in the reply may be theirs.
    return bool(re.search(r"(?<![.!?:]\s)(?<!^)\b[A-Z][a-z]+|\b[A-Z]{3,}\b", clean(brief.description)))


def _colours_of(text: str) -> dict[str, set[str]]:
    """Colours by what bears them: `long black hair, her eyes are green` → {"hair": {"black"}, "eye": {"green"}}."""
    found: dict[str, set[str]] = {}
    for match in _BEARER.finditer(text):
        bearer = (match.group(1) or match.group(2)).lower()
        bearer = "eye" if bearer == "eyes" else bearer
        before = re.split(r"[.;:]", text[: match.start()])[-1]
        for word in reversed(re.findall(r"[\w'’-]+", before)[-4:]):
            lowered = word.lower()
            if _BEARER.fullmatch(lowered) or lowered in _STOP:
                break
            if lowered in _COLOURS:
                found.setdefault(bearer, set()).add(lowered)
        after = re.match(r"\s+(?:is|are)\s+(?:\w+\s+)?([\w-]+)", text[match.end() :])
        if after and after.group(1).lower() in _COLOURS:
            found.setdefault(bearer, set()).add(after.group(1).lower())
    return found


def _other_colours(brief: ShotBrief, reply: CreativeReply) -> list[str]:
    stated = _colours_of(". ".join(_brief_texts(brief)))
    complaints = []
    for field, text in _texts(reply):
        for bearer, colours in _colours_of(text).items():
            if bearer not in stated:
                continue
            fitting = {colour for group in _COLOUR_GROUPS if group & stated[bearer] for colour in group}
            complaints += [
                f"{field} has {colour} {bearer}; the ingredients say {' and '.join(sorted(stated[bearer]))}."
                for colour in sorted(colours - fitting)
            ]
    return complaints


def _other_hour(brief: ShotBrief, reply: CreativeReply) -> list[str]:
    hour = light.time_of_day(brief.time_of_day)
    slug = clean(brief.time_of_day)
    if hour in ("night", "deep_night"):
        wrong = _DAY_LIGHT.search(reply.environment.lighting)
    elif hour in ("morning", "midday", "afternoon") or re.search(r"\bday\b", slug, re.IGNORECASE):
        wrong = _NIGHT_LIGHT.search(reply.environment.lighting)
    else:
        return []
    said = f" {key_word(' '.join(_brief_texts(brief)))} "
    if wrong is None or f" {key_word(wrong.group())} " in said:
        return []
    return [f"environment.lighting speaks of {wrong.group().lower()}; the scene heading says {slug}."]
