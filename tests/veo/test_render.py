"""A document reads as prose in the order of Google's prompt guide, without a quotation mark."""

import json
from typing import Any

from backend.veo import check_document, estimate_tokens, render_json, render_negative, render_prompt
from tests.veo.documents import changed, full_document, removed, small_document


def prompt(payload: dict[str, Any]) -> str:
    return render_prompt(check_document(payload))


def test_the_example_reads_as_google_asks() -> None:
    assert prompt(full_document()) == (
        "Medium close-up, eye-level, slow dolly in, ending on her hands around the cup, shallow depth of field,"
        " one continuous take. Mara, a woman in her late fifties with cropped silver hair and a weathered face, wearing"
        " a navy wool sweater with a frayed collar. She sets the kettle down, looks at the dark window, and wraps both"
        " hands around a chipped cup. [00:00-00:03] She sets the kettle down. [00:03-00:08] She looks at the window,"
        " then wraps both hands around the cup. At the end she is still, eyes on the window. Interior, a cramped"
        " lighthouse kitchen, at night, during a thunderstorm, a single warm pendant lamp from above left, cool"
        " lightning flicker through the window. In the scene: kettle, chipped cup. Cinematic, shot on 35mm film,"
        " subtle film grain, tense, quiet mood, amber and slate blue palette. Mara says quietly, to herself, in a low,"
        " dry, unhurried, Scottish accent voice: He said he'd be back before the light. SFX: the kettle settles on"
        " the hob. Ambient noise: rain on glass, distant thunder. No music."
    )


def test_on_vertex_exclusions_are_the_negative_prompt_and_not_in_the_prose() -> None:
    document = check_document(full_document())
    assert render_negative(document) == "subtitles, captions, on-screen text"
    assert "free of" not in render_prompt(document)


def test_on_flow_exclusions_close_the_prompt_as_a_description() -> None:
    text = prompt(changed(full_document(), "target", "flow.veo-3.1-fast"))
    assert text.endswith("The picture is free of subtitles, captions and on-screen text.")


def test_dialogue_has_a_colon_and_no_quotation_marks() -> None:
    spoken = [{"character": "OLD TOM", "line": '“Go”, she said. It\'s "late".', "mode": "voice_over"}]
    text = prompt(changed(small_document(), "audio.dialogue", spoken))
    assert text.endswith("Old Tom says in voice-over: Go, she said. It's late.")


def test_a_line_off_screen_and_in_another_language_says_so() -> None:
    spoken = [{"character": "ANNA", "line": "Komm!", "mode": "off_screen", "language": "German"}]
    assert "Anna says off screen in German: Komm!" in prompt(changed(small_document(), "audio.dialogue", spoken))


def test_an_absent_music_asks_for_nothing() -> None:
    assert "music" not in prompt(removed(full_document(), "audio.music")).lower()


def test_a_static_camera_has_no_speed() -> None:
    assert prompt(changed(small_document(), "shot.camera_speed", "slow")).startswith("Wide shot, static camera, one")


def test_a_subject_that_opens_the_action_is_said_once() -> None:
    payload = changed(small_document(), "subject.description", "The kettle")
    assert prompt(payload).count("The kettle") == 1


def test_omni_is_told_not_to_cut() -> None:
    omni = changed(small_document(), "target", "flow.omni-flash")
    assert prompt(omni).endswith("Single continuous shot, no scene cuts.")
    assert "no scene cuts" not in prompt(changed(omni, "shot.single_take", False))


def test_beats_in_broken_seconds_keep_their_tenths() -> None:
    beats = [{"start": 0, "end": 2.5, "description": "it steams", "camera": "slow pan", "sound": "hiss"}]
    assert "[00:00-00:02.5] It steams. Slow pan. SFX: hiss." in prompt(changed(small_document(), "action.beats", beats))


def test_the_json_prompt_holds_only_what_a_picture_is_made_of() -> None:
    found = json.loads(render_json(check_document(full_document())))
    assert list(found) == ["shot", "subject", "action", "environment", "style", "audio", "constraints"]
    assert "reference_asset_id" not in found["subject"]["characters"][0]


def test_tokens_are_estimated_from_characters_or_words_whichever_is_more() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("a b c d e f") == 8
    assert estimate_tokens("x" * 400) == 100
