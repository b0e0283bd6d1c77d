"""Wake-ups through the real Redis."""

import time
from uuid import uuid4

from backend.jobs.queue import RESEND_SECONDS, open_queue
from tests.conftest import World


async def test_a_wake_up_that_waits_already_is_not_sent_twice(world: World) -> None:
    job_id = uuid4()
    async with open_queue(world.resources.settings) as queue:
        # Not across the border between two epochs.
        while time.time() % RESEND_SECONDS > RESEND_SECONDS - 2:
            time.sleep(0.1)
        for _ in range(3):
            await queue.wake([(job_id, 0)])
    sent = [name for name in await world.resources.redis.zrange("arq:queue", 0, -1) if str(job_id).encode() in name]
    assert len(sent) == 1


async def test_a_message_that_a_dead_worker_had_taken_does_not_block_the_job_for_long(world: World) -> None:
    job_id = uuid4()
    epoch = int(time.time() // RESEND_SECONDS)
    redis = world.resources.redis
    # What a worker leaves behind that died together with Redis: its mark, and the message.
    await redis.set(f"arq:in-progress:{job_id}:0:{epoch - 1}", b"1", ex=3600)
    await redis.set(f"arq:job:{job_id}:0:{epoch - 1}", b"x", ex=3600)
    async with open_queue(world.resources.settings) as queue:
        await queue.wake([(job_id, 0)])
    sent = [name for name in await redis.zrange("arq:queue", 0, -1) if str(job_id).encode() in name]
    assert len(sent) == 1
