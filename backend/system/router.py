"""Routes of health, metrics and what this installation can do."""

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


@router.get("/veo/schema", operation_id="get_veo_schema", dependencies=[signed_in])
async def get_veo_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the shot document `veo-shot/1.0.0`."""
    return document_schema()
