"""What a person decides at the preview, applied to a parsed screenplay."""

import pytest
from pydantic import ValidationError

from backend.screenplay import Screenplay, parse
from backend.screenplay.planning import ImportPlan, PlanError, PlannedScene, apply_plan

SHA = "0" * 64
SOURCE = b"""\
INT. HALL - DAY

Ines waits.

EXT. QUAY - NIGHT

Rain.

INES
Not tonight.

INT. CABIN - NIGHT

The lamp swings.
"""


@pytest.fixture
def screenplay() -> Screenplay:
    return parse(SOURCE)


def plan(*scenes: PlannedScene) -> ImportPlan:
    return ImportPlan(sha256=SHA, scenes=list(scenes))


def test_a_scene_left_out_takes_nothing_of_the_others_with_it(screenplay: Screenplay) -> None:
    done = apply_plan(screenplay, plan(PlannedScene(index=1, is_dropped=True)))
    assert done.scenes == [screenplay.scenes[0], screenplay.scenes[2]]


def test_a_renamed_scene_is_taken_apart_again(screenplay: Screenplay) -> None:
    done = apply_plan(screenplay, plan(PlannedScene(index=0, heading="EXT. COURTYARD - DAWN")))
    scene = done.scenes[0]
    assert (scene.int_ext, scene.location, scene.time_of_day) == ("EXT", "COURTYARD", "DAWN")
    assert scene.elements == screenplay.scenes[0].elements


def test_a_merged_scene_keeps_every_word_even_of_its_heading(screenplay: Screenplay) -> None:
    done = apply_plan(screenplay, plan(PlannedScene(index=1, is_merged=True)))
    assert len(done.scenes) == 2
    merged = done.scenes[0]
    assert [(e.type, e.text) for e in merged.elements] == [
        ("action", "Ines waits."),
        ("action", "EXT. QUAY - NIGHT"),
        ("action", "Rain."),
        ("character", "INES"),
        ("dialogue", "Not tonight."),
    ]
    assert merged.elements[1].line_start == 5
    assert merged.line_end == screenplay.scenes[1].line_end
    assert merged.eighths == sum(scene.eighths for scene in screenplay.scenes[:2])
    assert "EXT. QUAY - NIGHT" in merged.raw_text


def test_merging_goes_into_the_scene_that_is_imported_before_it(screenplay: Screenplay) -> None:
    done = apply_plan(screenplay, plan(PlannedScene(index=1, is_dropped=True), PlannedScene(index=2, is_merged=True)))
    assert [e.text for e in done.scenes[0].elements] == ["Ines waits.", "INT. CABIN - NIGHT", "The lamp swings."]


@pytest.mark.parametrize(
    ("decisions", "why"),
    [
        ([PlannedScene(index=9)], "There is no scene 9"),
        ([PlannedScene(index=0, is_merged=True)], "none before it"),
        ([PlannedScene(index=n, is_dropped=True) for n in range(3)], "nothing would be imported"),
    ],
)
def test_a_plan_that_does_not_fit_says_why(screenplay: Screenplay, decisions: list[PlannedScene], why: str) -> None:
    with pytest.raises(PlanError, match=why):
        apply_plan(screenplay, plan(*decisions))


def test_a_scene_has_one_decision() -> None:
    with pytest.raises(ValidationError, match="two decisions"):
        plan(PlannedScene(index=0), PlannedScene(index=0, is_dropped=True))
