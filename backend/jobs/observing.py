"""What can be seen of an attempt from outside: its log lines carry job and request, its end is counted."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import structlog
from asgi_correlation_id import correlation_id

from backend.core.jobs import Job
from backend.core.metrics import JOB_ATTEMPTS, JOB_SECONDS

log = structlog.get_logger(__name__)

Outcome = Literal["succeeded", "failed", "retried", "postponed", "stopped", "handed_back"]


class Observation:
    """Told by the runner how the attempt ended."""

    outcome: Outcome = "failed"


@contextmanager
def observed(job: Job) -> Iterator[Observation]:
    """One attempt. Jobs enqueued inside carry the same request's id."""
    seen, started = Observation(), time.perf_counter()
    request = correlation_id.set(job.request_id)
    structlog.contextvars.bind_contextvars(job_id=str(job.id), job_kind=job.kind)
    log.debug("job_started", attempt=job.attempts)
    try:
        yield seen
    except asyncio.CancelledError:
        seen.outcome = "handed_back"
        raise
    finally:
        seconds = time.perf_counter() - started
        JOB_ATTEMPTS.labels(job.kind, seen.outcome).inc()
        JOB_SECONDS.labels(job.kind, seen.outcome).observe(seconds)
        log.info("job_attempt_ended", outcome=seen.outcome, attempt=job.attempts, seconds=round(seconds, 3))
        structlog.contextvars.unbind_contextvars("job_id", "job_kind")
        correlation_id.reset(request)
