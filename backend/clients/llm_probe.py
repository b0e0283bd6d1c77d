"""Single steps on the way to a server, for who looks for the step that fails: name, port, HTTP."""

import asyncio
import socket
import urllib.request
from dataclasses import dataclass
from typing import Literal

import httpx

from backend.clients.llm_server import is_loopback

LARGEST_ANSWER = 2_000_000


class ProbeFailed(Exception):
    """A step that failed; `reason` tells refusals from silence."""

    def __init__(self, reason: Literal["unknown_host", "refused", "silent", "unreachable", "tls"], words: str) -> None:
        super().__init__(words)
        self.reason = reason
        self.words = words


@dataclass(frozen=True)
class HttpAnswer:
    """Status and text of an HTTP answer."""

    status: int
    text: str


async def addresses(host: str, port: int) -> list[str]:
    """The IP addresses behind a name, without doubles. Raises `ProbeFailed`."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise ProbeFailed("unknown_host", str(error)) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def connect(host: str, port: int) -> None:
    """Open and close a connection. Raises `ProbeFailed`; the caller bounds the time."""
    try:
        _, writer = await asyncio.open_connection(host, port)
    except ConnectionRefusedError as error:
        raise ProbeFailed("refused", f"nothing listens at port {port}") from error
    except OSError as error:
        # Several addresses of one name give one error with all of theirs in it.
        is_refused = "Connect call failed" in str(error) and "[Errno 111]" in str(error)
        raise ProbeFailed("refused" if is_refused else "unreachable", error.strerror or str(error)) from error
    writer.close()


async def get(base_url: str, path: str, *, timeout_seconds: float) -> HttpAnswer:
    """GET as the client of the language model does it, through the same proxy or none. Raises `ProbeFailed`."""
    try:
        async with httpx.AsyncClient(timeout=timeout_seconds, trust_env=not is_loopback(base_url)) as client:
            answer = await client.get(base_url + path)
    except httpx.TimeoutException as error:
        raise ProbeFailed("silent", f"no answer within {timeout_seconds:g} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        words = str(error) or type(error).__name__
        is_tls = any(sign in words.upper() for sign in ("SSL", "TLS", "CERTIFICATE"))
        raise ProbeFailed("tls" if is_tls else "unreachable", words) from error
    return HttpAnswer(answer.status_code, answer.text[:LARGEST_ANSWER])


def proxy_for(base_url: str, host: str) -> str | None:
    """The proxy that the environment puts between us and this host."""
    if is_loopback(base_url) or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(base_url.split("://")[0]) or proxies.get("all")
