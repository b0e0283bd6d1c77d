"""Break a parsed scene down into shots: by the built-in rules, or by the language model under a schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.clients.llm import Llm
from backend.clients.llm_errors import LlmAttempt, LlmInvalidReply
from backend.core.errors import AppError, RetryableError
from backend.screenplay import CameraAngle, CameraMovement, Element, Scene, ShotDraft, ShotSize, SpokenLine, break_down
from backend.screenplay.beats import Speech, read
from backend.veo.overlap import ENOUGH, shared_words

# The specification's words first; they never change, so that the server's prompt cache works.
SYSTEM_PROMPT = """\
You are a Script Supervisor. Break the following screenplay text into a structured JSON array of shots. Identify the \
action lines that denote visual changes. Ignore dialogue unless it implies visual action.

The scene's paragraphs are numbered [0], [1], [2] and so on. For each shot give:
- description: one or two sentences saying what the camera sees, in the script's own words. Never add a person, \
place, thing or event that is not in the scene. No dialogue.
- estimated_duration: whole seconds, 2 to 8.
- size and movement of the camera, from the lists.
- first_paragraph and last_paragraph: the numbers of the paragraphs the shot covers. Shots follow the script's order.
Answer with JSON only."""

# A scene longer than this is asked for in pieces, cut between paragraphs, never inside a speech.
MAX_PIECE_CHARACTERS = 6000
MAX_SHOTS_PER_PIECE = 24


class ReplyShot(BaseModel):
    """One shot as the model sees it. Everything is bounded, so that constrained decoding ends."""

    model_config = ConfigDict(extra="forbid")

    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=300)]
    estimated_duration: int = Field(ge=2, le=8, description="Seconds.")
    size: ShotSize
    movement: CameraMovement
    first_paragraph: int = Field(ge=0, le=9999)
    last_paragraph: int = Field(ge=0, le=9999)


class BreakdownReply(BaseModel):
    """The shots of a scene, or of a piece of one."""

    model_config = ConfigDict(extra="forbid")

    shots: list[ReplyShot] = Field(min_length=1, max_length=MAX_SHOTS_PER_PIECE)


async def _by_llm(llm: Llm, scene: Scene, log: list[LlmAttempt]) -> tuple[list[ShotDraft], str]:
    """Shots by the language model, and the model's name. Dialogue and lines come from the script, never from it.

    Every raw reply is added to `log`. Raises the errors of `Llm.structured`.
    """
    drafts: list[ShotDraft] = []
    model = ""
    for piece in _pieces(scene.elements):
        low, high = piece[0], piece[-1]

        user = f"{scene.heading}\n\n" + "\n\n".join(_numbered(scene.elements[index], index) for index in piece)

        def check(reply: BreakdownReply, user: str = user, low: int = low, high: int = high) -> list[str]:
            return refusals(reply, user, low, high)

        reply = await llm.structured(system=SYSTEM_PROMPT, user=user, reply=BreakdownReply, check=check)
        log.extend(reply.attempts)
        model = reply.model
        drafts.extend(_drafts(scene, reply.value.shots, low, high))
    return drafts, model


def refusals(reply: BreakdownReply, text: str, low: int, high: int) -> list[str]:
    """What is wrong with a breakdown of `text`, whose paragraphs are `low` to `high`, in sentences for the model."""
    problems: list[str] = []
    most = 2 * (high - low + 1) + 2
    if len(reply.shots) > most:
        problems.append(f"{len(reply.shots)} shots are too many for this text; give at most {most}.")
    first_with: dict[str, int] = {}
    for number, shot in enumerate(reply.shots, start=1):
        if shot.first_paragraph > high or shot.last_paragraph < low:
            problems.append(
                f"Shot {number}: paragraphs {shot.first_paragraph} to {shot.last_paragraph} are not in this text, "
                f"whose paragraphs are {low} to {high}."
            )
        if shared_words(shot.description, text) < ENOUGH:
            problems.append(f"Shot {number}: the description is not about this scene. Use the script's own words.")
        twin = first_with.setdefault(shot.description.lower(), number)
        if twin != number:
            problems.append(f"Shot {number} repeats the description of shot {twin}.")
    return problems


def _numbered(element: Element, index: int) -> str:
    speaker = f"{element.character}: " if element.type == "dialogue" and element.character else ""
    return f"[{index}] {speaker}{element.text}"


def _pieces(elements: Sequence[Element]) -> list[list[int]]:
    pieces: list[list[int]] = [[]]
    size = 0
    for index, element in enumerate(elements):
        is_cut_allowed = element.type not in ("dialogue", "parenthetical")
        if pieces[-1] and is_cut_allowed and size + len(element.text) > MAX_PIECE_CHARACTERS:
            pieces.append([])
            size = 0
        pieces[-1].append(index)
        size += len(element.text)
    return [piece for piece in pieces if piece]


def _drafts(scene: Scene, shots: Sequence[ReplyShot], low: int, high: int) -> list[ShotDraft]:
    """The model's shots with what only the script may say: the lines they cover, who speaks, and what."""
    speeches = [beat for beat in read(scene) if isinstance(beat, Speech)]
    taken: set[int] = set()
    drafts: list[ShotDraft] = []
    for shot in shots:
        first = min(max(shot.first_paragraph, low), high)
        last = max(first, min(shot.last_paragraph, high))
        spoken: list[Speech] = []
        for position, speech in enumerate(speeches):
            if position not in taken and speech.elements and first <= speech.elements[-1] <= last:
                taken.add(position)
                spoken.append(speech)
        covered = scene.elements[first : last + 1]
        drafts.append(
            ShotDraft(
                description=shot.description,
                duration_seconds=float(shot.estimated_duration),
                size=shot.size,
                angle=CameraAngle.EYE_LEVEL,
                movement=shot.movement,
                characters=list(dict.fromkeys(element.character for element in covered if element.character)),
                dialogue=[
                    SpokenLine(character=speech.character, line=speech.text, mode=speech.mode, delivery=speech.delivery)
                    for speech in spoken
                ],
                line_start=covered[0].line_start,
                line_end=covered[-1].line_end,
                element_indexes=list(range(first, last + 1)),
            )
        )
    return drafts


def to_row(draft: ShotDraft, *, engine: str) -> dict[str, Any]:
    """The columns of a draft shot; its scene, number and anchors are set when it is stored."""
    author = "rules" if engine == "rules" else "llm"
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
            **dict.fromkeys(("description", "duration", "size", "angle", "movement"), author),
            "characters": "parsed",
            "dialogue": "parsed",
        },
    }


@dataclass(frozen=True)
class SceneTask:
    key: str
    scene: Scene
    cast: list[str]
    is_new_location: bool
    elements: list[int] | None
    target_shots: int | None


@dataclass(frozen=True)
class SceneShots:
    key: str
    drafts: list[ShotDraft]
    engine: str
    note: str | None


def batches(tasks: Sequence[SceneTask], *, engine: str) -> list[list[SceneTask]]:
    return [list(tasks[i : i + 20]) for i in range(0, len(tasks), 20)]


def by_rules(task: SceneTask) -> list[ShotDraft]:
    drafts = break_down(task.scene, cast=task.cast, is_new_location=task.is_new_location)
    if task.elements is not None:
        free = set(task.elements)
        drafts = [d for d in drafts if set(d.element_indexes) <= free]
    return drafts


async def by_llm(
    llm: Llm, tasks: Sequence[SceneTask], log: list[LlmAttempt], *, may_fall_back: bool, is_last_attempt: bool
) -> list[SceneShots]:
    out = []
    for task in tasks:
        try:
            drafts, model = await _by_llm(llm, task.scene, log)
            out.append(SceneShots(task.key, drafts, f"ollama:{model}", None))
        except AppError as error:
            if isinstance(error, LlmInvalidReply):
                log.extend(error.attempts)
            elif not may_fall_back or (isinstance(error, RetryableError) and not is_last_attempt):
                raise
            out.append(SceneShots(task.key, by_rules(task), "rules", f"The built-in rules did this: {error.detail}"))
    return out
