"""The settings of the language model, and the download of models."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.clients.llm_server import full_name
from backend.core.errors import AppError
from backend.core.jobs import Job, enqueue
from backend.core.llm_overrides import LlmOverrides, find_overrides, with_overrides
from backend.core.outbox import publish
from backend.core.settings import LlmSettings
from backend.llm import repository
from backend.llm.address import BadAddressError, mended
from backend.llm.payloads import PullModel
from backend.llm.schemas import LlmSettingsRead, LlmSettingsUpdate


async def get_settings(session: AsyncSession, defaults: LlmSettings) -> LlmSettingsRead:
    """What holds now, with the environment's `defaults` beside it."""
    return _to_read(defaults, await find_overrides(session))


async def update_settings(session: AsyncSession, defaults: LlmSettings, data: LlmSettingsUpdate) -> LlmSettingsRead:
    """Override the fields that `data` names; None takes an override back. 422 `llm.bad_address`."""
    row = await repository.lock_overrides(session)
    for name in data.model_fields_set:
        value = getattr(data, name)
        setattr(row, name, _address(value) if name == "base_url" and value is not None else value)
    await session.flush()
    await session.refresh(row)
    publish(session, "llm", None)
    return _to_read(defaults, row)


def _address(text: str) -> str:
    try:
        return mended(text)
    except BadAddressError as error:
        refused = [{"loc": ["body", "base_url"], "msg": f"{error.detail} {error.fix}", "type": "value_error"}]
        raise AppError(422, "llm.bad_address", error.detail, fix=error.fix, errors=refused) from error


def _to_read(defaults: LlmSettings, row: LlmOverrides | None) -> LlmSettingsRead:
    now = with_overrides(defaults, row)
    overridden = row.values() if row else {}
    fields: dict[str, Any] = {
        name: {
            "value": getattr(now, name),
            "default": getattr(defaults, name),
            "is_overridden": name in overridden,
        }
        for name in LlmSettings.model_fields
    }
    return LlmSettingsRead.model_validate({**fields, "updated_at": row.updated_at if row else None})


async def start_pull(session: AsyncSession, model: str) -> Job:
    """A job that lets the server download `model`; the one under way when there is one."""
    await repository.lock_pulls(session)
    name = full_name(model)
    return await enqueue(session, PullModel(model=name), project_id=None, label=name)
