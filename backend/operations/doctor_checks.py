"""The doctor's checks: each asks one dependency for real work and tells what it found."""

import asyncio
import os
import shutil
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import make_url, text

from backend import __version__
from backend.clients.storage import PROBE_PREFIX
from backend.jobs.heartbeat import list_workers
from backend.operations import migrations
from backend.operations.findings import Finding
from backend.operations.progress import megabytes
from backend.resources import Resources

OLDEST_POSTGRES = 160_000
WAITING_SECONDS = 300.0
LEAST_BYTES, FEW_BYTES = 500_000_000, 5_000_000_000
# S3 refuses a signature that is fifteen minutes off.
FAR_SECONDS, OFF_SECONDS = 300.0, 10.0
KNOWN_SECRETS = {"minioadmin", "minio", "postgres", "password", "changeme", "change-me", "secret", "admin", "app"}


async def database(resources: Resources) -> Finding:
    """It answers, is new enough, and its tables are those of this version."""
    async with resources.engine.connect() as connection:
        number = int(await connection.scalar(text("SHOW server_version_num")) or 0)
        version = await connection.scalar(text("SHOW server_version"))
        revision = await migrations.current_revision(connection)
    revisions = migrations.known_revisions(resources.settings)
    if number < OLDEST_POSTGRES:
        return Finding("failed", f"PostgreSQL {version} is too old.", "Use PostgreSQL 16 or newer.")
    migrate = "Run `python -m backend.cli migrate`."
    if revision is None:
        return Finding("failed", f"PostgreSQL {version} has no tables yet.", migrate)
    if revision not in revisions:
        return Finding(
            "failed",
            f"The tables ({revision}) are of a newer version than this program ({__version__}).",
            "Run the newer version, or restore a backup of this one.",
        )
    behind = len(revisions) - 1 - revisions.index(revision)
    if behind:
        return Finding("failed", f"The tables ({revision}) are {behind} migrations behind.", migrate)
    return Finding("ok", f"PostgreSQL {version}, tables {revision} (newest)")


async def redis(resources: Resources) -> Finding:
    """It takes a value and gives it back."""
    key, value = f"auteur:doctor:{uuid4()}", b"1"
    await resources.redis.set(key, value, ex=10)
    found = await resources.redis.get(key)
    await resources.redis.delete(key)
    if found != value:
        return Finding("failed", "It did not give back what was written.", "Check its memory limit and eviction.")
    info = await resources.redis.info("server")
    return Finding("ok", f"Redis {info.get('redis_version', '?')}")


async def storage(resources: Resources) -> Finding:
    """A file goes in, comes out, is read through a presigned address, and is deleted."""
    store, key, data = resources.storage, f"{PROBE_PREFIX}doctor/{uuid4()}", os.urandom(64)
    await store.check()
    await store.put_bytes(key, data, "application/octet-stream")
    try:
        if await store.get_bytes(key) != data:
            return Finding("failed", "A file came back changed.", "Look into the object store's own log.")
        public = await asyncio.to_thread(_read, store.links.seen_from(None).get(key))
    finally:
        await store.delete(key)
    settings = resources.settings.s3
    address = settings.public_url or settings.endpoint_url
    if isinstance(public, str):
        if urlsplit(address).netloc == urlsplit(settings.endpoint_url).netloc:
            return Finding("failed", f"A presigned address is refused: {public}", "Check S3__PUBLIC_URL.")
        return Finding(
            "warning",
            f"Bucket {store.bucket} works, but {address} cannot be read from here: {public}",
            "If pictures do not show in the browser, S3__PUBLIC_URL must be the address the browser uses, and a "
            "proxy in front must pass the Host header on.",
        )
    if public != data:
        return Finding("failed", f"{address} answers with something else.", "S3__PUBLIC_URL must lead to the store.")
    return Finding("ok", f"bucket {store.bucket} at {settings.endpoint_url}: put, get, presigned get, delete")


def _read(url: str) -> bytes | str:
    """What is at the address, or why it cannot be read."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  (our own store's address)
            found: bytes = answer.read(1024)
            return found
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}."
    except OSError as error:
        return f"{error}."


async def worker(resources: Resources) -> Finding:
    """Somebody does the work, of the same version, and nothing waits for long."""
    workers = await list_workers(resources.redis)
    async with resources.engine.connect() as connection:
        waiting, oldest = (
            await connection.execute(
                text("SELECT count(*), extract(epoch FROM now() - min(run_after)) FROM jobs "
                     "WHERE status = 'queued' AND run_after <= now()")
            )
        ).one()  # fmt: skip
    queue = f"{waiting} jobs wait" + (f", the oldest for {oldest:.0f} s" if waiting else "")
    if not workers:
        return Finding("failed", f"No worker has given a sign for 30 s; {queue}.", "Start `python -m backend.worker`.")
    others = {sign.version for sign in workers} - {__version__}
    if others:
        return Finding("failed", f"A worker runs version {', '.join(sorted(others))}.", f"Start it as {__version__}.")
    said = f"{len(workers)} running; {queue}"
    if waiting and oldest > WAITING_SECONDS:
        return Finding("warning", said, "Start another worker, or raise WORKER__MAX_JOBS; look into the worker's log.")
    return Finding("ok", said)


async def accounts(resources: Resources) -> Finding:
    """Somebody can sign in."""
    async with resources.engine.connect() as connection:
        total, admins = (
            await connection.execute(text("SELECT count(*), count(*) FILTER (WHERE is_admin) FROM users"))
        ).one()
    if not admins:
        return Finding(
            "failed", f"{total} accounts, no administrator.", "Run `python -m backend.cli create-admin EMAIL`."
        )
    return Finding("ok", f"{total}, of which {admins} administrators")


async def llm(resources: Resources) -> Finding:
    """The language model answers. It is optional."""
    status = await resources.llm.status()
    if status.state == "ok":
        vision = status.vision_model if status.has_vision else f"no {status.vision_model}: pictures get no captions"
        return Finding("ok", f"{status.base_url}: {status.model}; {vision}")
    return Finding(
        "off",
        f"{status.detail} Everything works without it, with the built-in rules.",
        f"{status.fix or ''} `python -m backend.cli llm-doctor` looks closer.".strip(),
    )


async def disk(resources: Resources) -> Finding:
    """There is room: in the data folder of `make up`, else where the program lies.

    In a container that is the disk of the images, where by default the volumes lie too; `/tmp` is memory there.
    """
    folder = os.environ.get("AUTEUR_DATA_DIR", "") if resources.settings.embedded else ""
    path = Path(folder) if folder else migrations.ROOT
    return room(path, shutil.disk_usage(path).free)


def room(path: Path, free: int) -> Finding:
    """What so many free bytes mean."""
    said = f"{megabytes(free)} free in {path}"
    if free < LEAST_BYTES:
        return Finding("failed", said, "Make room: uploads and the database will fail.")
    if free < FEW_BYTES:
        return Finding("warning", said, "Make room soon.")
    return Finding("ok", said)


async def clock(resources: Resources) -> Finding:
    """This machine, the database and the object store agree on the time."""
    async with resources.engine.connect() as connection:
        theirs: datetime | None = await connection.scalar(text("SELECT clock_timestamp()"))
    assert theirs is not None
    off = {"the database": abs((theirs - datetime.now(UTC)).total_seconds())}
    off["the object store"] = abs((await resources.storage.clock() - datetime.now(UTC)).total_seconds())
    return agreement(off)


def agreement(off: dict[str, float]) -> Finding:
    """What clocks that are so many seconds off mean."""
    name, seconds = max(off.items(), key=lambda entry: entry[1])
    fix = "Turn on time synchronisation (NTP) on every machine."
    if seconds > FAR_SECONDS:
        return Finding("failed", f"{name} is {seconds:.0f} s off: signed addresses will be refused.", fix)
    if seconds > OFF_SECONDS:
        return Finding("warning", f"{name} is {seconds:.0f} s off.", fix)
    return Finding("ok", "this machine, database and object store agree")


async def secrets(resources: Resources) -> Finding:
    """No secret is one that everybody knows; without a secret only what stays on this machine."""
    settings = resources.settings
    database_url = make_url(settings.database.url)
    redis_url = urlsplit(settings.redis.url.get_secret_value())
    found = {
        "DATABASE__URL": (database_url.password, database_url.host),
        "REDIS__URL": (redis_url.password, redis_url.hostname),
        "S3__SECRET_KEY": (settings.s3.secret_key.get_secret_value(), urlsplit(settings.s3.endpoint_url).hostname),
    }
    weak = sorted(name for name, (secret, _) in found.items() if str(secret or "").lower() in KNOWN_SECRETS)
    bare = sorted(name for name, (secret, host) in found.items() if not secret and not _is_here(host))
    if weak or bare:
        said = [f"{name} has a secret that everybody knows" for name in weak]
        said += [f"{name} has no password" for name in bare]
        return Finding("failed", f"{'; '.join(said)}.", "Set long random secrets and restart.")
    return Finding("ok", "none is a default")


def _is_here(host: str | None) -> bool:
    return not host or host.startswith("/") or host in ("localhost", "127.0.0.1", "::1")
