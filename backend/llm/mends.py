"""What mends each trouble on the way to the language model: a sentence, and the exact lines."""

from dataclasses import dataclass
from urllib.parse import SplitResult

from backend.llm.address import DEFAULT_PORT
from backend.llm.surroundings import Surroundings

GATEWAY = "host.docker.internal"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
GATEWAY_URL = f"http://{GATEWAY}:{DEFAULT_PORT}"
EXTRA_HOSTS = f'    extra_hosts:\n      - "{GATEWAY}:host-gateway"'


@dataclass(frozen=True)
class Mend:
    """`fix` is for reading, `lines` for running or pasting."""

    fix: str
    lines: str | None = None


def ollama_variable(name: str, value: str) -> str:
    """The lines that set one of Ollama's variables where it runs as a service."""
    return f'sudo systemctl edit ollama\n\n[Service]\nEnvironment="{name}={value}"\n\nsudo systemctl restart ollama'


def pull(model: str, others: list[str]) -> Mend:
    """The model is not there."""
    there = f" Or choose one that is there: {', '.join(others[:6])}." if others else ""
    return Mend(f"Pull it, here or with the command.{there}", f"ollama pull {model}")


def unknown_host(host: str, surroundings: Surroundings) -> Mend:
    """The name has no address."""
    if host == GATEWAY and surroundings.is_container:
        return Mend(
            "The container does not know its host by this name. Add these lines to the services backend and worker in "
            "docker-compose.yml, then run `docker compose up -d`.",
            EXTRA_HOSTS,
        )
    if host == GATEWAY:
        return Mend(
            "This name exists inside containers only, and this process is in none. Set the address of this machine.",
            f"http://127.0.0.1:{DEFAULT_PORT}",
        )
    return Mend(f"Check the spelling of {host!r}, or write its IP address instead.")


def nobody_listens(parts: SplitResult, surroundings: Surroundings) -> Mend:
    """The port refuses, or nothing comes back from it."""
    host = parts.hostname or ""
    if parts.port is None and parts.scheme == "http":
        return Mend(
            f"Without a port the address means port 80; Ollama's is {DEFAULT_PORT}.", f"http://{host}:{DEFAULT_PORT}"
        )
    if host in LOOPBACK and surroundings.is_container:
        return Mend(
            f"Inside a container {host} is the container itself. For Ollama on the host set the address to "
            f"{GATEWAY_URL}, and give the services backend and worker these lines in docker-compose.yml.",
            EXTRA_HOSTS,
        )
    if host in LOOPBACK:
        return Mend("Start Ollama on this machine; as a service: `sudo systemctl start ollama`.", "ollama serve")
    if host == GATEWAY:
        return Mend(
            "Ollama on the host listens at 127.0.0.1 only, which a container cannot reach. Let it listen at every "
            "address: run the first line, add the two in the middle, save, and run the last.",
            ollama_variable("OLLAMA_HOST", "0.0.0.0"),  # noqa: S104  (advice, not a socket)
        )
    return Mend(
        f"On {host}, start Ollama, let it listen at every address (it listens at 127.0.0.1 only, unless told "
        f"otherwise), and open port {parts.port or 443} in its firewall.",
        ollama_variable("OLLAMA_HOST", "0.0.0.0"),  # noqa: S104  (advice, not a socket)
    )


def proxy_in_the_way(proxy: str, host: str) -> Mend:
    """A proxy of the environment answers instead of the server."""
    return Mend(
        f"The environment sends requests through the proxy {proxy}. Take {host} out of it for the API and the worker, "
        "and start them again.",
        f"NO_PROXY={host}",
    )


def not_ollama(root: str, path: str) -> Mend:
    """Something else answers."""
    if path:
        return Mend(f"The address has the path {path}; try it without.", root)
    return Mend(
        "Another server has this port. LM Studio, llama.cpp and vLLM speak another protocol; Ollama's port is "
        f"{DEFAULT_PORT}."
    )


def no_vision(model: str) -> Mend:
    """The vision model only reads text."""
    return Mend(f"{model} only reads text. Choose a vision model, and pull it.", "ollama pull qwen3-vl:8b")


def small_context(given: int | None, asked: int) -> Mend:
    """The server serves less context than is asked for."""
    lower = f", or lower the largest context here to {given}" if given and given >= 1024 else ""
    return Mend(
        f"Long scenes will not fit. Let Ollama serve {asked} tokens (it needs more memory){lower}.",
        ollama_variable("OLLAMA_CONTEXT_LENGTH", str(asked)),
    )


def one_at_a_time(wanted: int) -> Mend:
    """The server works on one request at a time, and more are sent."""
    return Mend(
        f"Let Ollama work on {wanted} at a time (it needs memory for each), or set the parallel requests here to 1.",
        ollama_variable("OLLAMA_NUM_PARALLEL", str(wanted)),
    )
