"""Golden breakdowns of short scenes: which shots, how taken, what is said in them."""

import json
import subprocess
import sys
from pathlib import Path

from backend.screenplay import (
    CameraAngle,
    CameraMovement,
    ShotDraft,
    ShotSize,
    break_down,
    break_down_screenplay,
    parse,
)
from backend.screenplay.cast import characters, locations
from backend.screenplay.durations import action_seconds, fit, speech_seconds
from backend.screenplay.sentences import sentences
from tests.screenplay.test_text import SAMPLE


def shots(body: str, heading: str = "INT. BARN - DAY", cast: tuple[str, ...] = ("NORA", "OTTO")) -> list[ShotDraft]:
    return break_down(parse(f"{heading}\n\n{body}\n".encode()).scenes[0], cast=cast)


def test_sentences_end_neither_in_abbreviations_nor_in_quotes() -> None:
    text = 'Mr. Hale and J. Lee wait. He reads: "Stop. Go home." Then... nothing. "Who?" she asks. It is 8 a.m. sharp!'
    assert sentences(text) == [
        "Mr. Hale and J. Lee wait.",
        'He reads: "Stop. Go home."',
        "Then... nothing.",
        '"Who?" she asks.',
        "It is 8 a.m. sharp!",
    ]


def test_short_sentences_share_a_shot_and_long_ones_do_not() -> None:
    drafts = shots(
        "Nora stops. Listens. Nothing.\n\n"
        "Otto drags the long wooden ladder out of the hay and props it up against the wall under the window."
    )
    assert [(d.description, d.duration_seconds) for d in drafts] == [
        ("Nora stops. Listens. Nothing.", 3.0),
        ("Otto drags the long wooden ladder out of the hay and props it up against the wall under the window.", 4.0),
    ]
    assert [d.characters for d in drafts] == [["NORA"], ["OTTO"]]


def test_a_new_outdoor_place_is_established_and_an_old_one_is_not() -> None:
    assert shots("Fog.", "EXT. LAKE - DAY")[0].size is ShotSize.ESTABLISHING
    assert shots("Fog.")[0].size is ShotSize.WIDE
    scenes = parse(b"EXT. LAKE - DAY\n\nFog.\n\nEXT. LAKE - LATER\n\nNora smiles.\n\nNORA\nOver.\n").scenes
    assert break_down(scenes[1], is_new_location=False)[0].size is ShotSize.MEDIUM


def test_an_exchange_opens_on_both_and_goes_to_singles() -> None:
    drafts = shots(
        "Hay.\n\nNORA\nDid you lock it?\n\nOTTO\nI locked it.\n\n"
        "NORA\nThen who is standing in the yard with a lamp in his hand?\n\n"
        "OTTO\nNobody who should be there at this hour of the night."
    )
    assert [(d.size, d.characters, d.description) for d in drafts] == [
        (ShotSize.WIDE, ["NORA", "OTTO"], "Hay. NORA asks OTTO; OTTO answers."),
        (ShotSize.OVER_THE_SHOULDER, ["NORA", "OTTO"], "BARN: Over OTTO's shoulder, NORA asks."),
        (ShotSize.OVER_THE_SHOULDER, ["OTTO", "NORA"], "BARN: Over NORA's shoulder, OTTO answers."),
    ]


def test_a_speech_is_never_divided_however_long() -> None:
    first = "I walked the whole night along the river with the dog and the lamp and the bag."
    second = "In the morning there was nothing left of the house but the stove and the door."
    drafts = shots(f"NORA\n(tired)\n{first}\n{second}\n(beat)\n{first}")
    assert [[(x.line, x.delivery) for x in d.dialogue] for d in drafts] == [[(f"{first} {second} {first}", "tired")]]
    assert drafts[0].duration_seconds > 16


def test_each_way_of_saying_it_is_a_line_of_one_shot() -> None:
    drafts = shots("NORA\n(low)\nCome here.\n(louder)\n(waving)\nNow!\n(she sits)")
    assert [[(x.line, x.delivery) for x in d.dialogue] for d in drafts] == [
        [("Come here.", "low"), ("Now!", "louder; waving; she sits")]
    ]
    assert drafts[0].element_indexes == [0, 1, 2, 3, 4, 5, 6]


def test_voices_off_are_heard_over_a_picture() -> None:
    drafts = shots("Rain on the roof, on the yard and on the hay.\n\nNORA (V.O.)\nIt rained.\n\nOTTO (O.S.)\nNora!")
    assert [(d.description, [(x.character, x.mode) for x in d.dialogue], d.characters) for d in drafts] == [
        (
            "Rain on the roof, on the yard and on the hay. OTTO speaks off screen.",
            [("NORA", "voice_over"), ("OTTO", "off_screen")],
            [],
        ),
    ]


def test_camera_directions_are_obeyed_and_leave_the_description() -> None:
    drafts = shots(
        "CLOSE ON Nora's hand.\n\nWIDE SHOT. The barn leans.\n\nLOW ANGLE - Otto, on the ladder.\n\n"
        "NORA'S POV: the ladder sways.\n\nINSERT - THE KEY.\n\nWe PUSH IN on the lock.\n\nPAN LEFT to the door."
    )
    assert [(d.description, d.size, d.angle, d.movement) for d in drafts[:5]] == [
        ("Nora's hand.", ShotSize.CLOSE_UP, CameraAngle.EYE_LEVEL, CameraMovement.STATIC),
        ("The barn leans.", ShotSize.WIDE, CameraAngle.EYE_LEVEL, CameraMovement.STATIC),
        ("Otto, on the ladder.", ShotSize.MEDIUM, CameraAngle.LOW_ANGLE, CameraMovement.STATIC),
        ("NORA'S POV: the ladder sways.", ShotSize.POINT_OF_VIEW, CameraAngle.EYE_LEVEL, CameraMovement.STATIC),
        ("THE KEY.", ShotSize.INSERT, CameraAngle.EYE_LEVEL, CameraMovement.STATIC),
    ]
    assert [(d.description, d.movement) for d in drafts[5:]] == [
        ("We PUSH IN on the lock.", CameraMovement.DOLLY_IN),
        ("PAN LEFT to the door.", CameraMovement.PAN_LEFT),
    ]


def test_a_montage_gives_a_shot_per_item() -> None:
    drafts = shots(
        "MONTAGE - HARVEST\n\n- Nora cuts. She sings.\n- Mr. Hale binds.\n- Otto sleeps.\n\nEND MONTAGE\n\nDark."
    )
    assert [d.description for d in drafts] == ["Nora cuts. She sings.", "Mr. Hale binds.", "Otto sleeps.", "Dark."]


def test_a_series_of_shots_in_one_paragraph_gives_a_shot_per_line() -> None:
    drafts = shots("SERIES OF SHOTS:\nA) Nora cuts.\nB) Otto sleeps.")
    assert [d.description for d in drafts] == ["Nora cuts.", "Otto sleeps."]


def test_a_super_is_text_on_the_shot_it_stands_over() -> None:
    drafts = shots('The barn burns.\n\nSUPER: "Ten years later."\n\nSnow.')
    assert [(d.description, d.on_screen_text) for d in drafts] == [
        ("The barn burns. Snow.", "Ten years later."),
    ]


def test_a_transition_ends_its_shot() -> None:
    drafts = shots("Nora sits.\n\nSMASH CUT TO:\n\nOtto stands.")
    assert [(d.description, d.transition) for d in drafts] == [("Nora sits.", "SMASH CUT TO:"), ("Otto stands.", None)]


def test_intercut_speakers_do_not_share_a_frame() -> None:
    line = "I am standing at the telephone in the hall and nobody else is here."
    drafts = shots(f"INTERCUT - BARN AND HALL\n\nNORA\n{line}\n\nOTTO\n{line}\n\nNORA\n{line}")
    assert all(len(d.characters) == 1 for d in drafts[1:])
    assert drafts[0].element_indexes[0] == 0


def test_dual_dialogue_is_one_shot() -> None:
    drafts = shots("NORA\nRun!\n\nOTTO ^\nRun!")
    assert [d.description for d in drafts] == ["BARN: NORA and OTTO speak at the same time."]


def test_a_bare_heading_is_one_establishing_shot_and_an_omitted_scene_none() -> None:
    bare, omitted, _ = parse(b"EXT. LAKE - DAY\n\n12 OMITTED 12\n\nINT. BARN - DAY\n\nHay.\n").scenes
    assert [(d.description, d.size) for d in break_down(bare)] == [("EXT. LAKE - DAY", ShotSize.ESTABLISHING)]
    assert break_down(omitted) == []


def test_names_are_found_by_their_parts_but_not_by_common_words() -> None:
    text = "INT. BARN - DAY\n\nNORA VOSS (40) waits.\n\nOLD MAN\nHello there.\n\nNora turns. The man nods.\n"
    screenplay = parse(text.encode())
    assert [(c.name, c.count) for c in characters(screenplay)] == [("OLD MAN", 1), ("NORA VOSS", 0)]
    (drafts,) = break_down_screenplay(screenplay)
    assert drafts[-1].characters == ["NORA VOSS"]


def test_one_cue_for_two_people_puts_both_in_the_shot() -> None:
    assert shots("NORA AND OTTO\nStop!")[0].characters == ["NORA", "OTTO"]


def test_locations_are_counted_by_scene() -> None:
    screenplay = parse(b"INT. BARN - DAY\n\nA.\n\nEXT. LAKE - DAY\n\nB.\n\nINT. Barn - NIGHT\n\nC.\n")
    assert [(place.name, place.count) for place in locations(screenplay)] == [("BARN", 2), ("LAKE", 1)]


def test_durations() -> None:
    assert speech_seconds("one two three four five") == 2.0
    assert [action_seconds(s) for s in ("Listens.", "He sits down here.", " ".join(["word"] * 40))] == [1.0, 2.0, 4.0]
    assert fit([8.0, 8.0], ["", ""], 1) == [7.5, 7.5]
    assert fit([2.0, 8.0], ["", " ".join(["word"] * 27)], 1) == [2.0, 8.0]


def test_the_vocabularies_are_those_of_the_shot_document() -> None:
    text = Path(__file__).parents[1].joinpath("veo/veo-shot-1.0.0.schema.json").read_text()
    shot = json.loads(text)["properties"]["shot"]["properties"]
    assert [size.value for size in ShotSize] == shot["size"]["enum"]
    assert [angle.value for angle in CameraAngle] == shot["angle"]["enum"]
    assert [movement.value for movement in CameraMovement] == shot["camera_movement"]["enum"]


def test_the_sample_is_a_whole_little_film() -> None:
    film = parse(SAMPLE.read_bytes())
    drafts = [draft for scene in break_down_screenplay(film) for draft in scene]
    assert film.warnings == []
    assert film.title_page["title"] == "THE LAST CAR UP"
    assert len(film.scenes) == 22
    assert 64 <= sum(scene.eighths for scene in film.scenes) <= 96
    assert 100 <= len(drafts) <= 150
    assert {scene.int_ext for scene in film.scenes} == {"INT", "EXT", None}
    assert {c.name for c in characters(film)} == {"ODILE", "PIA", "RASK", "ANSELM"}
    assert any(draft.on_screen_text for draft in drafts)
    assert {line.mode for draft in drafts for line in draft.dialogue} == {"on_screen", "off_screen", "voice_over"}


def test_the_command_prints_counts_json_and_refusals(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "backend.screenplay", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "22 scenes" in run(str(SAMPLE)).stdout
    document = json.loads(run(str(SAMPLE), "--json").stdout)
    assert len(document["scenes"]) == len(document["shots"]) == 22
    assert document["text"].split("\n")[document["scenes"][0]["line_start"] - 1].startswith("EXT.")
    lamp = run(str(Path(__file__).parent / "golden" / "lamp-room.fdx")).stdout
    assert "author: Ana Faro" in lamp
    assert "11/8  INT. LAMP ROOM - NIGHT" in lamp
    assert "heading.empty: An empty scene heading was left out" in lamp
    refused = tmp_path / "script.txt"
    refused.write_bytes(b"{\\rtf1 x}")
    result = run(str(refused))
    assert (result.returncode, "scripts.unsupported_format" in result.stderr) == (1, True)


def test_what_comes_after_an_insert_or_at_another_time_is_another_shot() -> None:
    drafts = shots(
        "INSERT - THE LETTER\n\nBACK TO SCENE\n\nNora folds it.\n\nNORA'S POV - THE DOOR\n\nBACK TO NORA\n\n"
        "She sits.\n\nMOMENTS LATER\n\nShe stands.\n\nFLASHBACK - THE FIRE\n\nSmoke.\n\nEND FLASHBACK\n\nShe coughs."
    )
    assert [(d.description, d.size) for d in drafts[:3]] == [
        ("THE LETTER.", ShotSize.INSERT),
        ("Nora folds it.", ShotSize.MEDIUM),
        ("NORA'S POV - THE DOOR.", ShotSize.POINT_OF_VIEW),
    ]
    assert [d.description for d in drafts[3:]] == ["She sits.", "She stands.", "Smoke.", "She coughs."]
    assert [d.element_indexes for d in drafts] == [[0], [1, 2], [3], [4, 5], [6, 7], [8, 9], [10, 11]]


def test_nobody_is_in_the_frame_who_is_only_heard_or_looks() -> None:
    drafts = shots("NORA (30) waits. We hear OTTO on the stairs.\n\nOTTO'S POV - THE STREET\n\nOtto's voice, far away.")
    assert [d.characters for d in drafts] == [["NORA"], []]


def test_a_voice_has_no_face() -> None:
    drafts = shots(
        "Nora waits.\n\nVOICE ON THE RADIO\nStorm tonight.\n\nMALE VOICE\nOpen up!\n\nTV REPORTER\nGood evening.\n\n"
        "VOICE COACH\nAgain."
    )
    assert [(line.character, line.mode) for d in drafts for line in d.dialogue] == [
        ("VOICE ON THE RADIO", "off_screen"),
        ("MALE VOICE", "off_screen"),
        ("TV REPORTER", "on_screen"),
        ("VOICE COACH", "on_screen"),
    ]
    assert {name for d in drafts for name in d.characters} == {"NORA", "TV REPORTER", "VOICE COACH"}


def test_an_intercut_ends() -> None:
    drafts = shots("INTERCUT - BARN AND HALL\n\nNORA\nHello?\n\nEND INTERCUT\n\nNORA\nGone.\n\nOTTO\nWho was it?")
    assert drafts[-1].characters == ["NORA", "OTTO"]


def test_a_scene_seen_through_somebodys_eyes_is_a_point_of_view() -> None:
    drafts = shots("The road ahead. A truck.", heading="EXT. ROAD - NORA'S POV - DAY")
    assert [d.size for d in drafts] == [ShotSize.POINT_OF_VIEW]


def test_what_moves_or_looks_in_the_scene_does_not_move_the_camera() -> None:
    text = "{}.\n\nA long, long, long sentence about the barn that stands alone in the middle of the field."
    for sentence, size in (
        ("The door opens to reveal Nora", ShotSize.MEDIUM),
        ("Nora looks up from her book", ShotSize.MEDIUM),
        ("A tear runs down Nora's cheek", ShotSize.CLOSE_UP),
        ("Nora thinks of the walk home", ShotSize.MEDIUM),
        ("Nora struggles to keep still", ShotSize.MEDIUM),
    ):
        first = break_down(parse(f"INT. BARN - DAY\n\n{text.format(sentence)}\n".encode()).scenes[0], cast=["NORA"],
                           is_new_location=False)[0]  # fmt: skip
        assert (first.size, first.angle, first.movement) == (size, CameraAngle.EYE_LEVEL, CameraMovement.STATIC)
    assert shots("We look up at the tower.")[0].angle is CameraAngle.LOW_ANGLE
    assert shots("Nora runs to the door.")[0].movement is CameraMovement.TRACKING


def test_a_wider_or_reverse_angle_is_a_shot_of_what_it_finds() -> None:
    drafts = shots("CLOSE ON the letter.\n\nWIDER to reveal the barn on fire.\n\nREVERSE to Nora.")
    assert [d.description for d in drafts] == ["The letter.", "The barn on fire.", "Nora."]
    assert drafts[1].size is ShotSize.WIDE


def test_a_montage_may_be_announced_in_a_sentence() -> None:
    drafts = shots("We move into a MONTAGE:\n\nNora cuts.\n\nOtto sleeps.")
    assert [(d.description, d.movement) for d in drafts] == [
        ("Nora cuts.", CameraMovement.STATIC),
        ("Otto sleeps.", CameraMovement.STATIC),
    ]


def test_a_sentence_that_goes_on_in_the_next_paragraph_is_left_open() -> None:
    assert shots("Nora reaches into the dark, grabbing hold of\n\nTHE LAMP.")[0].description == (
        "Nora reaches into the dark, grabbing hold of THE LAMP."
    )
    assert shots("Nora reaches out, and then we\n\nCUT TO:")[0].description == "Nora reaches out, and then we…"


def test_only_what_lasts_is_said_again_of_who_speaks_later() -> None:
    drafts = shots(
        "Nora sits by the stove.\n\nOtto gasps, palms his mouth, trying to hold back the tears.\n\n"
        "Who knows what is lurking in the dark?\n\n" + "OTTO\nNo. No. No. No. No.\n\nNORA\nYes. Yes. Yes. Yes.\n\n" * 4
    )
    told = " ".join(d.description for d in drafts)
    assert [told.count(words) for words in ("the tears", "lurking")] == [1, 1]
    assert told.count("sits by the stove") > 1
