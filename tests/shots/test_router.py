"""Shots, their slots and their documents through the API."""

import asyncio
import uuid
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest

from backend.embedded.services import EmbeddedServices
from backend.shots.schemas import ShotDetail, ShotPage
from tests.conftest import Import, World, open_world, settings_for
from tests.support import images
from tests.support.scripted_ollama import scripted_ollama


async def scene_id(client: httpx2.AsyncClient, project_id: str, slugline: str = "INT. ENGINE ROOM - NIGHT") -> str:
    answer = await client.post(f"projects/{project_id}/scenes", json={"slugline": slugline})
    return str(answer.json()["id"])


async def shot_in(client: httpx2.AsyncClient, scene: str, description: str = "Ines turns a wheel.") -> dict[str, Any]:
    answer = await client.post(f"scenes/{scene}/shots", json={"description": description, "duration": 4})
    assert answer.status_code == 201, answer.text
    return {name: value for name, value in answer.json().items() if name in ShotDetail.model_fields}


async def ingredient(client: httpx2.AsyncClient, project_id: str, kind: str = "Character", name: str = "Ines") -> str:
    answer = await client.post(
        "assets/upload",
        files={"file": ("a.jpg", images.photograph_jpeg(640, 480))},
        data={"project_id": project_id, "type": kind, "name": name},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_what_postgres_writes_is_what_openapi_promises(
    client: httpx2.AsyncClient, project_id: str, import_script: Import, world: World
) -> None:
    await import_script()
    answer = await client.get(f"projects/{project_id}/shots", params={"limit": 2, "offset": 1})
    page = ShotPage.model_validate_json(answer.content)
    assert (len(page.items), page.limit, page.offset) == (2, 2, 1)
    shot = await client.get(f"shots/{page.items[0].id}")
    assert set(shot.json()) == set(ShotDetail.model_fields)
    ShotDetail.model_validate_json(shot.content)


async def test_shots_are_numbered_by_scene_and_letter_without_i_and_o(
    client: httpx2.AsyncClient, project_id: str
) -> None:
    scene = await scene_id(client, project_id)
    for _ in range(26):
        await shot_in(client, scene)
    numbers = [shot["number"] for shot in (await client.get(f"scenes/{scene}/shots")).json()["items"]]
    assert numbers == [f"1{letter}" for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"] + ["1AA", "1AB"]


async def test_a_shot_can_be_put_between_moved_and_deleted_without_gaps(
    client: httpx2.AsyncClient, project_id: str
) -> None:
    scene, other = await scene_id(client, project_id), await scene_id(client, project_id, "EXT. DECK - DAY")
    first, second = await shot_in(client, scene, "one"), await shot_in(client, scene, "two")
    await client.post(f"scenes/{scene}/shots", json={"description": "between", "position": 2})

    async def order(of: str) -> list[tuple[int, str]]:
        items = (await client.get(f"scenes/{of}/shots")).json()["items"]
        return [(shot["sequence_number"], shot["description"]) for shot in items]

    assert await order(scene) == [(1, "one"), (2, "between"), (3, "two")]
    moved = await client.post(f"shots/{first['id']}/move", json={"scene_id": other, "position": 9})
    assert moved.json()["number"] == "2A"
    assert (await order(scene), await order(other)) == ([(1, "between"), (2, "two")], [(1, "one")])
    assert (await client.delete(f"shots/{second['id']}")).status_code == 204
    assert await order(scene) == [(1, "between")]


async def test_reordering_wants_exactly_the_scenes_shots(client: httpx2.AsyncClient, project_id: str) -> None:
    scene = await scene_id(client, project_id)
    ids = [(await shot_in(client, scene, name))["id"] for name in ("one", "two", "three")]
    answer = await client.post(f"scenes/{scene}/shots/reorder", json={"shot_ids": ids[::-1]})
    assert [shot["id"] for shot in answer.json()["items"]] == ids[::-1]
    for wrong in (ids[:2], [*ids, ids[0]], [*ids[:2], str(uuid.uuid4())]):
        refused = await client.post(f"scenes/{scene}/shots/reorder", json={"shot_ids": wrong})
        assert (refused.status_code, refused.json()["code"]) == (409, "shots.order_mismatch")


async def test_slots_hold_ingredients_of_the_own_project_only(client: httpx2.AsyncClient, project_id: str) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    own = await ingredient(client, project_id)
    other_project = (await client.post("projects", json={"name": "Other"})).json()["id"]
    foreign = await ingredient(client, other_project)
    stored = await client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": [None, own]})
    assert stored.json()["assigned_ingredients"] == [None, own, None]
    for slots, index in (([foreign], 0), ([None, str(uuid.uuid4())], 1), ([own, None, own], 2), (["x"], 0)):
        refused = await client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": slots})
        assert refused.status_code == 422, slots
        assert refused.json()["errors"][0]["loc"][:3] == ["body", "assigned_ingredients", index]
    too_many = await client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": [None] * 4})
    assert too_many.status_code == 422
    assert (await client.get(f"shots/{shot['id']}")).json()["assigned_ingredients"] == [None, own, None]


async def test_generating_makes_a_validated_document_with_the_ingredients(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    face, place = await ingredient(client, project_id), await ingredient(client, project_id, "Location", "Engine room")
    await client.patch(f"assets/{face}", json={"metadata": {"hair": "silver"}})
    await client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": [face, place]})
    accepted = await client.post(f"shots/{shot['id']}/generate-flow")
    assert accepted.status_code == 202
    assert accepted.json()["kind"] == "shots.generate_flow"
    assert (await client.get(f"shots/{shot['id']}")).json()["status"] == "generating_json"
    await world.run_jobs()
    ready = (await client.get(f"shots/{shot['id']}")).json()
    assert (ready["status"], ready["payload_source"], ready["stale_causes"]) == ("ready", "rules", [])
    document = ready["veo_json_payload"]
    assert "Ines" in document["subject"]["description"]
    assert "silver" in document["subject"]["description"]
    assert document["environment"]["lighting"]
    assert document["action"]["description"] == "Ines turns a wheel."
    assert document["shot"]["camera_movement"]
    references = [reference["asset_id"] for reference in document["request"]["reference_images"]]
    assert references == [face, place]
    assert document["request"]["duration_seconds"] == 8
    assert "Ines" in ready["llm_context_cache"]
    prompt = (await client.get(f"shots/{shot['id']}/prompt")).json()
    assert "Ines" in prompt["prompt"]
    assert prompt["tokens"] > 10


async def test_the_same_inputs_give_the_same_document(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    documents = []
    for _ in range(2):
        await client.post(f"shots/{shot['id']}/generate-flow")
        await world.run_jobs()
        documents.append((await client.get(f"shots/{shot['id']}")).json()["veo_json_payload"])
    assert documents[0] == documents[1]


async def test_a_second_request_finds_the_compile_that_is_under_way(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    answers = await asyncio.gather(*(client.post(f"shots/{shot['id']}/generate-flow") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_waiting_answers_with_the_shot_when_it_is_done(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    request = asyncio.create_task(client.post(f"shots/{shot['id']}/generate-flow", params={"wait": 20}))
    while not await world.run_jobs():
        await asyncio.sleep(0.05)
    answer = await request
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"


async def test_waiting_in_vain_answers_with_the_job(client: httpx2.AsyncClient, project_id: str) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    answer = await client.post(f"shots/{shot['id']}/generate-flow", params={"wait": 0.2})
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


async def test_a_failed_compile_leaves_a_draft_and_its_reason(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    answer = await client.post(f"shots/{shot['id']}/generate-flow", params={"engine": "ollama"})
    for _ in range(3):
        await world.sql("UPDATE jobs SET run_after = now() WHERE status = 'queued'")
        await world.run_jobs()
    job = (await client.get(f"jobs/{answer.json()['id']}")).json()
    assert (job["status"], job["attempts"], job["error"]["code"]) == ("failed", 3, "llm.unreachable")
    failed = (await client.get(f"shots/{shot['id']}")).json()
    assert (failed["status"], failed["veo_json_payload"]) == ("draft", None)
    assert failed["last_error"]["code"] == "llm.unreachable"
    assert failed["last_error"]["fix"]
    again = await client.post(f"shots/{shot['id']}/generate-flow", params={"engine": "rules"})
    assert again.status_code == 202
    await world.run_jobs()
    assert (await client.get(f"shots/{shot['id']}")).json()["last_error"] is None


async def test_a_document_names_what_made_it_stale(world: World, client: httpx2.AsyncClient, project_id: str) -> None:
    scene = await scene_id(client, project_id)
    shot, face = await shot_in(client, scene), await ingredient(client, project_id)
    await client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": [face]})
    await client.post(f"shots/{shot['id']}/generate-flow")
    await world.run_jobs()

    async def causes() -> list[str]:
        found: list[str] = (await client.get(f"shots/{shot['id']}")).json()["stale_causes"]
        return found

    assert await causes() == []
    await client.patch(f"assets/{face}", json={"metadata": {"hair": "red"}})
    assert await causes() == ["slots"]
    await client.patch(f"shots/{shot['id']}", json={"description": "Ines waits."})
    assert await causes() == ["shot", "slots"]
    await client.patch(f"scenes/{scene}", json={"slugline": "INT. ENGINE ROOM - DAY"})
    await client.patch(f"projects/{project_id}", json={"aspect_ratio": "9:16"})
    assert await causes() == ["project", "scene", "shot", "slots"]
    assert (await client.get(f"shots/{shot['id']}")).json()["status"] == "ready"
    await client.post(f"shots/{shot['id']}/generate-flow")
    await world.run_jobs()
    assert await causes() == []


async def test_a_document_of_ones_own_is_checked_and_kept(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    await client.post(f"shots/{shot['id']}/generate-flow")
    await world.run_jobs()
    document = (await client.get(f"shots/{shot['id']}")).json()["veo_json_payload"]
    document["environment"]["lighting"] = "one candle"
    stored = await client.patch(f"shots/{shot['id']}", json={"veo_json_payload": document})
    assert (stored.json()["payload_source"], stored.json()["veo_json_payload"]) == ("human", document)
    broken = {**document, "environment": {}, "invented": 1}
    refused = await client.patch(f"shots/{shot['id']}", json={"veo_json_payload": broken, "description": "Lost?"})
    assert refused.json()["code"] == "shots.invalid_document"
    assert {tuple(error["loc"][2:]) for error in refused.json()["errors"]} == {
        ("environment", "lighting"),
        ("invented",),
    }
    kept = (await client.get(f"shots/{shot['id']}")).json()
    assert (kept["veo_json_payload"], kept["description"]) == (document, "Ines turns a wheel.")
    cleared = (await client.patch(f"shots/{shot['id']}", json={"veo_json_payload": None})).json()
    assert (cleared["status"], cleared["veo_json_payload"]) == ("draft", None)


async def test_a_document_saved_during_a_compile_is_not_overwritten(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    await client.post(f"shots/{shot['id']}/generate-flow")
    await world.run_jobs()
    mine = (await client.get(f"shots/{shot['id']}")).json()["veo_json_payload"]
    mine["environment"]["lighting"] = "one candle"
    job = (await client.post(f"shots/{shot['id']}/generate-flow")).json()
    await client.patch(f"shots/{shot['id']}", json={"veo_json_payload": mine})
    await world.run_jobs()
    assert (await client.get(f"jobs/{job['id']}")).json()["result"]["is_stored"] is False
    assert (await client.get(f"shots/{shot['id']}")).json()["veo_json_payload"] == mine


@pytest.mark.parametrize(
    "change",
    [
        {"description": ""},
        {"description": None},
        {"description": "a\x00b"},
        {"duration": 0},
        {"duration": -1},
        {"duration": 1e9},
        {"size": "gigantic"},
        {"veo_json_payload": []},
        {"status": "ready"},
        {"assigned_ingredients": "x"},
    ],
)
async def test_bad_input_is_refused_and_nothing_is_stored(
    client: httpx2.AsyncClient, project_id: str, change: dict[str, Any]
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    refused = await client.patch(f"shots/{shot['id']}", json=change)
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["loc"][0] == "body"
    assert (await client.get(f"shots/{shot['id']}")).json() == shot


async def test_deleting_a_shot_during_its_compile_does_no_harm(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    job = (await client.post(f"shots/{shot['id']}/generate-flow")).json()
    await client.delete(f"shots/{shot['id']}")
    await world.run_jobs()
    ended = (await client.get(f"jobs/{job['id']}")).json()
    assert (ended["status"], ended["error"]["code"]) == ("failed", "shots.not_found")


async def test_assigning_and_deleting_an_ingredient_at_once_never_leaves_a_dead_slot(
    client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id))
    for _ in range(5):
        face = await ingredient(client, project_id)
        assign, delete = await asyncio.gather(
            client.patch(f"shots/{shot['id']}", json={"assigned_ingredients": [face]}),
            client.delete(f"assets/{face}"),
        )
        assert assign.status_code in (200, 422)
        assert delete.status_code == 204
        assert (await client.get(f"shots/{shot['id']}")).json()["assigned_ingredients"] == [None, None, None]


async def test_what_the_model_replied_is_kept_though_its_server_fell_over_afterwards(
    world: World, client: httpx2.AsyncClient, project_id: str, services: EmbeddedServices
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id), "Ines turns a brass wheel.")
    job = (await client.post(f"shots/{shot['id']}/generate-flow", params={"engine": "ollama"})).json()
    with scripted_ollama(["I cannot do that."]) as server:
        async with AsyncExitStack() as stack:
            settings = settings_for(services, LLM__BASE_URL=server.base_url, LLM__MODEL="scripted")
            await (await open_world(stack, settings)).run_jobs()
    detail = (await client.get(f"jobs/{job['id']}")).json()
    assert (detail["status"], detail["error"]["code"]) == ("queued", "llm.busy")
    assert [attempt["raw"] for attempt in detail["log"]] == ["I cannot do that."]
