"""Slow down guessing of passwords."""

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from backend.core.errors import AppError

WINDOW_MINUTES = 5


class LoginThrottle:
    """Counts failed sign-ins per client address and e-mail in this process."""

    def __init__(self, attempts: int) -> None:
        self._item = RateLimitItemPerMinute(attempts, WINDOW_MINUTES)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def check(self, address: str, email: str) -> None:
        """Raise 429 when too many attempts failed."""
        if not await self._limiter.test(self._item, address, email.lower()):
            raise AppError(
                429,
                "users.too_many_attempts",
                f"Too many failed sign-ins for this address. Wait up to {WINDOW_MINUTES} minutes.",
                fix="Wait, then try again with the right password.",
                retry_after_seconds=WINDOW_MINUTES * 60,
            )

    async def record_failure(self, address: str, email: str) -> None:
        """Count one failed attempt."""
        await self._limiter.hit(self._item, address, email.lower())
