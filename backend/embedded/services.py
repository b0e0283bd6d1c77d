"""PostgreSQL, Valkey and S3 together, for the launcher and for the tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.data_directory import DataDirectory
from backend.embedded.postgres import Postgres
from backend.embedded.s3 import ACCESS_KEY, BUCKET, S3
from backend.embedded.service import Service
from backend.embedded.valkey import Valkey

DEFAULT_ORIGINS = "http://127.0.0.1:8080,http://localhost:8080"


@dataclass(frozen=True)
class ServiceAddresses:
    """Where the running services are, on 127.0.0.1, and the keys to them."""

    database_url: str
    redis_url: str
    s3_endpoint_url: str
    s3_access_key: str
    s3_secret_key: str
    s3_bucket: str

    def environment(self) -> dict[str, str]:
        """The environment that points `backend.core.settings.Settings` at the services."""
        return {
            "DATABASE__URL": self.database_url,
            "REDIS__URL": self.redis_url,
            "S3__ENDPOINT_URL": self.s3_endpoint_url,
            "S3__PUBLIC_URL": self.s3_endpoint_url,
            "S3__ACCESS_KEY": self.s3_access_key,
            "S3__SECRET_KEY": self.s3_secret_key,
            "S3__BUCKET": self.s3_bucket,
        }


class EmbeddedServices:
    """The three servers. Each can be stopped, killed and started again on the same ports."""

    def __init__(self, data: DataDirectory, *, allowed_origins: str) -> None:
        self.data = data
        self.postgres = Postgres(data)
        self.valkey = Valkey(data)
        self.s3 = S3(data, allowed_origins=allowed_origins)

    @property
    def all(self) -> tuple[Service, ...]:
        return (self.postgres, self.valkey, self.s3)

    @property
    def addresses(self) -> ServiceAddresses:
        """Known before the start; the start changes them when a port was taken meanwhile."""
        return ServiceAddresses(
            database_url=self.postgres.url,
            redis_url=self.valkey.url,
            s3_endpoint_url=self.s3.endpoint_url,
            s3_access_key=ACCESS_KEY,
            s3_secret_key=self.s3.secret,
            s3_bucket=BUCKET,
        )

    async def start(self) -> None:
        """Start all at once. The first failure is raised alone, after the other starts were called off."""
        starts = [asyncio.create_task(service.start()) for service in self.all]
        try:
            await asyncio.gather(*starts)
        finally:
            for start in starts:
                start.cancel()
            await asyncio.gather(*starts, return_exceptions=True)

    async def stop(self) -> None:
        await asyncio.gather(*(service.stop() for service in self.all))


@asynccontextmanager
async def embedded_services(root: Path, *, allowed_origins: str = DEFAULT_ORIGINS) -> AsyncIterator[EmbeddedServices]:
    """Start the three servers on data in `root` and stop them at the end; keep `root` for the next time.

    `allowed_origins`: comma-separated origins of pages that may send to S3. Enter it in the main thread of an asyncio
    loop. Raises `LauncherError` with one sentence when another instance holds `root` or a server does not start.
    """
    with closing(DataDirectory(root)) as data:
        services = EmbeddedServices(data, allowed_origins=allowed_origins)
        try:
            await services.start()
            yield services
        finally:
            await services.stop()
