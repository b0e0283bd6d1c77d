"""Make the secrets of a new installation, each in files that only its reader can open. Standard library only.

`init_secrets.py [SECRETS [VOLUME…]]`: what is there stays; a variable of the same name replaces it. Started as root
it hands each folder of secrets, and each volume, to the account that its service runs under.
"""

import os
import re
import secrets
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

# The accounts of the services in docker-compose.yml, by the names of their folders of secrets and of their volumes.
READERS = {"app": 10001, "admin": 10001, "db": 999, "redis": 999, "minio": 1000}
WRITERS = {"db": 999, "redis": 999, "minio": 1000, "backups": 10001}
USABLE = re.compile(r"[\x21-\x7e]+")


def _password() -> str:
    return secrets.token_urlsafe(24)


def _memorable_password() -> str:
    return secrets.token_urlsafe(12)


def _access_key() -> str:
    """MinIO takes up to 20 characters."""
    return f"auteur-{secrets.token_hex(6)}"


@dataclass(frozen=True)
class Secret:
    """One secret: the variable that sets it, how it is made otherwise, and the files that hold it."""

    variable: str
    make: Callable[[], str]
    files: tuple[str, ...]


# The application's files are named as its settings.
SECRETS = (
    Secret("DATABASE__PASSWORD", _password, ("app/DATABASE__PASSWORD", "db/password")),
    Secret("REDIS__PASSWORD", _password, ("app/REDIS__PASSWORD", "redis/password")),
    Secret("S3__ACCESS_KEY", _access_key, ("app/S3__ACCESS_KEY", "minio/access_key")),
    Secret("S3__SECRET_KEY", _password, ("app/S3__SECRET_KEY", "minio/secret_key")),
    Secret("AUTEUR_MINIO_ROOT_USER", _access_key, ("minio/root_user",)),
    Secret("AUTEUR_MINIO_ROOT_PASSWORD", _password, ("minio/root_password",)),
    Secret("AUTEUR_ADMIN_PASSWORD", _memorable_password, ("admin/password",)),
)


def main(folder: Path, volumes: Iterable[Path]) -> int:
    """The exit code: 0, or 1 with a sentence on stderr."""
    is_new = not (folder / "admin" / "password").exists()
    for secret in SECRETS:
        files = [folder / name for name in secret.files]
        value = os.environ.get(secret.variable) or _first_of(files) or secret.make()
        if not USABLE.fullmatch(value) or set(value) & set("\"'\\"):
            print(
                f"{secret.variable} holds a blank, a quote, a backslash or a sign that is not ASCII: choose another.",
                file=sys.stderr,
            )
            return 1
        for file in files:
            _write(file, value)
    # Redis reads its password from a configuration file only.
    _write(folder / "redis" / "redis.conf", f'requirepass "{_first_of([folder / "redis" / "password"])}"')
    if os.geteuid() == 0:
        for name, account in READERS.items():
            (folder / name).chmod(0o700)  # Docker may have made it for a mount
            for path in (folder / name, *(folder / name).iterdir()):
                os.chown(path, account, account)
        for volume in volumes:
            os.chown(volume, WRITERS[volume.name], WRITERS[volume.name])
    if is_new:
        print("The secrets are made. The first account's password is in secrets/admin/password.")
    return 0


def _first_of(files: Iterable[Path]) -> str:
    """What the first file that exists holds; empty when none does."""
    return next((file.read_text().strip() for file in files if file.exists()), "")


def _write(file: Path, value: str) -> None:
    """All or nothing, and never readable by others, not even for a moment."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _first_of([file]) == value:
        return
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(f"{value}\n")
    part.replace(file)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]] or [Path("secrets")]
    sys.exit(main(paths[0], paths[1:]))
