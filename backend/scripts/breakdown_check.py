"""Judges a language model's shots one by one: the good ones are kept, the others refused with a reason."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pydantic import TypeAdapter, ValidationError

from backend.screenplay.language import language_of
from backend.scripts.breakdown_items import Item, SceneTask
from backend.scripts.breakdown_prompt import BreakdownReply, ReplyShot
from backend.veo.overlap import ENOUGH, shared_words
from backend.veo.people import names_in
from backend.veo.wording import word_set

MAX_SPEECHES = 3
# More speeches than one are one shot only when they fit a clip and a half.
MAX_SECONDS_OF_SPEECHES = 12.0

_SHOT: TypeAdapter[ReplyShot] = TypeAdapter(ReplyShot)
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{2,})[\"“”«»„]|(?:^|[\s(])[‘']([^‘’']{2,}[?!.,])[’'](?=$|[\s).,])")
_CUE = re.compile(r"^\s*([A-ZÀ-Þ][A-ZÀ-Þ .'’-]+)(?:\([^)]*\))?\s*:\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Capitals that are no names in any language of scripts.
_NO_NAMES = word_set(
    "i a an the he she it they we you his her its their this that these those and but or as in on at of to from with"
    " wide close medium full extreme establishing insert detail shot camera angle view pov over two static pan tilt"
    " dolly zoom crane aerial drone handheld tracking ext int day night tv dr mr mrs ms"
)


@dataclass
class Verdict:
    """The shots that were kept, in the order of the script, and what was wrong with the others, for the model.

    `reasons` has for each scene, by its key, the last thing that was wrong with a shot of it; `failure` is what was
    wrong with the reply as a whole.
    """

    kept: list[ReplyShot] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    failure: str | None = None


def salvage(raw: str) -> list[ReplyShot | str]:
    """The shots in a reply that as a whole is none: cut off, or with a broken shot in it.

    Each shot that can be read, or a sentence about one that cannot. Reading stops where the JSON breaks.
    """
    start = raw.find("[", raw.find('"shots"')) + 1
    out: list[ReplyShot | str] = []
    decoder = json.JSONDecoder()
    while start:
        while start < len(raw) and raw[start] in " \n\r\t,":
            start += 1
        if start >= len(raw) or raw[start] != "[":
            break
        try:
            value, start = decoder.raw_decode(raw, start)
        except ValueError:
            break
        number = len(out) + 1
        try:
            out.append(_SHOT.validate_python(value))
        except ValidationError as error:
            first = error.errors()[0]
            where = f"value {first['loc'][-1]}: " if first["loc"] else ""
            out.append(f"Shot {number}: {where}{first['msg']}.")
    return out


def judge(reply: BreakdownReply | Sequence[ReplyShot | str], items: Sequence[Item], told: Sequence[str]) -> Verdict:
    """Which shots of a reply about these numbered paragraphs can be kept.

    `told` are the descriptions of shots that are kept already.
    """
    shots = reply.shots if isinstance(reply, BreakdownReply) else reply
    verdict = Verdict()
    spoken: set[int] = set()
    last_kept: dict[int, int] = {}
    descriptions = {text.casefold() for text in told}
    for number, shot in enumerate(shots, start=1):
        if isinstance(shot, str):
            verdict.problems.append(shot)
            continue
        problem = (
            _place_problem(shot, items, spoken, last_kept)
            or _fullness_problem(shot, items)
            or _word_problem(shot, items[shot.first].task, descriptions)
        )
        if problem:
            verdict.problems.append(f"Shot {number}: {problem}")
            if 0 <= shot.first < len(items):
                verdict.reasons[items[shot.first].task.key] = verdict.problems[-1]
            continue
        verdict.kept.append(shot)
        descriptions.add(shot.description.casefold())
        last_kept[id(items[shot.first].task)] = shot.last
        spoken.update(n for n in range(shot.first, shot.last + 1) if items[n].is_speech)
    verdict.kept.sort(key=lambda shot: shot.first)
    return verdict


def _place_problem(shot: ReplyShot, items: Sequence[Item], spoken: set[int], last_kept: dict[int, int]) -> str | None:
    if not 0 <= shot.first <= shot.last < len(items):
        return f"paragraphs {shot.first} to {shot.last} are not in this text, which has 0 to {len(items) - 1}."
    covered = items[shot.first : shot.last + 1]
    if any(item.task is not covered[0].task for item in covered):
        return f"paragraphs {shot.first} to {shot.last} are of two scenes."
    if any(not b.follows(a) for a, b in pairwise(covered)):
        return f"between paragraphs {shot.first} and {shot.last} another shot lies."
    again = sorted(spoken & set(range(shot.first, shot.last + 1)))
    if again:
        return f"the speech in paragraph {again[0]} is in an earlier shot."
    before = last_kept.get(id(covered[0].task), -1)
    if shot.first < before:
        return f"paragraph {shot.first} comes before the end of an earlier shot."
    return None


def _fullness_problem(shot: ReplyShot, items: Sequence[Item]) -> str | None:
    covered = items[shot.first : shot.last + 1]
    if covered[0].task.target_shots is not None:
        return None
    speeches = [item.seconds for item in covered if item.is_speech]
    if len(speeches) > MAX_SPEECHES or (len(speeches) > 1 and sum(speeches) > MAX_SECONDS_OF_SPEECHES):
        return f"paragraphs {shot.first} to {shot.last} hold too much speech for one shot."
    if len(covered) > 2 * MAX_SPEECHES + 1:
        return f"paragraphs {shot.first} to {shot.last} are too many for one shot."
    return None


def _word_problem(shot: ReplyShot, task: SceneTask, descriptions: set[str]) -> str | None:
    text = " ".join([task.scene.heading, *(element.text for element in task.scene.elements)])
    description = shot.description
    words = _WORD.findall(description.casefold())
    if sum(map(len, words)) < 0.6 * len(description.replace(" ", "")):
        return "its description is not a sentence."
    if description.casefold() in descriptions:
        return "its description repeats that of another shot."
    if invented := _invented_speech(description, text):
        return f"“{invented[:40]}” is said by nobody in the scene. Quote no dialogue."
    if stranger := _stranger(description, text, task):
        return f"{stranger} is not in the scene."
    in_scene = set(_WORD.findall(text.casefold()))
    if shared_words(description, text) < ENOUGH or not any(word in in_scene for word in words):
        return "the description is not about this scene. Use the script's own words."
    return None


def _invented_speech(description: str, text: str) -> str | None:
    """A quotation, or a line under a cue, whose words the scene has not."""
    flat = " ".join(_WORD.findall(text.casefold()))
    quoted = [match.group(1) or match.group(2) for match in _QUOTED.finditer(description)]
    if cue := _CUE.match(description):
        quoted.append(description[cue.end() :])
    for words in quoted:
        if " ".join(_WORD.findall(words.casefold())) not in flat:
            return words.strip()
    return None


def _stranger(description: str, text: str, task: SceneTask) -> str | None:
    """A name that neither the scene nor the cast has."""
    known = {word.casefold() for word in _WORD.findall(" ".join([text, *task.cast]))}
    known |= {word.removesuffix("'s").removesuffix("’s") for word in known}
    candidates = [name.split(",")[0] for name in names_in(description)]
    if language_of(task.scene) != "de":
        # German writes every noun with a capital.
        candidates += [word for word in _WORD.findall(re.sub(r"(?:^|[.!?:]\s+)\W*[^\W\d_]+", " ", description))
                       if word[0].isupper()]  # fmt: skip
    for candidate in candidates:
        for word in _WORD.findall(candidate):
            plain = word.casefold().removesuffix("'s").removesuffix("’s")
            if plain not in known and plain not in _NO_NAMES and len(plain) > 1:
                return candidate
    return None
