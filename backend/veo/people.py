"""Who a shot's words speak of: names as a screenplay writes them, and nouns for people."""

import re

from backend.veo.wording import as_clause, natural_case, sentences, word_set

PERSON_NOUNS = word_set(
    "figure figures man woman boy girl child kid baby toddler teen teenager guard soldier officer cop policeman"
    " policewoman detective doctor nurse surgeon waiter waitress bartender barman driver pilot captain sailor fisherman"
    " fisherwoman farmer priest nun monk king queen prince princess knight teacher student scientist engineer"
    " technician worker clerk guest stranger person people men women children couple family mother father son"
    " daughter brother sister grandmother grandfather husband wife lady gentleman hacker agent thief robber killer"
    " hunter dancer singer musician boss secretary lawyer judge keeper passenger pedestrian crowd commuter"
    " shopkeeper bystander villager warrior runner rider cyclist patient prisoner actor actress bride groom widow"
    " twins toddlers guards soldiers officers cops kids boys girls teenagers workers guests strangers dancers"
    " passengers pedestrians villagers commuters students sailors"
)
MINOR_WORDS = re.compile(
    r"\b(?:child(?:ren)?|kids?|bab(?:y|ies)|infants?|toddlers?|teens?|teenagers?|teenaged?|adolescents?|schoolboys?"
    r"|schoolgirls?|minors?|boys?|girls?|(?:[1-9]|1[0-7])[- ]years?[- ]old)\b|\((?:[1-9]|1[0-7])\)",
    re.IGNORECASE,
)
ADULT_WORDS = re.compile(
    r"\b(?:adult|man|woman|men|women|elderly|middle-aged|(?:twenties|thirties|forties|fifties|sixties|seventies)"
    r"|(?:early|mid|late)?[- ]?[2-9]0s|(?:1[89]|[2-9]\d)[- ]years?[- ]old)\b",
    re.IGNORECASE,
)
PRONOUNS = re.compile(r"\b(?:he|she|they|him|her|hers|his|them|their|theirs|himself|herself)\b", re.IGNORECASE)
# Those that can only mean a person. "Two rails climb until the cloud takes them" has nobody in it.
PERSON_PRONOUNS = re.compile(r"\b(?:he|she|him|her|hers|his|himself|herself)\b|^(?:they|their)\b", re.IGNORECASE)

_NOT_NAMES = word_set(
    "the a an his her their its this that these those it he she they we you i there then here now but and or as in on"
    " at from into under over behind beyond across through inside outside above below beside between against around"
    " near suddenly silence slowly later meanwhile finally again everything nothing something everyone someone nobody"
    " no close wide angle insert medium full shot pov cut fade int ext tight establishing reveal continuous camera"
    " lightning thunder rain snow wind fog light lights smoke dust music water sound fire sun moon night day"
)
# What people do in scene description. A list, because "Broken windows" looks like "Mara waits".
_DOES = (
    "walks|runs|looks|turns|sits|stands|sees|takes|opens|closes|enters|exits|leaves|picks|pulls|pushes|grabs|holds|puts"
    "|sets|steps|stares|smiles|nods|shakes|leans|moves|reaches|drops|falls|lies|waits|watches|listens|speaks|says"
    "|whispers|shouts|yells|screams|cries|laughs|sighs|starts|stops|tries|begins|goes|comes|gets|gives|finds|feels|hears"
    "|knows|keeps|lets|makes|throws|catches|hits|kicks|punches|shoots|fires|aims|draws|drives|rides|climbs|crawls|kneels"
    "|crouches|rises|jumps|leaps|hides|follows|leads|drags|carries|lifts|lowers|drinks|eats|pours|smokes|reads|writes"
    "|types|dials|answers|calls|hangs|sleeps|wakes|freezes|hesitates|pauses|glances|gazes|peers|scans|studies|examines"
    "|inspects|checks|searches|stumbles|staggers|slips|slides|rolls|wipes|washes|cleans|cuts|breaks|tears|rips|ties"
    "|locks|unlocks|knocks|slams|frowns|grins|shrugs|blinks|winks|breathes|gasps|coughs|trembles|shivers|hugs|kisses"
    "|touches|strokes|presses|squeezes|wraps|unwraps|folds|packs|unpacks|removes|wears|mends|cooks|remembers|sprints"
    "|races|dashes|hurries|strides|limps|paces|swims|dives|flees|ducks|wades|approaches|disappears|emerges|is|has"
)
_NAME = r"(?:(?:Dr|Mr|Mrs|Ms|DR|MR|MRS|MS)\. )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"
_CAPS_NAME = r"[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,2}"
_INTRODUCED = re.compile(rf"(?<![\w'’])({_NAME}) ?\(([^()]{{1,60}})\)")
_CAPS_ACTOR = re.compile(rf"(?<![\w'’])({_CAPS_NAME})(?= (?:{_DOES})\b|, (?:who|an?|\d)\b)")
_INITIAL_ACTOR = re.compile(rf"^({_NAME})(?= (?:{_DOES})\b)")
_INITIAL_PAIR = re.compile(r"^([A-Z][a-z]+) and ([A-Z][a-z]+)(?= [a-z]+\b)")
_DETERMINED = re.compile(r"\b(?:the|a|an|his|her|its|their|this|that|of)\s+$", re.IGNORECASE)
_NOUN = "|".join(sorted(PERSON_NOUNS, key=lambda noun: (-len(noun), noun)))
_PLURAL = "|".join(sorted(noun for noun in PERSON_NOUNS if noun.endswith("s") or noun in ("men", "women", "people")))
_LINK = r"(?!(?:as|of|in|on|and|or|with|who|that|at|for|to|from|by|is|are)\b)"
_PERSON_PHRASE = re.compile(
    rf"\b(?:an?|the|two|three|four|several|some|another|his|her|their)\s+(?:{_LINK}[\w’'-]+\s+){{0,3}}?({_NOUN})\b"
    rf"|\b({_PLURAL})\b",
    re.IGNORECASE,
)
_SINGULAR_VERB = re.compile(r"\s[a-z]{2,}(?<![sui'’])s\b")
_PHRASE_END = re.compile(
    r"[.,;:!?–—]|\s(?:on|in|at|by|with|from|into|onto|under|over|above|below|against|through|across|beside|behind"
    r"|near|as|and|to|that|which|who)\b"
)
# Verbs that things do too, and that are seldom nouns: behind one of them the subject of the sentence is over.
_VERB_AFTER = re.compile(
    r"\s(?:is|are|was|were|has|have|(?:appear|blink|boil|burn|burst|buzz|collapse|crackle|crash|crawl|creak|disappear"
    r"|drift|drip|emerge|explode|fall|flash|flicker|float|glitter|glow|hang|hover|hum|ignite|lean|lie|loom|open|race|rattle"
    r"|remain|ring|rise|roar|roll|rotate|run|rush|rumble|sag|scatter|scrape|shake|shatter|shimmer|shine|screech|sink|skid|sit|slam|slide"
    r"|spin|spread|stand|stretch|strike|sway|swerve|swing|tick|topple|tremble|tumble|turn|vanish|vibrate|wait|whir)(?:s|es)?)\b"
)


def names_in(text: str) -> list[str]:
    """Names of people acting in a text, in natural case, in order: `MARA (50s)` → `Mara, 50s`; `KAI runs` → `Kai`.

    Names in capitals are a screenplay's own mark. Only a text without any is searched for “Kai runs”.
    """
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        name = natural_case(match.group(1))
        if match.group(1).lower() not in _NOT_NAMES:
            found.setdefault(name.lower(), f"{name}, {match.group(2).strip()}")
    for match in _CAPS_ACTOR.finditer(text):
        is_thing = _DETERMINED.search(text[: match.start()]) or match.group(1).lower().split()[0] in _NOT_NAMES
        if not is_thing:
            found.setdefault(match.group(1).lower(), natural_case(match.group(1)))
    for sentence in () if found else sentences(text):
        if pair := _INITIAL_PAIR.match(sentence):
            candidates = [name for name in pair.groups() if name.lower() not in _NOT_NAMES]
        else:
            initial = _INITIAL_ACTOR.match(sentence)
            candidates = [initial.group(1)] if initial and not _opens_with_no_name(initial.group(1)) else []
        for name in candidates:
            found.setdefault(name.lower(), name)
    return list(found.values())


def _opens_with_no_name(words: str) -> bool:
    return words.lower().split()[0] in _NOT_NAMES


def person_phrases_in(text: str) -> list[str]:
    """Unnamed people in a text, in its words: `an old fisherman`, `two guards`."""
    found: dict[str, str] = {}
    for match in _PERSON_PHRASE.finditer(text):
        noun = match.group(1) or match.group(2)
        phrase = as_clause(match.group())
        found.setdefault(noun.lower(), phrase.replace(noun, noun.lower()))
    return list(found.values())


def leading_phrase(text: str) -> str | None:
    """What the first sentence is about: `The red light` of “The red light blinks.” None where that is not plain."""
    first = (sentences(text) or [""])[0]
    words = first.split()
    if not words:
        return None
    opening = words[0].lower()
    is_owned = words[0][0].isupper() and words[0].endswith(("'s", "’s"))
    if opening not in {"the", "a", "an", "two", "three"} and not is_owned:
        return None
    # Behind "a" or "Anna's car" a word in -s is the verb; behind "the" it may be a plural.
    verb = _VERB_AFTER.search(first)
    singular = _SINGULAR_VERB.search(first, len(words[0]) + 1 + len(words[1])) if _is_singular(opening, words) else None
    linked = _PHRASE_END.search(first)
    ends = [match.start() for match in (verb, singular, linked) if match]
    phrase = first[: min(ends)] if ends else first
    is_whole = linked is not None and min(ends) == linked.start() and first[linked.start()] == "."
    # "The headlights die." may end in a verb that is not on the list; "A photograph." and "Anna's car." do not.
    is_sure = not is_whole or is_owned or opening in ("a", "an")
    return phrase if is_sure and 2 <= len(phrase.split()) <= 6 else None


def _is_singular(opening: str, words: list[str]) -> bool:
    return opening in ("a", "an") and len(words) > 2


def age_class(text: str) -> str:
    """`minor` or `adult` where the words say so, else `unspecified`."""
    if MINOR_WORDS.search(text):
        return "minor"
    return "adult" if ADULT_WORDS.search(text) else "unspecified"
