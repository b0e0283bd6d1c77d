"""Scenes through the API."""

import asyncio
import uuid
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from tests.conftest import Import, World
from tests.scripts.test_runs import wait_for_a_lock


async def order(client: httpx2.AsyncClient, project_id: str) -> list[tuple[int, str]]:
    items = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    return [(scene["sequence_number"], scene["slugline"]) for scene in items]


async def made(client: httpx2.AsyncClient, project_id: str, slugline: str, **more: object) -> str:
    answer = await client.post(f"projects/{project_id}/scenes", json={"slugline": slugline, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_scenes_stay_numbered_without_gaps(client: httpx2.AsyncClient, project_id: str) -> None:
    first, last = await made(client, project_id, "A"), await made(client, project_id, "C")
    await made(client, project_id, "B", position=2)
    assert await order(client, project_id) == [(1, "A"), (2, "B"), (3, "C")]
    assert (await client.delete(f"scenes/{first}")).status_code == 204
    assert await order(client, project_id) == [(1, "B"), (2, "C")]
    assert (await client.get(f"scenes/{last}")).json()["number"] == "2"


async def test_reordering_wants_exactly_the_projects_scenes(client: httpx2.AsyncClient, project_id: str) -> None:
    ids = [await made(client, project_id, name) for name in "ABC"]
    answer = await client.post(f"projects/{project_id}/scenes/reorder", json={"scene_ids": ids[::-1]})
    assert [scene["slugline"] for scene in answer.json()["items"]] == ["C", "B", "A"]
    refused = await client.post(f"projects/{project_id}/scenes/reorder", json={"scene_ids": ids[:2]})
    assert (refused.status_code, refused.json()["code"]) == (409, "scenes.order_mismatch")
    assert await order(client, project_id) == [(1, "C"), (2, "B"), (3, "A")]


async def test_deleting_a_scene_deletes_its_shots(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    scene = (await client.get(f"projects/{project_id}/scenes")).json()["items"][0]
    assert scene["shot_count"] > 0
    await client.delete(f"scenes/{scene['id']}")
    assert await world.sql("SELECT id FROM shots WHERE scene_id = :id", id=uuid.UUID(scene["id"])) == []
    assert (await client.get(f"scenes/{scene['id']}/shots")).status_code == 404


async def test_slugline_and_text_change_one_at_a_time(client: httpx2.AsyncClient, project_id: str) -> None:
    scene = await made(client, project_id, "INT. ROOM - DAY", raw_content="Rain.")
    changed = (await client.patch(f"scenes/{scene}", json={"slugline": "INT. ROOM - NIGHT"})).json()
    assert (changed["slugline"], changed["raw_content"]) == ("INT. ROOM - NIGHT", "Rain.")
    emptied = (await client.patch(f"scenes/{scene}", json={"raw_content": None})).json()
    assert (emptied["slugline"], emptied["raw_content"]) == ("INT. ROOM - NIGHT", None)


async def test_a_second_screenplay_goes_after_the_first(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    await import_script(b"INT. ATTIC - DAWN\n\nDust falls.\n", "more.fountain")
    found = await order(client, project_id)
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert found[3] == (4, "INT. ATTIC - DAWN")


async def _numbers(client: httpx2.AsyncClient, project_id: str) -> list[str]:
    return [scene["number"] for scene in (await client.get(f"projects/{project_id}/scenes")).json()["items"]]


async def _three_scenes(client: httpx2.AsyncClient, project_id: str) -> list[str]:
    return [
        (await client.post(f"projects/{project_id}/scenes", json={"slugline": f"INT. ROOM {n} - DAY"})).json()["id"]
        for n in range(3)
    ]


async def test_scenes_are_numbered_anew_and_their_shots_follow(client: httpx2.AsyncClient, project_id: str) -> None:
    ids = await _three_scenes(client, project_id)
    shot = (await client.post(f"scenes/{ids[1]}/shots", json={"description": "A door."})).json()
    answer = await client.post(f"projects/{project_id}/scenes/renumber", json={"start": 40})
    assert [scene["number"] for scene in answer.json()["items"]] == ["40", "41", "42"]
    assert (await client.get(f"shots/{shot['id']}")).json()["number"] == "41A"


async def test_numbering_anew_can_be_taken_back(client: httpx2.AsyncClient, project_id: str) -> None:
    ids = await _three_scenes(client, project_id)
    url = f"projects/{project_id}/scenes/renumber"
    first = (await client.post(url, json={"start": 5})).json()
    assert first["before"] == dict.fromkeys(ids), "a project without numbers of its own"
    await client.patch(f"scenes/{ids[2]}", json={"number": "6A"})
    second = (await client.post(url, json={})).json()
    assert second["before"] == dict(zip(ids, ["5", "6", "6A"], strict=True))
    undone = await client.post(url, json={"numbers": second["before"]})
    assert [scene["number"] for scene in undone.json()["items"]] == ["5", "6", "6A"]
    await client.post(url, json={"numbers": first["before"]})
    await client.post(f"projects/{project_id}/scenes/reorder", json={"scene_ids": ids[::-1]})
    assert await _numbers(client, project_id) == ["1", "2", "3"], "counted again"


@pytest.mark.parametrize("wrong", ["missing", "twice", "some"])
async def test_numbers_that_do_not_fit_the_scenes_are_refused(
    client: httpx2.AsyncClient, project_id: str, wrong: str
) -> None:
    ids = await _three_scenes(client, project_id)
    numbers: dict[str, str | None] = dict(zip(ids, ["7", "8", "9"], strict=True))
    if wrong == "missing":
        del numbers[ids[0]]
    else:
        numbers[ids[0]] = "8" if wrong == "twice" else None
    refused = await client.post(f"projects/{project_id}/scenes/renumber", json={"numbers": numbers})
    assert (refused.status_code, refused.json()["code"]) == (409, "scenes.numbers_mismatch")
    assert await _numbers(client, project_id) == ["1", "2", "3"]


async def test_a_scene_gets_a_number_of_its_own_and_the_others_keep_theirs(
    client: httpx2.AsyncClient, project_id: str
) -> None:
    ids = await _three_scenes(client, project_id)
    answer = await client.patch(f"scenes/{ids[1]}", json={"number": "1a"})
    assert answer.json()["number"] == "1A"
    assert await _numbers(client, project_id) == ["1", "1A", "3"]
    await client.post(f"projects/{project_id}/scenes/reorder", json={"scene_ids": [ids[2], ids[0], ids[1]]})
    assert await _numbers(client, project_id) == ["3", "1", "1A"], "a number of its own moves with the scene"


async def test_a_number_is_given_once(client: httpx2.AsyncClient, project_id: str) -> None:
    ids = await _three_scenes(client, project_id)
    refused = await client.patch(f"scenes/{ids[1]}", json={"number": "3", "slugline": "INT. HALL - DAY"})
    assert (refused.status_code, refused.json()["code"]) == (409, "scenes.number_taken")
    assert (await client.get(f"scenes/{ids[1]}")).json()["slugline"] == "INT. ROOM 1 - DAY"
    assert (await client.patch(f"scenes/{ids[1]}", json={"number": "2"})).status_code == 200


@pytest.mark.parametrize("number", ["", "twelve", "12-A", "12 A", "123456"])
async def test_a_number_looks_like_one(client: httpx2.AsyncClient, project_id: str, number: str) -> None:
    ids = await _three_scenes(client, project_id)
    assert (await client.patch(f"scenes/{ids[0]}", json={"number": number})).status_code == 422


async def test_of_two_changes_that_wait_for_each_other_one_is_told_to_try_again(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    ids = [await made(client, project_id, slugline) for slugline in ("INT. HALL - DAY", "EXT. YARD - DAY")]
    body = {"scene_ids": ids[::-1]}
    async with world.resources.engine.connect() as other:
        # The request notices first.
        await other.execute(text("SET LOCAL deadlock_timeout = '20s'"))
        pid = await other.scalar(text("SELECT pg_backend_pid()"))
        await other.execute(text("SELECT 1 FROM scenes WHERE id = :id FOR UPDATE").bindparams(id=UUID(ids[1])))
        ordering = asyncio.create_task(client.post(f"projects/{project_id}/scenes/reorder", json=body))
        await wait_for_a_lock(world, pid or 0)
        await other.execute(text("SELECT 1 FROM projects WHERE id = :id FOR UPDATE").bindparams(id=UUID(project_id)))
        answer = await ordering
        await other.rollback()
    assert (answer.status_code, answer.json()["code"]) == (503, "database.busy")
    assert answer.headers["Retry-After"] == "1"
    assert (await client.post(f"projects/{project_id}/scenes/reorder", json=body)).status_code == 200
