"""The stream that tells browsers what changed."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from backend.events.hub import EventHub
from backend.users.dependencies import signed_in_standalone

router = APIRouter(tags=["events"])

HEARTBEAT_SECONDS = 15.0


@router.get(
    "/events",
    operation_id="stream_events",
    response_class=EventSourceResponse,
    dependencies=[signed_in_standalone],
)
async def stream_events(request: Request) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events, one for each change: `event: change`, `data: {"tag", "project_id", "id"}`.

    An event says only that something changed; read it again. `event: reset` means that some may have been
    missed: read everything again.
    """
    hub: EventHub = request.app.state.event_hub
    async with hub.subscribe() as events:
        yield ServerSentEvent(event="reset", data={}, retry=2000)
        while True:
            try:
                event = await asyncio.wait_for(events.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ServerSentEvent(comment="alive")
                continue
            if event is None:
                return
            yield event
