"""Wake the workers: the only place, beside the worker itself, that knows ARQ."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from arq.connections import ArqRedis
from redis.asyncio import BlockingConnectionPool

from backend.core.settings import Settings

TASK = "run"
RESEND_SECONDS = 20


class JobQueue:
    """Sends job ids through Redis. A lost message costs time, never a job: the sweeper sends it again.

    ARQ refuses a second message with an id it still holds, which keeps a blind sweep from flooding the queue. But
    a worker that dies with Redis leaves its mark on the message it had taken, and no other worker would take it
    for as long as a job may run. So the id changes every `RESEND_SECONDS`; a message too many finds the row claimed.
    """

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis

    async def wake(self, jobs: Sequence[tuple[UUID, int]]) -> None:
        """Send (job id, attempt) pairs; one that waits in the queue already is not sent twice."""
        epoch = int(time.time() // RESEND_SECONDS)
        await asyncio.gather(
            *(
                self._redis.enqueue_job(TASK, str(job_id), _job_id=f"{job_id}:{attempt}:{epoch}")
                for job_id, attempt in jobs
            )
        )


@asynccontextmanager
async def open_queue(settings: Settings) -> AsyncIterator[JobQueue]:
    """A queue that connects at first use, so that a process starts without Redis."""
    pool = BlockingConnectionPool.from_url(
        settings.redis.url.get_secret_value(),
        max_connections=16,
        timeout=5,
        socket_connect_timeout=2,
        socket_timeout=5,
        health_check_interval=30,
    )
    redis = ArqRedis(pool)
    try:
        yield JobQueue(redis)
    finally:
        await redis.aclose()
        await pool.disconnect()
