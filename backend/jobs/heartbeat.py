"""Workers say in Redis that they live; a sign that is not renewed disappears by itself."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import structlog
from pydantic import BaseModel
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend import __version__

log = structlog.get_logger(__name__)

BEAT_SECONDS = 5.0
# A worker whose loop is held up for long is as good as dead; a few missed beats are not.
LIFETIME_SECONDS = 30
PREFIX = "auteur:worker:"


class WorkerSign(BaseModel):
    """What a living worker says of itself."""

    host: str
    pid: int
    version: str
    started_at: datetime
    max_jobs: int


@contextlib.asynccontextmanager
async def beating(redis: Redis, *, max_jobs: int) -> AsyncIterator[None]:
    """Renew this process's sign until the end of the block, then take it back."""
    sign = WorkerSign(
        host=socket.gethostname(), pid=os.getpid(), version=__version__, started_at=datetime.now(UTC), max_jobs=max_jobs
    )
    key = f"{PREFIX}{sign.host}:{sign.pid}"
    task = asyncio.create_task(_beat(redis, key, sign.model_dump_json()))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        with contextlib.suppress(RedisError, OSError):
            await redis.delete(key)


async def _beat(redis: Redis, key: str, sign: str) -> None:
    while True:
        try:
            await redis.set(key, sign, ex=LIFETIME_SECONDS)
        except (RedisError, OSError) as error:
            log.warning("heartbeat_not_sent", error=str(error))
        await asyncio.sleep(BEAT_SECONDS)


async def list_workers(redis: Redis) -> list[WorkerSign]:
    """The workers that live now."""
    keys = [key async for key in redis.scan_iter(match=f"{PREFIX}*", count=1000)]
    values = await redis.mget(keys) if keys else []
    return sorted((WorkerSign.model_validate_json(value) for value in values if value), key=lambda s: (s.host, s.pid))
