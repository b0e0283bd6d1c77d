"""Whether the language model can be asked now, and if not, why and what to do."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from backend.clients.llm_errors import LlmModelMissing
from backend.clients.llm_server import OllamaServer, full_name
from backend.core.errors import AppError
from backend.core.settings import LlmSettings

# What `OllamaServer.version_and_models` said, or why it could not.
Look = tuple[str | None, list[str]] | AppError


class LlmStatus(BaseModel):
    """Whether the models can be asked now. `state` is about the text model, `has_vision` about the one that sees."""

    model_config = ConfigDict(frozen=True)

    state: Literal["ok", "unreachable", "model_missing"]
    base_url: str
    model: str
    has_model: bool
    vision_model: str
    has_vision: bool
    version: str | None
    detail: str | None
    fix: str | None
    models: list[str]


async def look(server: OllamaServer) -> Look:
    """Ask a server what it has. Never raises; takes at most the connect timeout."""
    try:
        return await server.version_and_models()
    except AppError as error:
        return error


def status_of(settings: LlmSettings, model: str, seen: Look) -> LlmStatus:
    """What a look means for the text model `model`. `smollm2` and `smollm2:latest` are one name."""
    if isinstance(seen, AppError):
        return LlmStatus(
            state="unreachable",
            base_url=settings.base_url,
            model=model,
            has_model=False,
            vision_model=settings.vision_model,
            has_vision=False,
            version=None,
            detail=seen.detail,
            fix=seen.fix,
            models=[],
        )
    version, models = seen
    there = {full_name(name) for name in models}
    has_model = full_name(model) in there
    missing = None if has_model else LlmModelMissing(model)
    return LlmStatus(
        state="model_missing" if missing else "ok",
        base_url=settings.base_url,
        model=model,
        has_model=has_model,
        vision_model=settings.vision_model,
        has_vision=full_name(settings.vision_model) in there,
        version=version,
        detail=missing.detail if missing else None,
        fix=missing.fix if missing else None,
        models=models,
    )
