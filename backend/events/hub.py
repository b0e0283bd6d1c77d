"""One Redis subscription a process, handed on to every open stream."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi.sse import ServerSentEvent
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.core.outbox import ChangeEvent
from backend.resources import EVENT_CHANNEL

log = structlog.get_logger(__name__)

# A reader that falls this far behind is told to read everything again instead.
QUEUE_SIZE = 1000
RECONNECT_SECONDS = 1.0

Stream = asyncio.Queue[ServerSentEvent | None]


class EventHub:
    """Listens to Redis and feeds the streams. Without Redis the streams stay open and are reset when it is back."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._streams: set[Stream] = set()

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[Stream]:
        """A queue of events for one reader; None ends it."""
        stream: Stream = asyncio.Queue(QUEUE_SIZE)
        self._streams.add(stream)
        try:
            yield stream
        finally:
            self._streams.discard(stream)

    def close(self) -> None:
        """End every stream, so that the process can stop."""
        for stream in self._streams:
            _replace(stream, None)

    def _send(self, event: ServerSentEvent) -> None:
        for stream in self._streams:
            try:
                stream.put_nowait(event)
            except asyncio.QueueFull:
                _replace(stream, ServerSentEvent(event="reset", data={}))

    async def listen(self) -> None:
        """Run for as long as the process does."""
        is_first = True
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(EVENT_CHANNEL)
                    if not is_first:
                        self._send(ServerSentEvent(event="reset", data={}))
                    is_first = False
                    while True:
                        message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=10)
                        if message is not None:
                            self._hand_on(message["data"])
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("events_interrupted", error=str(error))
                await asyncio.sleep(RECONNECT_SECONDS)

    def _hand_on(self, data: bytes) -> None:
        try:
            event = ChangeEvent.model_validate_json(data)
        except ValidationError:
            log.warning("event_not_understood", size=len(data))
            return
        self._send(ServerSentEvent(event="change", data=event.model_dump(mode="json")))


def _replace(stream: Stream, event: ServerSentEvent | None) -> None:
    """Empty a stream and leave only this event."""
    with contextlib.suppress(asyncio.QueueEmpty):
        while True:
            stream.get_nowait()
    stream.put_nowait(event)
