"""Page lengths estimated from the lines a scene would take in print."""

import pytest

from backend.screenplay.eighths import eighths, line_count

SPACED = [("shot", 3), ("action", 2), ("character", 2), ("transition", 2), ("dialogue", 1), ("parenthetical", 1)]


@pytest.mark.parametrize(("kind", "lines"), SPACED)
def test_an_element_takes_its_line_and_the_space_final_draft_sets_before_it(kind: str, lines: int) -> None:
    assert line_count(kind, "Here.") == lines


def test_a_scene_of_many_shots_is_as_long_as_final_draft_says() -> None:
    # 3 lines of heading and 8 times 3 + 2 + 1: 51 lines of 54, so a page and not six eighths.
    scene = [("shot", "ON NORA"), ("character", "NORA"), ("dialogue", "Here.")] * 8
    assert eighths("INT. BARN - DAY", scene) == 8


def test_a_speech_wraps_at_its_own_width() -> None:
    words = "word " * 14
    assert (line_count("action", words.strip()), line_count("dialogue", words.strip())) == (3, 2)
