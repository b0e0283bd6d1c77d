"""Every rule of the Fountain syntax, on short texts of our own: (kind, text) of each element in order."""

import pytest

from backend.screenplay import Screenplay, parse


def outline(screenplay: Screenplay) -> list[tuple[str, str]]:
    out = [("title", key) for key in screenplay.title_page]
    out += [(element.type, element.text) for element in screenplay.preamble]
    for scene in screenplay.scenes:
        if not scene.is_synthetic:
            out.append(("scene", f"{scene.heading}|{scene.number}" if scene.number else scene.heading))
        out += [(element.type, element.text) for element in scene.elements]
    return out


A, S, C, D, P, T = "action", "scene", "character", "dialogue", "parenthetical", "transition"
CASES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "INT with dot": ("INT. BARN - DAY\n\nHay.\n", [(S, "INT. BARN - DAY"), (A, "Hay.")]),
    "EXT without dot": ("EXT LAKE - NIGHT\n\nIce.\n", [(S, "EXT LAKE - NIGHT"), (A, "Ice.")]),
    "lower-case heading": ("int. barn - day\n\nHay.\n", [(S, "int. barn - day"), (A, "Hay.")]),
    "EST": ("EST. HARBOUR - DAWN\n\nGulls.\n", [(S, "EST. HARBOUR - DAWN"), (A, "Gulls.")]),
    "INT./EXT.": ("INT./EXT. VAN - DAY\n\nRain.\n", [(S, "INT./EXT. VAN - DAY"), (A, "Rain.")]),
    "I/E": ("I/E VAN - DAY\n\nRain.\n", [(S, "I/E VAN - DAY"), (A, "Rain.")]),
    "a word that begins like INT": (
        "INTERIM MANAGERS file in.\n\nThey sit.\n",
        [(A, "INTERIM MANAGERS file in."), (A, "They sit.")],
    ),
    "a sentence that begins with INT.": (
        "INT. stands for interior.\nThis line follows it.\n\nHay.\n",
        [(A, "INT. stands for interior.\nThis line follows it."), (A, "Hay.")],
    ),
    "INT. in a speech": (
        "NORA\nYou write it so:\nint. is how it starts.\n\nHay.\n",
        [(C, "NORA"), (D, "You write it so:\nint. is how it starts."), (A, "Hay.")],
    ),
    "forced heading": (".THE SCOPE\n\nHay.\n", [(S, "THE SCOPE"), (A, "Hay.")]),
    "forced heading with an accent": (".ÉTABLE - JOUR\n\nHay.\n", [(S, "ÉTABLE - JOUR"), (A, "Hay.")]),
    "an ellipsis forces nothing": ("...and then hay.\n\nHay.\n", [(A, "...and then hay."), (A, "Hay.")]),
    "a calibre forces nothing": (
        "NORA\nIt was a\n.45 she said.\n\nHay.\n",
        [(C, "NORA"), (D, "It was a\n.45 she said."), (A, "Hay.")],
    ),
    "scene numbers": (
        "INT. BARN - DAY #7A#\n\nHay.\n\nEXT. LAKE (1950) #I-2.#\n\nIce.\n",
        [(S, "INT. BARN - DAY|7A"), (A, "Hay."), (S, "EXT. LAKE (1950)|I-2."), (A, "Ice.")],
    ),
    "bold heading": ("**INT. BARN - DAY**\n\nHay.\n", [(S, "INT. BARN - DAY"), (A, "Hay.")]),
    "indented heading": ("      INT. BARN - DAY\n\nHay.\n", [(S, "INT. BARN - DAY"), (A, "Hay.")]),
    "heading at the end": ("Hay.\n\nINT. BARN - DAY", [(A, "Hay."), (S, "INT. BARN - DAY")]),
    "action keeps its lines": ("Hay.\nStraw.\n\nDust.\n", [(A, "Hay.\nStraw."), (A, "Dust.")]),
    "forced action": ("!INT. NOT A SCENE\n\nHay.\n", [(A, "INT. NOT A SCENE"), (A, "Hay.")]),
    "forced action in capitals": ("!LOOKING ROUND...\nWho is there?\n", [(A, "LOOKING ROUND...\nWho is there?")]),
    "lower-case extension": ("OTTO (on the radio)\nOver.\n", [(C, "OTTO"), (D, "Over.")]),
    "forced cue": ("@McNEIL\nOver.\n", [(C, "McNEIL"), (D, "Over.")]),
    "digits alone are no cue": ("47\nNot a name.\n", [(A, "47\nNot a name.")]),
    "digits in a name": ("4TH GUARD\nHalt.\n\nK9\nWoof.\n", [(C, "4TH GUARD"), (D, "Halt."), (C, "K9"), (D, "Woof.")]),
    "accented cue": ("ÅSA\nHej.\n", [(C, "ÅSA"), (D, "Hej.")]),
    "cyrillic cue": ("ИРА\nДа.\n", [(C, "ИРА"), (D, "Да.")]),
    "apostrophe and ampersand": (
        "MS. O'DAY-LEE\nHm.\n\nPIP & POP\nHm!\n",
        [(C, "MS. O'DAY-LEE"), (D, "Hm."), (C, "PIP & POP"), (D, "Hm!")],
    ),
    "capitals without speech": ("Hay.\n\nFIN\n\nDust.\n", [(A, "Hay."), (A, "FIN"), (A, "Dust.")]),
    "a speech that begins with a shout": (
        "NORA\nCALL MARCO.\n(it rings)\nWell?\n",
        [(C, "NORA"), (D, "CALL MARCO."), (P, "(it rings)"), (D, "Well?")],
    ),
    "a shouted one-line speech": ("NORA\nNEVER.\n\nShe goes.\n", [(C, "NORA"), (D, "NEVER."), (A, "She goes.")]),
    "indented speech": (
        "\t\t\tNORA\n\t\t(low)\n\tOver.\n\nHay.\n",
        [(C, "NORA"), (P, "(low)"), (D, "Over."), (A, "Hay.")],
    ),
    "parenthetical inside": (
        "NORA\nWait.\n(beat)\nGo.\n",
        [(C, "NORA"), (D, "Wait."), (P, "(beat)"), (D, "Go.")],
    ),
    "two spaces keep a speech open": (
        "NORA\nTen.\n  \nHit?\n\nHay.\n",
        [(C, "NORA"), (D, "Ten.\n\nHit?"), (A, "Hay.")],
    ),
    "lyrics": ("~Row, row\n\nNORA\n~your boat\n", [("lyrics", "Row, row"), (C, "NORA"), ("lyrics", "your boat")]),
    "transitions": (
        "Hay.\n\nCUT TO:\n\nIce.\n\nSMASH-CUT TO:\n\nDust.\n\n> Burn to white.\n",
        [(A, "Hay."), (T, "CUT TO:"), (A, "Ice."), (T, "SMASH-CUT TO:"), (A, "Dust."), (T, "Burn to white.")],
    ),
    "FADE IN first": ("FADE IN:\n\nINT. BARN - DAY\n\nHay.\n", [(T, "FADE IN:"), (S, "INT. BARN - DAY"), (A, "Hay.")]),
    "centred": ("Hay.\n\n> FIN <\n\n>END<\n", [(A, "Hay."), ("centered", "FIN"), ("centered", "END")]),
    "page break": ("Hay.\n\n===\n\nIce.\n", [(A, "Hay."), (A, "Ice.")]),
    "note inside": ("He sits [[check]] down.\n", [(A, "He sits down.")]),
    "note on lines of its own": ("Hay.\n\n[[A note\nof two lines]]\n\nIce.\n", [(A, "Hay."), (A, "Ice.")]),
    "note after a heading": ("INT. BARN - DAY [[fix\nthis]]\n\nHay.\n", [(S, "INT. BARN - DAY"), (A, "Hay.")]),
    "note in a speech": ("NORA\nWait.\n[[slower?]]\nGo.\n", [(C, "NORA"), (D, "Wait.\nGo.")]),
    "unclosed note": ("Hay [[never\n\nIce.\n", [(A, "Hay [[never"), (A, "Ice.")]),
    "boneyard inside": ("He sits /* cut */ down.\n", [(A, "He sits down.")]),
    "boneyard hides scenes": ("Hay.\n\n/*\nINT. GONE - DAY\n\nGone.\n*/\n\nIce.\n", [(A, "Hay."), (A, "Ice.")]),
    "unclosed boneyard hides nothing": (
        "Hay.\n\n/* oops\n\nINT. BARN - DAY\n\nIce.\n",
        [(A, "Hay."), (A, "/* oops"), (S, "INT. BARN - DAY"), (A, "Ice.")],
    ),
    "sections and synopses are no elements": (
        "# Act\n= Setup.\n\nINT. BARN - DAY\n\n= Hay is seen.\n\nHay.\n",
        [(S, "INT. BARN - DAY"), (A, "Hay.")],
    ),
    "title page": (
        "Title:\n    _**HAY**_\n    AND ICE\nCredit: by\nDocket No: 3\n\nINT. BARN - DAY\n\nHay.\n",
        [("title", "title"), ("title", "credit"), ("title", "docket no"), (S, "INT. BARN - DAY"), (A, "Hay.")],
    ),
    "prose with a colon is no title page": (
        "A threat: he sits.\n\nINT. BARN - DAY\n",
        [(A, "A threat: he sits."), (S, "INT. BARN - DAY")],
    ),
    "a speaker with a colon is no title page": (
        "Nora: I was there.\n\nHay.\n",
        [(A, "Nora: I was there."), (A, "Hay.")],
    ),
    "emphasis": ("He *sits* and **stands**.\n\nDial \\*69.\n", [(A, "He sits and stands."), (A, "Dial *69.")]),
    "blank lines of spaces": (
        "Hay.\n   \nINT. BARN - DAY\n\t\nIce.\n",
        [(A, "Hay."), (S, "INT. BARN - DAY"), (A, "Ice.")],
    ),
    "spaces at line ends": (
        "INT. BARN - DAY   \n\nNORA  \nOver. \n",
        [(S, "INT. BARN - DAY"), (C, "NORA"), (D, "Over.")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fountain_syntax(name: str) -> None:
    text, expected = CASES[name]
    assert outline(parse(text.encode())) == expected


def test_cue_extensions_are_a_list_and_the_name_is_clean() -> None:
    cue, speech = parse(b"INT. BARN - DAY\n\nNORA (V.O.) (CONT'D)\nOver.\n").scenes[0].elements
    assert (cue.character, cue.extensions) == ("NORA", ["V.O.", "CONT'D"])
    assert speech.character == "NORA"


def test_both_sides_of_dual_dialogue_are_marked_and_chained_cues_lose_nothing() -> None:
    text = "INT. BARN - DAY\n\nA\nOne.\n\nB ^\nTwo.\n\nC ^\nThree.\n\nHay.\n\nD\nFour.\n"
    elements = parse(text.encode()).scenes[0].elements
    assert [(e.character, e.dual) for e in elements if e.type == "dialogue"] == [
        ("A", True),
        ("B", True),
        ("C", True),
        ("D", False),
    ]


def test_emphasis_spans_point_at_the_clean_text() -> None:
    element = parse(b"INT. BARN - DAY\n\nHe **really** sits.\n").scenes[0].elements[0]
    span = element.emphasis[0]
    assert (element.text[span.start : span.end], span.style) == ("really", "bold")


def test_a_scene_knows_its_source_lines_notes_synopsis_and_section() -> None:
    text = (
        "# One\n\nINT. BARN - DAY\n\n= Hay.\n\nHe sits.\nShe stands.\n\n[[Why?]]\n\n# Two\n\nEXT. LAKE - DAY\n\nIce.\n"
    )
    barn, lake = parse(text.encode()).scenes
    assert (barn.line_start, barn.line_end) == (3, 12)
    assert (barn.elements[0].line_start, barn.elements[0].line_end) == (7, 8)
    assert barn.raw_text == "= Hay.\n\nHe sits.\nShe stands.\n\n[[Why?]]\n\n# Two"
    assert (barn.section, barn.synopsis) == ("One", "Hay.")
    assert [(note.line, note.text) for note in barn.notes] == [(10, "Why?")]
    assert (lake.section, lake.line_start) == ("Two", 14)


def test_lines_after_a_removed_boneyard_keep_their_numbers() -> None:
    scene = parse(b"INT. BARN - DAY\n\n/* a\nb\nc */\nHay.\n").scenes[0]
    assert (scene.elements[0].text, scene.elements[0].line_start) == ("Hay.", 6)


def test_text_before_the_first_heading_is_the_preamble() -> None:
    screenplay = parse(b"FADE IN:\n\nOver black.\n\nINT. BARN - DAY\n\nHay.\n")
    assert [e.text for e in screenplay.preamble] == ["FADE IN:", "Over black."]


def test_line_numbers_point_into_the_text_the_screenplay_carries() -> None:
    screenplay = parse(b"\xef\xbb\xbfINT. BARN - DAY\r\n\r\nHay.\r\n")
    lines = screenplay.text.split("\n")
    scene = screenplay.scenes[0]
    assert lines[scene.line_start - 1] == "INT. BARN - DAY"
    assert lines[scene.elements[0].line_start - 1] == "Hay."
    assert (scene.eighths_source, scene.page_start) == ("estimate", None)
