"""The model's part of a breakdown: what is asked again, what is kept, and who does the rest."""

import json
from collections.abc import Sequence

import pytest

from backend.clients.llm import Llm
from backend.clients.llm_errors import LlmAttempt, LlmTimeout, LlmUnreachable
from backend.core.settings import LlmSettings
from backend.scripts.breakdown import SceneShots, SceneTask, by_llm, by_rules
from tests.scripts.test_breakdown import task
from tests.support.scripted_ollama import ScriptedOllama, scripted_ollama

Row = tuple[int, int, str]


def reply(*shots: Row) -> str:
    return json.dumps({"shots": [[text, first, last, "CU", "low", "dolly_in", 4] for first, last, text in shots]})


async def ask(
    server: ScriptedOllama,
    tasks: Sequence[SceneTask],
    log: list[LlmAttempt],
    *,
    may_fall_back: bool = False,
    timeout_seconds: float = 30,
) -> list[SceneShots]:
    llm = Llm(LlmSettings(base_url=server.base_url, model="scripted", timeout_seconds=timeout_seconds))
    try:
        return await by_llm(llm, tasks, log, may_fall_back=may_fall_back, is_last_attempt=True)
    finally:
        await llm.aclose()


WHOLE = reply((0, 1, "Ines turns a brass wheel."), (2, 3, "She steps back from the gauge."))


async def test_a_good_reply_is_the_scene_and_its_words_are_the_scripts() -> None:
    log: list[LlmAttempt] = []
    with scripted_ollama([WHOLE]) as server:
        [made] = await ask(server, [task()], log)
    assert (made.engine, made.note, len(log), log[0].error) == ("ollama:scripted", None, 1, None)
    first, second = made.drafts
    assert (first.size, first.angle, first.movement) == ("close_up", "low_angle", "dolly_in")
    assert [(line.character, line.line, line.delivery) for line in first.dialogue] == [("INES", "Not tonight.", "low")]
    assert (second.element_indexes, second.transition) == ([4, 5, 6, 7], "CUT TO:")


async def test_only_what_is_left_is_asked_again_and_the_good_shots_stay() -> None:
    log: list[LlmAttempt] = []
    bad = reply((0, 1, "Ines turns a brass wheel."), (2, 3, "Marcus steps back from the gauge."))
    mended = reply((0, 1, "She steps back from the gauge."))
    with scripted_ollama([bad, mended]) as server:
        [made] = await ask(server, [task()], log)
    assert [attempt.error for attempt in log] == ["Shot 2: Marcus is not in the scene.", None]
    system, user = server.asked[1]
    assert system == server.asked[0][0], "the beginning is always the same"
    assert "[0] TOM: Then when?" in user["content"]
    assert "brass wheel" not in user["content"]
    assert "Marcus is not in the scene." in user["content"]
    assert [draft.element_indexes for draft in made.drafts] == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert (made.engine, made.note) == ("ollama:scripted", None)


async def test_what_repairs_do_not_bring_the_rules_do_and_the_note_says_why() -> None:
    log: list[LlmAttempt] = []
    half = reply((0, 0, "Ines turns a brass wheel."), (1, 1, "Zombies eat Marcus."))
    with scripted_ollama([half, reply((0, 0, "Ines by the pipes."))]) as server:
        [made] = await ask(server, [task()], log)
    assert len(log) == 2
    assert [draft.element_indexes for draft in made.drafts] == [[0], [1, 2, 3], [4, 5, 6, 7]]
    assert (made.engine, made.drafts[1].description) == ("ollama:scripted", "Ines by the pipes.")
    assert made.note is not None
    assert made.note.startswith("The built-in rules did 1 of 3 shots: ")


async def test_a_scene_of_which_nothing_can_be_kept_is_the_rules_and_no_other_scene_is() -> None:
    log: list[LlmAttempt] = []
    good, bad = task(key="good"), task(key="bad")
    first = reply((0, 1, "Ines turns a brass wheel."), (2, 3, "She steps back."), (4, 7, "Zombies eat Marcus."))
    with scripted_ollama([first, reply((0, 3, "Zombies eat Marcus."))]) as server:
        made = await ask(server, [good, bad], log)
    assert [(one.key, one.engine) for one in made] == [("good", "ollama:scripted"), ("bad", "rules")]
    assert made[0].note is None
    assert made[1].note is not None
    assert "Marcus is not in the scene." in made[1].note
    assert made[1].drafts == by_rules(bad)


async def test_no_json_at_all_is_asked_again_and_then_left_to_the_rules() -> None:
    log: list[LlmAttempt] = []
    with scripted_ollama(["Sure! Here are the shots.", "I cannot.", "No."]) as server:
        [made] = await ask(server, [task()], log)
    assert [attempt.raw for attempt in log] == ["Sure! Here are the shots.", "I cannot.", "No."]
    assert (made.engine, made.drafts) == ("rules", by_rules(task()))


async def test_a_model_that_talks_without_end_is_not_asked_again() -> None:
    log: list[LlmAttempt] = []
    with scripted_ollama([reply((0, 1, "Zombies eat Marcus."))] * 3, output_tokens=5000) as server:
        [made] = await ask(server, [task()], log)
    assert (len(log), made.engine) == (1, "rules")


async def test_a_reply_that_runs_out_of_time_is_used_as_far_as_it_got() -> None:
    log: list[LlmAttempt] = []
    with scripted_ollama([WHOLE[:-2], WHOLE[:-2]], hang_seconds=3) as server:
        [made] = await ask(server, [task()], log, timeout_seconds=1)
        assert (made.engine, len(made.drafts)) == ("ollama:scripted", 2)
        assert log[0].error is not None
        assert "within 1 seconds" in log[0].error
    with scripted_ollama(["nothing yet"], hang_seconds=3) as server, pytest.raises(LlmTimeout):
        await ask(server, [task()], log, timeout_seconds=1)
    assert log[-1].raw == "nothing yet"


async def test_without_a_server_the_rules_do_it_only_where_they_may() -> None:
    gone = ScriptedOllama(base_url="http://127.0.0.1:9")
    with pytest.raises(LlmUnreachable):
        await ask(gone, [task()], [])
    [made] = await ask(gone, [task()], [], may_fall_back=True)
    assert made.engine == "rules"
    assert made.note is not None
    assert "does not answer" in made.note


async def test_scenes_without_a_paragraph_are_not_asked_about() -> None:
    bare = task("EXT. LAKE - DAY\n")
    with scripted_ollama([]) as server:
        [made] = await ask(server, [bare], [])
        assert server.asked == []
    assert (made.engine, made.note, len(made.drafts)) == ("rules", None, 1)


async def test_the_number_of_shots_wanted_is_asked_for_and_met() -> None:
    with scripted_ollama([WHOLE]) as server:
        [made] = await ask(server, [task(target_shots=3)], [])
        assert "(Give 3 shots for this scene.)" in server.asked[0][1]["content"]
    assert len(made.drafts) == 3
