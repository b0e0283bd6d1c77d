"""The pre-flight rules: what a person should know about a shot document before it is pasted or sent."""

import math
import re
from collections.abc import Callable
from datetime import date

from backend.veo.document import ShotDocument
from backend.veo.finding import Finding, Level
from backend.veo.people import MINOR_WORDS
from backend.veo.render import estimate_tokens, render_prompt
from backend.veo.targets import TARGETS_AS_OF, TargetFacts, target_facts
from backend.veo.wording import natural_case

# How fast lines are spoken on screen; our heuristic, no source gives one.
WORDS_PER_SECOND = 2.5
_MAX_COMFORTABLE_LINES = 2
_DENIAL = re.compile(r"\b(?:no|not|never|without|don['’]t|avoid|free of)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:\s+[A-Z]{2,})+\b")


def findings(document: ShotDocument, *, today: date | None = None) -> list[Finding]:
    """Every rule's verdict, errors first.

    `today` decides which targets are retired; without it the registry's own date is used, so that the result
    depends on the document alone.
    """
    facts = target_facts(document.target)
    found = _target(document, facts, today or TARGETS_AS_OF)
    for rule in _RULES:
        found += rule(document, facts)
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda one: order[one.level])


def _one(id: str, level: Level, message: str, fix: str | None = None, pointer: str | None = None) -> list[Finding]:
    return [Finding(id=id, level=level, message=message, fix=fix, pointer=pointer)]


def _target(document: ShotDocument, facts: TargetFacts, today: date) -> list[Finding]:
    if facts.retired_on is not None and today >= facts.retired_on:
        return _one(
            "PF01",
            "error",
            f"{facts.label} was shut down on {facts.retired_on.isoformat()}.",
            "Choose Flow · Veo 3.1 Fast, or Omni for the Gemini API.",
            "/target",
        )
    if facts.may_retire_on is not None and today >= facts.may_retire_on:
        return _one(
            "PF01",
            "warning",
            f"{facts.label} may be retired from {facts.may_retire_on.isoformat()} on; its state was last looked up on"
            f" {TARGETS_AS_OF.isoformat()}.",
            "Ask Google's model page before a large run.",
            "/target",
        )
    return []


def _mode(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    request = document.request
    if request.mode not in facts.modes:
        return _one("PF02", "error", f"{facts.label} has no {request.mode.replace('_', ' ')}.", None, "/request/mode")
    if request.mode == "reference_to_video" and not request.reference_images:
        return _one(
            "PF02",
            "error",
            "The mode is reference to video, but no picture is referenced.",
            "Put an ingredient with a picture into a slot, or change the mode to text to video.",
            "/request/reference_images",
        )
    if request.mode in ("image_to_video", "first_last_frame") and (request.reference_images or request.source_video):
        return _one(
            "PF02",
            "error",
            "Frames do not combine with reference pictures or a source video.",
            "Remove the reference pictures, or the frames.",
            "/request/mode",
        )
    return []


def _length_and_size(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    request, found = document.request, []
    if request.mode != "extend" and request.duration_seconds not in facts.durations:
        allowed = ", ".join(map(str, facts.durations))
        found += _one(
            "PF03",
            "error",
            f"{facts.label} makes clips of {allowed} s, not {request.duration_seconds} s.",
            f"Set the duration to {facts.default_duration}.",
            "/request/duration_seconds",
        )
    if request.resolution not in facts.resolutions:
        found += _one(
            "PF03",
            "error",
            f"{facts.label} does not give {request.resolution}.",
            f"Set the resolution to {facts.resolutions[-1]}.",
            "/request/resolution",
        )
    if (
        facts.surface == "gemini"
        and facts.family == "veo"
        and request.resolution != "720p"
        and request.duration_seconds != 8
    ):
        found += _one(
            "PF03", "error", "The Gemini API makes 1080p and 4k in 8 s clips only.", "Set the duration to 8.",
            "/request/duration_seconds",
        )  # fmt: skip
    if facts.id == "flow.veo-3.1-quality" and request.duration_seconds != 8:
        found += _one(
            "PF03", "warning", "Sources disagree whether Quality makes clips shorter than 8 s.",
            "Set the duration to 8.", "/request/duration_seconds",
        )  # fmt: skip
    if request.resolution == "4k" and facts.id.startswith("vertex.veo"):
        found += _one(
            "PF03", "warning", "Google's pages disagree whether this model gives 4k.", "Use 1080p if it is refused.",
            "/request/resolution",
        )  # fmt: skip
    if facts.surface == "flow" and request.resolution in ("1080p", "4k"):
        found += _one(
            "PF03",
            "info",
            f"Flow offers {request.resolution} when a clip is downloaded; which sizes depends on the plan.",
            None,
            "/request/resolution",
        )
    return found


def _references(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    images = document.request.reference_images or []
    found: list[Finding] = []
    if len(images) > facts.max_references:
        found += _one(
            "PF04",
            "error",
            f"{facts.label} takes {facts.max_references or 'no'} reference pictures; there are {len(images)}.",
            "Keep the most important ones.",
            "/request/reference_images",
        )
    if facts.family == "veo":
        for index, image in enumerate(images):
            if image.mime_type not in ("image/jpeg", "image/png", "image/webp"):
                found += _one(
                    "PF05",
                    "error",
                    f"Reference {index + 1} is {image.mime_type}: Veo takes JPEG, PNG or WebP.",
                    "Upload the picture again as JPEG or PNG.",
                    f"/request/reference_images/{index}/mime_type",
                )
            if image.role == "style":
                found += _one(
                    "PF12",
                    "warning",
                    "Veo 3.1 takes no style picture; a style belongs in words.",
                    "Describe the look in style.look and remove the picture.",
                    f"/request/reference_images/{index}/role",
                )
    return found


def _prompt_length(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    tokens = estimate_tokens(render_prompt(document))
    if facts.max_prompt_tokens is None or tokens <= facts.max_prompt_tokens:
        return []
    return _one(
        "PF07",
        "warning",
        f"The prompt is about {tokens} tokens long; Veo reads {facts.max_prompt_tokens}.",
        "Shorten the descriptions.",
    )


def _minors(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    characters = document.subject.characters or []
    names = [natural_case(one.id.replace("_", " ")) for one in characters if one.age_class == "minor"]
    word = MINOR_WORDS.search(f"{document.subject.description} {document.action.description}")
    if not names and word is None:
        return []
    why = f"{', '.join(names)} is a minor" if names else f"the text says “{word.group()}”" if word else ""
    return _one(
        "PF09",
        "warning",
        f"Google often refuses clips with children: {why}.",
        "Expect refusals, or describe an adult.",
        "/subject",
    )


def _dialogue(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    lines = (document.audio.dialogue if document.audio else None) or []
    if not lines:
        return []
    found: list[Finding] = []
    words = sum(len(one.line.split()) for one in lines)
    seconds = document.request.duration_seconds
    if words > WORDS_PER_SECOND * seconds:
        needed = math.ceil(words / WORDS_PER_SECOND)
        found += _one(
            "PF13",
            "warning",
            f"{words} words take about {needed} s to say; the clip is {seconds} s long.",
            "Split the shot, or cut the lines.",
            "/audio/dialogue",
        )
    if len(lines) > _MAX_COMFORTABLE_LINES:
        found += _one(
            "PF13", "warning", f"{len(lines)} lines in one clip: two are spoken reliably.", "Split the shot.",
            "/audio/dialogue",
        )  # fmt: skip
    for index, one in enumerate(lines):
        if _SHOUTED.search(one.line):
            found += _one(
                "PF13", "info", "Words in capitals may be drawn into the picture.", "Write the line in lower case.",
                f"/audio/dialogue/{index}/line",
            )  # fmt: skip
    return found


def _beats(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    duration = document.request.duration_seconds
    found: list[Finding] = []
    for index, beat in enumerate(document.action.beats or []):
        pointer = f"/action/beats/{index}"
        if beat.end <= beat.start:
            found += _one("PF14", "warning", f"Beat {index + 1} ends before it starts.", None, pointer)
        elif beat.end > duration:
            found += _one(
                "PF14",
                "warning",
                f"Beat {index + 1} ends at {beat.end:g} s; the clip is {duration} s long.",
                None,
                pointer,
            )
    return found


def _negatives(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    elements = (document.constraints.prohibited_elements if document.constraints else None) or []
    found: list[Finding] = []
    for index, element in enumerate(elements):
        if _DENIAL.search(element):
            found += _one(
                "PF15",
                "warning",
                f"“{element}” denies something; a negative list names the thing itself.",
                "Write only the noun.",
                f"/constraints/prohibited_elements/{index}",
            )
    return found


def _on_screen_text(document: ShotDocument, facts: TargetFacts) -> list[Finding]:
    if document.constraints is None or not document.constraints.on_screen_text:
        return []
    return _one(
        "PF16", "warning", "Veo seldom spells on-screen text right.", "Add the text in the edit.",
        "/constraints/on_screen_text",
    )  # fmt: skip


_RULES: tuple[Callable[[ShotDocument, TargetFacts], list[Finding]], ...] = (
    _mode,
    _length_and_size,
    _references,
    _prompt_length,
    _minors,
    _dialogue,
    _beats,
    _negatives,
    _on_screen_text,
)
