"""A brief becomes a legal document, word for word traceable, and the same one each time."""

import math
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from backend.veo import (
    DialogueBrief,
    DocumentError,
    IngredientBrief,
    ShotBrief,
    check_document,
    compile_document,
    compile_findings,
    compile_shot,
    document_bytes,
    findings,
    provenance,
    render_prompt,
    to_payload,
)
from backend.veo.vocabulary import TARGETS, CameraAngle, CameraMovement, DialogueMode, IngredientType, IntExt, ShotSize
from tests.veo.briefs import EMPTY_HALLWAY, GOLDEN, KAI, KEY, KEY_IN_LOCK, KITCHEN, KITCHEN_AT_NIGHT, MARA, SERVER_ROOM
from tests.veo.documents import HERE, VENDORED_SCHEMA

VENDORED = Draft202012Validator(VENDORED_SCHEMA)


def compiled(brief: ShotBrief = KITCHEN_AT_NIGHT, **changes: Any) -> dict[str, Any]:
    return to_payload(compile_document(brief.model_copy(update=changes)))


def ids(brief: ShotBrief) -> list[str]:
    return [one.id for one in compile_findings(brief)]


@pytest.mark.parametrize("name", GOLDEN)
def test_the_golden_shots_compile_to_the_reviewed_documents(name: str) -> None:
    golden = Path(HERE / "golden" / f"{name}.json")
    assert document_bytes(compile_document(GOLDEN[name])).decode() == golden.read_text()


@pytest.mark.parametrize("name", GOLDEN)
def test_every_value_of_a_golden_document_has_a_source(name: str) -> None:
    result = compile_shot(GOLDEN[name])
    for pointer in _leaves(to_payload(result.document)):
        assert any(pointer == source or pointer.startswith(f"{source}/") for source in result.provenance), pointer
    assert result.provenance == provenance(GOLDEN[name])


def _leaves(node: Any, pointer: str = "") -> list[str]:
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in _leaves(value, f"{pointer}/{key}")]
    if isinstance(node, list):
        return [leaf for index, value in enumerate(node) for leaf in _leaves(value, f"{pointer}/{index}")]
    return [pointer]


def _values(node: Any) -> list[Any]:
    if isinstance(node, dict | list):
        return [leaf for one in (node.values() if isinstance(node, dict) else node) for leaf in _values(one)]
    return [node]


# ---- Any brief at all ----

TAGS = ["hair", "wardrobe", "voice", "lighting", "mood", "palette", "era", "weather"]
TIMES = ["DAY", "NIGHT", "DAWN", "LATER", "MAGIC HOUR", "CONTINUOUS"]
SIZES = ["4K", "1080p", "720p", "3840x2160", "2160×3840", "2K", "480p", "8K"]
SCRIPT = """CLOSE ON MARA (50s) sets the kettle down. We slowly pan left. Red neon, rain, a child. SFX: a bang. Dr.
Kai's “No”! POV: 8-year-old girl runs"""

texts = st.text(max_size=300) | st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=1200)
words = st.sampled_from(SCRIPT.split())
prose = st.lists(words, max_size=300).map(" ".join)
ingredients = st.builds(
    IngredientBrief,
    slot=st.just(1),
    id=st.uuids().map(str),
    name=st.text(min_size=1, max_size=60),
    type=st.sampled_from(get_args(IngredientType)),
    description=st.none() | texts | prose,
    attributes=st.dictionaries(
        st.sampled_from(TAGS) | st.text(max_size=20),
        st.text(max_size=400),
        max_size=6,
    ),
    mime_type=st.sampled_from([None, "image/png", "image/jpeg", "image/gif", "image/heic", "video/mp4"]),
    width=st.none() | st.integers(0, 9000),
    height=st.none() | st.integers(0, 9000),
    size_bytes=st.none() | st.integers(0, 40 * 1024 * 1024),
)
briefs = st.builds(
    ShotBrief,
    shot_id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True),
    scene_heading=st.none() | texts,
    scene_number=st.none() | st.text(max_size=8),
    int_ext=st.none() | st.sampled_from(get_args(IntExt)),
    location=st.none() | texts,
    time_of_day=st.none() | st.sampled_from(TIMES) | st.text(max_size=30),
    script_lines=st.none() | st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    description=(texts | prose).map(lambda text: f"x{text}"),
    duration_seconds=st.none() | st.floats(),
    size=st.none() | st.sampled_from(get_args(ShotSize)),
    angle=st.none() | st.sampled_from(get_args(CameraAngle)),
    movement=st.none() | st.sampled_from(get_args(CameraMovement)),
    dialogue=st.lists(
        st.builds(
            DialogueBrief,
            character=st.text(min_size=1, max_size=30),
            line=st.text(max_size=500) | prose,
            mode=st.sampled_from(get_args(DialogueMode)),
            delivery=st.none() | st.text(max_size=200),
        ),
        max_size=6,
    ),
    ingredients=st.lists(ingredients, max_size=3).map(
        lambda found: [one.model_copy(update={"slot": slot}) for slot, one in enumerate(found, 1)]
    ),
    aspect_ratio=st.sampled_from(["16:9", "9:16", " 16 : 9 ", "16x9"]),
    resolution=st.sampled_from(SIZES) | st.text(max_size=12),
    veo_version=st.text(max_size=6),
    previous_shot_id=st.none() | st.text(max_size=20),
    target=st.sampled_from(TARGETS),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(briefs)
def test_any_brief_compiles_to_a_valid_document_twice_the_same(brief: ShotBrief) -> None:
    result = compile_shot(brief)
    payload = to_payload(result.document)
    assert list(VENDORED.iter_errors(payload)) == []
    assert None not in _values(payload)
    assert document_bytes(check_document(payload)) == document_bytes(result.document)
    again = ShotBrief.model_validate_json(brief.model_dump_json()) if _is_json(brief) else brief
    assert document_bytes(compile_document(again)) == document_bytes(result.document)
    assert render_prompt(result.document)
    findings(result.document)


def _is_json(brief: ShotBrief) -> bool:
    return brief.duration_seconds is None or math.isfinite(brief.duration_seconds)


def test_the_order_of_an_ingredients_tags_changes_nothing() -> None:
    turned = MARA.model_copy(update={"attributes": dict(reversed(MARA.attributes.items()))})
    brief = KITCHEN_AT_NIGHT.model_copy(update={"ingredients": [KITCHEN, turned]})
    other = KITCHEN_AT_NIGHT.model_copy(update={"ingredients": [MARA, KITCHEN]})
    assert document_bytes(compile_document(brief)) == document_bytes(compile_document(other))


# ---- The request ----


def test_pictures_in_slots_are_sent_and_make_the_clip_eight_seconds() -> None:
    request = compiled(duration_seconds=3)["request"]
    assert (request["mode"], request["duration_seconds"]) == ("reference_to_video", 8)
    assert [one["role"] for one in request["reference_images"]] == ["character", "location"]


def test_a_style_alone_is_words_and_no_reference() -> None:
    style = KITCHEN_AT_NIGHT.ingredients[2]
    brief = KITCHEN_AT_NIGHT.model_copy(update={"ingredients": [style]})
    payload = compiled(brief)
    assert payload["request"]["mode"] == "text_to_video"
    assert payload["style"]["look"] == "35mm, Cinematic, shot on 35mm film with subtle grain"
    assert ids(brief)[0] == "PF12"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.4, 4), (4, 4), (4.1, 6), (6.01, 8), (8, 8), (30, 8), (None, 8), (0, 8), (-2, 8), (math.nan, 8), (math.inf, 8)],
)
def test_without_pictures_the_shots_seconds_are_rounded_up(seconds: float | None, expected: int) -> None:
    assert compiled(SERVER_ROOM, duration_seconds=seconds)["request"]["duration_seconds"] == expected


def test_a_shot_longer_than_a_clip_is_said() -> None:
    found = compile_findings(SERVER_ROOM.model_copy(update={"duration_seconds": 12.5}))
    assert "The shot lasts 12.5 s, a clip of Flow · Veo 3.1 Fast at most 8 s." in [one.message for one in found]


@pytest.mark.parametrize(
    ("asked", "target", "given_size", "is_said"),
    [
        ("4K", "flow.veo-3.1-fast", "4k", False),
        ("3840x2160", "flow.veo-3.1-fast", "4k", False),
        ("2160×3840", "flow.veo-3.1-fast", "4k", False),
        ("1080p", "flow.veo-3.1-fast", "1080p", False),
        ("1920 x 1080", "flow.veo-3.1-fast", "1080p", False),
        ("720p", "flow.veo-3.1-fast", "720p", False),
        ("2K", "flow.veo-3.1-fast", "1080p", True),
        ("480p", "flow.veo-3.1-fast", "720p", True),
        ("480p", "flow.omni-flash", "360p", True),
        ("4K", "flow.veo-3.1-lite", "1080p", True),
        ("as big as possible", "flow.veo-3.1-fast", "1080p", True),
        ("", "flow.veo-3.1-fast", "1080p", True),
    ],
)
def test_a_projects_resolution_becomes_one_the_target_has(
    asked: str, target: str, given_size: str, is_said: bool
) -> None:
    brief = SERVER_ROOM.model_copy(update={"resolution": asked, "target": target})
    assert compiled(brief)["request"]["resolution"] == given_size
    assert ("CF01" in ids(brief)) is is_said


@pytest.mark.parametrize("text", ["4:3", "1:1", "2.39:1", "", "wide"])
def test_another_aspect_ratio_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(DocumentError) as raised:
        compiled(aspect_ratio=text)
    assert raised.value.errors[0]["loc"] == ["request", "aspect_ratio"]
    assert raised.value.fix is not None
    assert "16:9" in raised.value.fix


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x07"])
def test_a_shot_without_a_description_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="no description"):
        compiled(description=text)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"mime_type": None}, "CF05"),
        ({"mime_type": "image/gif"}, "PF05"),
        ({"size_bytes": 20 * 1024 * 1024 + 1}, "PF05"),
    ],
)
def test_a_picture_that_cannot_be_sent_stays_in_the_words(change: dict[str, Any], finding: str) -> None:
    brief = KITCHEN_AT_NIGHT.model_copy(update={"ingredients": [MARA.model_copy(update=change)]})
    payload = compiled(brief)
    assert payload["request"]["mode"] == "text_to_video"
    assert "reference_asset_id" not in payload["subject"]["characters"][0]
    assert payload["subject"]["description"].startswith("Mara, a woman")
    assert finding in ids(brief)


def test_a_model_without_references_gets_words_only() -> None:
    brief = KITCHEN_AT_NIGHT.model_copy(update={"target": "flow.veo-3.1-quality"})
    assert compiled(brief)["request"]["mode"] == "text_to_video"
    assert "CF07" in ids(brief)


# ---- The words ----


def test_the_subject_is_the_character_with_every_tag() -> None:
    payload = compiled()
    assert payload["subject"]["description"] == (
        "Mara, a woman in her late fifties with a weathered face, cropped silver hair"
    )
    assert payload["subject"]["wardrobe"] == "a navy wool sweater with a frayed collar"
    assert payload["subject"]["characters"][0]["voice"] == "low, dry"


def test_the_specifications_example_tags_read_as_words() -> None:
    assert compiled(ingredients=[KAI])["subject"]["description"] == "Kai, blue hair, dark mood"


@pytest.mark.parametrize(
    ("description", "subject"),
    [
        ("MARA (50s, weathered) sets the kettle down. Lightning flickers.", "Mara, 50s, weathered"),
        ("KAI runs along the pier.", "Kai"),
        ("Kai runs along the pier.", "Kai"),
        ("An old fisherman mends his net.", "An old fisherman"),
        ("Red neon flickers over two armed guards.", "Two armed guards"),
        ("The red light blinks.", "The red light"),
        ("The racks of servers blink blue.", "The racks of servers"),
        ("The LANTERN falls.", "The LANTERN"),
        ("She walks away.", "The person in this shot"),
        ("Mara and Kai stand by the fire.", "Mara; Kai"),
        ("Dr. Kim (40s, exhausted) washes her hands. Fluorescent tubes buzz.", "Dr. Kim, 40s, exhausted"),
        ("The BARTENDER wipes a glass.", "The bartender"),
        ("The camera cranes up over the burning village as soldiers march past.", "Soldiers"),
        ("INSERT: a photograph of a boy and his dog.", "A photograph of a boy"),
        ("CU - Anna's trembling fingers on the trigger.", "Anna's trembling fingers"),
        ("His POV: the ceiling fan spins.", "The ceiling fan"),
        ("A match strikes. The flame lights her face.", "A match"),
        ("Broken windows rattle. The headlights die.", "Hallway"),
        ("Silence.", "Hallway"),
    ],
)
def test_without_a_character_the_subject_is_what_the_words_name(description: str, subject: str) -> None:
    assert compiled(EMPTY_HALLWAY, description=description)["subject"]["description"] == subject


def test_a_speaker_on_screen_is_a_subject_and_a_voice_is_not() -> None:
    line = DialogueBrief(character="OLD TOM", line="Wait.")
    assert compiled(EMPTY_HALLWAY, dialogue=[line])["subject"]["description"] == "Old Tom"
    voice = line.model_copy(update={"mode": "voice_over"})
    assert compiled(EMPTY_HALLWAY, dialogue=[voice])["subject"]["description"] == "Hallway"


def test_an_object_is_the_subject_of_a_shot_without_people() -> None:
    payload = compiled(KEY_IN_LOCK)
    assert payload["subject"]["description"] == "Brass Key, Worn, with a tag"
    assert "props" not in payload["environment"]


def test_an_object_beside_a_person_is_a_prop() -> None:
    key = KEY.model_copy(update={"slot": 3})
    assert compiled(ingredients=[MARA, key])["environment"]["props"] == ["Brass Key, Worn, with a tag"]


def test_two_characters_are_both_described_with_their_clothes() -> None:
    kai = KAI.model_copy(update={"slot": 2, "attributes": {"wardrobe": "a red coat"}})
    subject = compiled(ingredients=[kai, MARA])["subject"]
    assert subject["description"].endswith("sweater with a frayed collar; Kai, wearing a red coat")
    assert [one["id"] for one in subject["characters"]] == ["MARA", "KAI"]
    assert "wardrobe" not in subject


@pytest.mark.parametrize(
    ("int_ext", "time", "lighting", "key"),
    [
        ("INT", "NIGHT", "low practical light", "table: INT+NIGHT"),
        ("EXT", "NIGHT", "low ambient night light", "table: EXT+NIGHT"),
        ("INT/EXT", "DAY", "natural daylight", "table: INT/EXT+DAY"),
        ("EXT", "MAGIC HOUR", "warm golden hour light", "table: EXT+GOLDEN HOUR"),
        ("INT", "LATER", "interior light", "table: INT"),
        (None, None, "natural light", "table: no slugline"),
    ],
)
def test_light_that_nobody_describes_comes_from_the_table(
    int_ext: str | None, time: str | None, lighting: str, key: str
) -> None:
    brief = EMPTY_HALLWAY.model_copy(update={"int_ext": int_ext, "time_of_day": time})
    result = compile_shot(brief)
    assert result.document.environment.lighting == lighting
    assert result.provenance["/environment/lighting"] == key


@pytest.mark.parametrize(
    ("description", "lighting"),
    [
        ("Red neon flickers over the bar.", "red neon, low practical light"),
        ("Her face, lit by a dying fire, is still.", "lit by a dying fire, low practical light"),
        ("The candle goes out.", "low practical light"),
        ("She picks up the unlit lamp.", "low practical light"),
        ("There is no moonlight.", "low practical light"),
        ("He holds a lantern up.", "lantern, low practical light"),
    ],
)
def test_light_the_script_names_stands_before_the_tables(description: str, lighting: str) -> None:
    assert compiled(EMPTY_HALLWAY, description=description, time_of_day="NIGHT")["environment"]["lighting"] == lighting


@pytest.mark.parametrize(
    ("description", "shot"),
    [
        ("CLOSE ON the cup.", ("close_up", "eye_level", "static")),
        ("POV: the corridor.", ("point_of_view", "eye_level", "static")),
        ("Low angle. We slowly push in on the door.", ("medium", "low_angle", "dolly_in")),
        ("The camera pans left over the desk.", ("medium", "eye_level", "pan_left")),
        ("Tracking shot along the train tracks.", ("medium", "eye_level", "tracking")),
        ("Drone shot over the sea.", ("wide", None, "drone")),
        ("EXTREME CLOSE UP: her eye.", ("extreme_close_up", "eye_level", "static")),
        ("She pans for gold by the tracks; the doors close on him.", ("medium", "eye_level", "static")),
        ("He inserts the key and follows her.", ("medium", "eye_level", "static")),
    ],
)
def test_camera_words_of_the_script_are_recognised(description: str, shot: tuple[str, str | None, str]) -> None:
    found = compiled(EMPTY_HALLWAY, description=description)["shot"]
    assert (found["size"], found.get("angle"), found["camera_movement"]) == shot


def test_what_the_user_chose_for_the_camera_wins_over_the_scripts_words() -> None:
    result = compile_shot(KITCHEN_AT_NIGHT.model_copy(update={"size": "wide", "movement": "arc"}))
    assert (result.document.shot.size, result.document.shot.camera_movement) == ("wide", "arc")
    assert result.provenance["/shot/size"] == "shot"


def test_a_pan_without_a_direction_is_said() -> None:
    assert "CF09" in ids(EMPTY_HALLWAY.model_copy(update={"description": "The camera pans across the desk."}))
    assert "CF09" not in ids(EMPTY_HALLWAY.model_copy(update={"description": "The camera pans right."}))


@pytest.mark.parametrize(
    ("description", "action"),
    [
        ("CLOSE ON Mara's hands.", "Mara's hands."),
        ("We follow. KAI runs. Aerial shot.", "KAI runs."),
        ("CLOSE ON", "CLOSE ON"),
        ("Aerial shot.", "Aerial shot."),
        ("The doors close on him.", "The doors close on him."),
        ("Wide eyes stare.", "Wide eyes stare."),
        ("She waits. SFX: a click. She turns.", "She waits. She turns."),
    ],
)
def test_directions_with_a_field_of_their_own_leave_the_action(description: str, action: str) -> None:
    assert compiled(EMPTY_HALLWAY, description=description)["action"]["description"] == action


def test_plain_rain_stays_a_word_because_the_vocabulary_has_none() -> None:
    environment = compiled(EMPTY_HALLWAY, description="Rain on the roof.")["environment"]
    assert "weather" not in environment
    assert environment["atmosphere"] == "rain"
    assert compiled(EMPTY_HALLWAY, description="Heavy rain.")["environment"]["weather"] == "heavy_rain"


# ---- What does not fit ----


def test_a_long_description_ends_with_a_whole_sentence_and_the_rest_is_named() -> None:
    description = "She waits by the door of Dr. Stone. " * 20
    brief = EMPTY_HALLWAY.model_copy(update={"description": description})
    kept = compiled(brief)["action"]["description"]
    assert len(kept) <= 600
    assert description.startswith(kept)
    assert kept.endswith("Stone.")
    cut = [one for one in compile_findings(brief) if one.pointer == "/action/description"]
    assert [one.id for one in cut] == ["CF03"]
    assert "She waits by the door" in cut[0].message


def test_dialogue_is_verbatim_and_the_fourth_line_is_named() -> None:
    spoken = ["It's  3 o'clock…", "“No”, he said – really?", "Ünïcödé & <b>tags</b>", "And a fourth."]
    brief = EMPTY_HALLWAY.model_copy(update={"dialogue": [DialogueBrief(character="TOM", line=one) for one in spoken]})
    lines = [one["line"] for one in compiled(brief)["audio"]["dialogue"]]
    assert lines == ["It's 3 o'clock…", *spoken[1:3]]
    assert "Left out, Tom: “And a fourth.”" in " ".join(one.message for one in compile_findings(brief))


def test_a_long_line_keeps_whole_sentences_only() -> None:
    line = "I waited. " + "for the light to come back " * 10 + "."
    brief = EMPTY_HALLWAY.model_copy(update={"dialogue": [DialogueBrief(character="TOM", line=line)]})
    assert compiled(brief)["audio"]["dialogue"][0]["line"] == "I waited."
    assert "CF04" in ids(brief)


def test_a_line_whose_first_sentence_does_not_fit_is_left_out_whole() -> None:
    line = "never " * 50 + "again."
    brief = EMPTY_HALLWAY.model_copy(update={"dialogue": [DialogueBrief(character="TOM", line=line)]})
    assert "audio" not in compiled(brief)
    assert "CF04" in ids(brief)


def test_control_characters_that_postgres_refuses_do_not_reach_the_document() -> None:
    assert (
        compiled(EMPTY_HALLWAY, description="She\x00 waits\x1b.\u2028Now.")["action"]["description"]
        == "She waits. Now."
    )


def test_slots_are_one_ingredient_each() -> None:
    with pytest.raises(ValueError, match="share a slot"):
        ShotBrief(shot_id="s", description="x", ingredients=[MARA, KAI])


@pytest.mark.parametrize(
    ("written", "value"), [("Int.", "INT"), ("I/E", "INT/EXT"), ("EXT./INT.", "INT/EXT"), ("", None)]
)
def test_a_brief_takes_a_sluglines_own_spelling(written: str, value: str | None) -> None:
    assert ShotBrief(shot_id="s", description="x", int_ext=written).int_ext == value


@pytest.mark.parametrize(
    ("description", "is_person"),
    [
        ("Two rails climb a white mountain until the cloud takes them.", False),
        ("She stops. The lamp slows.", True),
        ("Rain runs over his gloves.", True),
    ],
)
def test_them_may_be_things(description: str, is_person: bool) -> None:
    brief = ShotBrief(shot_id="s1", description=description, scene_heading="EXT. HILL - DUSK", location="HILL")
    subject = compile_document(brief).subject.description
    assert ("person" in subject) == is_person
