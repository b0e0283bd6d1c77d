"""Who a shot's words speak of: names as a screenplay writes them, and nouns for people."""

import re

from backend.veo.wording import as_clause, natural_case, sentences, word_set

PERSON_NOUNS = word_set(
    "man woman boy girl child kid baby toddler teen teenager guard soldier officer cop policeman policewoman"
    " detective doctor nurse surgeon waiter waitress bartender barman driver pilot captain sailor fisherman"
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

_NOT_NAMES = word_set(
    "the a an his her their its this that these those it he she they we you i there then here now but and or as in on"
    " at from into under over behind beyond across through inside outside above below beside between against around"
    " near suddenly silence slowly later meanwhile finally again everything nothing something everyone someone nobody"
    " no close wide angle insert medium full shot pov cut fade int ext tight establishing reveal continuous camera"
    " lightning thunder rain snow wind fog light lights smoke dust music water sound fire sun moon night day"
)
_INTRODUCED = re.compile(r"\b([A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,2}) ?\(([^()]{1,60})\)")
_CAPS_ACTOR = re.compile(r"(?<![\w'’])([A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,2})(?= [a-z]+s\b)")
_INITIAL_ACTOR = re.compile(r"^([A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?)(?= [a-z]+s\b)")
_DETERMINED = re.compile(r"\b(?:the|a|an|his|her|its|their|this|that|of)\s+$", re.IGNORECASE)
_PERSON_PHRASE = re.compile(
    r"\b(?:(?:an?|the|two|three|four|several|some|another|his|her|their)\s+(?:[\w’'-]+\s+){0,3}?)"
    rf"({'|'.join(sorted(PERSON_NOUNS, key=lambda noun: (-len(noun), noun)))})\b",
    re.IGNORECASE,
)
# Verbs that things do too, and that are seldom nouns: behind one of them the subject of the sentence is over.
_VERB_AFTER = re.compile(
    r"\s(?:is|are|was|were|has|have|(?:appear|blink|boil|burn|burst|buzz|collapse|crackle|crash|crawl|creak|disappear"
    r"|drift|drip|emerge|explode|fall|flash|flicker|float|glitter|glow|hang|hover|hum|lean|lie|loom|open|race|rattle"
    r"|remain|rise|roar|roll|rotate|run|rush|rumble|sag|scatter|scrape|shake|shatter|shimmer|shine|sink|sit|slam|slide"
    r"|spin|spread|stand|stretch|sway|swing|tick|topple|tremble|tumble|turn|vanish|vibrate|wait|whir)(?:s|es)?)\b"
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
        initial = _INITIAL_ACTOR.match(sentence)
        if initial and initial.group(1).lower().split()[0] not in _NOT_NAMES:
            found.setdefault(initial.group(1).lower(), initial.group(1))
    return list(found.values())


def person_phrases_in(text: str) -> list[str]:
    """Unnamed people in a text, in its words: `an old fisherman`, `two guards`."""
    found: dict[str, str] = {}
    for match in _PERSON_PHRASE.finditer(text):
        found.setdefault(match.group(1).lower(), as_clause(match.group()))
    return list(found.values())


def leading_phrase(text: str) -> str | None:
    """What the first sentence is about: `The red light` of “The red light blinks.” None where that is not plain."""
    first = (sentences(text) or [""])[0]
    match = _VERB_AFTER.search(first)
    if match is None:
        return None
    before = first[: match.start()]
    words = before.split()
    starts_well = words[0].lower() in {"the", "a", "an", "two", "three"} or words[0].endswith(("'s", "’s"))
    return before if starts_well and 2 <= len(words) <= 6 and "," not in before else None


def age_class(text: str) -> str:
    """`minor` or `adult` where the words say so, else `unspecified`."""
    if MINOR_WORDS.search(text):
        return "minor"
    return "adult" if ADULT_WORDS.search(text) else "unspecified"
