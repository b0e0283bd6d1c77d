"""Routes of health, metrics and what this installation can do."""

import json
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response

from backend.core.errors import NotFoundError
from backend.resources import ResourcesDep
from backend.system import metrics, service
from backend.system.schemas import Readiness, SystemRead
from backend.users.dependencies import signed_in, signed_in_standalone
from backend.veo.document import document_schema

health_router = APIRouter(tags=["system"])
router = APIRouter(tags=["system"])


@health_router.get("/healthz", operation_id="get_health")
async def get_health() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@health_router.get(
    "/readyz",
    operation_id="get_readiness",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "A required dependency is down."}},
)
async def get_readiness(resources: ResourcesDep, response: Response) -> Readiness:
    """Database, Redis, object store (required) and language model (optional), each named. 503 when one is down."""
    readiness = await service.readiness(resources)
    response.status_code = 200 if readiness.is_ready else 503
    return readiness


@health_router.get("/metrics", operation_id="get_metrics", response_class=Response)
async def get_metrics(request: Request, resources: ResourcesDep) -> Response:
    """Numbers for Prometheus, for whoever reaches this process itself. Through a proxy there is nothing here."""
    if any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host")):
        raise NotFoundError("request.no_such_route", "There is nothing at this address.")
    return Response(await metrics.render(resources), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/system", operation_id="get_system", response_model=SystemRead, dependencies=[signed_in_standalone])
async def get_system(resources: ResourcesDep) -> SystemRead:
    """Version, limits, and whether the language model answers."""
    return await service.describe(resources)


@cache
def _veo_schema() -> bytes:
    return json.dumps(document_schema()).encode()


@router.get("/veo/schema", operation_id="get_veo_schema", response_model=dict[str, Any], dependencies=[signed_in])
async def get_veo_schema() -> Response:
    """JSON Schema (2020-12) of the shot document `veo-shot/1.0.0`."""
    return Response(_veo_schema(), media_type="application/json")
