"""What each place that renders video accepts, as dated data: change this file, not the code, when Google does.

Sources and conflicts: the registry was compiled from Google's reference pages, Flow's help pages and the
google-genai SDK. Nothing here was confirmed by a call to a server. `Flow` numbers changed several times in 2026.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.veo.vocabulary import Mode, Resolution, Target

TARGETS_AS_OF = date(2026, 11, 22)
DEFAULT_TARGET: Target = "flow.veo-3.1-fast"

Family = Literal["veo", "omni"]
Surface = Literal["flow", "vertex", "gemini"]


@dataclass(frozen=True)
class TargetFacts:
    """One target: durations in whole seconds, resolutions smallest first, limits, and its life on the calendar."""

    id: Target
    label: str
    surface: Surface
    family: Family
    durations: tuple[int, ...]
    default_duration: int
    resolutions: tuple[Resolution, ...]
    modes: tuple[Mode, ...]
    max_references: int
    reference_duration: int | None
    has_negative_field: bool
    max_prompt_tokens: int | None
    retired_on: date | None = None
    may_retire_on: date | None = None
    notes: tuple[str, ...] = ()


_ALL_VEO_MODES: tuple[Mode, ...] = (
    "text_to_video",
    "image_to_video",
    "first_last_frame",
    "reference_to_video",
    "extend",
)
_WITHOUT_REFERENCES: tuple[Mode, ...] = ("text_to_video", "image_to_video", "first_last_frame", "extend")
_VEO_SIZES: tuple[Resolution, ...] = ("720p", "1080p", "4k")
_LITE_SIZES: tuple[Resolution, ...] = ("720p", "1080p")
_OMNI_SIZES: tuple[Resolution, ...] = ("360p", "720p", "1080p", "4k")
_FLOW_DOWNLOAD = "Flow generates first and offers the larger size at download; 1080p and 4k depend on the plan."
_VERTEX_LIFE = date(2026, 11, 17)

REGISTRY: dict[Target, TargetFacts] = {
    facts.id: facts
    for facts in (
        TargetFacts(
            id="flow.veo-3.1-fast",
            label="Flow · Veo 3.1 Fast",
            surface="flow",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_VEO_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=3,
            reference_duration=8,
            has_negative_field=False,
            max_prompt_tokens=1024,
            notes=(_FLOW_DOWNLOAD, "4 s and 6 s clips may need the Ultra plan."),
        ),
        TargetFacts(
            id="flow.veo-3.1-lite",
            label="Flow · Veo 3.1 Lite",
            surface="flow",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_LITE_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=3,
            reference_duration=8,
            has_negative_field=False,
            max_prompt_tokens=1024,
            notes=(_FLOW_DOWNLOAD, "4 s and 6 s clips may need the Ultra plan."),
        ),
        TargetFacts(
            id="flow.veo-3.1-quality",
            label="Flow · Veo 3.1 Quality",
            surface="flow",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_VEO_SIZES,
            modes=_WITHOUT_REFERENCES,
            max_references=0,
            reference_duration=None,
            has_negative_field=False,
            max_prompt_tokens=1024,
            notes=(_FLOW_DOWNLOAD, "Sources disagree whether Quality makes clips shorter than 8 s."),
        ),
        TargetFacts(
            id="flow.omni-flash",
            label="Flow · Omni Flash",
            surface="flow",
            family="omni",
            durations=tuple(range(3, 16)),
            default_duration=8,
            resolutions=_OMNI_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=7,
            reference_duration=None,
            has_negative_field=False,
            max_prompt_tokens=None,
            notes=("Omni 1.1 Flash makes 4, 6, 8 or 10 s; Omni 1.2 Flash 3 to 15 s.",),
        ),
        TargetFacts(
            id="vertex.veo-3.1",
            label="Vertex AI · Veo 3.1",
            surface="vertex",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_VEO_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=3,
            reference_duration=8,
            has_negative_field=True,
            max_prompt_tokens=1024,
            may_retire_on=_VERTEX_LIFE,
        ),
        TargetFacts(
            id="vertex.veo-3.1-fast",
            label="Vertex AI · Veo 3.1 Fast",
            surface="vertex",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_VEO_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=3,
            reference_duration=8,
            has_negative_field=True,
            max_prompt_tokens=1024,
            may_retire_on=_VERTEX_LIFE,
            notes=("Google's pages disagree whether Fast renders 4k.",),
        ),
        TargetFacts(
            id="vertex.veo-3.1-lite",
            label="Vertex AI · Veo 3.1 Lite",
            surface="vertex",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_LITE_SIZES,
            modes=_WITHOUT_REFERENCES,
            max_references=0,
            reference_duration=None,
            has_negative_field=True,
            max_prompt_tokens=1024,
        ),
        TargetFacts(
            id="vertex.omni-1.1-flash",
            label="Vertex AI · Omni 1.1 Flash",
            surface="vertex",
            family="omni",
            durations=tuple(range(3, 11)),
            default_duration=8,
            resolutions=_OMNI_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=10,
            reference_duration=None,
            has_negative_field=False,
            max_prompt_tokens=None,
        ),
        TargetFacts(
            id="gemini.omni-1.1-flash",
            label="Gemini API · Omni 1.1 Flash",
            surface="gemini",
            family="omni",
            durations=tuple(range(3, 11)),
            default_duration=8,
            resolutions=_OMNI_SIZES,
            modes=_ALL_VEO_MODES,
            # The schema's ceiling is 14; no stored source gives the Gemini API's own number, Vertex says 10.
            max_references=10,
            reference_duration=None,
            has_negative_field=False,
            max_prompt_tokens=None,
        ),
        TargetFacts(
            id="gemini.veo-3.1-preview(retired)",
            label="Gemini API · Veo 3.1 preview (retired)",
            surface="gemini",
            family="veo",
            durations=(4, 6, 8),
            default_duration=8,
            resolutions=_VEO_SIZES,
            modes=_ALL_VEO_MODES,
            max_references=3,
            reference_duration=8,
            has_negative_field=True,
            max_prompt_tokens=1024,
            retired_on=date(2026, 10, 22),
            notes=("Google names gemini-omni-1.1-flash as the replacement.",),
        ),
    )
}


def target_facts(target: Target) -> TargetFacts:
    """The registry's entry of a target."""
    return REGISTRY[target]
