"""The load: keep-alive connections that ask for one address again and again, in a process of its own.

    python -m scripts.bench.load HOST PORT PATH COOKIE CONNECTIONS SECONDS

Raw bytes on uvloop, because a client library would cost more than the server it measures. Prints JSON: requests,
seconds, CPU seconds of this process, p50 and p95 in milliseconds.
"""

import asyncio
import json
import sys
import time
from statistics import quantiles
from typing import cast

import uvloop

MAX_REQUESTS = 200_000
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


class Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, request: bytes, until: float, latencies: list[float]) -> None:
        self._request = request
        self._until = until
        self._latencies = latencies
        self._received = b""
        self._sent_at = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transport is none by class, and only its write and close are used.
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head_end = self._received.find(HEAD_END)
        if head_end < 0:
            return
        head = self._received[:head_end].lower()
        start = head.index(LENGTH) + len(LENGTH)
        length = int(head[start : head.find(b"\r", start) if b"\r" in head[start:] else None])
        if len(self._received) < head_end + len(HEAD_END) + length:
            return
        now = time.perf_counter()
        self._latencies.append(now - self._sent_at)
        if not head.startswith(b"http/1.1 200"):
            self._end(RuntimeError(self._received.decode(errors="replace")))
            return
        self._received = b""
        if now < self._until and len(self._latencies) < MAX_REQUESTS:
            self._send()
        else:
            self._end(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(error or ConnectionError("the server closed the connection"))

    def _end(self, error: Exception | None) -> None:
        if error:
            self.ended.set_exception(error)
        else:
            self.ended.set_result(None)
        self._transport.close()


async def run(host: str, port: int, path: str, cookie: str, connections: int, seconds: float) -> dict[str, float]:
    """Ask until the time is over, at most MAX_REQUESTS times; RuntimeError for any answer but 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    cpu, begun = time.process_time(), time.perf_counter()
    opened = [
        await loop.create_connection(lambda: Connection(request, begun + seconds, latencies), host, port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.ended for _, connection in opened))
    cuts = quantiles(latencies, n=20)
    return {
        "requests": len(latencies),
        "seconds": time.perf_counter() - begun,
        "cpu_seconds": time.process_time() - cpu,
        "p50_ms": cuts[9] * 1000,
        "p95_ms": cuts[18] * 1000,
    }


if __name__ == "__main__":
    _, host, port, path, cookie, connections, seconds = sys.argv
    result = uvloop.run(run(host, int(port), path, cookie, int(connections), float(seconds)))
    print(json.dumps(result))
