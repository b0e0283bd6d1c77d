"""Preview of an import, and the import with what was decided there."""

import hashlib
import json
from typing import Any

import httpx2
import pytest

from tests.conftest import SCREENPLAY, World


async def preview(client: httpx2.AsyncClient, data: bytes = SCREENPLAY, name: str = "a.fountain") -> httpx2.Response:
    return await client.post("scripts/preview", files={"file": (name, data)})


async def import_with(
    world: World, client: httpx2.AsyncClient, project_id: str, plan: object, data: bytes = SCREENPLAY
) -> tuple[httpx2.Response, dict[str, Any]]:
    answer = await client.post(
        "scripts/parse",
        files={"file": ("a.fountain", data)},
        data={"project_id": project_id, "engine": "rules", "plan": json.dumps(plan)},
    )
    if answer.status_code != 202:
        return answer, {}
    await world.run_jobs()
    return answer, (await client.get(f"jobs/{answer.json()['job_id']}")).json()


async def test_a_preview_says_what_would_be_imported_and_stores_nothing(
    world: World, client: httpx2.AsyncClient
) -> None:
    answer = await preview(client)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [scene["heading"] for scene in found["scenes"]] == [
        "INT. ENGINE ROOM - NIGHT",
        "EXT. FERRY DECK - DAY",
        "THE BRIDGE",
    ]
    assert found["characters"] == [{"name": "INES", "count": 1}]
    assert {place["name"] for place in found["locations"]} >= {"ENGINE ROOM", "FERRY DECK"}
    assert found["shot_count"] == sum(scene["shot_count"] for scene in found["scenes"]) >= 3
    assert found["eighths"] == sum(scene["eighths"] for scene in found["scenes"]) >= 3
    assert found["text"].splitlines()[found["scenes"][1]["line_start"] - 1] == "EXT. FERRY DECK - DAY"
    assert found["title_page"] == {"title": "Two Rooms"}
    for table in ("scripts", "scenes", "shots", "jobs"):
        assert await world.sql(f"SELECT count(*) FROM {table}") == [(0,)]


async def test_the_estimate_is_what_the_rules_then_make(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    expected = (await preview(client)).json()["shot_count"]
    await import_with(world, client, project_id, {"sha256": hashlib.sha256(SCREENPLAY).hexdigest()})
    assert (await client.get(f"projects/{project_id}/shots")).json()["total"] == expected


async def test_a_preview_shows_the_guesses_with_their_lines(client: httpx2.AsyncClient) -> None:
    found = (await preview(client, "CAFÉ\n\nIl pleut, mon ami.\n".encode("cp1252"), "a.txt")).json()
    assert {warning["code"] for warning in found["warnings"]} >= {"encoding.guessed"}
    assert all(warning["message"] for warning in found["warnings"])


async def test_what_an_import_would_refuse_a_preview_refuses_too(client: httpx2.AsyncClient) -> None:
    answer = await preview(client, b"PK\x03\x04" + b"\x00" * 200, "a.docx")
    assert (answer.status_code, answer.json()["code"]) == (415, "scripts.unsupported_format")
    assert answer.json()["fix"]


async def test_an_import_follows_the_plan(world: World, client: httpx2.AsyncClient, project_id: str) -> None:
    plan = {
        "sha256": (await preview(client)).json()["sha256"],
        "scenes": [
            {"index": 0, "heading": "INT. BOILER ROOM - NIGHT"},
            {"index": 1, "is_dropped": True},
            {"index": 2, "is_merged": True},
        ],
    }
    _, job = await import_with(world, client, project_id, plan)
    assert (job["status"], job["result"]["scene_count"]) == ("succeeded", 1)
    scenes = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    assert [scene["slugline"] for scene in scenes] == ["INT. BOILER ROOM - NIGHT"]
    assert scenes[0]["uncovered_count"] == 0
    own = (await client.get(f"scenes/{scenes[0]['id']}/elements")).json()["items"]
    assert "THE BRIDGE" in [element["text"] for element in own]


async def test_a_plan_made_for_another_file_is_refused(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    answer, _ = await import_with(world, client, project_id, {"sha256": "0" * 64})
    assert (answer.status_code, answer.json()["code"]) == (409, "scripts.plan_of_another_file")
    assert await world.sql("SELECT count(*) FROM scripts") == [(0,)]


@pytest.mark.parametrize("plan", [{"sha256": "x"}, {"scenes": []}, [], {"sha256": "0" * 64, "target_shots": 0}])
async def test_a_plan_of_another_form_is_refused(
    world: World, client: httpx2.AsyncClient, project_id: str, plan: object
) -> None:
    answer, _ = await import_with(world, client, project_id, plan)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


async def test_a_plan_that_leaves_nothing_fails_the_import_with_the_reason(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    plan = {
        "sha256": hashlib.sha256(SCREENPLAY).hexdigest(),
        "scenes": [{"index": n, "is_dropped": True} for n in range(3)],
    }
    _, job = await import_with(world, client, project_id, plan)
    assert (job["status"], job["error"]["code"]) == ("failed", "scripts.plan_does_not_fit")
    assert job["error"]["fix"]
    assert await world.sql("SELECT count(*) FROM scenes") == [(0,)]
