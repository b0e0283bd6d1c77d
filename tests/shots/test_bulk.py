"""Many shots at once: all of them or none, and deletions that can be taken back."""

import asyncio
from typing import Any

import httpx2
import pytest

from tests.conftest import Import, World
from tests.support.images import portrait_png


async def shots_of(client: httpx2.AsyncClient, project_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"projects/{project_id}/shots")).json()["items"]
    return found


async def ingredient(client: httpx2.AsyncClient, project_id: str, name: str) -> str:
    answer = await client.post(
        "assets/upload",
        files={"file": (f"{name}.png", portrait_png(300, 400))},
        data={"project_id": project_id, "name": name, "type": "Object"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def change(client: httpx2.AsyncClient, project_id: str, shot_ids: list[str], **values: Any) -> httpx2.Response:
    return await client.patch(f"projects/{project_id}/shots", json={"shot_ids": shot_ids, "set": values})


async def test_one_change_reaches_every_named_shot_and_no_other(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    first, second, *others = await shots_of(client, project_id)
    answer = await change(client, project_id, [first["id"], second["id"]], duration=6, size="wide", movement=None)
    assert answer.json() == {"shot_ids": [first["id"], second["id"]]}
    one, two, *rest = await shots_of(client, project_id)
    for shot in (one, two):
        assert (shot["duration"], shot["size"], shot["movement"]) == (6, "wide", None)
        assert {shot["provenance"][field] for field in ("duration", "size", "movement")} == {"human"}
        assert shot["provenance"]["description"] == "rules"
    assert rest == others


async def test_a_slot_is_filled_in_all_or_in_none(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    lamp, door = await ingredient(client, project_id, "Lamp"), await ingredient(client, project_id, "Door")
    first, second, *_ = await shots_of(client, project_id)
    ids = [first["id"], second["id"]]
    assert (await change(client, project_id, ids, slot={"number": 2, "ingredient_id": lamp})).status_code == 200
    await client.patch(f"shots/{second['id']}", json={"assigned_ingredients": [door, lamp, None]})
    before = await shots_of(client, project_id)
    refused = await change(client, project_id, ids, duration=3, slot={"number": 3, "ingredient_id": door})
    assert (refused.status_code, refused.json()["code"]) == (422, "shots.bulk_refused")
    [error] = refused.json()["errors"]
    assert error["loc"] == ["body", "shot_ids", 1]
    assert second["number"] in error["msg"]
    assert await shots_of(client, project_id) == before
    assert (await change(client, project_id, ids, slot={"number": 2, "ingredient_id": None})).status_code == 200
    assert [shot["assigned_ingredients"] for shot in (await shots_of(client, project_id))[:2]] == [
        [None, None, None],
        [door, None, None],
    ]


async def test_shots_and_ingredients_of_other_projects_are_refused_by_name(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    shot = (await shots_of(client, project_id))[0]
    other = (await client.post("projects", json={"name": "Other"})).json()["id"]
    refused = await change(client, other, [shot["id"]], duration=6)
    assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, ["body", "shot_ids", 0])
    lamp = await ingredient(client, other, "Lamp")
    refused = await change(client, project_id, [shot["id"]], slot={"number": 1, "ingredient_id": lamp})
    assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, ["body", "set", "slot", "ingredient_id"])
    for path in ("delete", "restore"):
        answer = await client.post(f"projects/{other}/shots/{path}", json={"shot_ids": [shot["id"]]})
        assert answer.status_code in (409, 422)


@pytest.mark.parametrize("values", [{}, {"slot": None}, {"description": "x"}, {"duration": 0}])
async def test_a_change_that_changes_nothing_is_refused(
    client: httpx2.AsyncClient, project_id: str, values: dict[str, Any]
) -> None:
    answer = await change(client, project_id, [project_id], **values)
    assert answer.status_code == 422


async def test_deleted_shots_come_back_where_they_were(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    before = await shots_of(client, project_id)
    ids = [before[0]["id"], before[-1]["id"]]
    assert (await client.post(f"projects/{project_id}/shots/delete", json={"shot_ids": ids})).status_code == 200
    left = await shots_of(client, project_id)
    assert not {shot["id"] for shot in left} & set(ids)
    assert (await client.get(f"shots/{ids[0]}")).status_code == 404
    scene = (await client.get(f"scenes/{before[-1]['scene_id']}")).json()
    assert scene["uncovered_count"] > 0
    assert (await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": ids})).status_code == 200
    assert await shots_of(client, project_id) == before


async def test_a_shot_deleted_alone_comes_back_too(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    before = await shots_of(client, project_id)
    await client.delete(f"shots/{before[1]['id']}")
    await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": [before[1]["id"]]})
    assert await shots_of(client, project_id) == before
    again = await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": [before[1]["id"]]})
    assert (again.status_code, again.json()["code"]) == (409, "shots.not_in_archive")


async def test_a_speech_covered_meanwhile_stays_where_it_is_when_a_shot_comes_back(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    mine = next(shot for shot in await shots_of(client, project_id) if shot["dialogue"])
    await client.post(f"projects/{project_id}/shots/delete", json={"shot_ids": [mine["id"]]})
    items = (await client.get(f"scenes/{mine['scene_id']}/elements")).json()["items"]
    speech = [element["id"] for element in items if element["character"]]
    made = await client.post(f"scenes/{mine['scene_id']}/shots", json={"element_ids": speech})
    await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": [mine["id"]]})
    items = (await client.get(f"scenes/{mine['scene_id']}/elements")).json()["items"]
    assert {tuple(element["shot_ids"]) for element in items if element["character"]} == {(made.json()["id"],)}
    back = (await client.get(f"shots/{mine['id']}")).json()
    assert back["dialogue"] == []
    assert back["description"] == mine["description"]


async def test_a_shot_comes_back_without_an_ingredient_deleted_meanwhile(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    lamp = await ingredient(client, project_id, "Lamp")
    shot = (await shots_of(client, project_id))[0]
    await client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": [None, lamp]})
    await client.post(f"projects/{project_id}/shots/delete", json={"shot_ids": [shot["id"]]})
    assert (await client.delete(f"assets/{lamp}")).status_code == 204
    await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": [shot["id"]]})
    assert (await client.get(f"shots/{shot['id']}")).json()["assigned_ingredients"] == [None, None, None]


async def test_a_shot_that_was_being_compiled_does_not_come_back_as_working(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    shot = (await shots_of(client, project_id))[0]
    await client.post(f"shots/{shot['id']}/generate-flow?engine=rules")
    await client.post(f"projects/{project_id}/shots/delete", json={"shot_ids": [shot["id"]]})
    await world.run_jobs()
    await client.post(f"projects/{project_id}/shots/restore", json={"shot_ids": [shot["id"]]})
    assert (await client.get(f"shots/{shot['id']}")).json()["status"] == "draft"


async def test_two_restores_at_once_bring_a_shot_back_once(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    before = await shots_of(client, project_id)
    body = {"shot_ids": [before[0]["id"]]}
    await client.post(f"projects/{project_id}/shots/delete", json=body)
    answers = await asyncio.gather(*(client.post(f"projects/{project_id}/shots/restore", json=body) for _ in range(3)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert await shots_of(client, project_id) == before


async def break_down(world: World, client: httpx2.AsyncClient, project_id: str, scene_id: str) -> str:
    body = {"engine": "rules", "scene_ids": [scene_id]}
    job_id = (await client.post(f"projects/{project_id}/breakdowns", json=body)).json()["job_id"]
    await world.run_jobs()
    return str((await client.get(f"jobs/{job_id}")).json()["result"]["run_id"])


async def test_a_shot_marked_over_a_runs_shots_is_taken_back_with_the_run_only_when_asked(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    before = await shots_of(client, project_id)
    scene_id = next(shot["scene_id"] for shot in before if shot["dialogue"])
    run_id = await break_down(world, client, project_id, scene_id)
    items = (await client.get(f"scenes/{scene_id}/elements")).json()["items"]
    speech = [element["id"] for element in items if element["character"]]
    made = (await client.post(f"scenes/{scene_id}/shots", json={"element_ids": speech})).json()
    refused = await client.post(f"breakdown-runs/{run_id}/revert", json={})
    assert (refused.status_code, refused.json()["shot_numbers"]) == (409, [made["number"]])
    assert (await client.post(f"breakdown-runs/{run_id}/revert", json={"discard_edited": True})).status_code == 200
    assert await shots_of(client, project_id) == before


async def test_a_reverted_run_leaves_the_speech_to_the_shot_that_was_marked_where_none_was(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    scene_id = next(shot["scene_id"] for shot in await shots_of(client, project_id) if shot["dialogue"])
    run_id = await break_down(world, client, project_id, scene_id)
    own = [shot["id"] for shot in await shots_of(client, project_id) if shot["scene_id"] == scene_id]
    await client.post(f"projects/{project_id}/shots/delete", json={"shot_ids": own})
    items = (await client.get(f"scenes/{scene_id}/elements")).json()["items"]
    speech = [element["id"] for element in items if element["character"]]
    made = (await client.post(f"scenes/{scene_id}/shots", json={"element_ids": speech})).json()
    assert (await client.post(f"breakdown-runs/{run_id}/revert", json={})).status_code == 200
    items = (await client.get(f"scenes/{scene_id}/elements")).json()["items"]
    assert all(element["is_covered"] for element in items)
    assert {tuple(element["shot_ids"]) for element in items if element["character"]} == {(made["id"],)}
