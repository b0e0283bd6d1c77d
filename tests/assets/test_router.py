"""Ingredients through the API, on real pictures and the real object store."""

import io
import uuid
from contextlib import AsyncExitStack
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from PIL import Image

from backend.core.settings import Settings
from backend.embedded.services import EmbeddedServices
from tests.conftest import World, open_world, settings_for
from tests.support import images


async def upload(
    client: httpx2.AsyncClient, project_id: str, data: bytes, *, name: str = "ines.jpg", kind: str = "Character"
) -> httpx2.Response:
    return await client.post(
        "assets/upload", files={"file": (name, data)}, data={"project_id": project_id, "type": kind}
    )


async def fetch(url: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as browser:
        return await browser.get(url)


async def test_a_photograph_is_stored_as_it_is_and_its_address_loads_in_a_browser(
    client: httpx2.AsyncClient, project_id: str
) -> None:
    photograph = images.photograph_jpeg()
    answer = await upload(client, project_id, photograph, name="character-ines_portrait.jpg")
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert asset["name"] == "character ines portrait"
    assert asset["type"] == "Character"
    assert asset["mime_type"] == "image/jpeg"
    assert asset["size_bytes"] == len(photograph)
    assert parse_qs(urlsplit(asset["url"]).query)["X-Amz-Expires"] == ["3600"]
    loaded = await fetch(asset["url"])
    assert loaded.content == photograph
    assert loaded.headers["content-type"] == "image/jpeg"


async def test_a_thumbnail_waits_for_a_store_that_is_being_replaced(
    client: httpx2.AsyncClient, world: World, services: EmbeddedServices, project_id: str
) -> None:
    asset = (await upload(client, project_id, images.photograph_jpeg(64, 64))).json()
    async with AsyncExitStack() as stack:
        away = await open_world(stack, settings_for(services, S3__ENDPOINT_URL="http://127.0.0.1:9"))
        for _ in range(5):
            assert await away.run_jobs() == 1
            await world.sql("UPDATE jobs SET run_after = now()")

    await world.run_jobs()

    assert (await client.get(f"assets/{asset['id']}")).json()["thumbnail_url"]


async def test_the_worker_makes_a_small_upright_thumbnail_without_metadata(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    asset = (await upload(client, project_id, images.photograph_jpeg())).json()
    assert asset["thumbnail_url"] is None
    await world.run_jobs()
    asset = (await client.get(f"assets/{asset['id']}")).json()
    picture = Image.open(io.BytesIO((await fetch(asset["thumbnail_url"])).content))
    assert max(picture.size) == 200
    assert (picture.width > picture.height) == (asset["width"] > asset["height"])
    assert not picture.getexif()


async def test_without_a_vision_model_the_job_says_so_and_succeeds(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    await upload(client, project_id, images.photograph_jpeg(800, 600))
    await world.run_jobs()
    job = (await client.get("jobs", params={"project_id": project_id})).json()["items"][0]
    assert job["kind"] == "assets.make_thumbnail"
    assert job["status"] == "succeeded"
    assert job["result"]["vision"]


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (b"GIF89a" + b"\x00" * 100, "cat.png", 415, "assets.not_an_image"),
        (b"", "empty.png", 415, "assets.not_an_image"),
        (images.webp(), "cat.jpg", 415, "assets.not_an_image"),
        (images.truncated(images.photograph_jpeg(800, 600)), "cat.jpg", 422, "assets.broken_image"),
        (images.bomb_png(), "bomb.png", 422, "assets.image_too_large"),
    ],
)
async def test_what_is_no_usable_picture_is_refused_and_leaves_nothing(
    world: World, client: httpx2.AsyncClient, project_id: str, data: bytes, name: str, status: int, code: str
) -> None:
    answer = await upload(client, project_id, data, name=name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["fix"]
    assert await world.sql("SELECT id FROM ingredients") == []
    assert await objects(world, project_id) == []


async def objects(world: World, project_id: str) -> list[str]:
    storage = world.resources.storage
    page = storage._client.list_objects_v2(Bucket=storage.bucket, Prefix=f"{project_id}/")
    return [entry["Key"] for entry in page.get("Contents", [])]


async def test_content_decides_not_the_name_or_the_header(client: httpx2.AsyncClient, project_id: str) -> None:
    answer = await client.post(
        "assets/upload",
        files={"file": ("notes.txt", images.portrait_png(600, 800), "text/plain")},
        data={"project_id": project_id, "type": "Object", "name": "Brass key"},
    )
    assert answer.status_code == 201
    assert answer.json()["mime_type"] == "image/png"
    assert answer.json()["name"] == "Brass key"


async def test_a_file_over_the_limit_is_refused_before_it_is_read(
    client: httpx2.AsyncClient, project_id: str, settings: Settings
) -> None:
    sent = 0

    async def endless() -> object:
        nonlocal sent
        head = (
            b'--b\r\nContent-Disposition: form-data; name="project_id"\r\n\r\n' + project_id.encode() + b"\r\n"
            b'--b\r\nContent-Disposition: form-data; name="type"\r\n\r\nObject\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        )
        yield head
        while sent < 10 * settings.limits.image_bytes:
            sent += 1024 * 1024
            yield b"\xff" * (1024 * 1024)

    answer = await client.post(
        "assets/upload", content=endless(), headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert sent <= settings.limits.image_bytes + 4 * 1024 * 1024


async def test_a_body_that_says_it_is_too_large_is_refused_as_a_problem(
    client: httpx2.AsyncClient, settings: Settings
) -> None:
    answer = await client.post("assets/upload", content=bytes(settings.limits.image_bytes + 2**20))

    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert answer.json()["code"] == "request.too_large"
    assert answer.json()["fix"]


async def test_an_upload_into_no_project_stores_nothing(world: World, client: httpx2.AsyncClient) -> None:
    nowhere = str(uuid.uuid4())
    answer = await upload(client, nowhere, images.photograph_jpeg(640, 480))
    assert (answer.status_code, answer.json()["code"]) == (404, "projects.not_found")
    assert await objects(world, nowhere) == []


async def test_a_failed_insert_takes_the_object_away_again(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    await world.sql(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$"
    )
    await world.sql("CREATE TRIGGER refuse BEFORE INSERT ON ingredients FOR EACH ROW EXECUTE FUNCTION refuse()")
    try:
        answer = await upload(client, project_id, images.photograph_jpeg(640, 480))
    finally:
        await world.sql("DROP FUNCTION refuse() CASCADE")
    assert (answer.status_code, answer.json()["code"]) == (500, "server.internal")
    assert "RAISE" not in answer.text
    assert await objects(world, project_id) == []


async def test_ingredients_are_listed_by_type(client: httpx2.AsyncClient, project_id: str) -> None:
    for kind in ("Character", "Location", "Style"):
        await upload(client, project_id, images.photograph_jpeg(320, 240), kind=kind)
    everything = (await client.get("assets", params={"project_id": project_id})).json()
    assert [asset["type"] for asset in everything["items"]] == ["Character", "Location", "Style"]
    places = (await client.get("assets", params={"project_id": project_id, "type": "Location"})).json()
    assert (places["total"], [asset["type"] for asset in places["items"]]) == (1, ["Location"])


async def test_metadata_is_merged_and_the_servers_own_keys_are_kept(
    client: httpx2.AsyncClient, project_id: str
) -> None:
    asset = (await upload(client, project_id, images.photograph_jpeg(320, 240))).json()
    first = await client.patch(f"assets/{asset['id']}", json={"metadata": {"hair": "blue", "mood": "dark"}})
    assert first.status_code == 200
    second = (await client.patch(f"assets/{asset['id']}", json={"name": "Ines", "metadata": {"mood": None}})).json()
    assert second["name"] == "Ines"
    assert second["metadata"]["hair"] == "blue"
    assert "mood" not in second["metadata"]
    assert second["width"] == 320
    refused = await client.patch(f"assets/{asset['id']}", json={"metadata": {"width": 1}})
    assert refused.status_code == 422


async def test_deleting_an_ingredient_empties_its_slots_and_takes_its_objects_away(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    keep, gone = [
        (await upload(client, project_id, images.photograph_jpeg(320, 240), name=name)).json()["id"]
        for name in ("keep.jpg", "gone.jpg")
    ]
    scene = (await client.post(f"projects/{project_id}/scenes", json={"slugline": "INT. ROOM - DAY"})).json()
    shot = (
        await client.post(
            f"scenes/{scene['id']}/shots", json={"description": "Rain.", "assigned_ingredients": [gone, keep, None]}
        )
    ).json()
    await world.run_jobs()
    assert (await client.get(f"assets/{gone}")).json()["shot_count"] == 1
    assert (await client.delete(f"assets/{gone}")).status_code == 204
    assert (await client.get(f"shots/{shot['id']}")).json()["assigned_ingredients"] == [None, keep, None]
    assert (await client.get(f"assets/{gone}")).status_code == 404
    await world.run_jobs()
    assert all(gone not in key for key in await objects(world, project_id))
    assert any(keep in key for key in await objects(world, project_id))


async def test_a_deleted_project_leaves_no_objects(world: World, client: httpx2.AsyncClient, project_id: str) -> None:
    await upload(client, project_id, images.photograph_jpeg(320, 240))
    await world.run_jobs()
    assert len(await objects(world, project_id)) == 2
    assert (await client.delete(f"projects/{project_id}")).status_code == 204
    await world.run_jobs()
    assert await objects(world, project_id) == []
