"""Numbers for Prometheus: what this process has counted, and the queue as the database has it."""

import time

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.core.metrics import HTTP_REQUESTS, HTTP_SECONDS, REGISTRY
from backend.jobs import repository as jobs
from backend.resources import Resources


async def render(resources: Resources) -> bytes:
    """The text Prometheus reads. Without a database the queue is missing and `auteur_database_up` is 0."""
    queue = CollectorRegistry()
    up = Gauge("auteur_database_up", "Whether the database answers.", registry=queue)
    try:
        async with resources.db.transaction() as session:
            await _describe_queue(session, queue)
        up.set(1)
    except (OSError, SQLAlchemyError, TimeoutError):
        up.set(0)
    return generate_latest(REGISTRY) + generate_latest(queue)


async def _describe_queue(session: AsyncSession, registry: CollectorRegistry) -> None:
    counts, waiting = await jobs.count_active(session), await jobs.queue_depth(session)
    active = Gauge("auteur_jobs_active", "Jobs not ended.", ["kind", "status"], registry=registry)
    depth = Gauge("auteur_queue_depth", "Jobs that are due and wait for a worker.", ["kind"], registry=registry)
    oldest = Gauge("auteur_queue_oldest_seconds", "How long the oldest of them waits.", ["kind"], registry=registry)
    for kind, status, count in counts:
        active.labels(kind, status).set(count)
    for kind, count, seconds in waiting:
        depth.labels(kind).set(count)
        oldest.labels(kind).set(seconds)


class MetricsMiddleware:
    """Counts requests by the route's template, so that ids do not make series."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            # A client may send any word as a method.
            method = scope["method"] if scope["method"] in _METHODS else "other"
            HTTP_REQUESTS.labels(method, route, str(status)).inc()
            if not route.endswith("/events"):
                HTTP_SECONDS.labels(method, route).observe(time.perf_counter() - started)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
