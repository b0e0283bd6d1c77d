"""Lines that say how far a long command is, not too often."""

import time
from collections.abc import Callable

Say = Callable[[str], None]

LINE_SECONDS = 5.0


class Progress:
    """Counts things and bytes, and says so every few seconds."""

    def __init__(self, say: Say, title: str, total: int | None = None) -> None:
        self.count = 0
        self.size_bytes = 0
        self._say = say
        self._title = title
        self._total = total
        self._said_at = time.monotonic()

    def add(self, size_bytes: int) -> None:
        """One more thing of this size is done."""
        self.count += 1
        self.size_bytes += size_bytes
        if time.monotonic() - self._said_at >= LINE_SECONDS:
            self._said_at = time.monotonic()
            total = f" of {self._total:,}" if self._total is not None else ""
            self._say(f"{self._title}: {self.count:,}{total}, {megabytes(self.size_bytes)}")


def megabytes(size_bytes: int) -> str:
    """A size for a person."""
    return f"{size_bytes / 1_000_000:,.1f} MB"
