"""Do a long row of things, a few at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def in_batches(
    items: Iterable[T], work: Callable[[T], Awaitable[R]], at_a_time: int
) -> AsyncIterator[tuple[T, R]]:
    """Each item with what `work` made of it, in order; the first failure ends it."""
    iterator = iter(items)
    while batch := list(islice(iterator, at_a_time)):
        tasks = [asyncio.ensure_future(work(item)) for item in batch]
        try:
            results = await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for item, result in zip(batch, results, strict=True):
            yield item, result
