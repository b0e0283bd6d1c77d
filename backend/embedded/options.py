"""What the person who starts it may choose, read from the environment and the file `.env`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from dotenv import dotenv_values

from backend.embedded.process import LauncherError

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_PORT = 8080
DEFAULT_DATA_DIR = ".auteur"
DEFAULT_LLM_URL = "http://127.0.0.1:11434"  # as in the settings, whose import would cost time here


@dataclass(frozen=True)
class Options:
    """`environment` is what the children get: the process's own, over that of `.env`."""

    port: int
    data_dir: Path
    llm_url: str
    is_password_given: bool
    environment: Mapping[str, str]

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, *, folder: Path = REPOSITORY) -> Self:
        """Raises `LauncherError` for a port that is none. A relative data folder is taken from `folder`."""
        from_file = {key: value for key, value in dotenv_values(folder / ".env").items() if value}
        known = from_file | dict(environment)
        port = known.get("AUTEUR_PORT") or str(DEFAULT_PORT)
        if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
            raise LauncherError(f"AUTEUR_PORT is {port!r}: set it to a number from 1 to 65535.")
        return cls(
            port=int(port),
            data_dir=folder / Path(known.get("AUTEUR_DATA_DIR") or DEFAULT_DATA_DIR).expanduser(),
            llm_url=known.get("LLM__BASE_URL") or DEFAULT_LLM_URL,
            is_password_given=bool(known.get("AUTEUR_ADMIN_PASSWORD")),
            environment=known,
        )
