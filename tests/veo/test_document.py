"""The models, the published schema and the vendored schema accept and refuse the same documents."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from backend.veo import DocumentError, check_document, document_bytes, document_schema, to_payload
from tests.veo.documents import VENDORED_SCHEMA, changed, full_document, removed, small_document

VENDORED = Draft202012Validator(VENDORED_SCHEMA)
OURS = Draft202012Validator(document_schema())
IMAGE = {"asset_id": "a1", "role": "character", "mime_type": "image/png"}
CLIP = {"asset_id": "c1", "role": "video", "mime_type": "video/mp4"}
SMALL, FULL = small_document(), full_document()


def for_target(target: str, **request: Any) -> dict[str, Any]:
    return changed(small_document(**request), "target", target)


ACCEPTED: dict[str, Any] = {
    "the example": FULL,
    "the smallest": SMALL,
    "8.0 is the integer 8": small_document(duration_seconds=8.0),
    "six seconds of text to video": small_document(duration_seconds=6),
    "explicit null music": changed(SMALL, "audio.music", None),
    "null seed": small_document(seed=None),
    "null output uri": small_document(output_uri=None),
    "three references": small_document(mode="reference_to_video", reference_images=[IMAGE] * 3),
    "references in no list at all but present": small_document(mode="reference_to_video", reference_images=[]),
    "first frame": small_document(mode="image_to_video", first_frame=IMAGE),
    "first and last frame": small_document(mode="first_last_frame", first_frame=IMAGE, last_frame=IMAGE),
    "flow extension of 7": small_document(mode="extend", source_video=CLIP, duration_seconds=7),
    "vertex extension of 7": for_target("vertex.veo-3.1", mode="extend", source_video=CLIP, duration_seconds=7),
    "4k on fast": small_document(resolution="4k"),
    "1080p on lite": for_target("flow.veo-3.1-lite", resolution="1080p"),
    "flow omni of 15 s": for_target("flow.omni-flash", duration_seconds=15, resolution="360p"),
    "omni of 10 s over the API": for_target("gemini.omni-1.1-flash", duration_seconds=10),
    "omni with seven references of 5 s": for_target(
        "flow.omni-flash", mode="reference_to_video", reference_images=[IMAGE] * 7, duration_seconds=5
    ),
    "flow lite takes references": for_target("flow.veo-3.1-lite", mode="reference_to_video", reference_images=[IMAGE]),
    "beats with whole and broken seconds": changed(
        SMALL, "action.beats", [{"start": 0, "end": 2.5, "description": "x"}]
    ),
    "notes is not no": changed(SMALL, "constraints.prohibited_elements", ["notes", "snow", "dont-walk sign"]),
    "labels": small_document(labels={"show": "lighthouse"}),
    "800 characters of subject": changed(SMALL, "subject.description", "x" * 800),
    "an emoji counts once": changed(SMALL, "subject.description", "🙂" * 800),
    "rendered": changed(SMALL, "rendered", {"prompt": "p", "prompt_tokens_estimate": 3, "findings": [{"id": "PF01"}]}),
}
REFUSED: dict[str, Any] = {
    "a list": [],
    "text": "{}",
    "null": None,
    "nothing": {},
    **{f"without {name}": removed(SMALL, name) for name in (
        "schema_version", "shot_id", "target", "shot", "shot.size", "shot.camera_movement", "subject",
        "subject.description", "action", "action.description", "environment", "environment.lighting", "request",
        "request.mode", "request.aspect_ratio", "request.duration_seconds", "request.resolution",
    )},
    **{f"unknown field {name}": changed(FULL, name, "x") for name in (
        "extra", "shot.frame_rate", "subject.look", "action.x", "environment.x", "style.x", "audio.x",
        "constraints.x", "request.fps", "source.x", "request.reference_images.0.x", "audio.dialogue.0.x",
        "subject.characters.0.x", "action.beats.0.x", "rendered.x",
    )},
    **{f"null {name}": changed(FULL, name, None) for name in (
        "shot.size", "shot.angle", "shot.lens", "subject.wardrobe", "style", "audio", "audio.sfx", "constraints",
        "source.scene_heading", "request.labels", "environment.props", "constraints.subtitles", "rendered",
        "request.reference_images.0.width", "request.person_generation", "audio.dialogue.0.language",
    )},
    "another version": changed(SMALL, "schema_version", "veo-shot/2.0.0"),
    "a shot id with a space": changed(SMALL, "shot_id", "sc 1"),
    "a shot id of 65": changed(SMALL, "shot_id", "a" * 65),
    "an unknown target": changed(SMALL, "target", "vertex.veo-4"),
    "an unknown size": changed(SMALL, "shot.size", "cowboy"),
    "801 characters of subject": changed(SMALL, "subject.description", "x" * 801),
    "an empty action": changed(SMALL, "action.description", ""),
    "an empty lighting": changed(SMALL, "environment.lighting", ""),
    "three script lines": changed(SMALL, "source.script_lines", [1, 2, 3]),
    "one script line": changed(SMALL, "source.script_lines", [1]),
    "script line 0": changed(SMALL, "source.script_lines", [0, 2]),
    "five characters": changed(FULL, "subject.characters", FULL["subject"]["characters"] * 5),
    "a lower case character id": changed(FULL, "subject.characters.0.id", "mara"),
    "four dialogue lines": changed(FULL, "audio.dialogue", FULL["audio"]["dialogue"] * 4),
    "a line of 201": changed(FULL, "audio.dialogue.0.line", "x" * 201),
    "seven sounds": changed(FULL, "audio.sfx", ["x"] * 7),
    "a number for text": changed(SMALL, "subject.description", 7),
    "text for a number": small_document(duration_seconds="8"),
    "a broken number of seconds": small_document(duration_seconds=8.5),
    "true for a number": small_document(duration_seconds=True),
    "1 for true": changed(SMALL, "shot.single_take", 1),
    "subtitles": changed(SMALL, "constraints.subtitles", True),
    "0 for false subtitles": changed(SMALL, "constraints.subtitles", 0),
    **{f"the negative “{text}”": changed(SMALL, "constraints.prohibited_elements", [text]) for text in (
        "no subtitles", "NO text", "don't show a logo", "don’t blur", "do not cut", "without people", "Avoid cuts",
    )},
    "a web address as output": small_document(output_uri="https://example.org"),
    "a negative seed": small_document(seed=-1),
    "a seed of 33 bits": small_document(seed=2**32),
    "five samples": small_document(sample_count=5),
    "1:1": small_document(aspect_ratio="1:1"),
    "5 s on Veo": small_document(duration_seconds=5),
    "7 s that is no extension": small_document(duration_seconds=7),
    "10 s on Veo": small_document(duration_seconds=10),
    "360p on Veo": small_document(resolution="360p"),
    "4k on lite": for_target("vertex.veo-3.1-lite", resolution="4k"),
    "360p on lite": for_target("flow.veo-3.1-lite", resolution="360p"),
    "four references": small_document(mode="reference_to_video", reference_images=[IMAGE] * 4),
    "references of 6 s": small_document(mode="reference_to_video", reference_images=[IMAGE], duration_seconds=6),
    "references on Vertex Lite": for_target(
        "vertex.veo-3.1-lite", mode="reference_to_video", reference_images=[IMAGE]
    ),
    "references on Flow Quality": for_target(
        "flow.veo-3.1-quality", mode="reference_to_video", reference_images=[IMAGE]
    ),
    "reference mode without references": small_document(mode="reference_to_video"),
    "references with a first frame": small_document(
        mode="reference_to_video", reference_images=[IMAGE], first_frame=IMAGE
    ),
    "text mode with references": small_document(reference_images=[IMAGE]),
    "text mode with an empty list of references": small_document(reference_images=[]),
    "image mode without an image": small_document(mode="image_to_video"),
    "image mode with a last frame": small_document(mode="image_to_video", first_frame=IMAGE, last_frame=IMAGE),
    "a last frame without a first": small_document(mode="first_last_frame", last_frame=IMAGE),
    "extension of nothing": small_document(mode="extend"),
    "extension with references": small_document(mode="extend", source_video=CLIP, reference_images=[IMAGE]),
    "vertex extension of 8": for_target("vertex.veo-3.1", mode="extend", source_video=CLIP, duration_seconds=8),
    "flow extension of 5": small_document(mode="extend", source_video=CLIP, duration_seconds=5),
    "an image over 20 MiB": small_document(mode="image_to_video", first_frame={**IMAGE, "bytes": 20971521}),
    "a gif": small_document(mode="image_to_video", first_frame={**IMAGE, "mime_type": "image/gif"}),
    "omni with a seed": for_target("flow.omni-flash", seed=4),
    "omni with two samples": for_target("flow.omni-flash", sample_count=2),
    "omni without audio": for_target("flow.omni-flash", generate_audio=False),
    "omni of 11 s over the API": for_target("vertex.omni-1.1-flash", duration_seconds=11),
    "2 s": for_target("flow.omni-flash", duration_seconds=2),
    "a beat that ends at 0": changed(FULL, "action.beats.0.end", 0),
    "a beat past 15 s": changed(FULL, "action.beats.0.end", 15.1),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_all_three_accept(name: str) -> None:
    payload = ACCEPTED[name]
    assert list(VENDORED.iter_errors(payload)) == []
    assert list(OURS.iter_errors(payload)) == []
    assert to_payload(check_document(payload)) == payload


@pytest.mark.parametrize("name", REFUSED)
def test_all_three_refuse(name: str) -> None:
    payload = REFUSED[name]
    assert not VENDORED.is_valid(payload)
    assert not OURS.is_valid(payload)
    with pytest.raises(DocumentError):
        check_document(payload)


def test_every_refused_field_is_named_in_a_plain_sentence() -> None:
    payload = changed(changed(FULL, "shot.size", "cowboy"), "request.sample_count", "2")
    with pytest.raises(DocumentError) as raised:
        check_document(payload)
    found = {".".join(map(str, one["loc"])): one["msg"] for one in raised.value.errors}
    assert found.keys() == {"shot.size", "request.sample_count"}
    assert found["shot.size"].startswith("shot.size must be one of 'extreme_wide'")
    assert found["request.sample_count"] == "request.sample_count must be a whole number, without quotation marks."


def test_a_clash_between_fields_names_the_field_to_change() -> None:
    with pytest.raises(DocumentError) as raised:
        check_document(changed(FULL, "request.duration_seconds", 6))
    assert raised.value.errors == [
        {
            "loc": ["request", "duration_seconds"],
            "msg": "request.duration_seconds: With reference images Veo makes 8 second clips only.",
            "type": "duration_for_references",
        }
    ]


def test_keys_come_in_the_models_order_whatever_the_order_they_were_written_in() -> None:
    shuffled = json.loads(json.dumps(FULL, sort_keys=True))
    assert document_bytes(check_document(shuffled)) == document_bytes(check_document(FULL))
    assert list(to_payload(check_document(shuffled)))[:3] == ["schema_version", "shot_id", "target"]


def test_the_published_schema_is_closed_described_and_the_same_each_time() -> None:
    schema = document_schema()
    Draft202012Validator.check_schema(schema)
    assert json.dumps(schema) == json.dumps(document_schema())
    objects = [schema, *schema["$defs"].values()]
    assert all(one["additionalProperties"] is False for one in objects)
    assert all(one.get("description") for one in objects)
    assert '"default": null' not in json.dumps(schema)


def test_a_changed_copy_of_the_schema_does_not_change_the_next_one() -> None:
    document_schema()["$defs"]["Subject"]["properties"].clear()
    assert document_schema()["$defs"]["Subject"]["properties"]
