"""PDF pages become the screenplay they were printed from, in the layouts that writing programs use."""

import io
import time

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from backend.screenplay import Element, Screenplay, ScreenplayError, parse, pdf_glyphs
from tests.screenplay.printer import A4_PAGE, LETTER_PAGE, TIMES_PAGE, WORD_PAGE, Layout, Printer, Row

B: Row = ("blank", "")
KITCHEN: list[Row] = [
    ("action", "FADE IN:"),
    B,
    ("heading", "INT. LIGHTHOUSE KITCHEN - NIGHT"),
    B,
    ("action", "INES (50) dries one cup for a very long time. Behind"),
    ("action", "her the kettle ticks as it cools."),
    B,
    ("cue", "INES"),
    ("parenthetical", "(without turning)"),
    ("speech", "You came by the road, then."),
    ("speech", "Nobody comes by the road."),
    B,
    ("cue", "RUI (O.S.)"),
    ("speech", "The boat is gone."),
    B,
    ("transition", "CUT TO:"),
    B,
    ("heading", "EXT. SLIPWAY - CONTINUOUS"),
    B,
    ("action", "A rope, cut clean."),
]
EXPECTED = [
    (
        "INT. LIGHTHOUSE KITCHEN - NIGHT",
        [
            (
                "action",
                "INES (50) dries one cup for a very long time. Behind her the kettle ticks as it cools.",
            ),
            ("character", "INES"),
            ("parenthetical", "(without turning)"),
            ("dialogue", "You came by the road, then. Nobody comes by the road."),
            ("character", "RUI"),
            ("dialogue", "The boat is gone."),
            ("transition", "CUT TO:"),
        ],
    ),
    ("EXT. SLIPWAY - CONTINUOUS", [("action", "A rope, cut clean.")]),
]


def outline(screenplay: Screenplay) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(scene.heading, [(e.type, e.text) for e in scene.elements]) for scene in screenplay.scenes]


@pytest.mark.parametrize("layout", [LETTER_PAGE, A4_PAGE, WORD_PAGE, TIMES_PAGE], ids=["letter", "a4", "word", "times"])
def test_a_page_reads_back_element_by_element(layout: Layout) -> None:
    screenplay = parse(Printer(layout).page(KITCHEN).bytes())
    assert screenplay.format == "pdf"
    assert outline(screenplay) == EXPECTED
    assert [e.text for e in screenplay.preamble] == ["FADE IN:"]
    assert screenplay.scenes[0].elements[4].extensions == ["O.S."]


def test_lines_point_into_the_rebuilt_page() -> None:
    screenplay = parse(Printer().page(KITCHEN).bytes())
    lines = screenplay.text.split("\n")
    assert "               INES (50) dries one cup for a very long time. Behind" in lines
    for scene in screenplay.scenes:
        assert scene.heading in lines[scene.line_start - 1]
        for element in scene.elements:
            printed = " ".join(" ".join(lines[element.line_start - 1 : element.line_end]).split())
            assert element.text.split()[0] in printed
            assert element.text.split()[-1] in printed


def story(count: int) -> list[Row]:
    rows: list[Row] = []
    for index in range(count):
        rows += [("heading", f"INT. ROOM {index} - DAY"), B, ("action", f"Somebody enters room {index}."), B]
    return rows


def test_running_heads_and_page_numbers_go_and_say_the_page_of_a_scene() -> None:
    printer = Printer()
    for number in range(1, 6):
        rows = story(number * 3)[-12:]
        printer.page(rows, number=f"{number + 6}.", head=f"THE LAMP - Blue {number}/4/25")
    screenplay = parse(printer.bytes())
    assert [scene.page_start for scene in screenplay.scenes] == [str(7 + n // 3) for n in range(15)]
    assert {e.type for scene in screenplay.scenes for e in scene.elements} == {"action"}
    assert all("LAMP" not in e.text for scene in screenplay.scenes for e in scene.elements)
    removed = [warning for warning in screenplay.warnings if warning.code == "furniture.headers"]
    assert removed
    assert "THE LAMP" in screenplay.text.split("\n")[removed[0].line - 1]


def test_a_name_that_begins_page_after_page_is_no_running_head() -> None:
    printer = Printer()
    for number, word in enumerate(("One", "Two", "Three", "Four", "Five", "Six"), start=1):
        name = ("INES", "RUI")[number % 2]
        speech: list[Row] = [("cue", name), ("speech", f"{word}, and not one more."), B]
        printer.page([*speech, ("heading", f"INT. ROOM {word.upper()} - DAY"), B, *speech], number=f"{number}.")
    screenplay = parse(printer.bytes())
    spoken = [e for e in screenplay.preamble if e.type == "character"]
    spoken += [e for scene in screenplay.scenes for e in scene.elements if e.type == "character"]
    assert [e.character for e in spoken] == ["RUI", "RUI", "INES", "INES"] * 3


def test_more_and_continued_go_and_the_speech_is_one() -> None:
    first: list[Row] = [
        ("heading#4", "INT. LAMP ROOM - NIGHT"),
        B,
        ("cue", "RUI"),
        ("speech", "Why stay?"),
        B,
        ("cue", "INES"),
        ("speech", "I have kept this light for"),
        ("cue", "(MORE)"),
        B,
        ("transition", "(CONTINUED)"),
    ]
    second: list[Row] = [
        ("heading#4", "CONTINUED:"),
        B,
        ("cue", "INES (CONT'D)"),
        ("speech", "thirty years."),
        B,
        ("heading#5", "EXT. ROCKS - DAWN"),
        B,
        ("action", "Gulls."),
    ]
    screenplay = parse(Printer().page(first, number="1.").page(second, number="2.").bytes())
    assert [(scene.number, scene.heading) for scene in screenplay.scenes] == [
        ("4", "INT. LAMP ROOM - NIGHT"),
        ("5", "EXT. ROCKS - DAWN"),
    ]
    assert outline(screenplay)[0][1][2:] == [
        ("character", "INES"),
        ("dialogue", "I have kept this light for thirty years."),
    ]


def test_words_parted_at_the_end_of_a_line_are_one() -> None:
    rows: list[Row] = [
        *KITCHEN[2:4],
        ("action", "She fills a half-empty glass of extraordinary colour. It is half-"),
        ("marked action", "empty again, and the table under it has *long been salt-*"),
        ("marked action", "*stained* by the boats, which is nothing very extraor-"),
        ("action", "dinary."),
    ]
    element = parse(Printer().page(rows).bytes()).scenes[0].elements[0]
    assert element.text == (
        "She fills a half-empty glass of extraordinary colour. It is half-empty again, and the table under it has "
        "long been salt-stained by the boats, which is nothing very extraordinary."
    )


def test_an_interrupted_word_keeps_its_dash() -> None:
    rows: list[Row] = [
        *KITCHEN[2:7],
        ("cue", "INES"),
        ("speech", "I- I mean- no, what I want is-"),
        ("speech", "well, the half-empty-"),
        ("speech", "Glass."),
    ]
    spoken = parse(Printer().page(rows).bytes()).scenes[0].elements[2:]
    assert " ".join(e.text for e in spoken) == "I- I mean- no, what I want is- well, the half-empty- Glass."


def test_what_a_page_cuts_without_a_word_is_joined() -> None:
    first: list[Row] = [
        *KITCHEN[2:12],
        ("cue", "INES"),
        ("speech", "A long speech that the page"),
    ]
    second: list[Row] = [
        ("speech", "Cuts in two, and goes on."),
        B,
        ("action", "Rui waits on the step until the wind has dropped and the"),
    ]
    third: list[Row] = [("action", "Light comes round again."), B, ("action", "Dark.")]
    printer = Printer()
    for number, rows in enumerate((first, second, third), start=1):
        printer.page(rows, number=f"{number}.")
    assert outline(parse(printer.bytes()))[0][1][4:] == [
        ("character", "INES"),
        ("dialogue", "A long speech that the page Cuts in two, and goes on."),
        ("action", "Rui waits on the step until the wind has dropped and the Light comes round again."),
        ("action", "Dark."),
    ]


def test_bold_capitals_at_the_action_margin_are_headings_where_the_script_sets_them_so() -> None:
    rows: list[Row] = []
    for place in ("EXT. PIER - DAY", "THE NET SHED", "BELOW DECK (LATER)"):
        rows += [("bold", place), B, *KITCHEN[4:6], B, *KITCHEN[7:15], B]
    rows += [("bold", "CUT TO:"), B, ("bold#9A", "THE BUOY"), B]
    rows += [("action", "It rings.")]
    screenplay = parse(Printer().page(rows).bytes())
    assert [(scene.number, scene.heading) for scene in screenplay.scenes] == [
        (None, "EXT. PIER - DAY"),
        (None, "THE NET SHED"),
        (None, "BELOW DECK (LATER)"),
        ("9A", "THE BUOY"),
    ]


def test_bold_is_only_emphasis_where_headings_are_not_bold() -> None:
    rows: list[Row] = [*KITCHEN, B, ("bold", "BOOM"), B, ("action", "Glass everywhere.")]
    assert len(parse(Printer().page(rows).bytes()).scenes) == 2


def test_underlined_capitals_are_headings_where_the_script_underlines_them() -> None:
    rows: list[Row] = []
    for place in ("_EXT. PIER - DAY_", "_THE NET SHED_", "_BELOW DECK (LATER)_"):
        rows += [("marked heading", place), B, *KITCHEN[4:6], B, *KITCHEN[7:15], B]
    screenplay = parse(Printer().page(rows).bytes())
    assert [scene.heading for scene in screenplay.scenes] == ["EXT. PIER - DAY", "THE NET SHED", "BELOW DECK (LATER)"]


def test_bold_calls_for_the_camera_are_no_scenes_without_a_number() -> None:
    rows: list[Row] = []
    for place in ("EXT. PIER - DAY", "BELOW DECK", "EXT. SEA - DAY"):
        rows += [("bold", place), B, *KITCHEN[4:6], B, *KITCHEN[7:12], B, ("bold", "NEW SHOT"), B, *KITCHEN[4:6], B]
    rows += [("bold#9", "CLOSE ON THE BUOY"), B, ("action", "It rings.")]
    headings = [scene.heading for scene in parse(Printer().page(rows).bytes()).scenes]
    assert headings == ["EXT. PIER - DAY", "BELOW DECK", "EXT. SEA - DAY", "CLOSE ON THE BUOY"]


def test_extra_air_above_every_heading_marks_the_ones_without_int() -> None:
    rows: list[Row] = []
    for place in ("INT. A - DAY", "INT. B - DAY", "INT. C - DAY", "THE ATTIC", "INT. D - DAY", "INT. E - DAY"):
        rows += [B, ("heading", place), B, *KITCHEN[4:6], B, ("action", "BANG"), B]
    headings = [scene.heading for scene in parse(Printer().page(rows).bytes()).scenes]
    assert headings == ["INT. A - DAY", "INT. B - DAY", "INT. C - DAY", "THE ATTIC", "INT. D - DAY", "INT. E - DAY"]


def test_dual_dialogue_side_by_side_is_two_speeches() -> None:
    rows: list[Row] = [
        *KITCHEN[2:7],
        ("pair", "INES|RUI (O.S.)"),
        ("pair", "(low)|Come down,"),
        ("pair", "Not yet. Not|please."),
        ("pair", "this hour.|"),
        B,
        ("action", "Nobody moves."),
    ]
    scene = parse(Printer().page(rows).bytes()).scenes[0]
    assert [(e.type, e.character, e.text, e.dual) for e in scene.elements[1:]] == [
        ("character", "INES", "INES", True),
        ("parenthetical", "INES", "(low)", True),
        ("dialogue", "INES", "Not yet. Not this hour.", True),
        ("character", "RUI", "RUI", True),
        ("dialogue", "RUI", "Come down, please.", True),
        ("action", None, "Nobody moves.", False),
    ]


def test_columns_a_word_apart_are_still_two_speeches() -> None:
    left = ("Well, I will just tell him", "he is going to have to do", "the rest of it himself.")
    right = ("Mother, I do not care what", "you and he do.", "")
    printer = Printer()
    y = printer.layout.top - 4 * 12
    printer.canvas.setFont("Courier", 12)
    for one, other in zip(left, right, strict=True):
        y -= 12
        printer.canvas.drawString(108, y, one)
        printer.canvas.drawString(108 + 28 * 7.2, y, other)
    rows: list[Row] = [
        *KITCHEN[2:5],
        B,
        ("pair", "INES|ANA (INTO PHONE)"),
        B,
        B,
        B,
        B,
        ("action", "Nobody moves."),
    ]
    scene = parse(printer.page(rows).bytes()).scenes[0]
    assert [(e.type, e.character, e.text, e.dual) for e in scene.elements[1:]] == [
        ("character", "INES", "INES", True),
        ("dialogue", "INES", " ".join(left), True),
        ("character", "ANA", "ANA", True),
        ("dialogue", "ANA", " ".join(right).strip(), True),
        ("action", None, "Nobody moves.", False),
    ]


def test_dual_dialogue_over_a_page_break_is_two_speeches() -> None:
    first: list[Row] = [
        *KITCHEN[2:7],
        ("pair", "INES|RUI"),
        ("pair", "Not yet. Not|Come down,"),
        ("pair", "(MORE)|(MORE)"),
        B,
        ("transition", "(CONTINUED)"),
    ]
    second: list[Row] = [
        ("action", "CONTINUED:"),
        B,
        ("pair", "INES (CONT'D)|RUI (CONT'D)"),
        ("pair", "this hour.|please. It is"),
        ("pair", "|late."),
        B,
        ("action", "Nobody moves."),
    ]
    screenplay = parse(Printer().page(first, number="1.").page(second, number="2.").bytes())
    assert [(e.type, e.character, e.text, e.dual) for e in screenplay.scenes[0].elements[1:]] == [
        ("character", "INES", "INES", True),
        ("dialogue", "INES", "Not yet. Not this hour.", True),
        ("character", "RUI", "RUI", True),
        ("dialogue", "RUI", "Come down, please. It is late.", True),
        ("action", None, "Nobody moves.", False),
    ]
    removed = [line for w in screenplay.warnings if w.code == "furniture.headers" for line in w.lines]
    assert {"(MORE)", "RUI (CONT'D)"} <= {screenplay.text.split("\n")[line - 1].strip() for line in removed}


def test_one_of_two_speeches_goes_on_over_the_page() -> None:
    first: list[Row] = [
        *KITCHEN[2:7],
        ("pair", "INES|RUI"),
        ("pair", "Never.|Come down,"),
        ("pair", "|(MORE)"),
    ]
    second: list[Row] = [("pair", "|RUI (CONT'D)"), ("pair", "|please."), B, ("action", "Nobody moves.")]
    elements = parse(Printer().page(first, number="1.").page(second, number="2.").bytes()).scenes[0].elements
    assert [(e.character, e.text, e.dual) for e in elements[1:]] == [
        ("INES", "INES", True),
        ("INES", "Never.", True),
        ("RUI", "RUI", True),
        ("RUI", "Come down, please.", True),
        (None, "Nobody moves.", False),
    ]


def test_emphasis_stays_with_its_words_in_dual_dialogue() -> None:
    printer = Printer()
    y = printer.layout.top - 6 * 12
    printer.canvas.setFont("Courier-Bold", 12)
    printer.canvas.drawString(324, y, "NOW!")
    rows: list[Row] = [*KITCHEN[2:7], ("pair", "INES|RUI"), ("pair", "No.|"), B, ("action", "Still.")]
    scene = parse(printer.page(rows).bytes()).scenes[0]
    assert [styled(e) for e in scene.elements if e.dual] == [[], [], [], [("NOW!", "bold")]]


def test_revision_stars_and_watermarks_leave_no_trace() -> None:
    printer = Printer()
    words = ("changed", "older", "tired", "gone")
    for number, word in enumerate(words, start=1):
        printer.canvas.saveState()
        printer.canvas.translate(300, 400)
        printer.canvas.rotate(45)
        printer.canvas.setFont("Helvetica", 60)
        printer.canvas.drawCentredString(0, 0, "CONFIDENTIAL")
        printer.canvas.restoreState()
        rows: list[Row] = [("heading", f"INT. ROOM {number} - DAY"), B, ("starred", f"He is {word}, a little.")]
        printer.page(rows, number=f"{number}.")
    screenplay = parse(printer.bytes())
    assert [e.text for scene in screenplay.scenes for e in scene.elements] == [
        f"He is {word}, a little." for word in words
    ]
    assert "CONFIDENTIAL" not in screenplay.text


def test_the_title_page_is_no_scene_and_none_of_it_is_lost() -> None:
    title: list[Row] = [
        *[B] * 18,
        ("centre", "THE LAMP ROOM"),
        B,
        ("centre", "Written by"),
        B,
        ("centre", "Ana Faro"),
        *[B] * 20,
        ("action", "Second draft, 3/4/2025"),
        ("action", "ana@example.org"),
    ]
    printer = Printer()
    # The cover is a picture.
    printer.canvas.rect(100, 100, 400, 600)
    screenplay = parse(printer.page([]).page(title).page([]).page(KITCHEN, number="1.").bytes())
    assert screenplay.title_page == {
        "title": "THE LAMP ROOM",
        "credit": "Written by",
        "author": "Ana Faro",
        "draft date": "Second draft, 3/4/2025",
        "contact": "ana@example.org",
    }
    assert outline(screenplay) == EXPECTED
    assert screenplay.scenes[0].page_start == "1"


def test_a_page_lying_on_its_side_is_read_upright() -> None:
    printer = Printer()
    printer.canvas.setPageRotation(90)
    printer.canvas.translate(0, 792)
    printer.canvas.rotate(-90)
    assert outline(parse(printer.page(KITCHEN).bytes()))[0][0] == "INT. LIGHTHOUSE KITCHEN - NIGHT"


def test_letters_set_tight_are_words_where_the_file_has_spaces() -> None:
    printer = Printer()
    tight = printer.canvas.beginText(108, 300)
    tight.setFont("Courier", 16)
    tight.setCharSpace(-5)
    tight.textOut("A slogan we know all too well.")
    printer.canvas.drawText(tight)
    printer.canvas.setFont("Courier", 12)
    assert outline(parse(printer.page(KITCHEN).bytes()))[1][1][-1] == ("action", "A slogan we know all too well.")


def test_slanted_letters_are_words_like_others() -> None:
    printer = Printer()
    slanted = printer.canvas.beginText()
    slanted.setFont("Courier", 12)
    slanted.setTextTransform(1, 0, 0.3, 1, 108, 300)
    slanted.textOut("A shout nobody hears.")
    printer.canvas.drawText(slanted)
    assert outline(parse(printer.page(KITCHEN).bytes()))[1][1][-1] == ("action", "A shout nobody hears.")


def styled(element: Element) -> list[tuple[str, str]]:
    return [(element.text[run.start : run.end], run.style) for run in element.emphasis]


def test_bold_italic_and_underlined_words_are_the_elements_emphasis() -> None:
    rows: list[Row] = [
        *KITCHEN[2:4],
        ("marked action", "INES dries *one* cup, **and** puts it _down on_"),
        ("marked action", "_the shelf_. ***Crash!*** Then, **half**way, silence."),
        B,
        ("cue", "INES"),
        ("marked speech", "I said *no*."),
    ]
    scene = parse(Printer().page(rows).bytes()).scenes[0]
    assert styled(scene.elements[0]) == [
        ("one", "italic"),
        ("and", "bold"),
        ("down on the shelf", "underline"),
        ("Crash!", "bold_italic"),
        ("half", "bold"),
    ]
    assert styled(scene.elements[2]) == [("no", "italic")]


def test_emphasis_is_the_writers_and_not_the_layouts() -> None:
    rows: list[Row] = []
    for place in ("INT. A - DAY", "INT. B - DAY", "INT. C - DAY"):
        rows += [("bold", place), B, ("action", "Hay."), B, ("marked cue", "**INES**"), ("speech", "Well?"), B]
    printer = Printer().page(rows)
    printer.canvas.line(72, 640, 540, 640)
    screenplay = parse(printer.bytes())
    assert [scene.heading for scene in screenplay.scenes] == ["INT. A - DAY", "INT. B - DAY", "INT. C - DAY"]
    assert {run.style for scene in screenplay.scenes for e in scene.elements for run in e.emphasis} == set()


def test_a_border_under_a_line_is_no_underline() -> None:
    printer = Printer()
    printer.canvas.line(72, printer.layout.top - 2 * 12 - 1.5, 540, printer.layout.top - 2 * 12 - 1.5)
    rows: list[Row] = [("heading", "INT. BARN - DAY"), B, ("action", "Hay, and more hay.")]
    assert styled(parse(printer.page(rows).bytes()).scenes[0].elements[0]) == []


def test_emphasis_goes_on_over_a_page() -> None:
    printer = Printer()
    printer.page([*KITCHEN[2:4], ("marked action", "Rui waits on the step until *the wind has dropped and the*")])
    printer.page([("marked action", "*light* comes round again."), B, ("action", "Dark.")], number="2.")
    element = parse(printer.bytes()).scenes[0].elements[0]
    assert styled(element) == [("the wind has dropped and the light", "italic")]


def test_words_printed_twice_to_look_bold_stand_once() -> None:
    printer = Printer()
    y = printer.layout.top - 24
    printer.canvas.setFont("Courier", 12)
    for shift in (0, 0.4):
        printer.canvas.drawString(108 + 8 * 7.2 + shift, y, "NEVER")
    scene = parse(
        printer.page([("heading", "INT. BARN - DAY"), B, ("action", "It will       come again.")]).bytes()
    ).scenes[0]
    assert scene.elements[0].text == "It will NEVER come again."


def test_a_readers_name_across_the_lines_is_taken_out_of_them() -> None:
    printer = Printer()
    for number, word in enumerate(("one", "two", "three", "four"), start=1):
        printer.canvas.saveState()
        printer.canvas.setFillGray(0.8)
        printer.canvas.setFont("Helvetica", 18)
        printer.canvas.drawString(150, printer.layout.top - 25, "DO NOT COPY - ANA FARO")
        printer.canvas.restoreState()
        rows: list[Row] = [
            ("heading", f"INT. ROOM {number} - DAY"),
            B,
            ("action", f"He counts to {word} and sits down."),
        ]
        printer.page(rows, number=f"{number}.")
    screenplay = parse(printer.bytes())
    texts = [e.text for scene in screenplay.scenes for e in scene.elements]
    assert texts == [f"He counts to {word} and sits down." for word in ("one", "two", "three", "four")]
    assert "ANA FARO" not in screenplay.text


def refused(data: bytes) -> ScreenplayError:
    with pytest.raises(ScreenplayError) as refusal:
        parse(data)
    assert refusal.value.fix
    return refusal.value


def test_a_scan_is_refused_and_told_to_be_read_by_ocr() -> None:
    picture = io.BytesIO()
    Image.new("L", (200, 260), 230).save(picture, "PNG")
    printer = Printer()
    for _ in range(3):
        printer.canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, 612, 792)
        printer.canvas.showPage()
    error = refused(printer.bytes())
    assert error.code == "scripts.scanned"
    assert "OCR" in error.fix


def test_a_short_script_with_hardly_a_word_is_no_scan() -> None:
    assert parse(Printer().page([("heading", "INT. BARN - DAY"), B, ("action", "Hay.")]).bytes()).scenes


def test_a_locked_file_says_how_to_unlock_it() -> None:
    error = refused(Printer(password="sea").page(KITCHEN).bytes())
    assert error.code == "scripts.encrypted"
    assert "password" in error.detail


def test_a_file_that_only_forbids_copying_is_read() -> None:
    printer = Printer(password=" ")
    printer.canvas._doc.encrypt.userPassword = ""
    assert outline(parse(printer.page(KITCHEN).bytes())) == EXPECTED


def test_a_damaged_file_and_one_of_too_many_pages_are_refused() -> None:
    assert refused(b"%PDF-1.7\nnothing of it").code == "scripts.unreadable"
    assert refused(Printer().page(KITCHEN).bytes()[:400]).code == "scripts.unreadable"
    long = Printer()
    for _ in range(401):
        long.page([("action", "A page.")])
    error = refused(long.bytes())
    assert (error.code, "401" in error.detail) == ("scripts.too_large", True)


def test_characters_lost_in_space_and_giant_or_tiny_type_cost_nothing() -> None:
    printer = Printer()
    for page in range(3):
        printer.canvas.setFont("Courier", 4000)
        printer.canvas.drawString(0, 100, "B")
        printer.canvas.setFont("Courier", 12)
        printer.canvas.drawString(1e9, 500, "far")
        printer.canvas.drawString(108, -1e9, "deep")
        printer.page([("heading", f"INT. ROOM {page} - DAY"), B, ("action", "Hay, and more hay.")])
    screenplay = parse(printer.bytes())
    assert [e.text for scene in screenplay.scenes for e in scene.elements] == ["Hay, and more hay."] * 3
    assert len(screenplay.text) < 2000
    tiny = Printer(Layout(points=0.01, pitch=0.01)).page([("heading", "INT. BARN - DAY"), B, ("action", "Hay.")])
    assert parse(tiny.bytes()).scenes


def test_a_page_that_is_a_drawing_underlines_nothing_and_is_read_soon() -> None:
    printer = Printer()
    for number in range(20_000):
        y = printer.layout.top - 24 - 1.5 - number % 3 * 0.1
        printer.canvas.line(108, y, 108 + 18 * 7.2, y)
    started = time.process_time()
    scene = parse(printer.page([("heading", "INT. BARN - DAY"), B, ("action", "Hay, and more hay.")]).bytes()).scenes[0]
    assert scene.elements[0].emphasis == []
    assert time.process_time() - started < 5


def test_a_file_with_far_too_many_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "MAX_CHARACTERS", 500)
    printer = Printer().page(KITCHEN)
    assert outline(parse(Printer().page(KITCHEN).bytes())) == EXPECTED
    error = refused(printer.page(KITCHEN).bytes())
    assert (error.code, "500" in error.detail) == ("scripts.too_large", True)


def test_letters_that_only_the_font_knows_are_refused() -> None:
    text = b"BT /F 12 Tf 100 700 Td <" + b"004100420043" * 30 + b"> Tj ET"
    font = b"/Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R]"
    letters = (
        b"/Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>>>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(text), text),
        b"<< " + font + b" >>",
        b"<< " + letters + b" /Supplement 0 >> >>",
    ]
    file = b"%PDF-1.4\n" + b"".join(b"%d 0 obj %s endobj\n" % pair for pair in enumerate(objects, start=1))
    error = refused(file + b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF")
    assert (error.code, "letters" in error.detail) == ("scripts.unreadable", True)


def test_a_name_that_begins_as_a_time_of_day_is_a_name() -> None:
    rows: list[Row] = [*KITCHEN[2:7]]
    for name in ("NIGHTINGALE", "FINNEGAN", "DAYNA"):
        rows += [("cue", name), ("speech", "Come down."), B]
    elements = parse(Printer().page(rows).bytes()).scenes[0].elements
    assert [e.text for e in elements if e.type == "character"] == ["NIGHTINGALE", "FINNEGAN", "DAYNA"]
