"""The address of the real object store, and the real model server once for each module that asks."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr

from backend.clients.storage import Storage
from backend.core.settings import S3Settings
from backend.embedded.services import EmbeddedServices
from tests.support.ollama_process import OllamaServerProcess, running_ollama_server


@pytest.fixture(scope="session")
async def s3_settings(services: EmbeddedServices) -> S3Settings:
    addresses = services.addresses
    return S3Settings(
        endpoint_url=addresses.s3_endpoint_url,
        access_key=addresses.s3_access_key,
        secret_key=SecretStr(addresses.s3_secret_key),
        bucket=addresses.s3_bucket,
    )


@pytest.fixture
async def storage(s3_settings: S3Settings) -> AsyncIterator[Storage]:
    storage = Storage(s3_settings)
    yield storage
    await storage.aclose()


@pytest.fixture(scope="module")
def model_server() -> Iterator[OllamaServerProcess]:
    with running_ollama_server() as server:
        yield server
