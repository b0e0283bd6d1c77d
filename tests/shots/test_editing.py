"""Manual work on what shots cover: every speech stays whole in one shot, every paragraph in at least one."""

import asyncio
from typing import Any

import httpx2
import pytest

from tests.conftest import Import, World

SCREENPLAY = b"""\
INT. ENGINE ROOM - NIGHT

INES turns a brass wheel. Steam hisses from the pipes.

INES
(tired)
Not tonight. The pressure is too high for that. Listen to the valves, they have been singing since noon.

A red lamp blinks above the door.

TOMAS
Then we wait.

Tomas sits down on a crate. He takes his cap off.

EXT. FERRY DECK - DAY

Gulls circle over the empty deck.
"""


@pytest.fixture
async def elements(client: httpx2.AsyncClient, project_id: str, import_script: Import) -> list[dict[str, Any]]:
    """The elements of the first scene: action, a speech of three, action, a speech of two, action."""
    await import_script(SCREENPLAY)
    scene_id = (await scenes_of(client, project_id))[0]["id"]
    return await elements_of(client, scene_id)


async def scenes_of(client: httpx2.AsyncClient, project_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    return found


async def elements_of(client: httpx2.AsyncClient, scene_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"scenes/{scene_id}/elements")).json()["items"]
    return found


async def shots_of(client: httpx2.AsyncClient, scene_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"scenes/{scene_id}/shots")).json()["items"]
    return found


def ids(elements: list[dict[str, Any]], *positions: int) -> list[str]:
    return [elements[position]["id"] for position in positions]


async def mark(client: httpx2.AsyncClient, elements: list[dict[str, Any]], *positions: int, **more: Any) -> Any:
    answer = await client.post(
        f"scenes/{elements[0]['scene_id']}/shots", json={"element_ids": ids(elements, *positions), **more}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def lay_out(client: httpx2.AsyncClient, elements: list[dict[str, Any]], *shots: tuple[int, ...]) -> list[Any]:
    """Exactly these shots over the scene's elements."""
    made = [await mark(client, elements, *positions) for positions in shots]
    standing = await shots_of(client, elements[0]["scene_id"])
    assert [shot["element_ids"] for shot in standing] == [ids(elements, *positions) for positions in shots]
    return made


def said(*shots: dict[str, Any]) -> str:
    return " ".join(line["line"] for shot in shots for line in shot["dialogue"])


SPEECH = "Not tonight. The pressure is too high for that. Listen to the valves, they have been singing since noon."


async def test_a_shot_marked_over_a_speech_has_its_words_verbatim_and_takes_them_from_the_others(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    made = await mark(client, elements, 1, 2, 3)
    assert made["element_ids"] == ids(elements, 1, 2, 3)
    assert said(made) == SPEECH
    assert {(line["character"], line["delivery"]) for line in made["dialogue"]} >= {("INES", "tired")}
    assert (made["line_start"], made["line_end"]) == (5, 7)
    assert made["provenance"]["anchors"] == "human"
    assert (made["provenance"]["dialogue"], made["provenance"]["description"]) == ("parsed", "rules")
    standing = await shots_of(client, elements[0]["scene_id"])
    assert [shot["id"] for shot in standing if elements[3]["id"] in shot["element_ids"]] == [made["id"]]
    assert [shot["sequence_number"] for shot in standing] == list(range(1, len(standing) + 1))
    assert all(element["is_covered"] for element in await elements_of(client, elements[0]["scene_id"]))


async def test_a_shot_with_nothing_left_goes_to_the_archive_and_the_answer_says_so(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    scene_id = elements[0]["scene_id"]
    before = await shots_of(client, scene_id)
    made = await mark(client, elements, *range(len(elements)))
    assert [shot["id"] for shot in await shots_of(client, scene_id)] == [made["id"]]
    assert {(one["id"], one["number"]) for one in made["archived_shots"]} == {(s["id"], s["number"]) for s in before}
    assert made["changed_shots"] == []


async def test_a_shot_that_a_person_worked_on_stays_without_elements(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    mine = (await shots_of(client, elements[0]["scene_id"]))[0]
    await client.patch(f"shots/{mine['id']}", json={"description": "My own words."})
    made = await mark(client, elements, *range(len(elements)))
    assert [one["id"] for one in made["changed_shots"]] == [mine["id"]]
    kept = (await client.get(f"shots/{mine['id']}")).json()
    assert (kept["description"], kept["element_ids"], kept["dialogue"]) == ("My own words.", [], [])


async def test_marking_shows_the_words_and_camera_that_were_given(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    made = await mark(client, elements, 4, description="The lamp, close.", size="insert", duration=3)
    assert (made["description"], made["size"], made["duration"]) == ("The lamp, close.", "insert", 3)
    assert {made["provenance"][field] for field in ("description", "size", "duration")} == {"human"}
    assert made["provenance"]["movement"] == "rules"


async def test_half_a_speech_is_refused_and_the_fix_completes_it(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    path = f"scenes/{elements[0]['scene_id']}/shots"
    before = await shots_of(client, elements[0]["scene_id"])
    refused = await client.post(path, json={"element_ids": ids(elements, 0, 3)})
    assert (refused.status_code, refused.json()["code"]) == (409, "shots.speech_divided")
    assert refused.json()["element_ids"] == ids(elements, 0, 1, 2, 3)
    assert await shots_of(client, elements[0]["scene_id"]) == before
    assert (await client.post(path, json={"element_ids": refused.json()["element_ids"]})).status_code == 201


async def test_elements_of_another_scene_are_refused(
    client: httpx2.AsyncClient, project_id: str, elements: list[dict[str, Any]]
) -> None:
    other = (await scenes_of(client, project_id))[1]["id"]
    refused = await client.post(f"scenes/{other}/shots", json={"element_ids": ids(elements, 0)})
    assert (refused.status_code, refused.json()["code"]) == (422, "shots.foreign_elements")
    assert refused.json()["errors"][0]["loc"] == ["body", "element_ids", 0]


async def test_a_shot_needs_words_or_elements(client: httpx2.AsyncClient, elements: list[dict[str, Any]]) -> None:
    refused = await client.post(f"scenes/{elements[0]['scene_id']}/shots", json={})
    assert refused.status_code == 422


async def test_a_shot_covers_more_and_the_neighbour_less(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    first, second, _ = await lay_out(client, elements, (0,), (1, 2, 3, 4), (5, 6, 7))
    answer = await client.put(f"shots/{first['id']}/elements", json={"element_ids": ids(elements, 0, 1, 2, 3)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["element_ids"] == ids(elements, 0, 1, 2, 3)
    assert said(answer.json()) == SPEECH
    assert [one["id"] for one in answer.json()["changed_shots"]] == [second["id"]]
    less = (await client.get(f"shots/{second['id']}")).json()
    assert (less["element_ids"], less["dialogue"]) == (ids(elements, 4), [])
    assert "lamp" in less["description"]


async def test_a_shot_does_not_give_up_what_no_other_covers_unless_told(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    first, *_ = await lay_out(client, elements, (0, 1, 2, 3), (4, 5, 6, 7))
    path = f"shots/{first['id']}/elements"
    refused = await client.put(path, json={"element_ids": ids(elements, 0)})
    assert (refused.status_code, refused.json()["code"]) == (409, "shots.would_uncover")
    assert refused.json()["element_ids"] == ids(elements, 1, 2, 3)
    allowed = await client.put(path, json={"element_ids": ids(elements, 0), "leave_uncovered": True})
    assert allowed.status_code == 200
    found = await elements_of(client, elements[0]["scene_id"])
    assert [element["is_covered"] for element in found] == [True, False, False, False, True, True, True, True]


async def test_a_split_shot_shares_its_elements_and_both_have_the_slots(
    world: World, client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    shot, *_ = await lay_out(client, elements, (0, 1, 2, 3, 4), (5, 6, 7))
    await client.patch(f"shots/{shot['id']}", json={"description": "My own words."})
    answer = await client.post(f"shots/{shot['id']}/split", json={"element_id": elements[4]["id"]})
    assert answer.status_code == 200, answer.text
    first, second = answer.json()["first"], answer.json()["second"]
    assert (first["id"], first["element_ids"]) == (shot["id"], ids(elements, 0, 1, 2, 3))
    assert second["element_ids"] == ids(elements, 4)
    assert first["description"] == "My own words."
    assert "lamp" in second["description"]
    assert second["sequence_number"] == first["sequence_number"] + 1
    assert second["provenance"]["anchors"] == first["provenance"]["anchors"] == "human"
    assert (said(first), said(second)) == (SPEECH, "")


async def test_the_document_of_a_split_shot_is_stale_and_the_second_has_none(
    world: World, client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    shot, *_ = await lay_out(client, elements, (0, 1, 2, 3, 4), (5, 6, 7))
    await client.post(f"shots/{shot['id']}/generate-flow?engine=rules")
    await world.run_jobs()
    assert (await client.get(f"shots/{shot['id']}")).json()["stale_causes"] == []
    halves = (await client.post(f"shots/{shot['id']}/split", json={"element_id": elements[4]["id"]})).json()
    assert halves["first"]["stale_causes"] == ["shot"]
    assert halves["first"]["veo_json_payload"] is not None
    assert (halves["second"]["veo_json_payload"], halves["second"]["status"]) == (None, "draft")


async def test_a_long_speech_is_divided_only_at_a_sentence_and_shown_as_divided(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    scene_id = elements[0]["scene_id"]
    _, shot, _ = await lay_out(client, elements, (0,), (1, 2, 3), (4, 5, 6, 7))
    path = f"shots/{shot['id']}/split"
    for body in ({"offset": 5}, {}):
        refused = await client.post(path, json={"element_id": elements[3]["id"], **body})
        assert (refused.status_code, refused.json()["code"]) == (409, "shots.no_split_there")
    points = (await client.get(f"shots/{shot['id']}/split-points")).json()["items"]
    assert [(point["element_id"], point["offset"]) for point in points] == [
        (elements[3]["id"], SPEECH.index("The pressure")),
        (elements[3]["id"], SPEECH.index("Listen")),
    ]
    assert points[0]["after"].startswith("The pressure")
    answer = await client.post(path, json={"element_id": elements[3]["id"], "offset": points[0]["offset"]})
    first, second = answer.json()["first"], answer.json()["second"]
    assert said(first) == "Not tonight."
    assert said(second) == SPEECH.removeprefix("Not tonight. ")
    assert {line["character"] for line in second["dialogue"]} == {"INES"}
    assert first["element_parts"] == [{"element_id": elements[3]["id"], "start": 0, "end": 13}]
    assert second["element_parts"] == [{"element_id": elements[3]["id"], "start": 13, "end": len(SPEECH)}]
    assert all(element["is_covered"] for element in await elements_of(client, scene_id))
    await client.delete(f"shots/{second['id']}")
    uncovered = [e["id"] for e in await elements_of(client, scene_id) if not e["is_covered"]]
    assert uncovered == ids(elements, 3)


async def test_merged_parts_of_a_speech_are_whole_again(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    _, shot, _ = await lay_out(client, elements, (0,), (1, 2, 3), (4, 5, 6, 7))
    point = (await client.get(f"shots/{shot['id']}/split-points")).json()["items"][0]
    body = {"element_id": point["element_id"], "offset": point["offset"]}
    second = (await client.post(f"shots/{shot['id']}/split", json=body)).json()["second"]
    answer = await client.post(f"shots/{shot['id']}/merge", json={"with": second["id"]})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["element_parts"], said(answer.json())) == ([], SPEECH)
    assert answer.json()["element_ids"] == ids(elements, 1, 2, 3)
    assert [one["id"] for one in answer.json()["archived_shots"]] == [second["id"]]


async def test_merging_joins_elements_words_seconds_and_dialogue_in_order(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    first, second, third = await lay_out(client, elements, (0, 1, 2, 3), (4, 5, 6), (7,))
    answer = await client.post(f"shots/{second['id']}/merge", json={"with": first["id"]})
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert made["id"] == second["id"]
    assert made["element_ids"] == ids(elements, 0, 1, 2, 3, 4, 5, 6)
    assert said(made) == f"{SPEECH} Then we wait."
    assert made["description"] == f"{first['description']} {second['description']}"
    assert made["duration"] == first["duration"] + second["duration"]
    assert made["size"] == first["size"]
    standing = await shots_of(client, elements[0]["scene_id"])
    assert [(shot["id"], shot["sequence_number"]) for shot in standing] == [(second["id"], 1), (third["id"], 2)]


async def test_only_neighbours_are_merged(client: httpx2.AsyncClient, elements: list[dict[str, Any]]) -> None:
    first, _, third = await lay_out(client, elements, (0,), (1, 2, 3), (4, 5, 6, 7))
    refused = await client.post(f"shots/{first['id']}/merge", json={"with": third["id"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "shots.not_neighbours")
    refused = await client.post(f"shots/{first['id']}/merge", json={"with": first["id"]})
    assert refused.status_code == 404


@pytest.mark.parametrize("operation", ["split", "merge", "cover"])
async def test_what_a_person_arranged_is_kept_by_a_new_breakdown(
    world: World, client: httpx2.AsyncClient, project_id: str, elements: list[dict[str, Any]], operation: str
) -> None:
    scene_id = elements[0]["scene_id"]
    shots = await shots_of(client, scene_id)
    whole = next(shot for shot in shots if len(shot["element_ids"]) > 1)
    if operation == "split":
        point = (await client.get(f"shots/{whole['id']}/split-points")).json()["items"][0]
        body = {"element_id": point["element_id"], "offset": point["offset"]}
        assert (await client.post(f"shots/{whole['id']}/split", json=body)).status_code == 200
    elif operation == "merge":
        other = next(s for s in shots if abs(s["sequence_number"] - whole["sequence_number"]) == 1)
        assert (await client.post(f"shots/{whole['id']}/merge", json={"with": other["id"]})).status_code == 200
    else:
        body = {"element_ids": ids(elements, 0, 1, 2, 3), "leave_uncovered": True}
        assert (await client.put(f"shots/{whole['id']}/elements", json=body)).status_code == 200
    kept = (await client.get(f"shots/{whole['id']}")).json()
    await client.post(f"projects/{project_id}/breakdowns", json={"engine": "rules", "scene_ids": [scene_id]})
    await world.run_jobs()
    after = next(shot for shot in await shots_of(client, scene_id) if shot["id"] == whole["id"])
    assert (after["element_ids"], after["description"]) == (kept["element_ids"], kept["description"])


async def test_two_marks_at_once_leave_every_speech_in_one_shot(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    path = f"scenes/{elements[0]['scene_id']}/shots"
    wanted = [ids(elements, 0, 1, 2, 3), ids(elements, 1, 2, 3, 4), ids(elements, 4, 5, 6), ids(elements, 5, 6, 7)]
    answers = await asyncio.gather(*(client.post(path, json={"element_ids": one}) for one in wanted))
    assert [answer.status_code for answer in answers] == [201] * 4
    found = await elements_of(client, elements[0]["scene_id"])
    assert all(element["is_covered"] for element in found)
    assert all(len(element["shot_ids"]) == 1 for element in found)
    standing = await shots_of(client, elements[0]["scene_id"])
    assert [shot["sequence_number"] for shot in standing] == list(range(1, len(standing) + 1))


async def test_two_splits_and_a_merge_at_once_never_double_a_speech(
    client: httpx2.AsyncClient, elements: list[dict[str, Any]]
) -> None:
    shot, other = await lay_out(client, elements, (0, 1, 2, 3, 4), (5, 6, 7))
    body = {"element_id": elements[4]["id"]}
    answers = await asyncio.gather(
        client.post(f"shots/{shot['id']}/split", json=body),
        client.post(f"shots/{shot['id']}/split", json=body),
        client.post(f"shots/{shot['id']}/merge", json={"with": other["id"]}),
    )
    assert all(answer.status_code in (200, 404, 409) for answer in answers), [answer.text for answer in answers]
    standing = await shots_of(client, elements[0]["scene_id"])
    assert said(*standing) == f"{SPEECH} Then we wait."
    assert all(element["is_covered"] for element in await elements_of(client, elements[0]["scene_id"]))


YARD = b"""\
INT. HALL - DAY

MARA
Hello, is anybody there today?

EXT. YARD - DAY

Mara crosses the yard with a heavy bucket in her hand.

JON
There you are, at last, with the water.
"""


async def test_who_is_seen_without_speaking_in_the_scene_stays_in_a_shot_arranged_by_hand(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script(YARD)
    _, yard = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    first = (await client.get(f"scenes/{yard['id']}/elements")).json()["items"][0]
    made = await client.post(f"scenes/{yard['id']}/shots", json={"element_ids": [first["id"]]})
    assert made.json()["characters"] == ["MARA"]


async def test_a_shot_is_not_moved_into_the_bin(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job: Any = await import_script(YARD)
    hall, _ = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    await client.post(f"breakdown-runs/{job['result']['run_id']}/revert", json={})
    barn = (await client.post(f"projects/{project_id}/scenes", json={"slugline": "INT. BARN - DAY"})).json()
    shot = (await client.post(f"scenes/{barn['id']}/shots", json={"description": "Straw."})).json()
    answer = await client.post(f"shots/{shot['id']}/move", json={"scene_id": hall["id"], "position": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "scenes.in_bin")
