"""The worker process: takes job ids from ARQ and runs their rows."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import structlog
from arq import cron, func
from arq.connections import RedisSettings
from arq.cron import CronJob
from arq.worker import Function, Worker
from prometheus_client import start_http_server
from redis.exceptions import RedisError

import backend.assets.tasks
import backend.llm.tasks
import backend.projects.tasks
import backend.scripts.tasks
import backend.shots.tasks  # noqa: F401  (each registers its handlers)
from backend.core.logging import configure_logging
from backend.core.metrics import REGISTRY
from backend.core.settings import Settings
from backend.jobs.heartbeat import beating
from backend.jobs.queue import TASK, open_queue
from backend.jobs.runner import JobRunner
from backend.resources import open_resources

log = structlog.get_logger(__name__)

# A language model may think for long; the lease and the heartbeat watch over a job, not this.
JOB_TIMEOUT_SECONDS = 24 * 3600
SWEEP_SECONDS = set(range(0, 60, 5))
ALIVE_SECONDS = 5


async def run_job(ctx: dict[Any, Any], *args: Any) -> None:
    """One wake-up; its argument is the job id."""
    runner: JobRunner = ctx["runner"]
    await runner.run(UUID(args[0]))


async def sweep(ctx: dict[Any, Any], *_: Any) -> None:
    """Look for what no wake-up will come for."""
    runner: JobRunner = ctx["runner"]
    await runner.sweep()


async def _start(ctx: dict[Any, Any]) -> None:
    settings: Settings = ctx["settings"]
    stack = contextlib.AsyncExitStack()
    queue = await stack.enter_async_context(open_queue(settings))
    resources = await stack.enter_async_context(open_resources(settings, queue.wake))
    if settings.worker.metrics_port:
        server, _ = start_http_server(settings.worker.metrics_port, settings.worker.metrics_host, registry=REGISTRY)
        stack.callback(server.server_close)
        stack.callback(server.shutdown)
    await stack.enter_async_context(beating(resources.redis, max_jobs=settings.worker.max_jobs))
    ctx["stack"] = stack
    ctx["runner"] = JobRunner(resources)
    # What was left by a worker that died is looked at now, not at the next full five seconds.
    await ctx["runner"].sweep()
    if settings.worker.alive_file is not None:
        ctx["alive"] = asyncio.create_task(_show_life(settings.worker.alive_file))
    log.info("worker_started", max_jobs=settings.worker.max_jobs)


async def _show_life(file: Path) -> None:
    """Touch the file as long as this loop runs: a health check need not start a Python for that."""
    while True:
        await asyncio.to_thread(file.touch)
        await asyncio.sleep(ALIVE_SECONDS)


async def _stop(ctx: dict[Any, Any]) -> None:
    if "alive" in ctx:
        ctx["alive"].cancel()
    stack: contextlib.AsyncExitStack | None = ctx.get("stack")
    if stack is not None:
        await stack.aclose()


def make_worker(settings: Settings) -> Worker:
    """ARQ's worker for our one task."""
    redis = RedisSettings.from_dsn(settings.redis.url.get_secret_value())
    redis.conn_retries = 60
    functions: list[Function] = [func(run_job, name=TASK, keep_result=0, timeout=JOB_TIMEOUT_SECONDS, max_tries=1000)]
    cron_jobs: list[CronJob] = [cron(sweep, second=SWEEP_SECONDS, unique=True, keep_result=0, timeout=60)]
    return Worker(
        functions=functions,
        cron_jobs=cron_jobs,
        redis_settings=redis,
        on_startup=_start,
        on_shutdown=_stop,
        max_jobs=settings.worker.max_jobs + 1,  # the sweep needs a place when all others are taken
        poll_delay=0.1,
        keep_result=0,
        job_completion_wait=settings.worker.drain_seconds,
        health_check_interval=15,
        ctx={"settings": settings},
    )


class _Exit:
    OK: ClassVar[int] = 0
    REDIS_LOST: ClassVar[int] = 3


async def _run(settings: Settings) -> int:
    worker = make_worker(settings)
    try:
        await worker.async_run()
    except asyncio.CancelledError:
        return _Exit.OK
    except (RedisError, OSError) as error:
        log.error("redis_lost", error=str(error), then="the supervisor starts the worker again; no job is lost")
        return _Exit.REDIS_LOST
    finally:
        with contextlib.suppress(RedisError, OSError):
            await worker.close()
    return _Exit.OK


def main() -> None:
    """Run until SIGTERM or SIGINT; running jobs get a few seconds, then are handed back."""
    settings = Settings()
    configure_logging(json=settings.log_json, level=settings.log_level)
    raise SystemExit(asyncio.run(_run(settings)))


if __name__ == "__main__":
    main()
