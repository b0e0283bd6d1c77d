"""The real nginx.conf in front of the real application and the real store."""

import asyncio
import json
import ssl
import urllib.parse
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from backend.embedded.ports import free_ports
from backend.embedded.services import EmbeddedServices
from backend.main import create_app
from backend.users import service as users
from tests.conftest import EMAIL, PASSWORD, World, settings_for
from tests.deploy.proxies import our_nginx, tls_proxy
from tests.support.images import photograph_jpeg


@asynccontextmanager
async def serving(services: EmbeddedServices) -> AsyncIterator[int]:
    """The application on a port of its own, as the backend's container runs it."""
    port = free_ports(1)[0]
    app = create_app(settings_for(services, S3__PUBLIC_URL="", TRUSTED_PROXIES="*"))
    config = uvicorn.Config(app, port=port, proxy_headers=False, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    try:
        yield port
    finally:
        server.should_exit = True
        await task


@pytest.fixture
async def backend(world: World, services: EmbeddedServices) -> AsyncIterator[int]:
    async with world.resources.db.transaction() as session:
        await users.create_user(session, email=EMAIL, name="Ines", password=PASSWORD, is_admin=True)
    async with serving(services) as port:
        yield port


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "nginx"


@pytest.fixture
def origin(folder: Path, backend: int, services: EmbeddedServices) -> Iterator[str]:
    with our_nginx(folder, backend=backend, store_url=services.s3.endpoint_url) as started:
        yield started


class Browsers:
    """Opens clients and closes them at the end of the test."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack

    async def open(self, **options: Any) -> httpx2.AsyncClient:
        return await self._stack.enter_async_context(httpx2.AsyncClient(**{"timeout": 30, **options}))

    async def signed_in(self, origin: str, **options: Any) -> httpx2.AsyncClient:
        client = await self.open(base_url=f"{origin}/api/v1/", headers={"origin": origin}, **options)
        answer = await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return client


@pytest.fixture
async def browsers() -> AsyncIterator[Browsers]:
    async with AsyncExitStack() as stack:
        yield Browsers(stack)


@pytest.fixture
async def anyone(browsers: Browsers) -> httpx2.AsyncClient:
    """A browser that is not signed in."""
    return await browsers.open()


async def upload(client: httpx2.AsyncClient, picture: bytes) -> str:
    project = (await client.post("projects", json={"name": "P"})).json()["id"]
    answer = await client.post(
        "assets/upload",
        files={"file": ("one.jpg", picture)},
        data={"project_id": project, "type": "Location"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["url"])


async def test_a_picture_comes_from_the_address_of_the_page(
    origin: str, browsers: Browsers, anyone: httpx2.AsyncClient
) -> None:
    client = await browsers.signed_in(origin)
    picture = photograph_jpeg(64, 64)

    url = await upload(client, picture)
    answer = await anyone.get(url)

    assert url.startswith(f"{origin}/auteur-assets/")
    assert (answer.status_code, answer.content) == (200, picture)
    assert answer.headers["content-type"] == "image/jpeg"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "immutable" in answer.headers["cache-control"]


async def test_the_same_installation_under_another_name_and_port(
    origin: str, browsers: Browsers, anyone: httpx2.AsyncClient
) -> None:
    port = origin.rpartition(":")[2]
    client = await browsers.signed_in(f"http://localhost:{port}")

    url = await upload(client, photograph_jpeg(64, 64))

    assert url.startswith(f"http://localhost:{port}/")
    assert (await anyone.get(url)).status_code == 200
    elsewhere = urllib.parse.urlsplit(url)._replace(netloc=f"127.0.0.1:{port}").geturl()
    assert (await anyone.get(elsewhere)).status_code == 403


@pytest.mark.parametrize("host_sent", ["$http_host", "127.0.0.1"])
async def test_behind_another_proxy_with_tls(
    folder: Path, backend: int, services: EmbeddedServices, tmp_path: Path, host_sent: str, browsers: Browsers
) -> None:
    """Whether the outer proxy keeps the browser's Host or sends its own idea of it."""
    with (
        our_nginx(
            folder, backend=backend, store_url=services.s3.endpoint_url, AUTEUR_TRUSTED_PROXIES="127.0.0.0/8"
        ) as inner,
        tls_proxy(tmp_path / "tls", inner, host_sent=host_sent) as outer,
    ):
        tls = ssl.create_default_context(cafile=str(tmp_path / "tls" / "cert.pem"))
        client = await browsers.signed_in(outer, verify=tls)
        picture = photograph_jpeg(64, 64)

        url = await upload(client, picture)
        answer = await (await browsers.open(verify=tls)).get(url)

        assert url.startswith(f"{outer}/auteur-assets/")
        assert (answer.status_code, answer.content) == (200, picture)
        assert (
            "secure"
            in (await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD}))
            .headers["set-cookie"]
            .lower()
        )


async def test_a_stranger_who_plays_proxy_is_not_believed(origin: str, browsers: Browsers) -> None:
    client = await browsers.signed_in(origin)
    client.headers |= {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}

    assert (await upload(client, photograph_jpeg(64, 64))).startswith(f"{origin}/")


async def test_a_picture_can_be_read_and_nothing_else(
    origin: str, browsers: Browsers, anyone: httpx2.AsyncClient
) -> None:
    client = await browsers.signed_in(origin)
    url = await upload(client, photograph_jpeg(64, 64))

    assert (await anyone.head(url)).status_code in (200, 403)  # signed for GET
    for method in ("PUT", "DELETE", "POST"):
        assert (await anyone.request(method, url)).status_code == 403
    assert (await anyone.get(url.partition("?")[0])).status_code == 403
    assert (await anyone.get(f"{origin}/-/object")).status_code == 404


async def test_the_page_is_checked_again_and_its_parts_are_kept(origin: str, browsers: Browsers) -> None:
    client = await browsers.open(base_url=origin)
    for address in ("/", "/index.html", "/projects/1/shots"):
        page = await client.get(address)
        assert page.headers["cache-control"] == "no-cache"
        assert "Auteur AI" in page.text
    part = await client.get("/assets/index-abc123.js", headers={"accept-encoding": "gzip"})
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert part.headers["content-encoding"] == "gzip"
    missing = await client.get("/assets/index-gone.js")
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("cache-control", "")


async def test_the_page_may_run_no_script_of_others_and_be_framed_by_nobody(
    origin: str, anyone: httpx2.AsyncClient
) -> None:
    headers = (await anyone.get(origin)).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "nginx/" not in headers["server"]


async def test_pictures_of_another_host_are_allowed_when_settings_name_it(
    folder: Path, services: EmbeddedServices, anyone: httpx2.AsyncClient
) -> None:
    public = "https://pictures.example"
    with our_nginx(folder, backend=9, store_url=services.s3.endpoint_url, S3__PUBLIC_URL=public) as origin:
        policy = (await anyone.get(origin)).headers["content-security-policy"]
    assert f"img-src 'self' data: blob: {public};" in policy


async def test_the_api_keeps_its_own_headers_and_gets_a_request_id(origin: str, browsers: Browsers) -> None:
    client = await browsers.open(base_url=origin)
    given = await client.get("/healthz", headers={"x-request-id": "mine-1"})
    made = await client.get("/healthz", headers={"x-request-id": "x" * 65})
    assert given.headers["x-request-id"] == "mine-1"
    assert len(made.headers["x-request-id"]) == 32
    assert made.headers.get_list("x-content-type-options") == ["nosniff"]


async def test_swagger_ui_comes_through(origin: str, browsers: Browsers) -> None:
    client = await browsers.open(base_url=origin)
    docs = await client.get("/docs")
    assert "swagger" in docs.text.lower()
    assert (await client.get("/openapi.json")).json()["info"]["title"] == "Auteur AI"
    script = docs.text.partition('src="')[2].partition('"')[0]
    assert (await client.get(script)).status_code == 200


async def test_metrics_are_not_for_everybody(origin: str, anyone: httpx2.AsyncClient) -> None:
    assert (await anyone.get(f"{origin}/metrics")).status_code == 404


def as_problem(answer: httpx2.Response, status: int, code: str) -> dict[str, object]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, object] = json.loads(answer.text)
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, "about:blank")
    assert problem["fix"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem


async def test_a_file_that_is_too_large_for_any_part_is_a_problem(
    folder: Path, backend: int, services: EmbeddedServices, anyone: httpx2.AsyncClient
) -> None:
    with our_nginx(folder, backend=backend, store_url=services.s3.endpoint_url) as origin:
        answer = await anyone.post(f"{origin}/api/v1/assets/upload", content=bytes(36 * 2**20))
    as_problem(answer, 413, "request.too_large")


async def test_a_backend_that_is_away_is_a_problem(
    folder: Path, services: EmbeddedServices, anyone: httpx2.AsyncClient
) -> None:
    away = free_ports(1)[0]
    with our_nginx(folder, backend=away, store_url=services.s3.endpoint_url) as origin:
        answer = await anyone.get(f"{origin}/api/v1/projects")
        page = await anyone.get(origin)
    as_problem(answer, 502, "gateway.unreachable")
    assert answer.headers["retry-after"] == "2"
    assert page.status_code == 200


async def test_a_backend_that_takes_too_long_is_a_problem(
    folder: Path, services: EmbeddedServices, anyone: httpx2.AsyncClient
) -> None:
    async def never(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3)
        writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with our_nginx(folder, backend=port, store_url=services.s3.endpoint_url, read_seconds=1) as origin:
        answer = await anyone.get(f"{origin}/api/v1/projects", timeout=10)
    server.close()
    as_problem(answer, 504, "gateway.too_slow")


async def test_an_event_passes_through_at_once_and_the_stream_outlives_the_time_limit(
    folder: Path, backend: int, services: EmbeddedServices, browsers: Browsers
) -> None:
    client = await browsers.signed_in(f"http://127.0.0.1:{backend}", timeout=30)
    with our_nginx(folder, backend=backend, store_url=services.s3.endpoint_url, read_seconds=1) as origin:
        async with client.stream("GET", f"{origin}/api/v1/events") as stream:
            lines = stream.aiter_lines()
            assert stream.headers["content-type"].startswith("text/event-stream")
            await asyncio.sleep(1.5)
            await client.post("projects", json={"name": "Seen"})
            # Held back until a buffer is full, it would come after the time that this client waits.
            async for line in lines:
                if line.startswith("data:") and '"projects"' in line:
                    break


async def test_an_upload_reaches_the_backend_while_it_is_still_being_sent(
    folder: Path, services: EmbeddedServices, anyone: httpx2.AsyncClient
) -> None:
    arrived = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"first part")
        arrived.set()
        await reader.readuntil(b"last part")
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()

    async def body() -> AsyncIterator[bytes]:
        yield b"first part" + b" " * 50_000
        await asyncio.wait_for(arrived.wait(), 5)
        yield b"last part"

    server = await asyncio.start_server(listen, "127.0.0.1", 0, limit=2**20)
    port = server.sockets[0].getsockname()[1]
    with our_nginx(folder, backend=port, store_url=services.s3.endpoint_url) as origin:
        for address in ("/api/v1/assets/upload", "/api/scripts/parse", "/api/v1/scripts/preview"):
            arrived.clear()
            answer = await anyone.post(origin + address, content=body())
            assert answer.status_code == 204, address
    server.close()
