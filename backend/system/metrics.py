"""Numbers for Prometheus: requests as they are served, jobs as the database has them."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.jobs import repository as jobs


class Metrics:
    """One registry a process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "auteur_http_requests_total", "Requests served.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "auteur_http_request_seconds", "Time to the end of the answer.", ["route"], registry=self._registry
        )
        self._jobs = Gauge("auteur_jobs_active", "Jobs not ended.", ["kind", "status"], registry=self._registry)
        self._age = Gauge(
            "auteur_jobs_oldest_seconds", "Age of the oldest job not ended.", ["kind"], registry=self._registry
        )

    async def render(self, session: AsyncSession) -> bytes:
        """The text Prometheus reads."""
        self._jobs.clear()
        self._age.clear()
        for kind, status, count, age in await jobs.queue_depth(session):
            self._jobs.labels(kind, status).set(count)
            self._age.labels(kind).set(float(age))
        return generate_latest(self._registry)


class MetricsMiddleware:
    """Counts requests by the route's template, so that ids do not make series."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

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
            self._metrics.requests.labels(scope["method"], route, str(status)).inc()
            if not route.endswith("/events"):
                self._metrics.seconds.labels(route).observe(time.perf_counter() - started)
