"""Data folders and servers of these tests' own, because they are killed here."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.embedded.data_directory import temporary_data_directory
from backend.embedded.services import EmbeddedServices, embedded_services


@pytest.fixture
def data_directory() -> Iterator[Path]:
    with temporary_data_directory() as path:
        yield path / "auteur"


@pytest.fixture(scope="module")
async def own_services() -> AsyncIterator[EmbeddedServices]:
    with temporary_data_directory() as path:
        async with embedded_services(path / "auteur", allowed_origins="http://allowed.test") as services:
            yield services
