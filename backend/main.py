"""The API process."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from typing import Any

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline

from backend import __version__, problems, spa
from backend.access_log import AccessLogMiddleware
from backend.assets.router import router as assets_router
from backend.core.errors import Problem
from backend.core.logging import configure_logging
from backend.core.settings import Settings
from backend.events.hub import EventHub
from backend.events.router import router as events_router
from backend.forwarded import ForwardedMiddleware
from backend.jobs.queue import open_queue
from backend.jobs.router import router as jobs_router
from backend.llm.router import router as llm_router
from backend.projects.router import router as projects_router
from backend.resources import open_resources
from backend.scenes.router import router as scenes_router
from backend.scripts.drafts_router import router as drafts_router
from backend.scripts.router import router as scripts_router
from backend.security import OriginMiddleware, SecurityHeadersMiddleware
from backend.shots.editing_router import router as shot_editing_router
from backend.shots.router import router as shots_router
from backend.system.metrics import MetricsMiddleware
from backend.system.router import health_router
from backend.system.router import router as system_router
from backend.users.router import router as users_router
from backend.users.throttle import LoginThrottle

DESCRIPTION = """
From a screenplay to Flow-ready shots. Sign in with `POST auth/login` (a cookie), or make an API token with
`POST auth/tokens` and send it as `Authorization: Bearer TOKEN`. Every error is an RFC 9457 problem with a stable
`code`, a sentence and, where you can mend it, a `fix`.
"""

MULTIPART_OVERHEAD = 64 * 1024
JSON_BODY_BYTES = 4 * 1024 * 1024


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    async with open_queue(settings) as queue, open_resources(settings, queue.wake) as resources:
        app.state.resources = resources
        app.state.event_hub = EventHub(resources.redis)
        listening = asyncio.create_task(app.state.event_hub.listen())
        # What is there now stays for good; the collector need not look at it again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        try:
            yield
        finally:
            app.state.event_hub.close()
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


def create_app(settings: Settings) -> FastAPI:
    """Build the application. Nothing is opened before it is started."""
    # Swagger UI from this installation: nothing of the house is asked for elsewhere, and it works without a network.
    app = FastAPIOffline(
        title="Auteur AI",
        version=__version__,
        description=DESCRIPTION,
        lifespan=_lifespan,
        responses={"default": {"model": Problem, "description": "A problem."}},
        max_body_size=JSON_BODY_BYTES,
        redoc_url=None,
        static_url="/docs-assets",
        swagger_ui_parameters={"persistAuthorization": True, "displayRequestDuration": True},
    )
    app.state.settings = settings
    app.state.login_throttle = LoginThrottle(settings.limits.login_attempts)
    problems.install(app)

    api = APIRouter()
    for router in (
        users_router,
        projects_router,
        scenes_router,
        shots_router,
        shot_editing_router,
        jobs_router,
        events_router,
        llm_router,
    ):
        api.include_router(router)
    api.include_router(system_router)
    api.include_router(assets_router, max_body_size=settings.limits.image_bytes + MULTIPART_OVERHEAD)
    for router in (scripts_router, drafts_router):
        api.include_router(router, max_body_size=settings.limits.script_bytes + MULTIPART_OVERHEAD)
    app.include_router(api, prefix="/api/v1")
    _include_literal_paths(app, settings)
    _describe_problems(app)
    app.include_router(health_router)

    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(OriginMiddleware)
    app.add_middleware(MetricsMiddleware)
    app.add_middleware(AccessLogMiddleware)
    app.add_middleware(CorrelationIdMiddleware, validator=lambda value: len(value) <= 64 and value.isprintable())
    if settings.trusted_proxies:
        app.add_middleware(ForwardedMiddleware, trusted_proxies=settings.trusted_proxies)
    if settings.spa_dir is not None:
        spa.mount(app, settings.spa_dir)
    return app


LITERAL_PATHS = ("/assets/upload", "/scripts/parse", "/shots/{shot_id}/generate-flow")


def _include_literal_paths(app: FastAPI, settings: Settings) -> None:
    """The specification's own paths, without the version: the same handlers, not listed a second time."""
    limits = {
        "/assets/upload": settings.limits.image_bytes + MULTIPART_OVERHEAD,
        "/scripts/parse": settings.limits.script_bytes + MULTIPART_OVERHEAD,
    }
    for router in (assets_router, scripts_router, shots_router):
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path in LITERAL_PATHS:
                literal = APIRouter()
                literal.add_api_route(
                    route.path,
                    route.endpoint,
                    methods=list(route.methods or ()),
                    status_code=route.status_code,
                    response_model=route.response_model,
                    dependencies=route.dependencies,
                    include_in_schema=False,
                )
                app.include_router(literal, prefix="/api", max_body_size=limits.get(route.path))


def _describe_problems(app: FastAPI) -> None:
    """FastAPI declares the model of `default` as plain JSON; what is sent is `application/problem+json`."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        is_new = app.openapi_schema is None
        schema = make()
        for item in schema["paths"].values() if is_new else ():
            for operation in item.values():
                model = {"schema": {"$ref": "#/components/schemas/Problem"}}
                operation["responses"]["default"]["content"] = {"application/problem+json": model}
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def app() -> FastAPI:
    """Factory for uvicorn: `uvicorn backend.main:app --factory`."""
    settings = Settings()
    configure_logging(json=settings.log_json, level=settings.log_level)
    return create_app(settings)
