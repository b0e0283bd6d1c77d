"""A presigned address opens for the browser it was made for, and for nothing else."""

import urllib.error
import urllib.parse
import urllib.request

from backend.clients.object_links import ObjectLinks
from backend.clients.storage import IMMUTABLE, Storage
from backend.core.settings import S3Settings

NOWHERE = None


def fetched(url: str, host: str | None = None) -> tuple[int, bytes, dict[str, str]]:
    """What a browser gets: status, body, headers; with `host`, through a proxy that passes that name on."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


async def test_an_address_opens_in_a_browser_for_an_hour(storage: Storage) -> None:
    await storage.put_bytes("p/photo.jpg", b"\xff\xd8photo", "image/jpeg")

    url = storage.links.seen_from(NOWHERE).get("p/photo.jpg")
    status, body, headers = fetched(url)

    assert (status, body) == (200, b"\xff\xd8photo")
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == IMMUTABLE
    assert urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["X-Amz-Expires"] == ["3600"]


async def test_an_address_for_another_key_or_without_a_signature_is_refused(storage: Storage) -> None:
    await storage.put_bytes("p/mine", b"x", "text/plain")
    await storage.put_bytes("p/yours", b"x", "text/plain")
    url = storage.links.seen_from(NOWHERE).get("p/mine")

    assert fetched(url.replace("/p/mine", "/p/yours"))[0] == 403
    assert fetched(url.split("?")[0])[0] == 403


async def test_a_key_with_signs_of_its_own_opens(storage: Storage) -> None:
    key = "p/In\u00e9s & the +1 (50%) #2?.txt"
    await storage.put_bytes(key, b"odd", "text/plain")

    assert fetched(storage.links.seen_from(NOWHERE).get(key))[:2] == (200, b"odd")


async def test_a_download_gets_its_real_name(storage: Storage) -> None:
    await storage.put_bytes("p/script", b"x", "text/plain")

    _, _, headers = fetched(storage.links.seen_from(NOWHERE).get("p/script", download_name='Inés "one".fountain'))

    disposition = headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="In_s _one_.fountain"')
    assert urllib.parse.unquote(disposition.partition("filename*=UTF-8''")[2]) == 'Inés "one".fountain'


async def test_the_same_address_is_handed_out_again(storage: Storage) -> None:
    links = storage.links.seen_from(NOWHERE)
    first = links.get("p/list.jpg")

    assert storage.links.seen_from(NOWHERE).get("p/list.jpg") is first
    assert links.get("p/list.jpg", download_name="list.jpg") != first
    assert "X-Amz-Expires=60" in links.get("p/list.jpg", expires_seconds=60)


async def test_the_address_of_a_deleted_object_is_signed_anew(storage: Storage) -> None:
    links = storage.links.seen_from(NOWHERE)
    first = links.get("p/gone.jpg")

    await storage.delete("p/gone.jpg")

    assert links.get("p/gone.jpg") is not first


async def test_an_address_is_signed_for_the_host_and_port_that_the_browser_uses(storage: Storage) -> None:
    await storage.put_bytes("p/seen", b"seen", "text/plain")
    parts = urllib.parse.urlsplit(storage.links.seen_from(NOWHERE).get("p/seen"))

    for origin, host in (("https://auteur.example", "auteur.example"), ("http://10.1.2.3:8443", "10.1.2.3:8443")):
        url = storage.links.seen_from(origin).get("p/seen")
        assert url.startswith(f"{origin}/{storage.bucket}/p/seen?")
        # A proxy that keeps the browser's Host passes the request on to where the store is.
        inner = urllib.parse.urlsplit(url)._replace(scheme="http", netloc=parts.netloc).geturl()
        assert fetched(inner, host)[:2] == (200, b"seen")
        assert fetched(inner, "else.example")[0] == 403


async def test_the_public_url_comes_before_what_the_browser_uses(s3_settings: S3Settings) -> None:
    public_url = s3_settings.endpoint_url.replace("127.0.0.1", "localhost")
    storage = Storage(s3_settings.model_copy(update={"public_url": public_url}))
    await storage.put_bytes("p/public", b"seen", "text/plain")

    url = storage.links.seen_from("https://auteur.example").get("p/public")

    assert url.startswith(public_url)
    assert fetched(url)[:2] == (200, b"seen")
    await storage.aclose()


def test_the_memory_of_addresses_is_bounded(s3_settings: S3Settings) -> None:
    links = ObjectLinks(s3_settings).seen_from(NOWHERE)
    first = links.get("p/0")
    for number in range(1, 10_001):
        links.get(f"p/{number}")

    assert links.get("p/0") is not first
