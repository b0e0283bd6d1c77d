"""The real object store and the real model server, once for each module that asks."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr

from backend.clients.storage import Storage
from backend.core.settings import S3Settings
from backend.embedded.data_directory import DataDirectory, temporary_data_directory
from backend.embedded.s3 import ACCESS_KEY, BUCKET, S3
from tests.support.ollama_process import OllamaServerProcess, running_ollama_server


@pytest.fixture(scope="module")
async def s3_settings() -> AsyncIterator[S3Settings]:
    with temporary_data_directory() as folder:
        data = DataDirectory(folder / "auteur")
        server = S3(data, allowed_origins="http://allowed.test")
        try:
            await server.start()
            yield S3Settings(
                endpoint_url=server.endpoint_url,
                access_key=ACCESS_KEY,
                secret_key=SecretStr(server.secret),
                bucket=BUCKET,
            )
        finally:
            await server.stop()
            data.close()


@pytest.fixture
async def storage(s3_settings: S3Settings) -> AsyncIterator[Storage]:
    storage = Storage(s3_settings)
    yield storage
    await storage.aclose()


@pytest.fixture(scope="module")
def model_server() -> Iterator[OllamaServerProcess]:
    with running_ollama_server() as server:
        yield server
