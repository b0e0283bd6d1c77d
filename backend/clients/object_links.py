"""Addresses a browser can read objects from, signed for the host it uses."""

import threading
import time
from urllib.parse import quote

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from backend.core.settings import S3Settings

# One address is handed out this long, so that a refetched list has the same `src` values as before.
REUSE_SECONDS = 300
CACHE_SIZE = 10_000


class ObjectLinks:
    """Presigned addresses of one bucket."""

    def __init__(self, settings: S3Settings) -> None:
        self._settings = settings
        self._credentials = Credentials(settings.access_key, settings.secret_key.get_secret_value())
        self._handed_out: dict[tuple[str, str, str | None, int], tuple[float, str]] = {}
        self._lock = threading.Lock()

    def seen_from(self, origin: str | None) -> "LinksFor":
        """The links for a browser that opened the page at `origin`, such as `https://auteur.example:8443`.

        `S3__PUBLIC_URL` comes first; without either, the store's own endpoint is what is signed for.
        """
        base = self._settings.public_url or origin or self._settings.endpoint_url
        return LinksFor(self, base.rstrip("/"))

    def forget(self, *keys: str) -> None:
        """The objects are gone: their addresses are not handed out again."""
        gone = set(keys)
        with self._lock:
            self._handed_out = {slot: link for slot, link in self._handed_out.items() if slot[1] not in gone}

    def get(self, base: str, key: str, download_name: str | None, expires_seconds: int) -> str:
        """See `LinksFor.get`; `base` is scheme, host and port."""
        slot, now = (base, key, download_name, expires_seconds), time.monotonic()
        with self._lock:
            hit = self._handed_out.get(slot)
            if hit is not None and now < hit[0]:
                return hit[1]
        url = self._sign(base, key, download_name, expires_seconds)
        reuse_seconds = min(REUSE_SECONDS, expires_seconds / 2)
        with self._lock:
            if len(self._handed_out) >= CACHE_SIZE:
                self._handed_out = {slot: link for slot, link in self._handed_out.items() if now < link[0]}
            if len(self._handed_out) >= CACHE_SIZE:
                self._handed_out.clear()
            self._handed_out[slot] = (now + reuse_seconds, url)
        return url

    def _sign(self, base: str, key: str, download_name: str | None, expires_seconds: int) -> str:
        # Signing is arithmetic, no request. boto3 would need a client for each host that a browser may use.
        params = {} if download_name is None else {"response-content-disposition": _attachment(download_name)}
        url = f"{base}/{self._settings.bucket}/{quote(key, safe='/~')}"
        request = AWSRequest(method="GET", url=url, params=params)
        S3SigV4QueryAuth(self._credentials, "s3", self._settings.region, expires=expires_seconds).add_auth(request)
        return str(request.url)


class LinksFor:
    """The links one browser can open."""

    def __init__(self, links: ObjectLinks, base: str) -> None:
        self._links = links
        self._base = base

    def get(self, key: str, *, expires_seconds: int = 3600, download_name: str | None = None) -> str:
        """An address anyone may GET `key` from for `expires_seconds`.

        With `download_name` the browser saves the file under that name instead of showing it.
        The same arguments give the same address for five minutes: a refetched list must not make
        the browser load every picture again.
        """
        return self._links.get(self._base, key, download_name, expires_seconds)


def _attachment(name: str) -> str:
    """RFC 6266: a plain fallback and the real name in UTF-8."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
