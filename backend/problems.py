"""Turn every error into an RFC 9457 problem document."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from asgi_correlation_id import correlation_id
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.core.errors import AppError

log = structlog.get_logger(__name__)


def problem(
    status: int,
    code: str,
    detail: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One problem document."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **{key: value for key, value in (extra or {}).items() if value is not None},
    }
    return Response(
        json.dumps(body, ensure_ascii=False, default=str),
        status,
        headers=dict(headers) if headers else None,
        media_type="application/problem+json",
    )


async def _app_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    headers = {}
    if "retry_after_seconds" in error.extra:
        headers["Retry-After"] = str(error.extra["retry_after_seconds"])
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(error.status, error.code, error.detail, {"fix": error.fix, **error.extra}, headers)


async def _invalid_payload(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in error.errors()]
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "body"
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    return problem(
        422,
        "request.invalid",
        f"{where}: {first['msg']}{more}",
        {"errors": errors, "fix": "Mend the named fields and send the request again."},
    )


_HTTP_CODES = {404: "request.no_such_route", 405: "request.method_not_allowed", 413: "request.too_large"}


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "request.refused")
    detail, extra = str(error.detail), {}
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail, extra = "There is nothing at this address.", {"fix": "All addresses are listed at /docs."}
    elif error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _too_large()
    return problem(error.status_code, code, detail, extra, error.headers)


def _too_large() -> Response:
    return problem(
        413, "request.too_large", "The request is larger than this address takes.", {"fix": "Send a smaller file."}
    )


class TooLargeMiddleware:
    """Makes a problem of Starlette's own 413: too large a Content-Length is refused in plain text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; only that one answer is another."""
        is_replaced = False

        async def replacing(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                is_replaced = Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
                if is_replaced:
                    await _too_large()(scope, receive, send)
            if not is_replaced:
                await send(message)

        await self._app(scope, receive, replacing)


async def _database_away(_request: Request, error: Exception) -> Response:
    log.error("database_unavailable", error=str(error).splitlines()[0])
    return problem(
        503,
        "database.unavailable",
        "The database does not answer; nothing was stored.",
        {"fix": "Try again in a moment."},
        {"Retry-After": "2"},
    )


# PostgreSQL's code for two transactions that wait for each other, of which it ends one.
_DEADLOCK = "40P01"


async def _database_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError)
    if error.connection_invalidated:
        return await _database_away(request, error)
    if getattr(error.orig, "sqlstate", None) == _DEADLOCK:
        log.warning("deadlock", path=request.url.path)
        return problem(
            503,
            "database.busy",
            "This change and another waited for each other; nothing of this one was stored.",
            {"fix": "Try again."},
            {"Retry-After": "1"},
        )
    return await _crash(request, error)


async def _crash(_request: Request, error: Exception) -> Response:
    log.error("request_crashed", exc_info=error)
    return problem(
        500,
        "server.internal",
        "Something went wrong inside the server; nothing was stored.",
        {"fix": "Try again. If it happens again, the log has the cause under this answer's X-Request-ID."},
        # This answer is made outside of the middleware that adds it to all others.
        {"X-Request-ID": correlation_id.get() or ""},
    )


def install(app: FastAPI) -> None:
    """Register the handlers."""
    # FastAPI's limit of bodies is outside of every middleware that can be added.
    build = app.build_middleware_stack
    app.build_middleware_stack = lambda: TooLargeMiddleware(build())  # type: ignore[method-assign]
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _invalid_payload)
    app.add_exception_handler(HTTPException, _http_error)
    for away in (OperationalError, InterfaceError, ConnectionError, TimeoutError):
        app.add_exception_handler(away, _database_away)
    app.add_exception_handler(DBAPIError, _database_error)
    app.add_exception_handler(Exception, _crash)
