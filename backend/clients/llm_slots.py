"""How many requests run at a time: a semaphore whose size may change while others wait."""

import asyncio
from types import TracebackType


class Slots:
    """Lets at most `limit` holders in. A smaller limit takes no slot away: it lets nobody in until enough have left."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._waiting: list[asyncio.Future[None]] = []

    def resize(self, limit: int) -> None:
        """Change the limit; whoever fits now is let in."""
        self._limit = limit
        self._wake()

    async def __aenter__(self) -> None:
        while self._taken >= self._limit:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except BaseException:
                # Given up, perhaps just after it was called: the turn goes to the next.
                self._waiting = [waiting for waiting in self._waiting if waiting is not turn]
                self._wake()
                raise
        self._taken += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._taken -= 1
        self._wake()

    def _wake(self) -> None:
        free = max(0, self._limit - self._taken)
        called, self._waiting = self._waiting[:free], self._waiting[free:]
        for turn in called:
            if not turn.done():
                turn.set_result(None)
