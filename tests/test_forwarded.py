"""What a proxy says about the browser is believed when the proxy is trusted, and only then."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import httpx2
import pytest

from backend.embedded.services import EmbeddedServices
from backend.users import service as users
from tests.conftest import EMAIL, PASSWORD, World, open_world, settings_for
from tests.support.images import photograph_jpeg

PROXY = "172.20.0.5"
SAID = {"x-forwarded-host": "auteur.example:8443", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}


@pytest.fixture
async def trusting(world: World, services: EmbeddedServices) -> AsyncIterator[World]:
    """The application as Nginx stands before it: no public URL, one network of proxies."""
    settings = settings_for(services, S3__PUBLIC_URL="", TRUSTED_PROXIES="172.20.0.0/16")
    async with AsyncExitStack() as stack:
        yield await open_world(stack, settings)


def asks(world: World, peer: str) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=world.app, client=(peer, 40000))
    return httpx2.AsyncClient(transport=transport, base_url="http://backend:8000/api/v1/")


async def signed_in(world: World, peer: str) -> httpx2.AsyncClient:
    async with world.resources.db.transaction() as session:
        await users.create_user(session, email=EMAIL, name="Ines", password=PASSWORD, is_admin=True)
    client = asks(world, peer)
    answer = await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
    client.cookies = httpx2.Cookies({"auteur_session": answer.cookies["auteur_session"]})
    return client


async def picture_url(client: httpx2.AsyncClient) -> str:
    project = (await client.post("projects", json={"name": "P"})).json()["id"]
    answer = await client.post(
        "assets/upload",
        files={"file": ("one.jpg", photograph_jpeg(32, 32))},
        data={"project_id": project, "type": "Location"},
        headers=SAID,
    )
    assert answer.status_code == 201, answer.text
    listed = (await client.get("assets", params={"project_id": project}, headers=SAID)).json()["items"][0]
    assert listed["url"] == answer.json()["url"]
    return str(answer.json()["url"])


async def test_pictures_come_from_the_address_of_the_page(trusting: World) -> None:
    client = await signed_in(trusting, PROXY)

    url = await picture_url(client)

    assert url.startswith(f"https://auteur.example:8443/{trusting.resources.storage.bucket}/")


async def test_a_stranger_cannot_name_the_address(trusting: World, services: EmbeddedServices) -> None:
    client = await signed_in(trusting, "203.0.113.50")

    url = await picture_url(client)

    assert url.startswith(services.s3.endpoint_url)


async def test_a_host_that_is_none_is_not_believed(trusting: World) -> None:
    client = await signed_in(trusting, PROXY)

    for host in ("evil.example/x", "a b", "user@evil.example", "evil.example?x="):
        url = (await client.get("auth/me", headers={"x-forwarded-host": host})).request.url
        project = (await client.post("projects", json={"name": "P"}, headers={"x-forwarded-host": host})).json()
        assert project["name"] == "P", url
        answer = await client.post(
            "assets/upload",
            files={"file": ("one.jpg", photograph_jpeg(32, 32))},
            data={"project_id": project["id"], "type": "Location"},
            headers={"x-forwarded-host": host},
        )
        assert urlsplit(answer.json()["url"]).hostname == "127.0.0.1"


async def test_the_first_of_several_proxies_names_the_address(trusting: World) -> None:
    client = await signed_in(trusting, PROXY)
    project = (await client.post("projects", json={"name": "P"})).json()["id"]

    answer = await client.post(
        "assets/upload",
        files={"file": ("one.jpg", photograph_jpeg(32, 32))},
        data={"project_id": project, "type": "Location"},
        headers={"x-forwarded-host": "outer.example, inner.example", "x-forwarded-proto": "https"},
    )

    assert answer.json()["url"].startswith("https://outer.example/")


async def test_behind_tls_the_cookie_is_secure(trusting: World) -> None:
    async with trusting.resources.db.transaction() as session:
        await users.create_user(session, email=EMAIL, name="Ines", password=PASSWORD, is_admin=True)
    credentials = {"email": EMAIL, "password": PASSWORD}

    for peer, headers, is_secure in (
        (PROXY, SAID, True),
        (PROXY, {}, False),
        ("203.0.113.50", SAID, False),
    ):
        answer = await asks(trusting, peer).post("auth/login", json=credentials, headers=headers)
        assert ("secure" in answer.headers["set-cookie"].lower()) is is_secure


async def test_the_origin_is_compared_with_the_address_of_the_page(trusting: World) -> None:
    credentials = {"email": "nobody@example.org", "password": "x" * 12}

    for peer, origin, status in (
        (PROXY, "https://auteur.example:8443", 401),
        (PROXY, "http://backend:8000", 403),
        # A stranger's own word for where the page came from is worth nothing.
        ("203.0.113.50", "https://auteur.example:8443", 403),
    ):
        answer = await asks(trusting, peer).post("auth/login", json=credentials, headers={**SAID, "origin": origin})
        assert answer.status_code == status, answer.text


async def test_failed_sign_ins_are_counted_for_the_browser_and_not_for_the_proxy(trusting: World) -> None:
    wrong = {"email": EMAIL, "password": "not the password"}
    client = asks(trusting, PROXY)
    limit = trusting.resources.settings.limits.login_attempts

    for _ in range(limit):
        await client.post("auth/login", json=wrong, headers={**SAID, "x-forwarded-for": "203.0.113.9"})

    assert (await client.post("auth/login", json=wrong, headers=SAID)).status_code == 429
    elsewhere = {**SAID, "x-forwarded-for": "203.0.113.10"}
    assert (await client.post("auth/login", json=wrong, headers=elsewhere)).status_code == 401
