"""The address of an Ollama server: mended where what is meant is plain, refused with the right one where it is not."""

import re
from urllib.parse import urlsplit

DEFAULT_PORT = 11434


class BadAddressError(ValueError):
    """An address that cannot be meant; `fix` says what to write."""

    def __init__(self, detail: str, fix: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fix = fix


def mended(text: str) -> str:
    """`scheme://host[:port][/prefix]`, without a slash at the end; a name without a scheme gets `http://` and 11434.

    Raises `BadAddressError` for another scheme, no host, a wrong port, credentials, a query, or the path of
    an API (`/api`, `/v1`), which the client adds itself. Another path is kept: a proxy may serve Ollama below one.
    """
    address = text.strip()
    has_scheme = "://" in address
    example = f"http://127.0.0.1:{DEFAULT_PORT}"
    if not address or any(character.isspace() or not character.isprintable() for character in address):
        raise BadAddressError("An address has no spaces and is not empty.", f"Write it like {example}.")
    if one_slash := re.match(r"(https?):/?(?=[^/])", address, re.IGNORECASE):
        right = f"{one_slash[1].lower()}://{address[one_slash.end() :]}"
        raise BadAddressError(f"After {one_slash[1]}: come two slashes.", f"Write {right}.")
    try:
        parts = urlsplit(address if has_scheme else f"http://{address}")
        port = parts.port
    except ValueError as error:
        raise BadAddressError(f"This is no address: {error}.", f"Write it like {example}.") from error
    if parts.scheme not in ("http", "https"):
        raise BadAddressError(f"Ollama speaks http or https, not {parts.scheme}.", f"Write it like {example}.")
    if not parts.hostname:
        raise BadAddressError("There is no host in this address.", f"Write it like {example}.")
    if "@" in parts.netloc:
        raise BadAddressError(
            "An address with a name and password in it would be shown to everyone.", "Leave out what is before the @."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port is None and not has_scheme:
        port = DEFAULT_PORT
    root = f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")
    if parts.query or parts.fragment:
        raise BadAddressError("An address of a server has no ? and no #.", f"Write {root}.")
    first = parts.path.strip("/").split("/")[0].lower()
    if first in ("api", "v1"):
        raise BadAddressError(
            f"The path {parts.path} does not belong to the address: it is added to each request.", f"Write {root}."
        )
    return root + parts.path.rstrip("/")
