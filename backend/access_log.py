"""One line for each request, in the form of all other lines. The query is left out: it may hold signatures."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("backend.access")

# Asked every few seconds by whoever watches the installation.
_QUIET = ("/healthz", "/readyz", "/metrics")


class AccessLogMiddleware:
    """Stands inside the correlation id, so that the line carries it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and tell of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size_bytes = 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size_bytes
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size_bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            tell = log.debug if scope["path"] in _QUIET and status < 500 else log.info
            client = scope.get("client")
            tell(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                seconds=round(time.perf_counter() - started, 4),
                bytes=size_bytes,
                client=client[0] if client else None,
            )
