"""Settings come from the environment, secrets from files beside it."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from backend.core import settings as module
from backend.core.settings import DatabaseSettings, RedisSettings, Settings


@pytest.fixture
def secrets_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a container finds its secrets in."""
    monkeypatch.setitem(Settings.model_config, "secrets_dir", str(tmp_path))
    return tmp_path


def test_a_secret_is_read_from_the_file_of_its_name(secrets_dir: Path) -> None:
    (secrets_dir / "S3__SECRET_KEY").write_text("from a file\n")
    (secrets_dir / "DATABASE__PASSWORD").write_text("p@ss/word\n")

    settings = Settings()

    assert settings.s3.secret_key == SecretStr("from a file")
    assert settings.database.url == "postgresql+asyncpg://app:p%40ss%2Fword@127.0.0.1:5432/app"


def test_the_environment_wins_over_a_file(secrets_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (secrets_dir / "S3__SECRET_KEY").write_text("from a file")
    (secrets_dir / "S3__ACCESS_KEY").write_text("file key")
    monkeypatch.setenv("S3__SECRET_KEY", "from the environment")

    assert Settings().s3.secret_key == SecretStr("from the environment")
    assert Settings().s3.access_key == "file key"


def test_without_the_folder_nothing_is_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(Settings.model_config, "secrets_dir", str(tmp_path / "none"))

    assert Settings().s3.secret_key == SecretStr("")


def test_a_container_finds_its_secrets_where_compose_mounts_them() -> None:
    compose = (Path(__file__).parent.parent / "docker-compose.yml").read_text()

    assert f"./secrets/app:{module.SECRETS_DIR}:ro" in compose


def test_an_empty_variable_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM__TEMPERATURE", "")
    monkeypatch.setenv("S3__PUBLIC_URL", "")

    assert Settings().llm.temperature == 0.2
    assert Settings().s3.public_url is None


def test_the_password_completes_an_address_that_has_none() -> None:
    secret = SecretStr("x y")

    assert RedisSettings(url=SecretStr("redis://redis:6379/1"), password=secret).url == SecretStr(
        "redis://:x%20y@redis:6379/1"
    )
    own = "postgresql+asyncpg://me:mine@db/app"
    assert DatabaseSettings(url=own, password=secret).url == own
    assert DatabaseSettings(url="postgresql+asyncpg://me@db/app").url == "postgresql+asyncpg://me@db/app"
