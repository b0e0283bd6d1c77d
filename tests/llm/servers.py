"""Small HTTP servers with prepared answers, for what a sound Ollama cannot be made to say."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

# The body, or a function that writes it bit by bit.
Answer = tuple[int, str] | Callable[[asyncio.StreamWriter], Any]


@dataclass
class PreparedServer:
    """Where it listens, and the paths it was asked for."""

    url: str = ""
    asked: list[str] = field(default_factory=list)


@asynccontextmanager
async def prepared_server(answers: Mapping[str, Answer]) -> AsyncIterator[PreparedServer]:
    """Answers each path as prepared, any other with 404."""
    server = PreparedServer()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lengths = [row.split(":")[1] for row in head.splitlines() if row.lower().startswith("content-length")]
            await reader.readexactly(int(lengths[0]) if lengths else 0)
            path = head.split()[1]
            server.asked.append(path)
            answer = answers.get(path, (404, "404 page not found"))
            if callable(answer):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n")
                await answer(writer)
            else:
                status, body = answer
                data = body.encode()
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(data)}\r\n".encode())
                writer.write(b"Connection: close\r\n\r\n" + data)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with listening:
        yield server


def ollama(*models: str, **more: Answer) -> dict[str, Answer]:
    """The answers of an Ollama with these models, as far as looking at it goes."""
    return {
        "/": (200, "Ollama is running"),
        "/api/version": (200, json.dumps({"version": "0.33.0"})),
        "/api/tags": (200, json.dumps({"models": [{"model": name, "name": name} for name in models]})),
        **{f"/api/{name}": answer for name, answer in more.items()},
    }


def lines(*steps: Mapping[str, Any]) -> bytes:
    """NDJSON."""
    return b"".join(json.dumps(step).encode() + b"\n" for step in steps)
