"""Routes of health, metrics and what this installation can do."""

import json
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response

from backend.resources import ResourcesDep, SessionDep
from backend.system import service
from backend.system.metrics import Metrics
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
async def get_metrics(request: Request, session: SessionDep) -> Response:
    """Numbers for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    return Response(await metrics.render(session), media_type="text/plain; version=0.0.4; charset=utf-8")


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
