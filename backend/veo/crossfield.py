"""The rules between fields of a shot document, once as code and once as JSON Schema for editors."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from backend.veo.document import RequestSection, ShotDocument


class Clash(NamedTuple):
    """Two fields that do not go together: where, a stable name, a sentence."""

    loc: tuple[str | int, ...]
    type: str
    msg: str


NEGATIVE_PATTERN = (
    r"^([Nn][Oo]|[Dd][Oo][Nn]['\u2019][Tt]|[Dd][Oo] [Nn][Oo][Tt]|[Ww][Ii][Tt][Hh][Oo][Uu][Tt]|[Aa][Vv][Oo][Ii][Dd])\b"
)

_ASSET_FIELDS = ("first_frame", "last_frame", "reference_images", "source_video")
# mode → (what it needs, what it forbids)
_MODE_ASSETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text_to_video": ((), _ASSET_FIELDS),
    "image_to_video": (("first_frame",), ("last_frame",)),
    "first_last_frame": (("first_frame", "last_frame"), ()),
    "reference_to_video": (("reference_images",), ("first_frame", "last_frame", "source_video")),
    "extend": (("source_video",), ("first_frame", "reference_images")),
}


def is_veo(target: str) -> bool:
    """Whether a target is a Veo model, on any surface."""
    return target.startswith(("vertex.veo", "gemini.veo", "flow.veo"))


def mode_clashes(request: "RequestSection") -> list[Clash]:
    """Assets that a mode needs and lacks, or has and must not have. An empty list counts as present."""
    needed, forbidden = _MODE_ASSETS[request.mode]
    spoken = request.mode.replace("_", " ")
    clashes = [
        Clash((name,), "asset_missing", f"{spoken.capitalize()} needs {name}.")
        for name in needed
        if name not in request.model_fields_set
    ]
    clashes += [
        Clash((name,), "asset_not_allowed", f"{spoken.capitalize()} cannot be combined with {name}: remove it.")
        for name in forbidden
        if name in request.model_fields_set
    ]
    return clashes


def document_clashes(document: "ShotDocument") -> list[Clash]:
    """What the target refuses in the request: lengths, sizes, references, seeds."""
    target, request = document.target, document.request
    return [*_veo_clashes(target, request), *_tier_clashes(target, request), *_omni_clashes(target, request)]


def _veo_clashes(target: str, request: "RequestSection") -> list[Clash]:
    if not is_veo(target):
        return []
    clashes: list[Clash] = []
    seconds, duration = request.duration_seconds, ("request", "duration_seconds")
    if request.mode == "reference_to_video":
        if seconds != 8:
            clashes.append(
                Clash(duration, "duration_for_references", "With reference images Veo makes 8 second clips only.")
            )
    elif request.mode == "extend":
        if target.startswith("vertex.veo") and seconds != 7:
            clashes.append(Clash(duration, "duration_for_extend", "An extension on Vertex AI is 7 seconds long."))
        elif seconds not in (4, 6, 7, 8):
            clashes.append(Clash(duration, "duration", "An extension is 4, 6, 7 or 8 seconds long."))
    elif seconds not in (4, 6, 8):
        clashes.append(Clash(duration, "duration", "Veo makes clips of 4, 6 or 8 seconds."))
    if request.resolution == "360p":
        clashes.append(Clash(("request", "resolution"), "resolution", "Veo renders 720p, 1080p or 4k."))
    if len(request.reference_images or []) > 3:
        clashes.append(
            Clash(("request", "reference_images"), "too_many_references", "Veo takes at most 3 reference images.")
        )
    return clashes


def _tier_clashes(target: str, request: "RequestSection") -> list[Clash]:
    clashes: list[Clash] = []
    if target.endswith("veo-3.1-lite") and request.resolution not in ("720p", "1080p"):
        clashes.append(Clash(("request", "resolution"), "resolution", "Veo 3.1 Lite renders 720p or 1080p."))
    if request.mode == "reference_to_video" and target in ("vertex.veo-3.1-lite", "flow.veo-3.1-quality"):
        clashes.append(
            Clash(
                ("request", "mode"),
                "references_not_supported",
                f"{target} takes no reference images: choose flow.veo-3.1-fast or vertex.veo-3.1.",
            )
        )
    return clashes


def _omni_clashes(target: str, request: "RequestSection") -> list[Clash]:
    if "omni" not in target:
        return []
    clashes: list[Clash] = []
    if request.seed is not None:
        clashes.append(Clash(("request", "seed"), "seed_not_supported", "Omni takes no seed: remove it."))
    if request.sample_count != 1:
        clashes.append(Clash(("request", "sample_count"), "one_sample", "Omni makes one clip per request."))
    if not request.generate_audio:
        clashes.append(Clash(("request", "generate_audio"), "audio_always_on", "Omni always generates audio."))
    if not target.startswith("flow.") and request.duration_seconds > 10:
        clashes.append(
            Clash(("request", "duration_seconds"), "duration", "Omni makes clips of at most 10 seconds over the API.")
        )
    return clashes


def _when_target(condition: dict[str, Any], request: dict[str, Any], mode: dict[str, Any] | None = None) -> Any:
    when: dict[str, Any] = {"target": condition}
    if mode is not None:
        when["request"] = {"properties": {"mode": mode}}
    return {"if": {"properties": when}, "then": {"properties": {"request": {"properties": request}}}}


_ANY_VEO = {"pattern": r"^(vertex|gemini|flow)\.veo"}
_EXTEND = {"const": "extend"}


def document_conditions() -> list[dict[str, Any]]:
    """The same rules as `document_clashes`, as the document's JSON Schema `allOf`."""
    return [
        _when_target(
            _ANY_VEO,
            {
                "duration_seconds": {"enum": [4, 6, 7, 8]},
                "resolution": {"enum": ["720p", "1080p", "4k"]},
                "reference_images": {"maxItems": 3},
            },
        ),
        _when_target(_ANY_VEO, {"duration_seconds": {"const": 8}}, {"const": "reference_to_video"}),
        _when_target(_ANY_VEO, {"duration_seconds": {"enum": [4, 6, 8]}}, {"not": _EXTEND}),
        _when_target({"pattern": r"^vertex\.veo"}, {"duration_seconds": {"const": 7}}, _EXTEND),
        _when_target({"pattern": r"veo-3\.1-lite$"}, {"resolution": {"enum": ["720p", "1080p"]}}),
        _when_target(
            {"enum": ["vertex.veo-3.1-lite", "flow.veo-3.1-quality"]},
            {"mode": {"not": {"const": "reference_to_video"}}},
        ),
        _when_target(
            {"pattern": "omni"},
            {"seed": {"type": "null"}, "sample_count": {"const": 1}, "generate_audio": {"const": True}},
        ),
        _when_target({"pattern": r"^(vertex|gemini)\.omni"}, {"duration_seconds": {"maximum": 10}}),
    ]


def mode_conditions() -> list[dict[str, Any]]:
    """The same rules as `mode_clashes`, as the request's JSON Schema `allOf`."""
    conditions: list[dict[str, Any]] = []
    for mode, (needed, forbidden) in _MODE_ASSETS.items():
        then: dict[str, Any] = {}
        if needed:
            then["required"] = list(needed)
        if forbidden:
            then["not"] = {"anyOf": [{"required": [name]} for name in forbidden]}
        conditions.append({"if": {"properties": {"mode": {"const": mode}}, "required": ["mode"]}, "then": then})
    return conditions
