"""Screenplay import through the API."""

import httpx2

from tests.conftest import Import


async def test_a_screenplay_becomes_scenes_and_shots_in_script_order(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    assert job["status"] == "succeeded", job
    assert job["progress"] == {"done": 3, "total": 3}
    assert job["result"]["engine"] == "rules"
    scenes = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    assert [scene["slugline"] for scene in scenes] == [
        "INT. ENGINE ROOM - NIGHT",
        "EXT. FERRY DECK - DAY",
        "THE BRIDGE",
    ]
    assert [scene["sequence_number"] for scene in scenes] == [1, 2, 3]
    page = (await client.get(f"projects/{project_id}/shots")).json()
    assert page["total"] == len(page["items"]) == sum(scene["shot_count"] for scene in scenes)
    for scene in scenes:
        own = [shot for shot in page["items"] if shot["scene_id"] == scene["id"]]
        assert own, f"{scene['slugline']} has no shots"
        assert [shot["sequence_number"] for shot in own] == list(range(1, len(own) + 1))
        assert all(shot["duration"] > 0 for shot in own)
    spoken = [line for shot in page["items"] for line in shot["dialogue"]]
    assert [(line["character"], line["line"]) for line in spoken] == [("INES", "Not tonight.")]
