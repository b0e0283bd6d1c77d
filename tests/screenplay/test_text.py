"""Plain-text scripts: laid out by indents, typed on numbered pages."""

from pathlib import Path

import pytest

from backend.screenplay import Screenplay, ScreenplayError, parse
from backend.screenplay.integrity import check
from tests.screenplay.typewriter import typed

SAMPLE = Path(__file__).parents[2] / "backend/screenplay/samples/the-last-car-up.fountain"

INDENTED = """\
12        INT. ENGINE ROOM - NIGHT                                   12

          Pipes. Steam. A gauge creeps into the red and a hand slaps
          it back again.

                              NORA
                         (over the noise)
                    We have ten minutes before the
                    valve goes.

                                                       (CONTINUED)
                                                               23.
12        CONTINUED:                                                 12

                              NORA (CONT'D)
                    Or nine.

                              OTTO
                    Which?

          She looks at her watch. It has

                                                               24.

          stopped.

                              OTTO (CONT'D)
                    I said which, because it makes a
                              (MORE)

                                                               25.

                              OTTO (CONT'D)
                    difference to me.

                                                          CUT TO:

13        EXT. QUAY - NIGHT                                          13

          Rain.
"""


def speeches(screenplay: Screenplay) -> list[tuple[str | None, str]]:
    elements = [e for scene in screenplay.scenes for e in scene.elements]
    return [(e.character, " ".join(e.text.split())) for e in elements if e.type == "dialogue"]


def actions(screenplay: Screenplay) -> list[str]:
    elements = [e for scene in screenplay.scenes for e in scene.elements]
    return [" ".join(e.text.split()) for e in elements if e.type == "action"]


def test_an_indented_page_is_read_by_its_margins() -> None:
    screenplay = parse(INDENTED.encode())
    assert screenplay.format == "text"
    assert [(s.number, s.heading) for s in screenplay.scenes] == [
        ("12", "INT. ENGINE ROOM - NIGHT"),
        ("13", "EXT. QUAY - NIGHT"),
    ]
    assert [e.type for e in screenplay.scenes[0].elements if e.type in ("transition", "parenthetical")] == [
        "parenthetical",
        "transition",
    ]


def test_wrapped_lines_and_paragraphs_cut_by_the_page_are_joined() -> None:
    screenplay = parse(INDENTED.encode())
    assert actions(screenplay) == [
        "Pipes. Steam. A gauge creeps into the red and a hand slaps it back again.",
        "She looks at her watch. It has stopped.",
        "Rain.",
    ]


def test_a_speech_cut_by_more_is_one_speech() -> None:
    assert speeches(parse(INDENTED.encode())) == [
        ("NORA", "We have ten minutes before the valve goes."),
        ("NORA", "Or nine."),
        ("OTTO", "Which?"),
        ("OTTO", "I said which, because it makes a difference to me."),
    ]


def test_removed_page_furniture_is_a_warning() -> None:
    found = {w.code: w for w in parse(INDENTED.encode()).warnings}
    assert {"furniture.page_numbers", "furniture.continued", "furniture.more"} <= found.keys()
    rows = INDENTED.split("\n")
    assert [rows[line - 1].strip() for line in found["furniture.more"].lines] == ["(MORE)"]


def test_source_lines_survive_the_rewriting() -> None:
    lines = INDENTED.split("\n")
    for scene in parse(INDENTED.encode()).scenes:
        assert scene.heading in lines[scene.line_start - 1]
        for element in scene.elements:
            source = " ".join(" ".join(lines[element.line_start - 1 : element.line_end]).split())
            assert element.text.split()[0] in source
            assert element.text.split()[-1] in source


def test_the_sample_typed_on_pages_reads_back_as_the_same_film() -> None:
    film = parse(SAMPLE.read_bytes())
    again = parse(typed(film).encode())
    assert again.format == "text"
    assert [s.heading for s in again.scenes] == [s.heading for s in film.scenes]
    assert speeches(again) == speeches(film)
    assert [a for a in actions(again) if a != "THE END"] == actions(film)


def test_a_page_number_in_a_fountain_speech_is_what_the_character_says() -> None:
    elements = parse(b"INT. BARN - DAY\n\nNORA\nHow many?\n\nOTTO\n83.\n").scenes[0].elements
    assert elements[-1].text == "83."


def test_text_that_would_be_lost_is_refused_with_its_place() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        check("one two three\nfour five six\nseven", ["one two three", "seven"])
    assert refusal.value.code == "scripts.text_lost"
    assert "3 of the script's 7 words" in refusal.value.detail
    assert "line 2" in refusal.value.detail


def test_a_few_lost_words_are_a_warning_with_their_lines() -> None:
    source = "\n".join(["one two three four"] * 400 + ["lost here"] + ["one two three four"] * 20)
    warnings = check(source, ["one two three four"] * 420)
    assert [(w.code, w.line, w.lines) for w in warnings] == [("text.lost", 401, [401])]
    assert "lost here" in warnings[0].message


def test_nothing_lost_is_no_warning() -> None:
    assert check("one two\nthree", ["three two one"]) == []


def test_overlong_lines_are_split_for_the_parser_and_joined_again() -> None:
    line = " ".join(f"word{n}" for n in range(600))
    screenplay = parse(f"INT. BARN - DAY\n\n{line}\n".encode())
    assert screenplay.scenes[0].elements[0].text == line
    assert [(w.line, w.code) for w in screenplay.warnings] == [(3, "line.split")]


@pytest.mark.parametrize(
    "text",
    [
        "/*" * 50_000,
        "[[ " * 30_000,
        "*" * 100_000,
        "JOHN" + "(" * 50_000,
        "INT. " + "a, " * 30_000,
        "JOHN\n" + "NO.\n" * 5_000,
        "a\n" * 20_000,
        "“" * 50_000,
    ],
    ids=["boneyards", "notes", "stars", "parentheses", "heading", "cues", "paragraph", "quotes"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert parse(text.encode()).scenes


def test_more_than_two_thousand_scenes_are_refused() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        parse(b"INT. A - DAY\n\nx\n\n" * 2001)
    assert refusal.value.code == "scripts.too_many_scenes"


def test_more_than_a_hundred_thousand_lines_are_refused() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        parse(b"a\n" * 100_001)
    assert refusal.value.code == "scripts.too_large"


def test_a_title_page_alone_is_refused() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        parse(b"Title: Hay\nAuthor: Nora\n\n[[nothing yet]]\n")
    assert refusal.value.code == "scripts.empty"


def test_a_numbered_name_that_comes_often_is_no_running_header() -> None:
    text = "\n".join(
        f"          The line moves up by one, slowly.\n\n                              COP 1\n"
        f"                    Next, number {i}, and mind the step.\n"
        for i in range(9)
    )
    screenplay = parse(f"INT. STATION - DAY\n\n{text}".encode())
    assert [name for name, _ in speeches(screenplay)] == ["COP 1"] * 9


def test_a_speech_in_double_spacing_is_one_line() -> None:
    rows = [
        "INT. KITCHEN - DAY", "Nora puts the last of the notes on", "the counter, and goes out into the rain.",
        "                OTTO", "          So anyway, I look over and", "          this old man is asleep.",
        "The door falls shut behind her, and then", "the light goes out in the hall.",
        "                NORA", "          Wake him up then, before the", "          train is gone.",
    ]  # fmt: skip
    screenplay = parse("\n\n".join(rows * 4).encode())
    assert speeches(screenplay)[:2] == [
        ("OTTO", "So anyway, I look over and this old man is asleep."),
        ("NORA", "Wake him up then, before the train is gone."),
    ]
    assert len(screenplay.scenes) == 4


def test_a_transcript_has_speakers() -> None:
    text = "INT. BUS - DAY\n\n" + "\n\n".join(
        ["Otto (tired): We are late.", "[They run.]", "Nora: Then run faster,\nwill you?"] * 4
    )
    screenplay = parse(text.encode())
    assert speeches(screenplay)[:2] == [("Otto", "We are late."), ("Nora", "Then run faster, will you?")]
    assert [e.text for e in screenplay.scenes[0].elements if e.type == "parenthetical"][:1] == ["(tired)"]


def test_scene_numbers_on_lines_of_their_own_go_back_to_their_heading() -> None:
    text = "12\n\nINT. HALL - DAY\n\n12\n\nOtto waits.\n\nA13\nEXT. YARD - DAY\n\nRain.\n"
    screenplay = parse(text.encode())
    assert [(s.number, s.heading) for s in screenplay.scenes] == [("12", "INT. HALL - DAY"), ("A13", "EXT. YARD - DAY")]


def test_what_a_web_page_left_is_taken_out() -> None:
    text = "<pre><b>INT. HALL - DAY\n</b>\n<i>Rain</i> &amp; wind.\n\nCaf&eacute;.\n</pre>\n"
    screenplay = parse(text.encode())
    assert [s.heading for s in screenplay.scenes] == ["INT. HALL - DAY"]
    assert [e.text for e in screenplay.scenes[0].elements] == ["Rain & wind.", "Café."]
    assert [(w.code, w.lines) for w in screenplay.warnings if w.code == "markup.removed"] == [
        ("markup.removed", [1, 2, 3, 5, 6])
    ]


def test_a_title_page_value_indented_by_one_space_belongs_to_it() -> None:
    screenplay = parse(b"Title:\n The Long Way\nAuthor: A. Writer\n\nINT. HALL - DAY\n\nRain.\n")
    assert screenplay.title_page == {"title": "The Long Way", "author": "A. Writer"}
    assert screenplay.preamble == []


def test_a_name_two_blank_lines_over_its_speech_is_a_cue() -> None:
    pair = "JANE\n\n\nYes, and what of it?\n\n\nOTTO\n\n\nNothing at all.\n\n\n"
    screenplay = parse(f"INT. HALL - DAY\n\n\n{pair * 4}".encode())
    assert speeches(screenplay) == [("JANE", "Yes, and what of it?"), ("OTTO", "Nothing at all.")] * 4


def test_specks_of_a_scanner_before_words_are_no_marks() -> None:
    said = ["Here.", ".delicious. And you", "#1 of all.", *(f"The door number {n}." for n in range(40))]
    rows = ["INT. HALL - DAY", ""]
    for index, line in enumerate(said):
        rows += [" " * 30 + ("NORA", "OTTO")[index % 2], " " * 15 + line, ""]
    screenplay = parse("\n".join(rows).encode())
    assert screenplay.format == "text"
    assert [text for _, text in speeches(screenplay)] == said


FLAT = """\
INT. HALL - DAY

NORA walks along the wall of the mill and counts the windows
out loud, one after the other, up to the last of them all.

NORA
That is the last of them, and it is
open.
She puts her hand on the sill and looks down into the yard, where
the cart of the miller waits.

OTTO
Then we go.
NORA
When?

"""


def test_a_typed_script_without_indents_is_read_by_its_names_and_widths() -> None:
    screenplay = parse((FLAT * 12).encode())
    assert screenplay.format == "text"
    assert speeches(screenplay) == 12 * [
        ("NORA", "That is the last of them, and it is open."),
        ("OTTO", "Then we go."),
        ("NORA", "When?"),
    ]
    assert actions(screenplay)[1].startswith(
        "She puts her hand on the sill and looks down into the yard, where the cart"
    )


SIDE_BY_SIDE = """\
          INT. HALL - DAY

          They look at each other over the whole length of the table.

                              NORA
                    You first.

                              OTTO
                    No, you.

                     NORA                             OTTO (CONT'D)
          I wanted to say that             (at the same time)
          the mill is sold.                Whatever it is that you
                                           want, I do not.

          They laugh.

                     NORA                             OTTO
          What?                            What?

                              NORA
                    Nothing.
"""


def test_speeches_typed_side_by_side_are_dual_dialogue() -> None:
    elements = parse(SIDE_BY_SIDE.encode()).scenes[0].elements
    assert [(e.character, e.text) for e in elements if e.dual and e.type != "character"] == [
        ("NORA", "I wanted to say that the mill is sold."),
        ("OTTO", "(at the same time)"),
        ("OTTO", "Whatever it is that you want, I do not."),
        ("NORA", "What?"),
        ("OTTO", "What?"),
    ]
    assert [e.text for e in elements if not e.dual and e.type != "character"] == [
        "They look at each other over the whole length of the table.",
        "You first.",
        "No, you.",
        "They laugh.",
        "Nothing.",
    ]


def test_a_cast_list_of_two_columns_is_no_dialogue() -> None:
    listed = (
        SIDE_BY_SIDE
        + "\n          NORA                    A MILLER\n\n          OTTO                    HER BROTHER\n\n"
    )
    elements = parse(listed.encode()).scenes[0].elements
    assert [e.type for e in elements[-2:]] == ["action", "action"]


def test_a_star_on_a_line_of_its_own_does_not_cut_a_paragraph() -> None:
    script = (
        "INT. HALL - DAY\n\nNora walks along the wall of the old mill until\n*\nshe finds the door.\n\n1.\n\n2.\n\n3.\n"
    )
    assert actions(parse(script.encode())) == ["Nora walks along the wall of the old mill until she finds the door."]


def test_the_number_of_a_continued_line_goes_with_it() -> None:
    script = (
        "27 INT. HALL - DAY 27\n\nNora waits by the door of the mill.\n\nD27\n\n20.\n\nCONTINUED:\n\n(2)\n\nD27\n\n"
        "She leaves.\n\nB52\n\nShe reads the number on the wall.\n\n21.\n\n22.\n\nThe end of the road.\n"
    )
    assert actions(parse(script.encode())) == [
        "Nora waits by the door of the mill.",
        "She leaves.",
        "B52",
        "She reads the number on the wall.",
        "The end of the road.",
    ]


def test_lines_far_apart_one_by_one_are_closed_up() -> None:
    page = ["INT. HALL - DAY", "", "She walks along the wall of the old mill and counts", "the windows.", ""]
    page += ["          NORA", "     Here."]
    rows = [row for _ in range(12) for row in [*page, ""]]
    screenplay = parse("".join(row + "\n" * 8 for row in rows).encode())
    assert actions(screenplay) == 12 * ["She walks along the wall of the old mill and counts the windows."]
    assert speeches(screenplay) == 12 * [("NORA", "Here.")]
