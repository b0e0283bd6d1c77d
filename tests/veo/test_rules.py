"""Each pre-flight rule speaks when its case is there, and is silent on a sound document."""

from datetime import date
from typing import Any

import pytest

from backend.veo import REGISTRY, Finding, check_document, findings
from backend.veo.crossfield import is_veo
from backend.veo.vocabulary import TARGETS
from tests.veo.documents import changed, full_document, small_document

IMAGE = {"asset_id": "a", "role": "character", "mime_type": "image/png"}
SMALL = small_document()
LINES = [{"character": "TOM", "line": "Wait for the light."}]


def found(payload: dict[str, Any], **when: date) -> list[Finding]:
    return findings(check_document(payload), **when)


def on(target: str, **request: Any) -> dict[str, Any]:
    return changed(small_document(**request), "target", target)


def test_a_sound_document_has_no_findings() -> None:
    assert found(SMALL) == []


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "reference mode without pictures": (
        small_document(mode="reference_to_video", reference_images=[]), "PF02", "error"),
    "a frame with references": (
        small_document(mode="image_to_video", first_frame=IMAGE, reference_images=[IMAGE]), "PF02", "error"),
    "a short clip on Quality": (on("flow.veo-3.1-quality", duration_seconds=6), "PF03", "warning"),
    "4k on Vertex Fast": (on("vertex.veo-3.1-fast", resolution="4k"), "PF03", "warning"),
    "1080p on Flow": (small_document(resolution="1080p"), "PF03", "info"),
    "1080p of 6 s on Gemini": (
        on("gemini.veo-3.1-preview(retired)", resolution="1080p", duration_seconds=6), "PF03", "error"),
    "eight references on Flow Omni": (
        on("flow.omni-flash", mode="reference_to_video", reference_images=[IMAGE] * 8), "PF04", "error"),
    "a HEIC reference": (
        small_document(mode="reference_to_video", reference_images=[{**IMAGE, "mime_type": "image/heic"}]),
        "PF05", "error"),
    "a prompt over 1,024 tokens": (
        changed(SMALL, "environment.props", ["w " * 40] * 12) | {"action": {"description": "w " * 300}},
        "PF07", "warning"),
    "a child in the text": (changed(SMALL, "action.description", "A child runs."), "PF09", "warning"),
    "a minor among the characters": (
        changed(SMALL, "subject.characters", [{"id": "TIM", "description": "x", "age_class": "minor"}]),
        "PF09", "warning"),
    "a style picture": (
        small_document(mode="reference_to_video", reference_images=[{**IMAGE, "role": "style"}]), "PF12", "warning"),
    "more words than the clip holds": (
        changed(SMALL, "audio.dialogue", [{"character": "TOM", "line": "one two three " * 7}]), "PF13", "warning"),
    "three lines": (changed(SMALL, "audio.dialogue", LINES * 3), "PF13", "warning"),
    "a shouted line": (changed(SMALL, "audio.dialogue", [{"character": "T", "line": "GET OUT now"}]), "PF13", "info"),
    "a beat that ends before it starts": (
        changed(SMALL, "action.beats", [{"start": 4, "end": 2, "description": "x"}]), "PF14", "warning"),
    "a beat past the end": (
        changed(SMALL, "action.beats", [{"start": 4, "end": 9, "description": "x"}]), "PF14", "warning"),
    "a denial inside a negative": (
        changed(SMALL, "constraints.prohibited_elements", ["people without hats"]), "PF15", "warning"),
    "on-screen text": (changed(SMALL, "constraints.on_screen_text", "EXIT"), "PF16", "warning"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_rule_speaks(name: str) -> None:
    payload, id, level = CASES[name]
    assert (id, level) in [(one.id, one.level) for one in found(payload)]


@pytest.mark.parametrize(
    "payload",
    [
        changed(SMALL, "audio.dialogue", LINES),
        changed(SMALL, "action.description", "A kidney-shaped pool, the kidding sea."),
        changed(SMALL, "constraints.prohibited_elements", ["notes", "snow"]),
        changed(SMALL, "action.beats", [{"start": 0, "end": 8, "description": "x"}]),
        changed(SMALL, "audio.dialogue", [{"character": "T", "line": "The FBI is here."}]),
    ],
)
def test_the_rules_are_silent(payload: dict[str, Any]) -> None:
    assert found(payload) == []


def test_twenty_words_fit_into_eight_seconds_and_twenty_one_do_not() -> None:
    twenty = changed(SMALL, "audio.dialogue", [{"character": "T", "line": " ".join(["go"] * 20)}])
    assert found(twenty) == []
    longer = changed(SMALL, "audio.dialogue", [{"character": "T", "line": " ".join(["go"] * 21)}])
    assert [one.message for one in found(longer)] == ["21 words take about 9 s to say; the clip is 8 s long."]


def test_a_retired_target_is_an_error_from_its_day_on() -> None:
    payload = on("gemini.veo-3.1-preview(retired)")
    assert [one.id for one in found(payload, today=date(2026, 10, 21))] == []
    assert [(one.id, one.level) for one in found(payload, today=date(2026, 10, 22))] == [("PF01", "error")]


def test_a_target_past_its_or_later_date_is_a_warning() -> None:
    payload = on("vertex.veo-3.1")
    assert found(payload, today=date(2026, 11, 16)) == []
    assert [(one.id, one.level) for one in found(payload, today=date(2026, 11, 17))] == [("PF01", "warning")]


def test_errors_come_first() -> None:
    payload = small_document(mode="reference_to_video", reference_images=[], resolution="1080p")
    levels = [one.level for one in found(changed(payload, "constraints.on_screen_text", "EXIT"))]
    assert levels == ["error", "warning", "info"]


def test_the_example_is_only_warned_of_its_retirement() -> None:
    assert [one.id for one in found(full_document())] == ["PF01"]


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_registry_offers_the_document_accepts(target: Any) -> None:
    facts = REGISTRY[target]
    for duration in facts.durations:
        for resolution in facts.resolutions:
            assert check_document(on(target, duration_seconds=duration, resolution=resolution))
    if facts.max_references:
        duration = facts.reference_duration or facts.default_duration
        images = [IMAGE] * facts.max_references
        assert check_document(on(target, mode="reference_to_video", reference_images=images, duration_seconds=duration))
    assert ("reference_to_video" in facts.modes) is bool(facts.max_references)
    assert is_veo(target) is (facts.family == "veo")
