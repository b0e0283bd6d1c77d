"""Background work on the language model: downloads."""

import time
from contextlib import aclosing

from backend.core.outbox import publish
from backend.jobs.registry import handles
from backend.jobs.run import JobRun
from backend.llm.payloads import PullModel

# A fast network gives hundreds of steps a second; a person needs two.
REPORT_SECONDS = 0.5


@handles(PullModel)
async def pull_model(run: JobRun, payload: PullModel) -> None:
    """Download until the server says success. A cancel closes the connection, and the server stops; it keeps the parts
    it has, so a retry goes on from there.
    """
    # Who has just set another address means that one.
    run.resources.llm.forget_settings()
    reported_at = 0.0
    size = 0
    async with aclosing(run.resources.llm.pull(payload.model)) as steps:
        async for step in steps:
            size = step.total_bytes
            if time.monotonic() - reported_at >= REPORT_SECONDS:
                await run.report(step.done_bytes, step.total_bytes)
                reported_at = time.monotonic()
    if size:
        await run.report(size, size)
    async with run.complete() as completion:
        completion.result = {"model": payload.model, "bytes": size}
        publish(completion.session, "llm", None)
