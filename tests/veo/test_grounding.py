"""What a reply invents is named; what it may say passes without a word."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.veo import (
    CreativeReply,
    ShotBrief,
    check_document,
    compile_document,
    merge,
    to_payload,
    ungrounded,
    unmapped,
)
from tests.veo.briefs import BLUE_KAI, EMPTY_HALLWAY, GOLDEN, KAI, KITCHEN_AT_NIGHT, ROCKS_AT_DAWN

SOUND: dict[str, Any] = {
    "subject_description": "Mara, a woman in her late fifties with a weathered face and cropped silver hair",
    "wardrobe": "a navy wool sweater with a frayed collar",
    "action_description": "Mara sets the kettle down and slowly wraps both hands around a chipped cup.",
    "environment": {"lighting": "a single warm pendant lamp, low practical light", "time_of_day": "night"},
    "camera": {"size": "close_up", "angle": "eye_level", "movement": "static"},
    "mood": "tense, quiet",
}


def complaints(brief: ShotBrief = KITCHEN_AT_NIGHT, **changes: Any) -> list[str]:
    lighting = changes.pop("lighting", None)
    payload = {**SOUND, **changes}
    if lighting:
        payload["environment"] = {"lighting": lighting, "time_of_day": "unspecified"}
    return ungrounded(brief, CreativeReply.model_validate(payload))


def test_a_sound_reply_passes() -> None:
    assert complaints() == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mara sets the kettle down as Elena watches.", "Elena"),
        ("Elena, a woman in her fifties, sets the kettle down.", "Elena"),
        ("Elena Marsh sets the kettle down.", "Elena Marsh"),
        ("She looks at old Captain Hawkins.", "Captain Hawkins"),
        ("ELENA sets the kettle down.", "ELENA"),
        ("Elena smiles.", "Elena"),
        ("She reads a letter from Glasgow.", "Glasgow"),
        ("The kettle, a Smeg, boils; Elena's cup is chipped.", "Smeg"),
    ],
)
def test_a_name_from_nowhere_is_named(text: str, name: str) -> None:
    assert (
        f"action_description names “{name}”, which is not in the script or the ingredients. Remove it."
        in complaints(action_description=text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rain hammers the window. Steam rises. Shadows stretch across the wall.",
        "Close-Up on Mara's hands. The Camera holds. A Medium Shot follows: Slow Dolly In.",
        "POV shot. ECU of the cup. Dutch Angle, Rembrandt lighting, Film Noir look.",
        "MARA sets the kettle down. MARA’S hands wrap around the cup.",
        "Outside, the Lighthouse turns. Inside, the Kitchen is quiet.",
        "Sets The Kettle Down, Wraps Both Hands Around The Chipped Cup",
        "SHE SETS THE KETTLE DOWN AND WRAPS BOTH HANDS AROUND THE CUP",
        "Weathered hands set the kettle down... Then both wrap around the cup! Quiet.",
        "Tense, she waits: Hands around the cup. INT. KITCHEN at night.",
        "It's late; she's still. I don't know.",
        "Exhausted, a woman sets the kettle down. Barefoot, a woman waits. Alone, a woman turns.",
    ],
)
def test_capitals_that_are_no_names_pass(text: str) -> None:
    assert complaints(action_description=text) == []


def test_a_short_field_in_title_case_names_nobody() -> None:
    assert complaints(lighting="Warm Tungsten Pendant", mood="Brooding And Bleak") == []


def test_speech_that_nobody_says_is_named() -> None:
    found = complaints(action_description="Mara sets the kettle down and says “Where have you been?”")
    assert found == ["action_description quotes “Where have you been?”, which nobody says in the script. Remove it."]
    found = complaints(action_description="Mara mutters 'it won't be long now' at the window.")
    assert found == ["action_description quotes “it won't be long now”, which nobody says in the script. Remove it."]


@pytest.mark.parametrize(
    "text",
    [
        "Mara says “He said he'd be back before the light.”",
        "Mara's hands wrap around the lighthouse keeper's cup.",
        "Mara wraps her hands around a “chipped cup”.",
        "Mara says 'he said he'd be back before the light' quietly.",
    ],
)
def test_the_scripts_own_words_and_apostrophes_pass(text: str) -> None:
    assert complaints(action_description=text) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Mara, with long black hair", "subject_description has black hair; the ingredients say silver."),
        ("Mara, a red-haired woman", "subject_description has red hair; the ingredients say silver."),
        ("Mara, whose hair is blonde", "subject_description has blonde hair; the ingredients say silver."),
        ("Mara in a green sweater", "subject_description has green sweater; the ingredients say navy."),
    ],
)
def test_another_colour_than_the_ingredients_is_named(text: str, complaint: str) -> None:
    assert complaints(subject_description=text) == [complaint]


@pytest.mark.parametrize(
    "text",
    [
        "Mara, with cropped grey hair",
        "Mara in a blue sweater, silver hair, and a red scarf",
        "Mara, red light on her hair",
        "Mara, dark rain behind her hair",
        "Mara, her green eyes on the window",
    ],
)
def test_a_like_colour_or_one_that_nobody_stated_passes(text: str) -> None:
    assert complaints(subject_description=text) == []


def test_the_specifications_tag_hair_blue_is_a_colour_stated() -> None:
    assert complaints(BLUE_KAI, subject_description="Kai, black hair", wardrobe=None, mood="dark") == [
        "subject_description has black hair; the ingredients say blue."
    ]


def test_a_person_in_an_empty_place_is_named() -> None:
    empty = {"wardrobe": None, "mood": None, "lighting": "soft dawn light"}
    assert complaints(
        ROCKS_AT_DAWN,
        subject_description="The old lighthouse",
        action_description="The old lighthouse stands above the rocks as a fisherman passes.",
        **empty,
    ) == ["action_description adds a person (“fisherman”); the script shows nobody here. Remove them."]
    assert (
        complaints(
            ROCKS_AT_DAWN, subject_description="The old lighthouse", action_description="It stands in fog.", **empty
        )
        == []
    )


def test_a_noun_for_somebody_the_script_shows_passes() -> None:
    brief = EMPTY_HALLWAY.model_copy(update={"description": "A hand opens the door."})
    assert complaints(brief, subject_description="A man's hand", action_description="A man opens the door.") == []


@pytest.mark.parametrize(
    ("time", "lighting", "is_wrong"),
    [
        ("NIGHT", "bright daylight through the window", True),
        ("NIGHT", "a warm lamp", False),
        ("DAY", "pale moonlight", True),
        ("DAY", "sunlight", False),
        ("CONTINUOUS", "moonlight", False),
        ("DAWN", "sunlight", False),
    ],
)
def test_light_of_another_hour_than_the_sluglines_is_named(time: str, lighting: str, is_wrong: bool) -> None:
    brief = KITCHEN_AT_NIGHT.model_copy(update={"time_of_day": time})
    assert bool(complaints(brief, lighting=lighting)) is is_wrong


def test_light_the_script_itself_states_passes_at_any_hour() -> None:
    brief = KITCHEN_AT_NIGHT.model_copy(update={"description": "MARA remembers sunlight."})
    assert complaints(brief, lighting="remembered sunlight") == []


def test_a_character_whom_the_subject_does_not_name_is_missed() -> None:
    nameless = CreativeReply.model_validate({**SOUND, "subject_description": "a woman with silver hair"})
    assert unmapped(KITCHEN_AT_NIGHT, nameless) == [
        "subject_description does not name Mara, the Character in slot 1. Describe them by name."
    ]
    assert unmapped(KITCHEN_AT_NIGHT, CreativeReply.model_validate(SOUND)) == []
    assert unmapped(EMPTY_HALLWAY, nameless) == []


def test_one_telling_word_of_a_long_name_is_enough() -> None:
    brief = KITCHEN_AT_NIGHT.model_copy(update={"ingredients": [KAI.model_copy(update={"name": "Captain Mara Stone"})]})
    assert unmapped(brief, CreativeReply.model_validate(SOUND)) == []


@pytest.mark.parametrize("name", GOLDEN)
def test_the_compilers_own_words_are_grounded(name: str) -> None:
    document = compile_document(GOLDEN[name])
    words = {
        "subject_description": document.subject.description,
        "wardrobe": document.subject.wardrobe,
        "action_description": document.action.description,
        "mood": document.style.mood if document.style else None,
    }
    environment = document.environment
    lit = {"location": environment.location, "lighting": environment.lighting, "time_of_day": environment.time_of_day}
    lit["time_of_day"] = lit["time_of_day"] or "unspecified"
    reply = CreativeReply.model_validate({**SOUND, **words, "environment": lit})
    assert ungrounded(GOLDEN[name], reply) == []
    assert unmapped(GOLDEN[name], reply) == []


lines = st.text(min_size=1, max_size=200).filter(lambda text: bool(text.split()))


@settings(max_examples=60, deadline=None)
@given(subject=lines, action=lines, lighting=lines, wardrobe=st.none() | st.text(max_size=200))
def test_any_reply_can_be_judged_and_merged(subject: str, action: str, lighting: str, wardrobe: str | None) -> None:
    payload = {**SOUND, "subject_description": subject, "action_description": action, "wardrobe": wardrobe}
    payload["environment"] = {"lighting": lighting, "time_of_day": "night"}
    reply = CreativeReply.model_validate(payload)
    assert all(sentence.endswith(".") for sentence in ungrounded(KITCHEN_AT_NIGHT, reply))
    merged = to_payload(merge(KITCHEN_AT_NIGHT, reply))
    assert to_payload(check_document(merged)) == merged
