"""Shot documents to change one thing in: a full one, and the smallest one."""

import copy
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VENDORED_SCHEMA: dict[str, Any] = json.loads((HERE / "veo-shot-1.0.0.schema.json").read_text())
_EXAMPLE: dict[str, Any] = json.loads((HERE / "golden" / "example.json").read_text())


def full_document() -> dict[str, Any]:
    """The schema's own example: Mara in the lighthouse kitchen, nearly every field filled."""
    return copy.deepcopy(_EXAMPLE)


def small_document(**request: Any) -> dict[str, Any]:
    """Only what is required, for Flow; keywords go into the request."""
    return {
        "schema_version": "veo-shot/1.0.0",
        "shot_id": "sc001-sh02",
        "target": "flow.veo-3.1-fast",
        "shot": {"size": "wide", "camera_movement": "static"},
        "subject": {"description": "A red kettle"},
        "action": {"description": "The kettle boils."},
        "environment": {"lighting": "daylight"},
        "request": {
            "mode": "text_to_video",
            "aspect_ratio": "16:9",
            "duration_seconds": 8,
            "resolution": "720p",
            **request,
        },
    }


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with one field set; `path` is dotted, numbers index lists."""
    copied = copy.deepcopy(document)
    *parents, last = path.split(".")
    node: Any = copied
    for key in parents:
        node = node[int(key)] if isinstance(node, list) else node.setdefault(key, {})
    node[last] = value
    return copied


def removed(document: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy without one field."""
    copied = copy.deepcopy(document)
    *parents, last = path.split(".")
    node: Any = copied
    for key in parents:
        node = node[int(key)] if isinstance(node, list) else node[key]
    del node[last]
    return copied
