"""Breaks scenes down into shots: by the built-in rules, or by the language model with the rules behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from backend.clients.llm import Llm
from backend.clients.llm_errors import LlmAttempt, LlmContextTooSmall, LlmInvalidReply, LlmTimeout
from backend.core.errors import AppError, RetryableError
from backend.screenplay import ShotDraft, break_down
from backend.screenplay.durations import LONGEST
from backend.scripts.breakdown_check import Verdict, judge, salvage
from backend.scripts.breakdown_items import Item, SceneTask, by_scene, items_of, most_shots, numbered, pieces
from backend.scripts.breakdown_merge import KeptShot, shot_list
from backend.scripts.breakdown_prompt import SYSTEM_PROMPT, BreakdownReply, reply_for, user_prompt

__all__ = ["SYSTEM_PROMPT", "SceneShots", "SceneTask", "batches", "by_llm", "by_rules", "to_row"]

# Small scenes go to the model together, so that the instructions are not read for each; the rules' work is so quick
# that a batch is as much as a page should wait for.
_LLM_BATCH = (6_000, 8)
_RULES_BATCH = (60_000, 20)
REPAIR_ROUNDS = 2
# A model that did the same thing wrong in every shot need not read it as often.
_PROBLEMS_TOLD = 6
# A good reply takes about 40 tokens a shot. A model that has spent this many is not asked again: what a small one did
# not do right at that length it will not do right in two more.
_TOKENS_PER_SHOT = 55
_NOTHING = "The reply did not cover it."


@dataclass(frozen=True)
class SceneShots:
    """The shots of a scene: `engine` is "rules" or "ollama:MODEL", `note` says why the rules did it or a part of it."""

    key: str
    drafts: list[ShotDraft]
    engine: str
    note: str | None = None


@dataclass
class _Answered:
    """What the model gave for a scene, and what was wrong with the rest."""

    kept: list[KeptShot] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def batches(tasks: Sequence[SceneTask], *, engine: Literal["rules", "ollama"]) -> list[list[SceneTask]]:
    """The scenes in order, as many together as one job should do; a long scene is a batch by itself."""
    most_characters, most_scenes = _LLM_BATCH if engine == "ollama" else _RULES_BATCH
    out: list[list[SceneTask]] = []
    size = 0
    for task in tasks:
        length = sum(len(element.text) for element in task.scene.elements)
        if not out or size + length > most_characters or len(out[-1]) >= most_scenes:
            out.append([])
            size = 0
        out[-1].append(task)
        size += length
    return out


def by_rules(task: SceneTask) -> list[ShotDraft]:
    """Shots by the built-in rules: the same for the same scene, every time."""
    return break_down(
        task.scene,
        cast=task.cast,
        is_new_location=task.is_new_location,
        elements=task.elements,
        target_shots=task.target_shots,
        language=task.language,
    )


async def by_llm(
    llm: Llm, tasks: Sequence[SceneTask], log: list[LlmAttempt], *, may_fall_back: bool, is_last_attempt: bool
) -> list[SceneShots]:
    """Shots of each scene by the language model, in the order of the tasks.

    Dialogue and anchors come from the script, never from the model. Valid shots of a reply are kept; what they leave
    uncovered is asked for again, at most twice, and then given to the rules. A scene of which no shot could be kept is
    the rules' alone. Every raw reply is added to `log`.

    Raises the errors of `Llm.structured` but for a bad reply, unless the scenes `may_fall_back` to the rules; one that
    may pass is raised until `is_last_attempt`.
    """
    out: dict[str, SceneShots] = {}
    # A scene without a paragraph says nothing to a model; its one establishing shot is the rules'.
    askable = [task for task in tasks if not task.scene.is_omitted and items_of(task)]
    answered: dict[str, _Answered] = {task.key: _Answered() for task in askable}
    model = ""
    try:
        for piece in pieces(askable):
            model = await _ask_for(llm, piece, answered, log, REPAIR_ROUNDS) or model
    except AppError as error:
        if not may_fall_back or (isinstance(error, RetryableError) and not is_last_attempt):
            raise
        for given in answered.values():
            given.problems.append(error.detail)
    for task in tasks:
        given = answered.get(task.key, _Answered())
        if not given.kept:
            note = f"The built-in rules did this scene: {given.problems[-1]}" if given.problems else None
            out[task.key] = SceneShots(task.key, by_rules(task), "rules", note)
            continue
        drafts, by_rules_count = shot_list(task, items_of(task), given.kept)
        note = None
        if by_rules_count:
            note = f"The built-in rules did {by_rules_count} of {len(drafts)} shots: {given.problems[-1]}"
        out[task.key] = SceneShots(task.key, drafts, f"ollama:{model}", note)
    return [out[task.key] for task in tasks]


async def _ask_for(
    llm: Llm, items: list[Item], answered: dict[str, _Answered], log: list[LlmAttempt], repair_rounds: int
) -> str:
    """Ask for the shots of some paragraphs until they are covered or the rounds are over; the model's name.

    A text that does not fit the context is asked for in halves.
    """
    model = ""
    problems: list[str] = []
    left = items
    already = len(log)
    budget = _TOKENS_PER_SHOT * most_shots(items)
    for _ in range(repair_rounds + 1):
        left = numbered(left)
        try:
            verdict, model = await _round(llm, left, answered, log, problems)
        except LlmContextTooSmall as error:
            if len(left) == 1:
                answered[left[0].task.key].problems.append(error.detail)
                return model
            middle = len(left) // 2
            for half in (left[:middle], left[middle:]):
                model = await _ask_for(llm, half, answered, log, repair_rounds) or model
            return model
        for shot in verdict.kept:
            first, last = left[shot.first], left[shot.last]
            answered[first.task.key].kept.append(KeptShot(first.place, last.place, shot))
        covered = {number for shot in verdict.kept for number in range(shot.first, shot.last + 1)}
        problems = verdict.problems
        for task, _own in by_scene(left):
            answered[task.key].problems.append(verdict.reasons.get(task.key) or verdict.failure or _NOTHING)
        remaining = [item for item in left if item.number not in covered]
        if not verdict.kept and (len(left) < len(items) or verdict.failure is None):
            # A repair that brought nothing, or a reply of the right form without one shot that can be used: another
            # round would bring nothing either, and a small model spends most of its words in such rounds.
            break
        if sum(item.seconds for item in remaining) > LONGEST:
            numbers = ", ".join(str(item.number) for item in remaining)
            problems = [*problems, f"No shot has these paragraphs: {numbers}."]
        spent = sum(attempt.output_tokens or 0 for attempt in log[already:])
        if not remaining or not problems or spent > budget:
            break
        left = remaining
    return model


async def _round(
    llm: Llm, items: list[Item], answered: dict[str, _Answered], log: list[LlmAttempt], problems: Sequence[str]
) -> tuple[Verdict, str]:
    scenes = [
        (task.scene.heading, [item.line for item in own], None if problems else task.target_shots)
        for task, own in by_scene(items)
    ]
    told = [one.shot.description for task, _ in by_scene(items) for one in answered[task.key].kept]
    try:
        reply = await llm.structured(
            system=SYSTEM_PROMPT,
            user=user_prompt(scenes, problems[:_PROBLEMS_TOLD]),
            reply=BreakdownReply,
            within=reply_for(len(items), most_shots(items)),
            max_retries=0,
        )
        attempt, model = reply.attempts[-1], reply.model
        verdict = judge(reply.value, items, told)
    except LlmTimeout as error:
        attempt = LlmAttempt.of_timeout(error)
        model = error.model
        verdict = judge(salvage(error.partial), items, told)
        verdict.failure = error.detail
        verdict.problems.insert(0, error.detail)
        if not verdict.kept:
            log.append(attempt)
            raise
    except LlmInvalidReply as error:
        attempt, model = error.attempts[-1], str(error.extra.get("model", ""))
        verdict = judge(salvage(attempt.raw), items, told)
        verdict.failure = attempt.error or "The reply was not of the form asked for."
        verdict.problems.insert(0, verdict.failure)
    log.append(attempt.model_copy(update={"error": "\n".join(verdict.problems)[:4000] or None}))
    return verdict, model


def to_row(draft: ShotDraft) -> dict[str, Any]:
    """The columns of a draft shot; its scene, number and anchors are set when it is stored."""
    return {
        "description": draft.description,
        "duration": draft.duration_seconds,
        "size": draft.size.value,
        "angle": draft.angle.value,
        "movement": draft.movement.value,
        "characters": draft.characters,
        "dialogue": [line.model_dump(mode="json") for line in draft.dialogue],
        "line_start": draft.line_start,
        "line_end": draft.line_end,
        "element_indexes": draft.element_indexes,
        "provenance": {
            **dict.fromkeys(("description", "duration", "size", "angle", "movement"), draft.author),
            "characters": "parsed",
            "dialogue": "parsed",
        },
    }
