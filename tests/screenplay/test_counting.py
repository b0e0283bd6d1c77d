"""Sentences about one thing and about many."""

from backend.screenplay import parse
from backend.screenplay.counting import counted


def test_one_is_not_many() -> None:
    assert [counted(n, "line was", "lines were") for n in (0, 1, 2, 1200)] == [
        "0 lines were",
        "1 line was",
        "2 lines were",
        "1,200 lines were",
    ]


def test_a_warning_about_one_heading_is_a_sentence_about_one() -> None:
    source = b"INT. LAMP ROOM - NIGHT\nMara winds the lamp.\n\nEXT. GALLERY - NIGHT\n\nWind.\n"
    [warning] = [warning for warning in parse(source).warnings if warning.code == "heading.glued"]
    assert warning.message == "1 scene heading had no blank line around it; it was read as a heading."
