"""One examination by the doctor: what is known so far, and what a check says."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from backend.clients.llm_server import Answer, OllamaServer
from backend.core.settings import LlmSettings
from backend.llm.mends import Mend
from backend.llm.surroundings import Surroundings


@dataclass(frozen=True)
class Finding:
    """What one check says."""

    status: Literal["ok", "warning", "failed", "off"]
    detail: str
    mend: Mend | None = None


@dataclass
class Examination:
    """What the checks share: each may use what those before it found out."""

    settings: LlmSettings
    server: OllamaServer
    surroundings: Surroundings
    proxy: str | None = None
    models: list[str] = field(default_factory=list)
    sample: Answer | None = None
    num_ctx: int = 0

    @property
    def parts(self) -> SplitResult:
        """The address in its parts."""
        return urlsplit(self.settings.base_url)

    @property
    def host(self) -> str:
        """The host's name or address."""
        return self.parts.hostname or ""

    @property
    def port(self) -> int:
        """The port that is connected to."""
        return self.parts.port or (443 if self.parts.scheme == "https" else 80)

    @property
    def root(self) -> str:
        """The address without a path."""
        return f"{self.parts.scheme}://{self.parts.netloc}"

    @property
    def is_set_up(self) -> bool:
        """Whether somebody named an address: where nobody did, no answer is no failure."""
        return self.settings.base_url != LlmSettings().base_url


@dataclass(frozen=True)
class Check:
    """One check: what must be well for it to make sense, and how long it may take at most."""

    id: str
    title: str
    look: Callable[[Examination], Awaitable[Finding]]
    needs: tuple[str, ...] = ()
    seconds: float = 3.0
    # What it means when the time runs out.
    slow_status: Literal["failed", "warning"] = "failed"
    slow: str = "No answer in time."
    slow_fix: str = "Look whether the machine Ollama runs on is overloaded, then run the doctor again."
