"""Ask every dependency how it is."""

import asyncio
from collections.abc import Awaitable

from sqlalchemy import text

from backend import __version__
from backend.core.errors import AppError
from backend.resources import Resources
from backend.system.schemas import DependencyHealth, Limits, LlmState, Readiness, SystemRead

CHECK_SECONDS = 3.0


async def _database(resources: Resources) -> None:
    async with resources.engine.connect() as connection:
        await connection.execute(text("SELECT 1 FROM alembic_version"))


async def _redis(resources: Resources) -> None:
    await resources.redis.ping()


_FIXES = {
    "database": "Start PostgreSQL, check DATABASE__URL, and run the migrations (`python -m backend.cli prepare`).",
    "redis": "Start Redis and check REDIS__URL. Nothing is lost: accepted work waits in the database.",
    "storage": "Start the object store, check the S3__ settings and that the bucket exists.",
}


async def _check(name: str, probe: Awaitable[None]) -> DependencyHealth:
    try:
        await asyncio.wait_for(probe, CHECK_SECONDS)
    except TimeoutError:
        detail = f"No answer within {CHECK_SECONDS:.0f} seconds."
    except AppError as error:
        detail = error.detail
    except Exception as error:  # whatever a driver raises, the answer is the same: it is down
        detail = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no answer'}"[:300]
    else:
        return DependencyHealth.model_validate(
            {"name": name, "state": "ok", "is_required": True, "detail": None, "fix": None}
        )
    return DependencyHealth.model_validate(
        {"name": name, "state": "down", "is_required": True, "detail": detail, "fix": _FIXES[name]}
    )


async def readiness(resources: Resources) -> Readiness:
    """The state of each dependency; ready when all required ones answer."""
    database, redis, storage, llm = await asyncio.gather(
        _check("database", _database(resources)),
        _check("redis", _redis(resources)),
        _check("storage", resources.storage.check()),
        resources.llm.status(),
    )
    language_model = DependencyHealth(
        name="llm",
        state="ok" if llm.state == "ok" else "off",
        is_required=False,
        detail=llm.detail,
        fix=llm.fix,
    )
    dependencies = [database, redis, storage, language_model]
    is_ready = all(dependency.state == "ok" for dependency in dependencies if dependency.is_required)
    return Readiness(is_ready=is_ready, dependencies=dependencies)


async def describe(resources: Resources) -> SystemRead:
    """What this installation can do now."""
    llm = await resources.llm.status()
    limits = resources.settings.limits
    return SystemRead(
        version=__version__,
        llm=LlmState.model_validate(llm.model_dump()),
        limits=Limits(
            image_bytes=limits.image_bytes, image_pixels=limits.image_pixels, script_bytes=limits.script_bytes
        ),
    )
