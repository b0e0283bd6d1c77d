"""Breakdown runs through the API: what a person edited stays, and a run is taken back as a whole."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from backend.jobs import repository as job_rows
from scripts.bench.statements import recorded
from tests.conftest import Import, World


async def shots_of(client: httpx2.AsyncClient, project_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get(f"projects/{project_id}/shots")).json()["items"]
    return items


async def scene_ids_of(client: httpx2.AsyncClient, project_id: str) -> list[str]:
    return [scene["id"] for scene in (await client.get(f"projects/{project_id}/scenes")).json()["items"]]


async def break_down(world: World, client: httpx2.AsyncClient, project_id: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"projects/{project_id}/breakdowns", json={"engine": "rules", **body})
    assert answer.status_code == 202, answer.text
    await world.run_jobs()
    job: dict[str, Any] = (await client.get(f"jobs/{answer.json()['job_id']}")).json()
    assert job["status"] == "succeeded", job
    return job


async def begin_breakdown(world: World, client: httpx2.AsyncClient, project_id: str, scene_ids: list[str]) -> str:
    """A breakdown whose parts are handed out and not begun; the job's id."""
    body = {"engine": "rules", "scene_ids": scene_ids}
    answer = await client.post(f"projects/{project_id}/breakdowns", json=body)
    async with world.resources.db.transaction() as session:
        [(first, _)] = await job_rows.due(session, 10)
    await world.runner.run(first)
    job_id: str = answer.json()["job_id"]
    return job_id


async def test_every_element_of_an_import_is_covered_and_every_speech_once(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    page = (await client.get(f"scripts/{job['subject_id']}/elements")).json()
    assert page["total"] == page["covered_count"] == len(page["items"]) == 5
    assert [(e["type"], e["line_start"]) for e in page["items"]] == [
        ("action", 5),
        ("character", 7),
        ("dialogue", 8),
        ("action", 12),
        ("action", 16),
    ]
    speech = page["items"][2]
    assert len(speech["shot_ids"]) == 1
    shots = {shot["id"]: shot for shot in await shots_of(client, project_id)}
    assert speech["id"] in shots[speech["shot_ids"][0]]["element_ids"]
    for scene in (await client.get(f"projects/{project_id}/scenes")).json()["items"]:
        assert scene["uncovered_count"] == 0
        own = (await client.get(f"scenes/{scene['id']}/elements")).json()
        assert own["total"] == scene["element_count"]


async def test_the_original_file_is_kept_in_the_object_store(
    world: World, client: httpx2.AsyncClient, import_script: Import
) -> None:
    data = "INT. CAFÉ - DAY\r\n\r\nIl pleut.\r\n".encode("cp1252")
    job = await import_script(data, "cafe.txt")
    [(key, held)] = await world.sql("SELECT s3_key, source FROM scripts WHERE id = :id", id=job["subject_id"])
    assert held is None
    assert await world.resources.storage.get_bytes(str(key)) == data


async def test_a_rerun_keeps_what_a_person_edited_and_covers_the_rest(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    first, *_ = await scene_ids_of(client, project_id)
    before = [shot for shot in await shots_of(client, project_id) if shot["scene_id"] == first]
    mine = next(shot for shot in before if shot["dialogue"])
    await client.patch(f"shots/{mine['id']}", json={"description": "Ines at the wheel, close."})
    await break_down(world, client, project_id, scene_ids=[first])
    after = [shot for shot in await shots_of(client, project_id) if shot["scene_id"] == first]
    kept = next(shot for shot in after if shot["id"] == mine["id"])
    assert kept["description"] == "Ines at the wheel, close."
    assert kept["provenance"]["description"] == "human"
    assert {shot["id"] for shot in before} & {shot["id"] for shot in after} == {mine["id"]}
    covered = [element for shot in after for element in shot["element_ids"]]
    assert len(covered) >= 3
    own = (await client.get(f"scenes/{first}/elements")).json()
    assert own["covered_count"] == own["total"]
    assert [len(e["shot_ids"]) for e in own["items"] if e["type"] == "dialogue"] == [1]
    assert [shot["sequence_number"] for shot in after] == list(range(1, len(after) + 1))


async def test_a_rerun_replaces_edited_shots_when_asked(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    first, *_ = await scene_ids_of(client, project_id)
    mine = (await shots_of(client, project_id))[0]
    await client.patch(f"shots/{mine['id']}", json={"description": "Ines at the wheel, close."})
    await break_down(world, client, project_id, scene_ids=[first], replace_edited=True)
    assert mine["id"] not in {shot["id"] for shot in await shots_of(client, project_id)}


async def test_a_reverted_rerun_brings_back_the_shots_as_they_were(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    scenes = await scene_ids_of(client, project_id)
    before = await shots_of(client, project_id)
    job = await break_down(world, client, project_id, scene_ids=scenes)
    assert {shot["id"] for shot in before}.isdisjoint(shot["id"] for shot in await shots_of(client, project_id))
    run_id = job["result"]["run_id"]
    answer = await client.post(f"breakdown-runs/{run_id}/revert", json={})
    assert answer.status_code == 200, answer.text
    assert answer.json()["reverted_at"]
    assert await shots_of(client, project_id) == before
    again = await client.post(f"breakdown-runs/{run_id}/revert", json={})
    assert (again.status_code, again.json()["code"]) == (409, "shots.run_reverted")


async def test_a_run_whose_shots_were_worked_on_is_reverted_only_when_asked(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    scenes = await scene_ids_of(client, project_id)
    job = await break_down(world, client, project_id, scene_ids=scenes[:1])
    shot = (await shots_of(client, project_id))[0]
    await client.patch(f"shots/{shot['id']}", json={"duration": 6})
    path = f"breakdown-runs/{job['result']['run_id']}/revert"
    refused = await client.post(path, json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "shots.edited_since")
    assert refused.json()["shot_numbers"] == [shot["number"]]
    assert (await client.post(path, json={"discard_edited": True})).status_code == 200
    assert shot["id"] not in {one["id"] for one in await shots_of(client, project_id)}
    assert await world.sql("SELECT count(*) FROM archived_shots WHERE id = :id", id=shot["id"]) == [(1,)]


async def test_a_reverted_import_puts_its_scenes_into_the_bin(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    other = await client.post(f"projects/{project_id}/scenes", json={"slugline": "INT. HALL - DAY"})
    assert other.status_code == 201
    result = job["result"]
    assert isinstance(result, dict)
    await client.post(f"breakdown-runs/{result['run_id']}/revert", json={})
    scenes = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    assert [(scene["slugline"], scene["sequence_number"]) for scene in scenes] == [("INT. HALL - DAY", 1)]
    assert await shots_of(client, project_id) == []
    project = (await client.get(f"projects/{project_id}")).json()
    assert (project["scene_count"], project["shot_count"]) == (1, 0)


async def test_runs_are_listed_newest_first(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    await break_down(world, client, project_id, scene_ids=await scene_ids_of(client, project_id))
    runs = (await client.get(f"projects/{project_id}/breakdown-runs")).json()
    assert [(run["kind"], run["label"]) for run in runs["items"]] == [
        ("scene", "3 scenes"),
        ("import", "two-rooms.fountain"),
    ]


@pytest.mark.parametrize("which", ["by_hand", "unknown"])
async def test_scenes_that_come_from_no_screenplay_are_not_broken_down(
    client: httpx2.AsyncClient, project_id: str, which: str
) -> None:
    answer = await client.post(f"projects/{project_id}/scenes", json={"slugline": "INT. HALL - DAY"})
    wanted = answer.json()["id"] if which == "by_hand" else project_id
    refused = await client.post(f"projects/{project_id}/breakdowns", json={"scene_ids": [wanted], "engine": "rules"})
    assert (refused.status_code, refused.json()["code"]) == (422, "scripts.nothing_to_break_down")


async def test_a_changed_script_element_makes_its_shots_stale_and_no_other(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    speech = (await client.get(f"scripts/{job['subject_id']}/elements")).json()["items"][2]
    await world.sql("UPDATE script_elements SET text = 'Tonight, then.' WHERE id = :id", id=speech["id"])
    shots = await shots_of(client, project_id)
    stale = [shot for shot in shots if shot["stale_causes"]]
    assert [shot["id"] for shot in stale] == speech["shot_ids"]
    assert stale[0]["stale_causes"] == ["script"]
    assert stale[0]["script_changes"] == [{"element_id": speech["id"], "change": "changed"}]
    await world.sql("DELETE FROM script_elements WHERE id = :id", id=speech["id"])
    gone = (await client.get(f"shots/{stale[0]['id']}")).json()
    assert gone["script_changes"] == [{"element_id": speech["id"], "change": "removed"}]


async def test_an_import_whose_cancel_came_too_late_is_not_imported_twice_by_its_retry(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    before = (await scene_ids_of(client, project_id), await shots_of(client, project_id))
    # A parent that says cancelled although all its parts succeeded.
    await world.sql("UPDATE jobs SET status = 'cancelled' WHERE id = :id", id=job["id"])
    answer = await client.post(f"jobs/{job['id']}/retry")
    assert answer.is_success, answer.text
    await world.run_jobs()
    assert (await client.get(f"jobs/{job['id']}")).json()["status"] == "succeeded"
    assert (await scene_ids_of(client, project_id), await shots_of(client, project_id)) == before


async def test_a_shot_in_another_scene_keeps_what_it_covers_whichever_scene_is_broken_down_again(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    first, second, _ = await scene_ids_of(client, project_id)
    speech = next(shot for shot in await shots_of(client, project_id) if shot["dialogue"])
    moved = await client.post(f"shots/{speech['id']}/move", json={"scene_id": second, "position": 1})
    assert moved.status_code == 200
    for scene_id in (first, second):
        await break_down(world, client, project_id, scene_ids=[scene_id])
        page = (await client.get(f"scripts/{job['subject_id']}/elements")).json()
        assert page["covered_count"] == page["total"]
        assert Counter(len(one["shot_ids"]) for one in page["items"] if one["type"] == "dialogue") == {1: 1}
    assert (await client.get(f"shots/{speech['id']}")).json()["scene_id"] == second


async def test_what_is_left_of_a_reverted_run_stores_nothing(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    before = await shots_of(client, project_id)
    job_id = await begin_breakdown(world, client, project_id, await scene_ids_of(client, project_id))
    job = (await client.get(f"jobs/{job_id}")).json()
    assert job["status"] == "running"
    assert (await client.post(f"breakdown-runs/{job['result']['run_id']}/revert", json={})).status_code == 200
    await world.run_jobs()
    assert (await client.get(f"jobs/{job_id}")).json()["status"] == "succeeded"
    assert await shots_of(client, project_id) == before


async def wait_for_a_lock(world: World, other_than: int) -> None:
    """Until a session waits for a row that another holds."""
    query = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <> :pid"
    while not await world.sql(query, pid=other_than):
        await asyncio.sleep(0.02)


async def test_a_part_that_waits_for_a_revert_holds_no_scene(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    job_id = await begin_breakdown(world, client, project_id, await scene_ids_of(client, project_id))
    run_id = (await client.get(f"jobs/{job_id}")).json()["result"]["run_id"]
    async with world.resources.engine.connect() as other:
        # As a revert does, before it takes the scenes.
        pid = await other.scalar(text("SELECT pg_backend_pid()"))
        await other.execute(text("SELECT 1 FROM breakdown_runs WHERE id = :id FOR UPDATE").bindparams(id=UUID(run_id)))
        working = asyncio.create_task(world.run_jobs())
        await wait_for_a_lock(world, pid or 0)
        await other.execute(text("SELECT id FROM scenes FOR UPDATE NOWAIT"))
        await other.commit()
        await working
    assert (await client.get(f"jobs/{job_id}")).json()["status"] == "succeeded"


async def test_words_that_change_while_shots_are_made_are_read_again(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    first, *_ = await scene_ids_of(client, project_id)
    await begin_breakdown(world, client, project_id, [first])
    async with world.resources.engine.connect() as other:
        pid = await other.scalar(text("SELECT pg_backend_pid()"))
        await other.execute(text("SELECT 1 FROM scenes WHERE id = :id FOR UPDATE").bindparams(id=UUID(first)))
        working = asyncio.create_task(world.run_jobs())
        await wait_for_a_lock(world, pid or 0)
        await other.execute(text("UPDATE script_elements SET text = 'Tonight, then.' WHERE type = 'dialogue'"))
        await other.commit()
        await working
    await world.sql("UPDATE jobs SET run_after = now() WHERE status = 'queued'")
    await world.run_jobs()
    shots = [shot for shot in await shots_of(client, project_id) if shot["scene_id"] == first]
    assert [line["line"] for shot in shots for line in shot["dialogue"]] == ["Tonight, then."]
    assert [shot["script_changes"] for shot in shots] == [[]] * len(shots)


async def test_a_scene_that_is_gone_does_not_keep_the_others_from_being_broken_down(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    scenes = await scene_ids_of(client, project_id)
    before = {shot["id"] for shot in await shots_of(client, project_id)}
    answer = await client.post(f"projects/{project_id}/breakdowns", json={"engine": "rules", "scene_ids": scenes})
    assert answer.status_code == 202
    await client.delete(f"scenes/{scenes[0]}")
    await world.run_jobs()
    job = (await client.get(f"jobs/{answer.json()['job_id']}")).json()
    assert (job["status"], job["result"]["scene_count"]) == ("succeeded", 2)
    assert before.isdisjoint(shot["id"] for shot in await shots_of(client, project_id))


async def test_scenes_in_the_bin_are_not_broken_down(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job: Any = await import_script()
    scenes = await scene_ids_of(client, project_id)
    await client.post(f"breakdown-runs/{job['result']['run_id']}/revert", json={})
    refused = await client.post(f"projects/{project_id}/breakdowns", json={"scene_ids": scenes, "engine": "rules"})
    assert (refused.status_code, refused.json()["code"]) == (422, "scripts.nothing_to_break_down")


async def test_the_scenes_of_a_reverted_import_come_back_in_any_order_to_their_places_with_their_shots(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job: Any = await import_script()
    scenes = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    shots = await shots_of(client, project_id)
    await client.post(f"breakdown-runs/{job['result']['run_id']}/revert", json={})
    assert await shots_of(client, project_id) == []
    for scene in reversed(scenes):
        assert (await client.post(f"scenes/{scene['id']}/restore")).status_code == 200
    assert (await client.get(f"projects/{project_id}/scenes")).json()["items"] == scenes
    assert await shots_of(client, project_id) == shots


@pytest.mark.parametrize("what", ["revert", "restore"])
async def test_taking_shots_back_costs_as_many_statements_for_many_as_for_few(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import, what: str
) -> None:
    counts: list[int] = []
    for speeches in (2, 30):
        speech = "INES\nI have waited for this boat for longer than anybody in this town can remember.\n\n"
        await import_script(f"INT. ENGINE ROOM {speeches} - NIGHT\n\n{speech * speeches}".encode())
        scene_id = (await scene_ids_of(client, project_id))[-1]
        if what == "revert":
            job = await break_down(world, client, project_id, scene_ids=[scene_id])
            with recorded(world.resources.engine) as sent:
                answer = await client.post(f"breakdown-runs/{job['result']['run_id']}/revert", json={})
        else:
            ids = [shot["id"] for shot in await shots_of(client, project_id) if shot["scene_id"] == scene_id]
            await client.post(f"projects/{project_id}/shots/delete", json={"shot_ids": ids})
            with recorded(world.resources.engine) as sent:
                answer = await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": ids})
        assert answer.status_code == 200, answer.text
        counts.append(len(sent))
    assert counts[0] == counts[1]


async def test_a_run_under_a_later_one_is_not_taken_back_before_it(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    scenes = await scene_ids_of(client, project_id)
    before = await shots_of(client, project_id)
    first = (await break_down(world, client, project_id, scene_ids=scenes))["result"]["run_id"]
    between = await shots_of(client, project_id)
    second = (await break_down(world, client, project_id, scene_ids=scenes[:1]))["result"]["run_id"]
    after = await shots_of(client, project_id)
    refused = await client.post(f"breakdown-runs/{first}/revert", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "shots.run_replaced")
    assert await shots_of(client, project_id) == after
    for run_id, shots in ((second, between), (first, before)):
        assert (await client.post(f"breakdown-runs/{run_id}/revert", json={})).status_code == 200
        assert await shots_of(client, project_id) == shots
