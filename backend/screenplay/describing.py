"""Describes the shots of a scene: what is seen, in the script's words, and who speaks to whom."""

import re
from collections.abc import Iterator, Sequence
from itertools import count, groupby

from backend.screenplay.coverage import SHOWS_LISTENER, Direction
from backend.screenplay.models import Scene
from backend.screenplay.shotlist import ShotSize
from backend.screenplay.units import Unit, place
from backend.screenplay.wording import Wording

# Sentences that say how somebody is, not what happens once: they still hold in the shots that follow.
_STATE = re.compile(
    r"\b(?:sits?|sitting|seated|stands?|standing|l(?:ies|ying)|leans?|leaning|kneels?|kneeling|wears?|wearing|dressed"
    r"|holds?(?! (?:back|up|out|on\b))|holding|is|are|assis(?:e|es)?|debout|allongée?s?|couchée?s?|porte|portent|est"
    r"|sont|tient|tiennent"
    r"|sentad[oa]s?|deitad[oa]s?|de pé|em pé|veste|vestem|está|estão|están|acostad[oa]s?|de pie|lleva|viste"
    r"|sitzt|sitzen|steht|stehen|liegt|liegen|trägt|tragen|ist|sind|sedut[oaie]|in piedi|sdraiat[oaie]|indossa|è"
    r"|sono)\b",
    re.IGNORECASE,
)
# Words before the verb of a sentence that says how somebody is: `A few years later, and Will sits`.
_VERB_WITHIN = 6
# A question or a quotation shows nothing.
_TOLD = re.compile(r"[?\"“”«»]")
# The paragraph ends in the middle of a sentence: `grabbing hold of`, `He then slowly`.
_OPEN = re.compile(
    r"(?:^|\s)(?:of|the|an?|to|and|or|but|we|with|as|at|in|on|by|for|from|into|that|finally|then|slowly|see|be)$"
)
# Deliveries that only say to whom.
_TO_SOMEONE = re.compile(r"(?:to|into|re|à|au|a|para|zu|an)\b", re.IGNORECASE)
_WORDS_FROM = 6
_LONGEST_CONTEXT = 200


def describe(
    shots: Sequence[Sequence[Unit]], directions: Sequence[Direction], scene: Scene, words: Wording
) -> list[str]:
    """One description per shot, in order, no two alike."""
    teller = _Teller(scene, words)
    return [teller.shot(shot, direction) for shot, direction in zip(shots, directions, strict=True)]


class _Teller:
    def __init__(self, scene: Scene, words: Wording) -> None:
        self._scene = scene
        self._words = words
        self._told: set[str] = set()
        self._is_asked = False
        # The last sentence that says how each person is, and how the place is (under "").
        self._states: dict[str, str] = {}
        self._last_picture = ""

    def shot(self, shot: Sequence[Unit], direction: Direction) -> str:
        plain = self._plain(shot, direction)
        has_picture = any(unit.picture for unit in shot)
        text = next(told for told in self._forms(plain, shot, has_picture) if told.casefold() not in self._told)
        self._told.add(text.casefold())
        for unit in shot:
            if unit.picture:
                self._remember(unit)
        return text

    def _plain(self, shot: Sequence[Unit], direction: Direction) -> str:
        parts: list[str] = []
        has_picture = any(unit.picture for unit in shot)
        for mode, units in groupby(shot, key=lambda unit: unit.mode):
            run = list(units)
            if mode is None:
                parts.extend(_seen(run, self._scene))
            elif mode == "on_screen":
                parts.append(self._speaking(run, direction))
            elif mode == "off_screen":
                parts.append(self._heard(run, direction.listener, is_seen=not has_picture))
            elif not has_picture:
                # A voice needs a picture under it: the last one seen, or the place itself.
                parts.append(self._last_picture or place(self._scene))
            self._is_asked = bool(run[-1].lines) and _is_question(run[-1].lines[-1].line)
        return " ".join(parts)

    def _forms(self, plain: str, shot: Sequence[Unit], has_picture: bool) -> Iterator[str]:
        """The description, then forms of it that say more, until one is unlike those of the other shots."""
        location = self._scene.location or self._scene.heading
        context, before = "", ""
        if not has_picture:
            context = self._context(shot)
            if not context and any(unit.mode != "voice_over" for unit in shot):
                before = f"{location}: "
            context = f" {context}" if context and context not in plain else ""
        yield f"{before}{plain}{context}"
        line = next((line for unit in shot for line in unit.lines), None)
        if line is not None:
            if line.delivery and not _TO_SOMEONE.match(line.delivery):
                yield f"{before}{plain} {_capital(line.delivery)}.{context}"
            opening = " ".join(line.line.split()[:_WORDS_FROM]).strip('.,;:!?…-–— "“”«»')
            if opening:
                yield f"{before}{plain.rstrip('.')}, {self._words.from_words.format(opening)}.{context}"
        elif not plain.startswith(location):
            yield f"{location}: {plain}"
        for number in count(2):
            yield f"{before}{plain} ({number}){context}"

    def _context(self, shot: Sequence[Unit]) -> str:
        """How the people of a shot without a picture of its own are, as far as the script has said."""
        told = [self._states[name] for unit in shot for name in unit.speakers if name in self._states]
        return next(iter(told), self._states.get("", ""))

    def _remember(self, unit: Unit) -> None:
        text = _stopped(unit.text, self._scene)
        self._last_picture = text
        if _is_state(unit) and len(text) <= _LONGEST_CONTEXT:
            for name in unit.names or [""]:
                self._states[name] = text

    def _speaking(self, run: Sequence[Unit], direction: Direction) -> str:
        names = list(dict.fromkeys(name for unit in run for name in unit.speakers))
        if any(unit.is_dual for unit in run) and len(names) > 1:
            return f"{self._words.names(names)} {self._words.together}."
        turns = [(list(unit.speakers), [line.line for line in unit.lines]) for unit in run]
        if len(names) > 2 and all(len(speaking) == 1 for speaking, _ in turns):
            return f"{self._words.names(names)} {self._words.in_turn}."
        if len(names) == 2 and all(len(speaking) == 1 for speaking, _ in turns):
            return self._exchange([(speaking[0], said) for speaking, said in turns])
        return self._alone(names, [line for _, said in turns for line in said], direction)

    def _exchange(self, turns: list[tuple[str, list[str]]]) -> str:
        (first, said), *rest = turns
        other = next(name for name, _ in rest if name != first)
        parts = [f"{first} {self._verb([first], said, is_to=True)} {other}"]
        previous = said
        for name, lines in rest:
            if name == parts[-1].split(" ")[0]:
                continue
            verb = self._words.question if _is_question(lines[-1]) else self._words.answer
            verb = verb if len(parts) == 1 or _is_question(previous[-1]) else self._words.say
            parts.append(f"{name} {verb[0]}")
            previous = lines
        return f"{'; '.join(parts)}."

    def _alone(self, names: list[str], said: list[str], direction: Direction) -> str:
        who = self._words.names(names)
        listener = direction.listener
        if listener and direction.size is ShotSize.OVER_THE_SHOULDER:
            return f"{self._words.over_shoulder.format(listener)}{who} {self._verb(names, said, is_to=False)}."
        if listener and direction.size in SHOWS_LISTENER:
            return f"{who} {self._verb(names, said, is_to=False)}; {listener} {self._words.listens[0]}."
        if listener:
            return f"{who} {self._verb(names, said, is_to=True)} {listener}."
        return f"{who} {self._verb(names, said, is_to=False)}."

    def _heard(self, run: Sequence[Unit], listener: str | None, *, is_seen: bool) -> str:
        names = list(dict.fromkeys(name for unit in run for name in unit.speakers))
        verb = self._words.say[len(names) > 1]
        heard = f"{self._words.names(names)} {verb} {self._words.off_screen}."
        return f"{listener} {self._words.listens[0]}; {heard}" if listener and is_seen else heard

    def _verb(self, names: Sequence[str], said: Sequence[str], *, is_to: bool) -> str:
        words = self._words
        if said and _is_question(said[-1]):
            verb = words.question_to if is_to else words.question
        elif self._is_asked:
            verb = words.answer_to if is_to else words.answer
        else:
            verb = words.say_to if is_to else words.say
        return verb[len(names) > 1]


def _is_question(line: str) -> bool:
    return line.rstrip("\"”»' ").endswith("?")


def _is_state(unit: Unit) -> bool:
    """Whether a sentence says how somebody is: its verb is one of being, and stands near its beginning."""
    picture = unit.picture
    if picture is None or picture.is_item or picture.size in (ShotSize.INSERT, ShotSize.POINT_OF_VIEW):
        return False
    found = _STATE.search(picture.text)
    if found is None or _TOLD.search(picture.text):
        return False
    return len(picture.text[: found.start()].split()) <= _VERB_WITHIN


def _seen(run: Sequence[Unit], scene: Scene) -> Iterator[str]:
    """The pictures as sentences; one that the next paragraph goes on with is left open."""
    for unit in run:
        is_open = bool(_OPEN.search(unit.text))
        if is_open:
            yield f"{unit.text}…" if unit is run[-1] else unit.text
        else:
            yield _stopped(unit.text, scene)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stopped(text: str, scene: Scene) -> str:
    """A sentence with its end, but the heading as it is."""
    if not text or text == place(scene) or text[-1] in ".!?…\"”':)—-":
        return text
    return f"{text}."
