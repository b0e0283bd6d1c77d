"""What printed pages show beyond their characters reaches the plain-text importer."""

from backend.screenplay.lines import PageHints
from backend.screenplay.prepass import prepare

PAGES = """\
Title: The Barn

               THE BARN FIGHT

               Nora waits. The rafters creak and dust comes down on
                                                        THE BARN  2
               everything below.

                                     NORA
                         Come down.
"""


def test_lines_seen_as_furniture_and_headings_on_the_page_are_taken_as_such() -> None:
    hints = PageHints(furniture=frozenset({6}), headings=frozenset({3}), body_start=2)
    prepared = prepare(PAGES, hints)
    assert [line.text for line in prepared.lines if line.text] == [
        "Title: The Barn",
        ".THE BARN FIGHT",
        "Nora waits. The rafters creak and dust comes down on everything below.",
        "NORA",
        "Come down.",
    ]
    assert prepared.format == "pdf"
    assert [line.start for line in prepared.lines if line.text.startswith(".")] == [3]
