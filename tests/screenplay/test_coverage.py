"""How a scene is covered: cuts, cues in six languages, the words that are added, and the number of shots wanted."""

import pytest

from backend.screenplay import (
    CameraAngle,
    CameraMovement,
    Element,
    ShotDraft,
    ShotSize,
    break_down,
    coverage_gaps,
    divided_speeches,
    parse,
)
from backend.screenplay.language import language_of

SCENE = """\
INT. BARN - DAY

Nora sits on the ladder. Rain comes through the roof.

NORA
Did you lock it?

OTTO
(low)
I locked it.

Otto looks for the key in his coat, in the hay and under the bucket.

NORA
Then who is standing in the yard with a lamp in his hand?

CUT TO:
"""


def shots(body: str, heading: str = "INT. BARN - DAY", cast: tuple[str, ...] = ("NORA", "OTTO")) -> list[ShotDraft]:
    return break_down(parse(f"{heading}\n\n{body}\n".encode()).scenes[0], cast=cast)


def test_tiny_beats_of_the_same_people_are_one_clip_of_useful_length() -> None:
    (draft,) = shots("Nora stops.\n\nNora listens.\n\nShe hears nothing.")
    assert draft.description == "Nora stops. Nora listens. She hears nothing."
    assert 4 <= draft.duration_seconds <= 8


def test_short_lines_of_two_people_are_one_clip_and_long_ones_are_singles() -> None:
    long = "I walked the whole night along the river with the dog and the lamp and the bag and came home late."
    drafts = shots(f"NORA\nLocked?\n\nOTTO\nLocked.\n\nNORA\n{long}\n\nOTTO\n{long} {long}")
    assert [[line.character for line in draft.dialogue] for draft in drafts] == [["NORA", "OTTO"], ["NORA"], ["OTTO"]]
    assert drafts[2].duration_seconds > 8


def test_a_shot_of_speech_alone_says_who_is_where() -> None:
    drafts = shots(
        "Nora sits on the ladder.\n\nSMASH CUT TO:\n\nNORA\nIt is late, and the lamp in the yard is still burning.\n\n"
        "OTTO\nThe lamp in the yard is burning because nobody has put it out, Nora."
    )
    assert [draft.description for draft in drafts] == [
        "Nora sits on the ladder.",
        "Over OTTO's shoulder, NORA speaks. Nora sits on the ladder.",
        "BARN: Over NORA's shoulder, OTTO speaks.",
    ]


def test_questions_are_asked_and_answered() -> None:
    (draft,) = shots("NORA\nDid you lock it?\n\nOTTO\nI did.")
    assert draft.description == "BARN: NORA asks OTTO; OTTO answers."


def test_the_same_moment_again_reads_otherwise() -> None:
    line = "There is nothing out there but the rain and the dog and the old lamp in the yard."
    drafts = shots("\n\nRain.\n\n".join(f"NORA\n{number} {line}" for number in ("One.", "Two.", "Three.", "Four.")))
    descriptions = [draft.description for draft in drafts]
    assert len(set(descriptions)) == len(descriptions) == 4
    rain = shots("\n\nCUT TO:\n\n".join(["Rain on the roof."] * 3))
    assert [draft.description for draft in rain] == [
        "Rain on the roof.",
        "BARN: Rain on the roof.",
        "Rain on the roof. (2)",
    ]


def test_a_date_is_no_part_of_anothers_hand() -> None:
    assert shots("Will's hand shakes.", cast=("WILL'S DATE",))[0].characters == []


def test_final_drafts_shot_lines_begin_shots() -> None:
    scene = parse(b"INT. BARN - DAY\n\nHay.\n\nNora waits.\n").scenes[0]
    elements = [
        scene.elements[0],
        Element(type="shot", text="CLOSE ON THE LOCK", line_start=4, line_end=4),
        scene.elements[1],
        Element(type="shot", text="NORA'S HANDS", line_start=5, line_end=5),
    ]
    drafts = break_down(scene.model_copy(update={"elements": elements}), cast=["NORA"])
    assert [(draft.description, draft.size) for draft in drafts] == [
        ("Hay.", ShotSize.WIDE),
        ("THE LOCK. Nora waits.", ShotSize.CLOSE_UP),
        ("NORA'S HANDS.", ShotSize.MEDIUM_CLOSE_UP),
    ]


def test_a_title_over_a_picture_is_text_on_the_picture() -> None:
    (draft,) = shots("Rain on the roof.\n\nTITLE OVER:\n\n> THE BARN <")
    assert (draft.description, draft.on_screen_text) == ("Rain on the roof.", "THE BARN")


@pytest.mark.parametrize(
    ("line", "size", "angle", "movement", "description"),
    [
        ("GROS PLAN SUR LA CLÉ.", ShotSize.CLOSE_UP, None, None, "LA CLÉ."),
        ("PLAN LARGE : la grange sous la pluie.", ShotSize.WIDE, None, None, "La grange sous la pluie."),
        ("CONTRE-PLONGÉE sur la tour.", None, CameraAngle.LOW_ANGLE, None, "La tour."),
        ("DETALHE da chave na mão dela.", ShotSize.INSERT, None, None, "Chave na mão dela."),
        ("PLANO GERAL - o celeiro na chuva.", ShotSize.WIDE, None, None, "O celeiro na chuva."),
        ("CLOSE NO rosto de Nora.", ShotSize.CLOSE_UP, None, None, "Rosto de Nora."),
        ("PRIMER PLANO de la llave.", ShotSize.CLOSE_UP, None, None, "La llave."),
        ("PLANO DETALLE: la llave.", ShotSize.INSERT, None, None, "La llave."),
        ("GROSSAUFNAHME: der Schlüssel.", ShotSize.CLOSE_UP, None, None, "Der Schlüssel."),
        ("PRIMO PIANO di Nora.", ShotSize.CLOSE_UP, None, None, "Nora."),
        ("CARRELLATA lungo il fienile.", None, None, CameraMovement.TRACKING, "Lungo il fienile."),
        ("EXTREME CLOSE UP - the key.", ShotSize.EXTREME_CLOSE_UP, None, None, "The key."),
        ("ANGLE ON THE DOOR", None, None, None, "THE DOOR."),
        ("OVERHEAD SHOT of the yard.", None, CameraAngle.TOP_DOWN, None, "The yard."),
    ],
)
def test_cues_are_obeyed_in_the_languages_of_scripts(
    line: str,
    size: ShotSize | None,
    angle: CameraAngle | None,
    movement: CameraMovement | None,
    description: str,
) -> None:
    draft = shots(f"Hay.\n\n{line}")[-1]
    assert draft.description == description
    assert size in (None, draft.size)
    assert angle in (None, draft.angle)
    assert movement in (None, draft.movement)


@pytest.mark.parametrize(
    ("line", "transition"),
    [("CORTA PARA:", "CORTA PARA:"), ("FONDU AU NOIR", "FONDU AU NOIR"), ("STACCO SU:", "STACCO SU:")],
)
def test_transitions_of_other_languages_end_their_shot(line: str, transition: str) -> None:
    first, second = shots(f"Nora.\n\n{line}\n\nOtto.")
    assert (first.transition, first.description, second.description) == (transition, "Nora.", "Otto.")


@pytest.mark.parametrize(
    ("title", "end"), [("MONTAGEM - A COLHEITA", "FIM DA MONTAGEM"), ("SÉRIE DE PLANS", "FIN DE LA SÉRIE")]
)
def test_montages_of_other_languages_give_a_shot_per_item(title: str, end: str) -> None:
    drafts = shots(f"{title}\n\n- Nora.\n- Otto.\n\n{end}\n\nLa pluie. La nuit.")
    assert [draft.description for draft in drafts] == ["Nora.", "Otto.", "La pluie. La nuit."]


@pytest.mark.parametrize(
    ("heading", "one", "other", "description"),
    [
        ("INT. GRANGE - JOUR", "C'est fermé ?", "Oui.", "GRANGE: NORA interroge OTTO; OTTO répond."),
        ("INT. CELEIRO - NOITE", "Está fechado?", "Está.", "CELEIRO: NORA pergunta a OTTO; OTTO responde."),
        ("INT. GRANERO - NOCHE", "¿Está cerrado?", "Sí.", "GRANERO: NORA pregunta a OTTO; OTTO responde."),
        ("INNEN. SCHEUNE - TAG", "Ist das zu?", "Ja.", "SCHEUNE: NORA fragt OTTO; OTTO antwortet."),
        ("INT. FIENILE - GIORNO", "È chiuso?", "Sì.", "FIENILE: NORA chiede a OTTO; OTTO risponde."),
        ("INT. BARN - NIGHT", "Is it locked?", "Yes.", "BARN: NORA asks OTTO; OTTO answers."),
    ],
)
def test_the_added_words_are_in_the_scripts_language(heading: str, one: str, other: str, description: str) -> None:
    (draft,) = shots(f"NORA\n{one}\n\nOTTO\n{other}", heading)
    assert draft.description == description


def test_the_language_is_told_by_the_heading_or_the_text_or_not_at_all() -> None:
    def told(text: str) -> str | None:
        return language_of(parse(text.encode()).scenes[0])

    assert told("INT. CASA - DIA\n\nEla não está com os seus amigos na rua.\n") == "pt"
    assert told("INT. CASA - DIA\n\nElla está con los amigos y se ríe en la calle.\n") == "es"
    assert told("INT. X\n\nOk.\n") is None


def test_only_the_elements_asked_for_are_covered_and_what_is_known_of_the_rest_is_used() -> None:
    scene = parse(SCENE.encode()).scenes[0]
    everything = range(len(scene.elements))
    drafts = break_down(scene, cast=["NORA", "OTTO"], elements=[7, 8, 9])
    assert sorted(i for draft in drafts for i in draft.element_indexes) == [7, 8, 9]
    assert drafts[0].characters == ["NORA", "OTTO"]
    assert "Nora sits on the ladder." in drafts[0].description
    assert drafts[-1].transition == "CUT TO:"
    assert break_down(scene, elements=[]) == []
    assert coverage_gaps(scene, drafts) == [i for i in everything if i not in (7, 8, 9)]


def test_a_part_of_a_speech_that_a_person_left_is_covered_alone() -> None:
    scene = parse(b"INT. BARN - DAY\n\nNORA\n(low)\nIt is late.\n(loud)\nGo home.\n").scenes[0]
    (draft,) = break_down(scene, elements=[3, 4])
    assert [(line.line, line.delivery) for line in draft.dialogue] == [("Go home.", "loud")]
    (silent,) = break_down(scene, elements=[0])
    assert (silent.element_indexes, silent.dialogue) == ([0], [])


def test_as_many_shots_as_are_wanted_come_out_while_there_is_something_to_divide() -> None:
    scene = parse(SCENE.encode()).scenes[0]
    for wanted in range(1, 7):
        drafts = break_down(scene, cast=["NORA", "OTTO"], target_shots=wanted)
        assert len(drafts) == wanted
        assert coverage_gaps(scene, drafts) == divided_speeches(scene, drafts) == []
    assert len(break_down(scene, target_shots=50)) == 6
    assert len(break_down(scene, target_shots=1, elements=[0, 6])) == 2, "a kept shot lies between them"
