"""Who asks, and under which address: what a trusted proxy in front has seen."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_IS_FORWARDED = "auteur.is_forwarded"


class ForwardedMiddleware:
    """Believes X-Forwarded-For, -Proto and -Host when they come from a trusted proxy, and from nobody else.

    Afterwards client, scheme and Host of the request are those of the browser. uvicorn's own option knows no host
    and would hide from us which peer had sent it, so the server runs with `--no-proxy-headers`.
    """

    def __init__(self, app: ASGIApp, trusted_proxies: str) -> None:
        self._app = app
        self._believe = ProxyHeadersMiddleware(app, trusted_proxies)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve with the browser's view of the request."""
        client = scope.get("client")
        if scope["type"] != "http" or client is None or client[0] not in self._believe.trusted_hosts:
            await self._app(scope, receive, send)
            return
        # Several proxies append; the first name is the one the browser asked for.
        host = Headers(scope=scope).get("x-forwarded-host", "").partition(",")[0].strip()
        if _HOST.fullmatch(host):
            scope = {**scope, "headers": list(scope["headers"]), _IS_FORWARDED: True}
            MutableHeaders(scope=scope)["host"] = host
        await self._believe(scope, receive, send)  # type: ignore[arg-type]


def public_origin(connection: HTTPConnection) -> str | None:
    """Scheme, host and port in the browser's address bar, when a trusted proxy passed them on."""
    return str(connection.base_url).rstrip("/") if connection.scope.get(_IS_FORWARDED) else None
