"""What a process holds: opened once by its root, handed down to requests and tasks."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import Depends, Request
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from backend.clients.llm import Llm
from backend.clients.object_links import LinksFor
from backend.clients.storage import Storage
from backend.core.db import Database, create_engine
from backend.core.llm_overrides import current_settings
from backend.core.metrics import watch_pool
from backend.core.outbox import Outbox
from backend.core.settings import LlmSettings, Settings
from backend.forwarded import public_origin

log = structlog.get_logger(__name__)

EVENT_CHANNEL = "auteur:events"

Wake = Callable[[Sequence[tuple[UUID, int]]], Awaitable[None]]


@dataclass(frozen=True)
class Resources:
    """Database, Redis, object store and LLM of one process."""

    settings: Settings
    engine: AsyncEngine
    db: Database
    redis: Redis
    storage: Storage
    llm: Llm


def open_redis(settings: Settings) -> Redis:
    """A Redis client that fails fast: Redis holds hints, so nobody waits long for it."""
    client: Redis = Redis.from_url(
        settings.redis.url.get_secret_value(),
        socket_connect_timeout=2,
        socket_timeout=5,
        health_check_interval=30,
        retry_on_timeout=False,
    )
    return client


@asynccontextmanager
async def open_resources(settings: Settings, wake: Wake) -> AsyncIterator[Resources]:
    """Open everything lazily: a dependency that is away does not keep the process from starting.

    `wake` tells the workers which (job id, attempt) pairs to look at.
    """
    engine = create_engine(settings.database)
    watch_pool(engine)
    redis = open_redis(settings)

    async def deliver(outbox: Outbox) -> None:
        # What is delivered here is a hint: the job row and the changed row are committed already, the
        # sweeper finds a job whose wake-up was lost, and the browser refetches when it reconnects.
        try:
            if outbox.job_ids:
                await wake(outbox.job_ids)
            if outbox.events:
                pipe = redis.pipeline(transaction=False)
                for event in outbox.events:
                    pipe.publish(EVENT_CHANNEL, event.model_dump_json())
                await pipe.execute()
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("hints_not_delivered", error=str(error), jobs=len(outbox.job_ids))

    sessions = async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
    db = Database(sessions, deliver)

    async def read_llm_settings() -> LlmSettings:
        async with db.transaction() as session:
            return await current_settings(session, settings.llm)

    llm = Llm(settings.llm, read_llm_settings)
    try:
        yield Resources(
            settings=settings,
            engine=engine,
            db=db,
            redis=redis,
            storage=Storage(settings.s3),
            llm=llm,
        )
    finally:
        await llm.aclose()
        await redis.aclose()
        await engine.dispose()


async def get_resources(request: Request) -> Resources:
    """The process's resources, for routes. Async, so that no thread is needed for it."""
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, Depends(get_resources)]


async def get_links(request: Request, resources: ResourcesDep) -> LinksFor:
    """Addresses of objects that this request's browser can open."""
    return resources.storage.links.seen_from(public_origin(request))


LinksDep = Annotated[LinksFor, Depends(get_links)]


async def get_session(resources: ResourcesDep) -> AsyncIterator[AsyncSession]:
    """The request's transaction."""
    async with resources.db.transaction() as session:
        yield session


# scope="function": the commit happens after serialisation and before the first byte leaves, so a failed
# commit cannot become a 201. A streaming route must not take this.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]
