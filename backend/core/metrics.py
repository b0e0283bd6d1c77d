"""What a process counts of itself, for Prometheus. Names carry the unit; labels have few values, never an id."""

from weakref import WeakSet

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

# A model thinks for minutes, a thumbnail takes a tenth of a second.
_LONG = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900)

HTTP_REQUESTS = Counter(
    "auteur_http_requests_total", "Requests served.", ["method", "route", "status"], registry=REGISTRY
)
HTTP_SECONDS = Histogram(
    "auteur_http_request_seconds", "Time to the end of the answer.", ["method", "route"], registry=REGISTRY
)
JOB_ATTEMPTS = Counter(
    "auteur_job_attempts_total",
    "Attempts this process ended: succeeded, failed, retried, postponed, stopped, handed_back.",
    ["kind", "outcome"],
    registry=REGISTRY,
)
JOB_SECONDS = Histogram(
    "auteur_job_attempt_seconds", "Time of one attempt.", ["kind", "outcome"], buckets=_LONG, registry=REGISTRY
)
LLM_SECONDS = Histogram(
    "auteur_llm_request_seconds",
    "Time of one request to the language model; the outcome is ok or the problem's code.",
    ["model", "outcome"],
    buckets=_LONG,
    registry=REGISTRY,
)
LLM_TOKENS = Counter(
    "auteur_llm_tokens_total", "Tokens the language model read and wrote.", ["model", "direction"], registry=REGISTRY
)
STORAGE_ERRORS = Counter(
    "auteur_storage_errors_total", "Failed calls of the object store, by problem.", ["code"], registry=REGISTRY
)
DATABASE_CONNECTIONS = Gauge(
    "auteur_database_connections", "Connections of this process's pool.", ["state"], registry=REGISTRY
)


_pools: WeakSet[QueuePool] = WeakSet()
DATABASE_CONNECTIONS.labels("in_use").set_function(lambda: sum(pool.checkedout() for pool in _pools))
DATABASE_CONNECTIONS.labels("idle").set_function(lambda: sum(pool.checkedin() for pool in _pools))


def watch_pool(engine: AsyncEngine) -> None:
    """Count this engine's connections from now on."""
    if isinstance(engine.pool, QueuePool):
        _pools.add(engine.pool)
