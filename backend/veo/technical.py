"""The request of a shot: mode, length, size and reference pictures, always a combination the target accepts."""

import math
import re
from typing import Any

from backend.veo.brief import IngredientBrief, ShotBrief
from backend.veo.draft import Draft
from backend.veo.errors import DocumentError
from backend.veo.ingredients import has_picture, name_of, picture_problem, source_of
from backend.veo.targets import TargetFacts, target_facts
from backend.veo.vocabulary import AspectRatio, AssetRole, Resolution
from backend.veo.wording import clean

_ROLES: dict[str, AssetRole] = {"Character": "character", "Location": "location", "Object": "prop"}
_LINES: dict[Resolution, int] = {"360p": 360, "720p": 720, "1080p": 1080, "4k": 2160}
_NAMED_LINES = {
    "4k": 2160,
    "uhd": 2160,
    "2160p": 2160,
    "8k": 4320,
    "2k": 1440,
    "qhd": 1440,
    "fullhd": 1080,
    "fhd": 1080,
}
_NAMED_LINES |= {"hd": 720, "sd": 480}


def put_request(draft: Draft, brief: ShotBrief) -> None:
    """Write the request of a brief. Raises `DocumentError` for an aspect ratio Veo does not have."""
    facts = target_facts(brief.target)
    references = _references(draft, brief, facts)
    mode = "reference_to_video" if references else "text_to_video"
    draft.put("/request/mode", mode, "ingredients in the slots" if references else "no ingredient picture in the slots")
    draft.put("/request/prompt_format", "text", "default")
    draft.put("/request/aspect_ratio", aspect_ratio(brief.aspect_ratio), "project")
    duration, source = _duration(draft, brief, facts, has_references=bool(references))
    draft.put("/request/duration_seconds", duration, source)
    draft.put("/request/resolution", _resolution(draft, brief, facts), "project")
    draft.put("/request/sample_count", 1, "default")
    draft.put("/request/generate_audio", True, "default")
    if references:
        draft.put("/request/reference_images", [_asset(one) for one in references], "ingredients in the slots")
        for index, one in enumerate(references):
            draft.note(f"/request/reference_images/{index}", source_of(one))


def aspect_ratio(text: str) -> AspectRatio:
    """`16:9` or `9:16` from the project's wording. Raises `DocumentError` for any other."""
    match re.sub(r"\s+", "", clean(text)).lower().replace("x", ":").replace("/", ":"):
        case "16:9":
            return "16:9"
        case "9:16":
            return "9:16"
    raise DocumentError(
        [
            {
                "loc": ["request", "aspect_ratio"],
                "msg": f"Veo 3.1 makes 16:9 or 9:16 pictures, not {clean(text) or 'an empty aspect ratio'}.",
                "type": "aspect_ratio",
            }
        ],
        fix="Set the project's aspect ratio to 16:9, or to 9:16 for a vertical film.",
    )


def lines_of(text: str) -> int | None:
    """The picture's shorter side in pixels from a project's wording: `4K` and `3840x2160` are 2160. None if unclear."""
    tidy = re.sub(r"[\s_-]+", "", text.lower())
    if tidy in _NAMED_LINES:
        return _NAMED_LINES[tidy]
    if match := re.fullmatch(r"(\d{3,5})[x×*](\d{3,5})", tidy):
        return min(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{3,4})[pi]?", tidy):
        return int(match[1])
    return None


def _resolution(draft: Draft, brief: ShotBrief, facts: TargetFacts) -> Resolution:
    asked = clean(brief.resolution)
    lines = lines_of(asked)
    if lines is None:
        chosen: Resolution = "1080p"
        reason = f"“{asked}” is no size this tool knows, so 1080p is used."
    else:
        fitting = [size for size in facts.resolutions if _LINES[size] <= lines]
        chosen = fitting[-1] if fitting else facts.resolutions[0]
        reason = f"The project asks for {asked}; {facts.label} gives {chosen}."
    if lines != _LINES[chosen]:
        draft.find(
            "CF01",
            "warning" if lines is None else "info",
            reason,
            fix="Set the project's resolution to 4K, 1080p or 720p.",
            pointer="/request/resolution",
        )
    return chosen


def _duration(draft: Draft, brief: ShotBrief, facts: TargetFacts, *, has_references: bool) -> tuple[int, str]:
    pointer = "/request/duration_seconds"
    seconds = brief.duration_seconds
    if seconds is None or not math.isfinite(seconds) or seconds <= 0:
        return facts.default_duration, f"default of {facts.label}"
    longest = facts.durations[-1]
    if seconds > longest:
        draft.find(
            "CF02",
            "warning",
            f"The shot lasts {seconds:g} s, a clip of {facts.label} at most {longest} s.",
            fix="Split the shot, or extend the clip in Flow.",
            pointer=pointer,
        )
    if has_references and facts.reference_duration is not None:
        if seconds < facts.reference_duration:
            draft.find(
                "CF02",
                "info",
                f"The clip is {facts.reference_duration} s because it uses reference pictures; the shot needs"
                f" {seconds:g} s.",
                fix="Trim the clip in the edit.",
                pointer=pointer,
            )
        return facts.reference_duration, "reference pictures need it"
    fitting = [length for length in facts.durations if length >= seconds]
    return (fitting[0] if fitting else longest), f"shot's {seconds:g} s"


def _references(draft: Draft, brief: ShotBrief, facts: TargetFacts) -> list[IngredientBrief]:
    """The ingredients whose pictures are sent, in slot order; what is not sent is said."""
    sendable: list[IngredientBrief] = []
    for one in brief.in_slot_order():
        problem = picture_problem(one)
        if one.type == "Style":
            if one.mime_type is not None:
                draft.find(
                    "PF12",
                    "info",
                    f"The style {name_of(one)} is sent in words: Veo 3.1 takes no style picture.",
                    pointer="/style/look",
                )
        elif problem is not None:
            draft.find(
                "PF05",
                "error",
                f"The picture of {name_of(one)} {problem}. It is in the text only.",
                fix="Upload the picture again as JPEG or PNG of at most 20 MiB.",
                pointer="/request/reference_images",
            )
        elif not has_picture(one):
            draft.find(
                "CF05",
                "warning",
                f"{name_of(one)} has no picture, so it is in the text only.",
                fix=f"Add a picture to {name_of(one)}.",
                pointer="/request/reference_images",
            )
        else:
            sendable.append(one)
    if len(sendable) > facts.max_references:
        left_out = ", ".join(name_of(one) for one in sendable[facts.max_references :])
        draft.find(
            "CF07",
            "warning",
            f"{facts.label} takes {facts.max_references or 'no'} reference pictures. In the text only: {left_out}.",
            fix="Choose Flow · Veo 3.1 Fast, which takes three.",
            pointer="/request/reference_images",
        )
    return sendable[: facts.max_references]


def _asset(ingredient: IngredientBrief) -> dict[str, Any]:
    asset: dict[str, Any] = {"asset_id": ingredient.id, "role": _ROLES[ingredient.type]}
    asset["mime_type"] = ingredient.mime_type
    for key, value in (
        ("bytes", ingredient.size_bytes),
        ("width", ingredient.width),
        ("height", ingredient.height),
    ):
        if value and value > 0:
            asset[key] = value
    return asset
