"""Wire classes of the language model's settings, doctor and downloads."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import Read, Timestamp, Write

# As in Ollama's library: `qwen3:8b`, `namespace/model:tag`, `hf.co/owner/model:Q4_K_M`.
_NAME = r"[A-Za-z0-9][A-Za-z0-9._:/-]*"
ModelName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=f"^{_NAME}$")]
OptionalModelName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=f"^({_NAME})?$")]
KeepAlive = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^(-1|\d{1,9}|(\d{1,6}(ms|s|m|h))+)$")
]


class TextSetting(Read):
    """A text: what holds now, and what the environment says."""

    value: str
    default: str = Field(description="From the environment (`LLM__…`).")
    is_overridden: bool


class NumberSetting(Read):
    """A number: what holds now, and what the environment says."""

    value: float
    default: float = Field(description="From the environment (`LLM__…`).")
    is_overridden: bool


class CountSetting(Read):
    """A whole number: what holds now, and what the environment says."""

    value: int
    default: int = Field(description="From the environment (`LLM__…`).")
    is_overridden: bool


class LlmSettingsRead(Read):
    """The settings of the language model that hold now in every process."""

    base_url: TextSetting
    model: TextSetting = Field(description="Breaks scenes down into shots.")
    assembly_model: TextSetting = Field(description="Makes the documents of shots. Empty: the same as `model`.")
    vision_model: TextSetting = Field(description="Describes pictures. Empty: pictures get no captions.")
    temperature: NumberSetting
    timeout_seconds: NumberSetting = Field(description="For one reply.")
    connect_timeout_seconds: NumberSetting
    max_parallel: CountSetting = Field(description="Requests at a time in each process.")
    max_context_tokens: CountSetting = Field(description="Largest `num_ctx` that is asked for.")
    keep_alive: TextSetting = Field(description="How long Ollama keeps a model loaded: `5m`, `-1` for ever, `0`.")
    updated_at: Timestamp | None = Field(description="The last change; null while nothing was ever overridden.")


class LlmSettingsUpdate(Write):
    """Fields to override. `null` takes an override back; a field that is left out stays."""

    base_url: Annotated[str, Field(min_length=1, max_length=500)] | None = Field(
        default=None, description="`http://host:port`. A missing `http://` and a slash at the end are mended."
    )
    model: ModelName | None = None
    assembly_model: OptionalModelName | None = Field(default=None, description="Empty: the same as `model`.")
    vision_model: OptionalModelName | None = Field(default=None, description="Empty: pictures get no captions.")
    temperature: float | None = Field(default=None, ge=0, le=2)
    timeout_seconds: float | None = Field(default=None, ge=1, le=3600)
    connect_timeout_seconds: float | None = Field(default=None, ge=0.1, le=30)
    max_parallel: int | None = Field(default=None, ge=1, le=64)
    max_context_tokens: int | None = Field(default=None, ge=1024, le=1_048_576)
    keep_alive: KeepAlive | None = None


CheckStatus = Literal["ok", "warning", "failed", "skipped", "off"]


class DoctorCheck(Read):
    """One thing the doctor looked at."""

    id: str = Field(description="Stable name: `url`, `dns`, `tcp`, …")
    title: str
    status: CheckStatus = Field(description="`off`: not set up, and everything else works without it.")
    detail: str
    milliseconds: int | None = Field(description="Null for what was skipped.")
    fix: str | None = Field(description="What to do, in a sentence or two.")
    mend: str | None = Field(description="The exact lines to run or to paste, when there are any.")


class DoctorReport(Read):
    """All checks, in their order; what depends on a failed one is skipped."""

    status: Literal["ok", "warning", "failed", "off"] = Field(description="The worst of the checks.")
    base_url: str
    checks: list[DoctorCheck]
    milliseconds: int


class PullRequest(Write):
    """A model to download."""

    model: ModelName = Field(description="As in Ollama's library, for example `qwen3:8b`.")
