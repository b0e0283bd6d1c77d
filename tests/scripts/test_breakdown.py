"""What is kept and refused of a model's breakdown, and how the gaps it leaves are closed."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.screenplay import coverage_gaps, divided_speeches, parse
from backend.scripts.breakdown import SceneTask, batches
from backend.scripts.breakdown_check import judge, salvage
from backend.scripts.breakdown_items import items_of, numbered, pieces
from backend.scripts.breakdown_merge import KeptShot, shot_list
from backend.scripts.breakdown_prompt import (
    MAX_SHOTS,
    BreakdownReply,
    ReplyShot,
    reply_for,
    user_prompt,
)
from tests.screenplay.scripts import scripts

SCRIPT = """\
INT. ENGINE ROOM - NIGHT

Ines turns a brass wheel. Steam hisses from the pipes.

INES
(low)
Not tonight.

TOM
Then when?

She steps back from the gauge.

CUT TO:
"""


def task(script: str = SCRIPT, **changes: object) -> SceneTask:
    values: dict[str, object] = {"key": "a", "cast": ["INES", "TOM"], "is_new_location": True}
    return SceneTask(scene=parse(script.encode()).scenes[0], **{**values, **changes})  # type: ignore[arg-type]


def shot(first: int, last: int, description: str = "Ines turns a brass wheel.") -> ReplyShot:
    return ReplyShot(description, first, last, "MS", "eye", "static", 4)


def problems(*shots: ReplyShot, script: str = SCRIPT) -> list[str]:
    return judge(list(shots), numbered(items_of(task(script))), []).problems


def test_paragraphs_are_numbered_and_a_speech_is_one_with_its_cue() -> None:
    items = numbered(items_of(task()))
    assert [item.line for item in items] == [
        "[0] Ines turns a brass wheel. Steam hisses from the pipes.",
        "[1] INES: (low) Not tonight.",
        "[2] TOM: Then when?",
        "[3] She steps back from the gauge.\nCUT TO:",
    ]
    assert [item.elements for item in items] == [[0], [1, 2, 3], [4, 5], [6, 7]]


def test_only_what_is_to_be_covered_is_asked_for() -> None:
    items = items_of(task(elements=[0, 6, 7]))
    assert [item.elements for item in items] == [[0], [6, 7]]
    assert not items[1].follows(items[0]), "a shot that is kept lies between them"


def test_a_paraphrase_in_the_scripts_words_is_kept() -> None:
    verdict = judge([shot(0, 0), shot(3, 3, "She steps away from the gauge.")], numbered(items_of(task())), [])
    assert (len(verdict.kept), verdict.problems) == (2, [])


def test_what_is_not_about_the_scene_is_refused() -> None:
    not_about = "the description is not about this scene. Use the script's own words."
    assert problems(shot(0, 1, "The paragraphs are numbered and so on.")) == [f"Shot 1: {not_about}"]
    assert problems(shot(0, 1, "or an by it")) == [f"Shot 1: {not_about}"]
    assert problems(shot(0, 1, "eye[1,1,1,1,1,1,1,1,1,1,1")) == ["Shot 1: its description is not a sentence."]


def test_names_that_nobody_in_the_scene_has_are_refused() -> None:
    assert problems(shot(0, 0, "Ines turns the wheel toward Marcus.")) == ["Shot 1: Marcus is not in the scene."]
    assert problems(shot(0, 0, "MARCUS turns a brass wheel.")) == ["Shot 1: Marcus is not in the scene."]
    assert problems(shot(0, 0, "Tom's brass wheel; Wide on Ines in the Engine Room.")) == []


def test_invented_dialogue_is_refused_and_the_scenes_own_words_are_not() -> None:
    assert problems(shot(0, 1, "Ines turns the wheel: “We are lost.”")) == [
        "Shot 1: “We are lost.” is said by nobody in the scene. Quote no dialogue."
    ]
    assert "is said by nobody" in problems(shot(1, 1, "INES: We turn the brass wheel now."))[0]
    assert problems(shot(0, 1, "Ines turns the wheel: “Not tonight.”")) == []


def test_a_speech_that_is_in_an_earlier_shot_is_refused_and_a_shared_action_is_not() -> None:
    assert problems(shot(0, 1), shot(1, 2, "Ines by the pipes.")) == [
        "Shot 2: the speech in paragraph 1 is in an earlier shot."
    ]
    assert problems(shot(0, 0), shot(0, 1, "Steam hisses from the pipes.")) == []


def test_numbers_outside_the_text_order_and_repeats_are_refused() -> None:
    assert problems(shot(5, 6)) == ["Shot 1: paragraphs 5 to 6 are not in this text, which has 0 to 3."]
    assert problems(shot(2, 1)) == ["Shot 1: paragraphs 2 to 1 are not in this text, which has 0 to 3."]
    assert problems(shot(3, 3), shot(0, 0, "Steam hisses.")) == [
        "Shot 2: paragraph 0 comes before the end of an earlier shot."
    ]
    assert problems(shot(0, 0), shot(1, 1)) == ["Shot 2: its description repeats that of another shot."]


def test_two_scenes_are_never_one_shot() -> None:
    first, second = task(), task(key="b")
    items = numbered([*items_of(first), *items_of(second)])
    assert judge([shot(3, 4)], items, []).problems == ["Shot 1: paragraphs 3 to 4 are of two scenes."]


def test_too_much_speech_for_one_shot_is_refused_unless_fewer_shots_were_asked_for() -> None:
    exchange = "\n\n".join(f"{name}\nYes, the brass wheel." for name in ["INES", "TOM"] * 2)
    script = f"INT. ENGINE ROOM - NIGHT\n\n{exchange}\n"
    assert problems(shot(0, 3), script=script) == ["Shot 1: paragraphs 0 to 3 hold too much speech for one shot."]
    assert judge([shot(0, 3)], numbered(items_of(task(script, target_shots=1))), []).problems == []


def test_the_whole_shots_of_a_reply_that_broke_off_are_saved() -> None:
    raw = '{"shots": [["Steam hisses.",0,0,"MS","eye","static",4],["x",1,1,"MS","eye","static",4],["She st'
    good, bad = salvage(raw)
    assert good == ReplyShot("Steam hisses.", 0, 0, "MS", "eye", "static", 4)
    assert bad == "Shot 2: value 0: String should have at least 8 characters."
    assert salvage("no JSON at all") == salvage('{"shots": 5}') == salvage("") == []


def test_a_short_gap_joins_its_neighbour_and_the_rules_take_the_others() -> None:
    one = task(SCRIPT.replace("She steps back from the gauge.", "She nods."))
    drafts, by_rules = shot_list(one, items_of(one), [KeptShot(0, 0, shot(0, 0)), KeptShot(2, 2, shot(2, 2, "Tom."))])
    assert [draft.element_indexes for draft in drafts] == [[0], [1, 2, 3], [4, 5, 6, 7]]
    assert [[line.line for line in draft.dialogue] for draft in drafts] == [[], ["Not tonight."], ["Then when?"]]
    assert (by_rules, drafts[1].dialogue[0].delivery, drafts[2].transition) == (1, "low", "CUT TO:")


def test_as_many_shots_come_out_as_were_asked_for() -> None:
    kept = [KeptShot(0, 1, shot(0, 1)), KeptShot(2, 3, shot(2, 3, "She steps back from Tom."))]
    for wanted in (1, 2, 3, 4, 5):
        one = task(target_shots=wanted)
        drafts, _ = shot_list(one, items_of(one), kept)
        assert len(drafts) == wanted
        assert coverage_gaps(one.scene, drafts) == divided_speeches(one.scene, drafts) == []
    assert len(shot_list(task(target_shots=99), items_of(task()), kept)[0]) == 5


numbers = st.integers(-1, 14)
words = st.sampled_from(["The lamp.", "Mara walks slowly by the sea.", "Tom waits.", "Rain, rain and rain.", "light"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scripts, st.lists(st.tuples(numbers, numbers, words), max_size=8), st.one_of(st.none(), st.integers(1, 9)))
def test_whatever_the_model_says_every_element_is_covered_and_every_speech_whole(
    script: str, replied: list[tuple[int, int, str]], target: int | None
) -> None:
    for scene in parse(script.encode()).scenes:
        one = SceneTask("a", scene, ["MARA", "TOM"], True, None, target)
        items = numbered(items_of(one))
        if scene.is_omitted or not items:
            continue
        verdict = judge([shot(*reply) for reply in replied], items, [])
        kept = [KeptShot(items[s.first].place, items[s.last].place, s) for s in verdict.kept]
        assert len(kept) + len(verdict.problems) == len(replied)
        drafts, _ = shot_list(one, items, kept)
        assert coverage_gaps(scene, drafts) == []
        assert divided_speeches(scene, drafts) == []
        starts = [min(draft.element_indexes) for draft in drafts if draft.element_indexes]
        assert starts == sorted(starts)
        descriptions = [draft.description.casefold() for draft in drafts]
        assert len(set(descriptions)) == len(descriptions)


def test_small_scenes_go_together_and_a_long_one_is_asked_for_in_pieces() -> None:
    small = [task(key=str(number)) for number in range(20)]
    assert [len(batch) for batch in batches(small, engine="ollama")] == [8, 8, 4]
    assert [len(batch) for batch in batches(small, engine="rules")] == [20]
    assert {item.task.key for item in pieces(small)[0]} > {"0", "1"}
    speech = "INES\n" + "We turn the wheel and then we turn it back again. " * 40
    long = task("INT. ENGINE ROOM - NIGHT\n\n" + "\n\n".join([speech] * 8))
    assert len(pieces([long])) > 1
    assert [item.number for piece in pieces([long]) for item in piece].count(0) == len(pieces([long]))
    assert [index for piece in pieces([long]) for item in piece for index in item.elements] == list(range(16))


def test_the_servers_grammar_is_narrower_than_what_the_prompt_shows() -> None:
    schema = reply_for(5, 3).model_json_schema()["properties"]["shots"]
    assert (schema["maxItems"], schema["items"]["prefixItems"][1]["maximum"]) == (3, 4)
    assert BreakdownReply.model_validate_json(json.dumps({"shots": [list(shot(0, 0))]})).shots == [shot(0, 0)]
    assert reply_for(5, 999).model_json_schema()["properties"]["shots"]["maxItems"] == MAX_SHOTS


def test_a_repair_asks_only_for_what_is_left() -> None:
    items = items_of(task())[2:]
    text = user_prompt([("INT. ENGINE ROOM - NIGHT", [item.line for item in numbered(items)], None)], ["Shot 1: no."])
    assert text.startswith("SCENE INT. ENGINE ROOM - NIGHT\n\n[0] TOM: Then when?")
    assert "Shot 1: no." in text
