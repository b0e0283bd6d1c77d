"""Projects through the API."""

import uuid

import httpx2
import pytest

from tests.conftest import Import, World


async def test_a_new_project_has_the_specified_defaults(client: httpx2.AsyncClient, project_id: str) -> None:
    project = (await client.get(f"projects/{project_id}")).json()
    assert (project["resolution"], project["aspect_ratio"], project["veo_version"]) == ("4K", "16:9", "3.1")
    counts = ("scene_count", "shot_count", "ready_count", "ingredient_count")
    assert [project[name] for name in counts] == [0, 0, 0, 0]
    assert project["created_at"].endswith("Z")


async def test_counts_are_read_from_the_database(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    shots = (await client.get(f"projects/{project_id}/shots")).json()
    await client.post(f"shots/{shots['items'][0]['id']}/generate-flow")
    await world.run_jobs()
    project = (await client.get("projects")).json()["items"][0]
    assert (project["scene_count"], project["shot_count"], project["ready_count"]) == (3, shots["total"], 1)


async def test_the_last_changed_project_comes_first(client: httpx2.AsyncClient) -> None:
    ids = [(await client.post("projects", json={"name": name})).json()["id"] for name in ("one", "two", "three")]
    await client.patch(f"projects/{ids[0]}", json={"name": "One"})
    names = [project["name"] for project in (await client.get("projects")).json()["items"]]
    assert names == ["One", "three", "two"]


async def test_deleting_a_project_takes_everything_with_it(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    assert (await client.delete(f"projects/{project_id}")).status_code == 204
    for table in ("projects", "scenes", "shots", "scripts", "ingredients"):
        assert await world.sql(f"SELECT count(*) FROM {table}") == [(0,)]
    assert (await client.get(f"projects/{project_id}")).status_code == 404


@pytest.mark.parametrize(
    "data",
    [{}, {"name": "  "}, {"name": "x" * 201}, {"name": "x", "aspect_ratio": "4:3"}, {"name": "x", "colour": "red"}],
)
async def test_a_refused_project_names_the_field(client: httpx2.AsyncClient, data: dict[str, str]) -> None:
    refused = await client.post("projects", json=data)
    assert (refused.status_code, refused.json()["code"]) == (422, "request.invalid")
    assert refused.json()["errors"][0]["loc"][0] == "body"
    assert (await client.get("projects")).json()["total"] == 0


@pytest.mark.parametrize("path", ["projects", "scenes", "shots", "assets", "jobs", "scripts"])
async def test_what_is_not_there_is_a_404_with_a_sentence(client: httpx2.AsyncClient, path: str) -> None:
    missing = await client.get(f"{path}/{uuid.uuid4()}")
    assert missing.status_code == 404
    assert missing.json()["code"] == f"{path}.not_found"


async def test_the_sample_is_a_project_with_a_film_in_it(world: World, client: httpx2.AsyncClient) -> None:
    answer = await client.post("projects/sample")
    assert answer.status_code == 201
    await world.run_jobs()
    project = (await client.get(f"projects/{answer.json()['project']['id']}")).json()
    assert project["scene_count"] > 15
    assert project["shot_count"] > 100
    script = (await client.get(f"scripts/{answer.json()['script_id']}")).json()
    assert (script["engine"], script["format"], script["scene_count"]) == ("rules", "fountain", project["scene_count"])
    assert "FADE" in script["text"]
