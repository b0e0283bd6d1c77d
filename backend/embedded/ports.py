"""Free loopback ports for servers that keep theirs through a restart."""

import random
import socket

# Below the range from which Linux (32768) and macOS (49152) take the ports of outgoing connections: a client that
# retries while its server restarts cannot be given the server's own port.
FIRST, LAST = 20_000, 32_000


def is_free(port: int) -> bool:
    """Whether a server could listen on the loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """`count` different loopback ports that were free a moment ago. A server that finds one taken tries again."""
    chosen: list[int] = []
    for port in random.SystemRandom().sample(range(FIRST, LAST), LAST - FIRST):
        if is_free(port):
            chosen.append(port)
            if len(chosen) == count:
                return chosen
    raise OSError(f"no {count} free ports between {FIRST} and {LAST}")
