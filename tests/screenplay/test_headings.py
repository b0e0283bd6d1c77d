"""Scene headings in the forms of real scripts, taken apart and told from look-alikes."""

import pytest

from backend.screenplay import parse
from backend.screenplay.heading_parts import split

PARTS = {
    "INT. BARN - DAY": ("INT", "BARN", "DAY"),
    "EXT LAKE NIGHT": ("EXT", "LAKE", "NIGHT"),
    "INT./EXT. VAN (MOVING) - LATE AFTERNOON": ("INT/EXT", "VAN (MOVING)", "LATE AFTERNOON"),
    "I/E VAN - CONTINUOUS": ("INT/EXT", "VAN", "CONTINUOUS"),
    "EST. HARBOUR - DAWN": ("EXT", "HARBOUR", "DAWN"),
    "INT. BARN - LOFT - NIGHT - FLASHBACK": ("INT", "BARN - LOFT", "NIGHT"),
    "INT. BARN – MOMENTS LATER": ("INT", "BARN", "MOMENTS LATER"),
    "INT. HALL—CONTINUOUS": ("INT", "HALL", "CONTINUOUS"),
    "INT. BARN -- NIGHT (1944)": ("INT", "BARN", "NIGHT (1944)"),
    "INTERIOR - BARN - DAY": ("INT", "BARN", "DAY"),
    "FLASHBACK - INT. BARN - DAY": ("INT", "BARN", "DAY"),
    "INT. CAR 54": ("INT", "CAR 54", None),
    "INT. NORA'S ROOM - SECOND FLOOR": ("INT", "NORA'S ROOM - SECOND FLOOR", None),
    "EXT. NIGHT": ("EXT", None, "NIGHT"),
    "THE PASSING LOOP - DUSK": (None, "THE PASSING LOOP", "DUSK"),
    "THE SCOPE": (None, "THE SCOPE", None),
    "INT. CHAMBRE - NUIT": ("INT", "CHAMBRE", "NUIT"),
    "INNEN. KÜCHE - TAG": ("INT", "KÜCHE", "TAG"),
    "НАТ. УЛИЦА - НОЧЬ": ("EXT", "УЛИЦА", "НОЧЬ"),
}


@pytest.mark.parametrize("heading", PARTS)
def test_a_heading_is_taken_apart(heading: str) -> None:
    parts = split(heading)
    assert (parts.int_ext, parts.location, parts.time_of_day) == PARTS[heading]


NUMBERED = {
    "12 INT. BARN - DAY 12": ("INT. BARN - DAY", "12"),
    "    12A   INT. BARN - DAY          12A *": ("INT. BARN - DAY", "12A"),
    "A12. EXT. LAKE - DAY": ("EXT. LAKE - DAY", "A12"),
    "109-A EXT. LAKE - DAY": ("EXT. LAKE - DAY", "109-A"),
    "2EXT. LAKE - DAY2": ("EXT. LAKE - DAY", "2"),
    "7   INT. A VERY LONG HALL, MUCH LATER7": ("INT. A VERY LONG HALL, MUCH LATER", "7"),
    "SCENE 5 - EXT. LAKE - DAY": ("EXT. LAKE - DAY", "5"),
    "INT. / EXT. VAN - DAY": ("INT. / EXT. VAN - DAY", None),
    "INT.BARN - DAY": ("INT.BARN - DAY", None),
    "EXT./INT. VAN - DAY": ("EXT./INT. VAN - DAY", None),
    "INT. CAR 54": ("INT. CAR 54", None),
}


@pytest.mark.parametrize("line", NUMBERED)
def test_numbers_leave_the_heading_and_become_the_scene_number(line: str) -> None:
    scene = parse(f"{line}\n\nHay.\n".encode()).scenes[0]
    assert (scene.heading, scene.number) == NUMBERED[line]
    assert [e.text for e in scene.elements] == ["Hay."]


@pytest.mark.parametrize(
    "line", ["INTERNAL AFFAIRS ARRIVE", "Interior design is a career.", "EXTRAS RUN", "EXTREME COLD.", "Est il là ?"]
)
def test_look_alikes_are_action(line: str) -> None:
    screenplay = parse(f"INT. BARN - DAY\n\n{line}\n\nHay.\n".encode())
    assert [scene.heading for scene in screenplay.scenes] == ["INT. BARN - DAY"]
    assert screenplay.scenes[0].elements[0].text == line


@pytest.mark.parametrize("line", ["14 OMITTED 14", "14 OMITTED", "14 CUT 14", "14- OUT OUT 14-"])
def test_an_omitted_scene_keeps_its_number(line: str) -> None:
    scenes = parse(f"13 INT. BARN - DAY 13\n\nHay.\n\n{line}\n\n15 EXT. LAKE - DAY 15\n\nIce.\n".encode()).scenes
    assert [(scene.number, scene.is_omitted) for scene in scenes] == [("13", False), ("14", True), ("15", False)]


def test_a_range_of_omitted_scenes_is_one_stub() -> None:
    scene = parse(b"INT. BARN - DAY\n\nHay.\n\nSCENES 212 - 214 OMITTED\n\nEXT. LAKE - DAY\n\nIce.\n").scenes[1]
    assert (scene.number, scene.is_omitted) == ("212-214", True)


RANGES = {
    "27   OMITTED   27\nthru          thru\nA34           A34": "27-A34",
    " 4             4\nthru OMITTED thru\n 5             5": "4-5",
    "14   OMITTED   14\n\nthru          thru\n\n16            16 *": "14-16",
    "27\nthru\n34\nOMITTED": "27-34",
    "OMITTED\n\n27 THRU 34": "27-34",
    "27-34\nOMITTED": "27-34",
    "27-34   OMITTED": "27-34",
}


@pytest.mark.parametrize("typed", RANGES)
def test_a_range_of_omitted_scenes_over_several_lines_is_one_stub_with_its_numbers(typed: str) -> None:
    text = f"3   INT. BARN - DAY   3\n\n    Hay.\n\n{typed}\n\n35   EXT. LAKE - DAY   35\n\n    Ice.\n"
    screenplay = parse(text.encode())
    assert [(s.number, s.is_omitted, [e.text for e in s.elements]) for s in screenplay.scenes] == [
        ("3", False, ["Hay."]),
        (RANGES[typed], True, []),
        ("35", False, ["Ice."]),
    ]
    assert (screenplay.scenes[1].line_start, screenplay.scenes[1].line_end) == (5, 5 + typed.count("\n"))


def test_an_omitted_scene_over_a_page_number_is_no_range() -> None:
    text = "3   INT. BARN - DAY   3\n\n    Hay.\n\n4   OMITTED   4\n\n- 5 -\n\n5   EXT. LAKE - DAY   5\n\n    Ice.\n"
    assert [(s.number, s.is_omitted) for s in parse(text.encode()).scenes] == [("3", False), ("4", True), ("5", False)]


RUN_IN = {
    "INT. CAR as she slides into the driver's seat.": ("INT. CAR", "as she slides into the driver's seat."),
    "INT. HALL - DAY Otto and Nora flank the door.": ("INT. HALL - DAY", "Otto and Nora flank the door."),
    "EXT. QUAY - NIGHT - A gull lands on the rail.": ("EXT. QUAY - NIGHT", "A gull lands on the rail."),
    "Int. Tower Room -- Close on the glass on the table": ("Int. Tower Room", "Close on the glass on the table"),
    "Ext. Quay -- Night -- Otto holds the dog.": ("Ext. Quay -- Night", "Otto holds the dog."),
}


@pytest.mark.parametrize("line", RUN_IN)
def test_a_heading_in_one_line_with_its_action_is_divided_and_a_warning(line: str) -> None:
    rest = "Then the wind comes up and slams the door behind them, twice."
    screenplay = parse(f"INT. BARN - DAY\n\nHay.\n\n{line}\n{rest}\n\nNORA\nOver here.\n".encode())
    scene = screenplay.scenes[1]
    heading, action = RUN_IN[line]
    assert scene.heading == heading
    assert [" ".join(e.text.split()) for e in scene.elements] == [f"{action} {rest}", "NORA", "Over here."]
    assert [(w.code, w.lines) for w in screenplay.warnings] == [("heading.run_in", [5])]


@pytest.mark.parametrize("line", ["Int. Broadway Cafe. Day.", "INT. Broadway Cafe.", "Ext. street night."])
def test_a_few_words_with_a_full_stop_are_a_heading(line: str) -> None:
    screenplay = parse(f"INT. BARN - DAY\n\nHay.\n\n{line}\n\nOtto sits.\n".encode())
    assert [scene.heading for scene in screenplay.scenes] == ["INT. BARN - DAY", line]


@pytest.mark.parametrize("line", ["INT - CAR", "INT BACKSTAGE HALLWAY"])
def test_int_in_capitals_under_running_text_is_a_heading_without_a_dot(line: str) -> None:
    screenplay = parse(f"INT. BARN - DAY\n\nOtto walks out.\n{line}\n\nHe sits.\n".encode())
    assert [scene.heading for scene in screenplay.scenes] == ["INT. BARN - DAY", line]


def test_a_day_number_over_a_heading_leaves_it_a_heading() -> None:
    screenplay = parse(b"INT. BARN - DAY\n\nHay.\n\n(22)\nINT LOCAL BAR\n\nOtto sits.\n")
    assert [scene.heading for scene in screenplay.scenes] == ["INT. BARN - DAY", "INT LOCAL BAR"]


def test_a_heading_without_air_is_a_scene_and_a_warning() -> None:
    screenplay = parse(b"INT. BARN - DAY\nHay.\n\nNORA\nOver.\nEXT. LAKE - NIGHT\nIce.\n")
    assert [(s.heading, s.elements[0].text) for s in screenplay.scenes] == [
        ("INT. BARN - DAY", "Hay."),
        ("EXT. LAKE - NIGHT", "Ice."),
    ]
    assert [(w.line, w.code) for w in screenplay.warnings] == [(1, "heading.glued")]


def test_a_transition_on_the_line_of_a_heading_stays_a_transition() -> None:
    screenplay = parse(b"INT. BARN - DAY\n\nHay.\n\nCUT TO: EXT. LAKE - DAY\n\nIce.\n")
    assert screenplay.scenes[0].elements[-1].type == "transition"
    assert screenplay.scenes[1].heading == "EXT. LAKE - DAY"


def test_numbered_slugs_without_int_count_only_where_the_script_numbers_its_scenes() -> None:
    one = "12 THE BRIDGE 12\n\nFog.\n\n"
    numbered = "".join(f"{n} INT. DECK {chr(n)} - DAY {n}\n\nFog.\n\n" for n in range(65, 68))
    assert len(parse((numbered + one).encode()).scenes) == 4
    assert parse(f"INT. BARN - DAY\n\n{one}".encode()).scenes[0].elements[0].text == "12 THE BRIDGE 12"


def test_slug_lines_without_int_are_inferred_with_a_warning() -> None:
    screenplay = parse(b"DINER - DAY\n\nEggs.\n\nCUT TO:\n\nBACK ROOM\n\nKnives.\n\nDINER - NIGHT\n\nDark.\n")
    assert [scene.heading for scene in screenplay.scenes] == ["DINER - DAY", "BACK ROOM", "DINER - NIGHT"]
    assert "headings.inferred" in [w.code for w in screenplay.warnings]


def test_lines_in_capitals_after_a_transition_are_headings_where_there_are_no_others() -> None:
    places = ["THE HARBOUR", "OTTO'S ROOM", "A LONG ROAD"]
    body = "".join(f"{'CUT TO:' if n else 'FADE IN:'}\n\n{place}\n\nNORA\nHere.\n\n" for n, place in enumerate(places))
    screenplay = parse(body.encode())
    assert [scene.heading for scene in screenplay.scenes if not scene.is_synthetic] == places
    assert ["after a transition" in w.message for w in screenplay.warnings if w.code == "headings.inferred"] == [True]


def test_a_text_without_headings_becomes_pages() -> None:
    paragraph = "The sea goes on and on and nobody counts the waves that break under the pier at night.\n\n"
    screenplay = parse((paragraph * 40).encode())
    assert [scene.heading for scene in screenplay.scenes] == ["SCENE 1", "SCENE 2", "SCENE 3"]
    assert all(scene.is_synthetic and scene.location is None for scene in screenplay.scenes)
    assert sum(len(scene.elements) for scene in screenplay.scenes) == 40
    assert [w.code for w in screenplay.warnings] == ["headings.none"]
    assert "\n\n".join(s.raw_text for s in screenplay.scenes).split() == (paragraph * 40).split()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("27-\n34   OMITTED", "27-34"),
        ("27-   OMITTED   27-\nA34             A34", "27-A34"),
        ("27-\nA34   OMITTED   27-\n                A34", "27-A34"),
        ("64.  through  75B. OMITTED", "64-75B"),
        ("25/26   OMIT   25/26", "25-26"),
    ],
)
def test_a_range_of_omitted_scenes_cut_after_its_hyphen_is_one_stub(typed: str, number: str) -> None:
    screenplay = parse(f"26 INT. HALL - DAY 26\n\nRain.\n\n{typed}\n\n35 EXT. YARD - DAY 35\n\nSun.\n".encode())
    assert [(s.number, s.is_omitted) for s in screenplay.scenes] == [("26", False), (number, True), ("35", False)]
    assert not [e.text for e in screenplay.scenes[1].elements]


def test_inside_and_outside_between_full_stops_are_int_and_ext() -> None:
    places = ["ALI'S ROOM. INSIDE. DAWN.", "STREET. OUTSIDE. DAY.", "THE COURT OF THE HOUSE. INSIDE/OUTSIDE. NIGHT."]
    script = "".join(f"{n}   {place}\n\nSomebody waits there.\n\n" for n, place in enumerate(places, start=1))
    scenes = parse(script.encode()).scenes
    assert [(s.int_ext, s.location, s.time_of_day) for s in scenes] == [
        ("INT", "ALI'S ROOM", "DAWN"),
        ("EXT", "STREET", "DAY"),
        ("INT/EXT", "THE COURT OF THE HOUSE", "NIGHT"),
    ]
