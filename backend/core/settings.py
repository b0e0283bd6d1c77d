"""Every setting, read once from the environment in the roots and handed down."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

# One file for each secret, named as its variable: `S3__SECRET_KEY`. The environment wins over them.
SECRETS_DIR = "/run/secrets/auteur"


def _with_password(url: str, password: SecretStr) -> str:
    """`url` with the password in it, unless it has one already or there is none."""
    parts = urlsplit(url)
    if parts.password is not None or not password.get_secret_value():
        return url
    user, _, host = parts.netloc.rpartition("@")
    secret = quote(password.get_secret_value(), safe="")
    return parts._replace(netloc=f"{user}:{secret}@{host}").geturl()


class DatabaseSettings(BaseModel):
    """PostgreSQL 16 or newer."""

    url: str = "postgresql+asyncpg://app@127.0.0.1:5432/app"
    password: SecretStr = Field(default=SecretStr(""), description="For a url that carries none.")
    pool_size: int = Field(default=32, ge=1, description="Connections one process may hold.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.url = _with_password(self.url, self.password)
        return self


class RedisSettings(BaseModel):
    """Redis or Valkey: job wake-ups and events. Holds hints only."""

    url: SecretStr = SecretStr("redis://127.0.0.1:6379/0")
    password: SecretStr = Field(default=SecretStr(""), description="For a url that carries none.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.url = SecretStr(_with_password(self.url.get_secret_value(), self.password))
        return self


class S3Settings(BaseModel):
    """Any S3-compatible object store."""

    endpoint_url: str = "http://127.0.0.1:9000"
    public_url: str | None = Field(
        default=None,
        description="The address browsers reach it at; presigned URLs carry it. Without it: the address of the "
        "request, when a trusted proxy passed that on, else endpoint_url.",
    )
    access_key: str = "app"
    secret_key: SecretStr = SecretStr("")
    bucket: str = "auteur-assets"
    region: str = "us-east-1"


LlmPurpose = Literal["breakdown", "assembly", "vision"]


class LlmSettings(BaseModel):
    """The local Ollama. Without an answer from it the built-in rules do the work.

    These are defaults: an administrator may override each on the settings page (`core/llm_overrides.py`).
    """

    base_url: str = "http://127.0.0.1:11434"
    model: str = Field(default="llama3", description="Breaks scenes down into shots.")
    assembly_model: str = Field(default="", description="Makes the documents of shots; empty: the same as `model`.")
    vision_model: str = "llava"
    temperature: float = Field(default=0.2, ge=0, le=2)
    timeout_seconds: float = Field(default=180, gt=0, description="For one reply.")
    connect_timeout_seconds: float = Field(default=2, gt=0)
    max_parallel: int = Field(default=1, ge=1, description="Requests at a time; match OLLAMA_NUM_PARALLEL.")
    max_context_tokens: int = Field(default=8192, ge=1024, description="Largest num_ctx that is asked for.")
    keep_alive: str = "5m"

    def model_for(self, purpose: LlmPurpose) -> str:
        """The model that is asked for this kind of work."""
        if purpose == "vision":
            return self.vision_model
        return (self.assembly_model if purpose == "assembly" else "") or self.model


class WorkerSettings(BaseModel):
    """The background worker."""

    max_jobs: int = Field(default=4, ge=1, description="Jobs one worker process runs at a time.")
    lease_seconds: float = Field(default=15, ge=3, description="A job without a heartbeat for this long is taken back.")
    drain_seconds: int = Field(default=4, ge=0, description="How long running jobs may finish at a stop.")
    metrics_port: int = Field(default=0, ge=0, le=65535, description="Serve its numbers for Prometheus; 0: do not.")
    metrics_host: str = Field(default="127.0.0.1", description="Where; 0.0.0.0 in a container.")
    alive_file: Path | None = Field(default=None, description="Touched every 5 seconds, for a health check.")


class LimitSettings(BaseModel):
    """Limits on what a caller may send."""

    image_bytes: int = Field(default=20 * 1024 * 1024, ge=1, description="Largest image upload.")
    image_pixels: int = Field(default=100_000_000, ge=1, description="Largest decoded image; a bomb has more.")
    script_bytes: int = Field(
        default=30 * 1024 * 1024, ge=1, description="Largest screenplay upload of any format; text may have 5 MiB."
    )
    login_attempts: int = Field(default=10, ge=1, description="Failed sign-ins per address and e-mail in 5 minutes.")


class Settings(BaseSettings):
    """All settings. Nested names use two underscores: `S3__BUCKET`."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__",
        env_ignore_empty=True,
        env_file=None,
        secrets_dir=SECRETS_DIR,
        secrets_dir_missing="ok",
        frozen=True,
        extra="ignore",
    )

    database: DatabaseSettings = DatabaseSettings()
    redis: RedisSettings = RedisSettings()
    s3: S3Settings = S3Settings()
    llm: LlmSettings = LlmSettings()
    worker: WorkerSettings = WorkerSettings()
    limits: LimitSettings = LimitSettings()

    embedded: bool = Field(default=False, description="Set by `make up`: the services are child processes.")
    trusted_proxies: str = Field(
        default="",
        description="Whose X-Forwarded-For, -Proto and -Host are believed: addresses and networks with commas, or *.",
    )
    secure_cookies: bool = Field(
        default=False, description="Set the Secure flag on the session cookie even when the request looks like http."
    )
    session_days: int = Field(default=30, ge=1, description="How long a sign-in lasts.")
    spa_dir: Path | None = Field(default=None, description="Folder of the built page, when the API serves it.")
    log_json: bool = Field(default=True, description="JSON lines; false for coloured text.")
    log_level: str = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the files of secrets."""
        return init_settings, env_settings, NestedSecretsSettingsSource(file_secret_settings)
