"""Final Draft files: every word, number, length and note of theirs arrives; hostile XML does not."""

import time
from pathlib import Path

import pytest

from backend.screenplay import Scene, Screenplay, ScreenplayError, break_down_screenplay, parse

GOLDEN = Path(__file__).parent / "golden"


def fdx(content: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>', rest: str = "") -> bytes:
    return (
        f'{head}<FinalDraft DocumentType="Script" Version="5"><Content>{content}</Content>{rest}</FinalDraft>'.encode()
    )


def paragraph(kind: str, text: str, attributes: str = "") -> str:
    return f'<Paragraph Type="{kind}" {attributes}><Text>{text}</Text></Paragraph>'


SCENE = paragraph("Scene Heading", "INT. BARN - DAY") + paragraph("Action", "Hay.")


@pytest.fixture(scope="module")
def lamp() -> Screenplay:
    return parse((GOLDEN / "lamp-room.fdx").read_bytes())


def outline(scene: Scene) -> list[tuple[str, str]]:
    return [(element.type, element.text) for element in scene.elements]


def test_every_paragraph_arrives_whole_and_with_its_type(lamp: Screenplay) -> None:
    assert lamp.format == "fdx"
    assert [(e.type, e.text) for e in lamp.preamble] == [("transition", "FADE IN:"), ("action", "A sea of ink.")]
    assert outline(lamp.scenes[0]) == [
        ("action", "INES (50) climbs up fast. Salt on her sleeves."),
        ("shot", "CLOSE ON THE LENS"),
        ("character", "INES"),
        ("parenthetical", "(low)"),
        ("dialogue", "Not tonight. Not this night."),
        ("lyrics", "Blow the man down"),
        ("character", "INES"),
        ("parenthetical", "(to Rui)"),
        ("dialogue", "Matches!"),
        ("character", "RUI"),
        ("dialogue", "They are wet!"),
        ("action", "Custom words of the house."),
        ("dialogue", "Custom speech of the house."),
    ]


def test_numbers_lengths_pages_and_synopses_are_the_files_own(lamp: Screenplay) -> None:
    facts = [(s.number, s.heading, s.eighths, s.eighths_source, s.page_start) for s in lamp.scenes]
    assert facts == [
        ("1", "INT. LAMP ROOM - NIGHT", 11, "file", "1"),
        ("2", "OMITTED", 2, "file", "2"),
        ("2A", "EXT. GALLERY OF THE LIGHT - NIGHT", 1, "estimate", "2A"),
        (None, "INT. BOAT SHED - DAWN", 1, "estimate", None),
    ]
    assert lamp.scenes[0].synopsis == "The lamp\nInes finds the lamp dead."
    assert {scene.section for scene in lamp.scenes} == {"ACT ONE"}
    assert (lamp.scenes[0].int_ext, lamp.scenes[0].location, lamp.scenes[0].time_of_day) == (
        "INT",
        "LAMP ROOM",
        "NIGHT",
    )


def test_the_title_page_is_read(lamp: Screenplay) -> None:
    assert lamp.title_page == {
        "title": "THE LAMP ROOM",
        "credit": "Written by",
        "author": "Ana Faro",
        "source": "Based on a true light",
        "draft date": "Blue Revision 3/4/2025",
        "contact": "ana@example.org",
    }


def test_styles_become_emphasis_and_revision_marks_do_not_cut_it(lamp: Screenplay) -> None:
    action = lamp.scenes[0].elements[0]
    assert [(action.text[e.start : e.end], e.style) for e in action.emphasis] == [
        ("up fast", "bold"),
        ("Salt", "italic"),
        ("Salt", "underline"),
    ]


def test_both_sides_of_dual_dialogue_come_in_order(lamp: Screenplay) -> None:
    dual = [(e.character, e.text) for e in lamp.scenes[0].elements if e.dual]
    assert dual == [
        ("INES", "INES"),
        ("INES", "(to Rui)"),
        ("INES", "Matches!"),
        ("RUI", "RUI"),
        ("RUI", "They are wet!"),
    ]
    cue = lamp.scenes[0].elements[2]
    assert (cue.character, cue.extensions) == ("INES", ["V.O.", "CONT'D"])


def test_notes_hang_on_their_scene_and_never_stand_in_the_text(lamp: Screenplay) -> None:
    assert [note.text for note in lamp.scenes[0].notes] == ["Check\nIs the lamp real?", "Which sea?"]
    assert "Is the lamp real" not in lamp.text
    assert "Which sea" not in lamp.text


def test_an_omitted_scene_is_a_stub_that_remembers_what_it_held(lamp: Screenplay) -> None:
    omitted = lamp.scenes[1]
    assert (omitted.is_omitted, omitted.elements) == (True, [])
    assert [note.text for note in omitted.notes] == ["Omitted:\nEXT. REEF - NIGHT\nA keel scrapes."]
    assert break_down_screenplay(lamp)[1] == []


def test_an_empty_heading_loses_nothing_and_a_mistyped_one_is_found(lamp: Screenplay) -> None:
    assert outline(lamp.scenes[2]) == [
        ("action", "Ines, Rui"),
        ("action", "Wind.\nMore wind."),
        ("action", "Still the same gallery."),
    ]
    codes = {warning.code: warning.line for warning in lamp.warnings}
    assert set(codes) == {"heading.empty", "headings.inferred"}
    assert lamp.text.split("\n")[codes["headings.inferred"] - 1] == "INT. BOAT SHED - DAWN"


def test_lines_point_into_readable_text(lamp: Screenplay) -> None:
    lines = lamp.text.split("\n")
    assert lines[0] == "Title: THE LAMP ROOM"
    for scene in lamp.scenes:
        assert lines[scene.line_start - 1].startswith(scene.heading)
        for element in scene.elements:
            printed = "\n".join(lines[element.line_start - 1 : element.line_end])
            assert printed.startswith(element.text)
    first = lamp.scenes[0].line_start
    assert lines[first - 1 : first + 8] == [
        "INT. LAMP ROOM - NIGHT #1#",
        "",
        "INES (50) climbs up fast. Salt on her sleeves.",
        "",
        "CLOSE ON THE LENS",
        "",
        "INES (V.O.) (CONT'D)",
        "(low)",
        "Not tonight. Not this night.",
    ]


def test_a_shot_line_plays_in_its_scene(lamp: Screenplay) -> None:
    shots = break_down_screenplay(lamp)[0]
    covered = {index for shot in shots for index in shot.element_indexes}
    assert covered == set(range(len(lamp.scenes[0].elements)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_bytes_say_their_encoding(encoding: str) -> None:
    text = fdx(paragraph("Scene Heading", "INT. CAFÉ - DAY")).decode()
    if encoding == "utf-16":
        text = text.replace("UTF-8", "UTF-16")
    screenplay = parse(text.encode(encoding))
    assert screenplay.scenes[0].heading == "INT. CAFÉ - DAY"


@pytest.mark.parametrize(
    "broken",
    [
        fdx(SCENE + paragraph("Action", "A caf\xe9.")).decode().encode("cp1252"),
        fdx(SCENE + paragraph("Action", "A caf\x0b\x01é.")),
        fdx(SCENE + paragraph("Action", "Salt & pepper at the café.")),
    ],
)
def test_control_characters_and_windows_bytes_are_mended_once(broken: bytes) -> None:
    screenplay = parse(broken)
    assert "café" in screenplay.scenes[0].elements[-1].text.replace("é.", "é")
    assert [warning.code for warning in screenplay.warnings] == ["encoding.damaged"]


def test_a_script_pasted_without_types_is_read_as_plain_text() -> None:
    rows = ["INT. BARN - DAY", "", "Hay.", "", "NORA", "Over.", "", "EXT. LAKE - DAY", "", "Ice."]
    screenplay = parse(fdx("".join(paragraph("General", row) for row in rows)))
    assert screenplay.format == "fdx"
    assert [scene.heading for scene in screenplay.scenes] == ["INT. BARN - DAY", "EXT. LAKE - DAY"]


def test_a_number_typed_into_the_heading_is_the_scenes() -> None:
    scene = parse(fdx(paragraph("Scene Heading", "12 INT. BARN - DAY 12"))).scenes[0]
    assert (scene.number, scene.heading) == ("12", "INT. BARN - DAY")


def test_words_of_an_unknown_wrapper_are_kept() -> None:
    wrapped = '<Paragraph Type="Action"><Tracked><Text>Hidden hay.</Text></Tracked><Text> Seen hay.</Text></Paragraph>'
    assert parse(fdx(SCENE + wrapped)).scenes[0].elements[-1].text == "Hidden hay. Seen hay."


def test_what_the_programs_type_prints_in_capitals_is_in_capitals() -> None:
    settings = "".join(
        f'<ElementSettings Type="{kind}"><FontSpec Style="AllCaps"/></ElementSettings>'
        for kind in ("Scene Heading", "Character", "Transition")
    )
    content = paragraph("Scene Heading", "Int. barn - day") + paragraph("Character", "Nora (o.s.)")
    content += paragraph("Dialogue", "Over.") + paragraph("Transition", "Cut to:")
    content += '<Paragraph Type="Character"><Text Style="">DiNapoli</Text></Paragraph>' + paragraph("Dialogue", "No.")
    scene = parse(fdx(content, rest=settings)).scenes[0]
    assert scene.heading == "INT. BARN - DAY"
    assert outline(scene) == [
        ("character", "NORA"),
        ("dialogue", "Over."),
        ("transition", "CUT TO:"),
        ("character", "DiNapoli"),
        ("dialogue", "No."),
    ]
    assert scene.elements[0].extensions == ["O.S."]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<DualDialogue>{}</DualDialogue>",
        "<Paragraph><DualDialogue>{}</DualDialogue></Paragraph>",
        '<Paragraph Type="Dual Dialogue">{}</Paragraph>',
    ],
)
def test_dual_dialogue_is_read_in_any_wrapping(wrapped: str) -> None:
    pair = paragraph("Character", "NORA") + paragraph("Dialogue", "Up!")
    pair += paragraph("Character", "TOM") + paragraph("Dialogue", "Down!")
    scene = parse(fdx(SCENE + wrapped.format(pair) + paragraph("Action", "Straw."))).scenes[0]
    assert [(e.character, e.text, e.dual) for e in scene.elements[1:]] == [
        ("NORA", "NORA", True),
        ("NORA", "Up!", True),
        ("TOM", "TOM", True),
        ("TOM", "Down!", True),
        (None, "Straw.", False),
    ]


def test_two_pairs_of_speeches_in_a_row_are_two_pairs() -> None:
    pair = "".join(paragraph("Character", name) + paragraph("Dialogue", "Now!") for name in ("NORA", "TOM"))
    screenplay = parse(fdx(SCENE + f"<Paragraph><DualDialogue>{pair}</DualDialogue></Paragraph>" * 2))
    assert all(e.dual for e in screenplay.scenes[0].elements[1:])
    rows = [row for row in screenplay.text.split("\n") if row.startswith(("NORA", "TOM"))]
    assert rows == ["NORA", "TOM ^", "NORA", "TOM ^"]


def test_paragraphs_in_groups_and_in_a_namespace_are_read() -> None:
    content = f"<Act><Sequence>{SCENE}</Sequence></Act>" + paragraph("Action", "Straw.")
    file = fdx(content).replace(b"<FinalDraft ", b'<FinalDraft xmlns="urn:some-program" ')
    assert outline(parse(file).scenes[0]) == [("action", "Hay."), ("action", "Straw.")]


@pytest.mark.parametrize(
    "title",
    [
        "<TitlePage><Content>" + paragraph("", "THE BARN") + paragraph("", "by") + "</Content></TitlePage>",
        "<TitlePage>" + paragraph("", "Title: THE BARN") + paragraph("", "Credit: by") + "</TitlePage>",
        paragraph("Title", "THE BARN") + paragraph("Title Page", "") + paragraph("Credit", "by"),
    ],
)
def test_a_title_page_inside_the_script_is_no_action(title: str) -> None:
    screenplay = parse(fdx(title + SCENE))
    assert screenplay.title_page == {"title": "THE BARN", "credit": "by"}
    assert screenplay.preamble == []


def test_a_parenthetical_kept_line_by_line_is_one() -> None:
    content = SCENE + paragraph("Character", "NORA") + paragraph("Parenthetical", "(looking about")
    content += (
        paragraph("Parenthetical", "the barn)") + paragraph("Parenthetical", "(beat)") + paragraph("Dialogue", "Ah.")
    )
    screenplay = parse(fdx(content))
    assert outline(screenplay.scenes[0])[2:] == [
        ("parenthetical", "(looking about\nthe barn)"),
        ("parenthetical", "(beat)"),
        ("dialogue", "Ah."),
    ]
    element = screenplay.scenes[0].elements[2]
    assert screenplay.text.split("\n")[element.line_start - 1 : element.line_end] == ["(looking about", "the barn)"]


def test_outlines_stand_with_the_scene_they_are_over() -> None:
    content = paragraph("Outline 1", "Act One") + paragraph("Summary", "Nora comes home.") + paragraph("Note", "Slow.")
    content += SCENE + paragraph("Outline 2", "The lake") + paragraph("Outline Body", "She swims.")
    content += paragraph("Scene Heading", "EXT. LAKE - DAY") + paragraph("Action", "Ice.")
    first, second = parse(fdx(content)).scenes
    assert (first.section, first.synopsis) == ("Act One", "Nora comes home.")
    assert [note.text for note in first.notes] == ["Slow."]
    assert (second.section, second.synopsis) == ("Act One / The lake", "She swims.")


def test_other_wordings_are_notes_and_not_said() -> None:
    chosen = '<Text>Over.</Text><Alts Current="0"><AltId>3</AltId><AltId>9</AltId></Alts>'
    line = f'<Paragraph Type="Dialogue">{chosen}</Paragraph>'
    others = f'<Alt Id="3">{paragraph("", "Over.")}</Alt><Alt Id="9">{paragraph("", "Out.")}</Alt>'
    kept = f"<AltCollection>{others}</AltCollection>"
    scene = parse(fdx(SCENE + paragraph("Character", "NORA") + line, rest=kept)).scenes[0]
    assert outline(scene)[-1] == ("dialogue", "Over.")
    assert [note.text for note in scene.notes] == ["Alternative: Out."]


def test_centred_words_styles_in_one_word_and_pretty_printed_text() -> None:
    content = SCENE + paragraph("Action", "THE END", 'Alignment="Center"')
    runs = '<Text Style="BoldItalic">Loud</Text><Text>\n      and\n      long\n    </Text>'
    content += f'<Paragraph Type="Action">{runs}</Paragraph>'
    elements = parse(fdx(content)).scenes[0].elements
    assert (elements[1].type, elements[1].text) == ("centered", "THE END")
    assert elements[2].text == "Loudand long"
    assert [(run.end, run.style) for run in elements[2].emphasis] == [(4, "bold_italic")]


def test_entities_cdata_and_numbers_with_letters() -> None:
    content = paragraph("Scene Heading", "INT. BARN - DAY", 'Number="12A"')
    content += paragraph("Action", "<![CDATA[Salt & <pepper>]]> &#x2019;til &#8212; dawn")
    scene = parse(fdx(content)).scenes[0]
    assert scene.number == "12A"
    assert scene.elements[0].text == "Salt & <pepper> ’til — dawn"
    # What only HTML knows, and what XML forbids, is mended.
    mended = parse(fdx(SCENE + paragraph("Action", "Caf&eacute;&nbsp;au lait&#11; &lt;hot&gt; &amp; black")))
    assert mended.scenes[0].elements[-1].text == "Café au lait <hot> & black"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
ATTACKS = {
    "billion laughs": fdx("<Paragraph><Text>&i;</Text></Paragraph>", head='<?xml version="1.0"?>' + LAUGHS + "]>"),
    "external entity": fdx(
        "<Paragraph><Text>&x;</Text></Paragraph>",
        head='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "external DTD": fdx(SCENE, head='<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "deep nesting": fdx("<Paragraph>" * 200_000 + "</Paragraph>" * 200_000),
    "truncated": fdx(SCENE)[:-30],
    "unknown encoding": fdx(SCENE, head='<?xml version="1.0" encoding="x-klingon"?>'),
    "a flood of paragraphs": fdx("<Paragraph/>" * 300_000),
    "a flood of runs": fdx(f"{SCENE}<Paragraph>{'<Text/>' * 500_000}</Paragraph>"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_hostile_or_broken_xml_is_refused_fast(name: str) -> None:
    started = time.process_time()
    with pytest.raises(ScreenplayError) as refusal:
        parse(ATTACKS[name])
    assert refusal.value.code == "scripts.unreadable"
    assert refusal.value.fix
    assert time.process_time() - started < 2


def test_a_flood_of_notes_costs_no_more_than_their_number() -> None:
    notes = "".join(f'<ScriptNote Range="{n * 12},{n}">{paragraph("", "x")}</ScriptNote>' for n in range(10_000))
    started = time.process_time()
    content = SCENE + paragraph("Action", "Hay hay hay.") * 10_000
    assert len(parse(fdx(content, rest=f"<ScriptNotes>{notes}</ScriptNotes>")).scenes[0].notes) == 10_000
    assert time.process_time() - started < 5


def test_a_huge_attribute_is_read_past() -> None:
    started = time.process_time()
    assert parse(fdx(paragraph("Action", "x", f'Junk="{"y" * 15_000_000}"') + SCENE)).scenes
    assert time.process_time() - started < 3


def test_a_file_without_a_word_is_empty() -> None:
    with pytest.raises(ScreenplayError) as refusal:
        parse(fdx("<Paragraph Type='Action'><Text> </Text></Paragraph>"))
    assert refusal.value.code == "scripts.empty"
