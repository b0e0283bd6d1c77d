"""What can go wrong with the language model, each with what to do about it."""

from pydantic import BaseModel, ConfigDict

from backend.core.errors import AppError, RetryableError


class LlmAttempt(BaseModel):
    """One request and what came of it; kept on the job row so that a user can see what the model said.

    `error` is None for the accepted reply. Token counts are the server's, None when it gave none.
    """

    model_config = ConfigDict(frozen=True)

    raw: str
    error: str | None
    prompt_tokens: int | None
    output_tokens: int | None
    duration_seconds: float
    done_reason: str | None

    @classmethod
    def of_timeout(cls, error: "LlmTimeout") -> "LlmAttempt":
        """A reply that had not ended in time, as far as it had come."""
        return cls(
            raw=error.partial,
            error=error.detail,
            prompt_tokens=None,
            output_tokens=None,
            duration_seconds=error.seconds,
            done_reason=None,
        )


class LlmUnreachable(RetryableError):
    """503 `llm.unreachable`: nothing answers, or the connection broke."""

    def __init__(self, base_url: str, why: str) -> None:
        super().__init__(
            "llm.unreachable",
            f"The language model at {base_url} does not answer: {why}",
            fix="Start Ollama (`ollama serve`), or set the address it listens on (LLM__BASE_URL, or in the settings).",
        )


class LlmBusy(RetryableError):
    """503 `llm.busy`: the server's queue is full or its model process fell over; a later try may work."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "llm.busy",
            f"The language model could not answer now: {why}",
            fix="It is tried again by itself. If it goes on, look at Ollama's log.",
        )


class LlmTimeout(RetryableError):
    """503 `llm.timeout`: no complete reply in time. `partial` is what of it had arrived."""

    def __init__(self, model: str, seconds: float, partial: str = "") -> None:
        super().__init__(
            "llm.timeout",
            f"The model {model!r} gave no complete reply within {seconds:g} seconds.",
            fix="Use a smaller model, or raise the time for one reply (LLM__TIMEOUT_SECONDS, or in the settings).",
        )
        self.model = model
        self.seconds = seconds
        self.partial = partial


class LlmModelMissing(AppError):
    """409 `llm.model_missing`: the server answers, but has not got the model."""

    def __init__(self, model: str) -> None:
        super().__init__(
            409,
            "llm.model_missing",
            f"Ollama has no model {model!r}.",
            fix=f"Run `ollama pull {model}`, or choose a model that is there.",
            model=model,
        )


class LlmNoVision(AppError):
    """409 `llm.no_vision`: the model that should look at a picture only reads text."""

    def __init__(self, model: str) -> None:
        super().__init__(
            409,
            "llm.no_vision",
            f"The model {model!r} cannot look at pictures.",
            fix="Choose a vision model (LLM__VISION_MODEL, or in the settings), for example qwen3-vl:8b or llava, and "
            "pull it.",
            model=model,
        )


class LlmContextTooSmall(AppError):
    """409 `llm.context_too_small`: prompt and reply do not fit, or the server cut the prompt silently."""

    def __init__(self, model: str, detail: str) -> None:
        super().__init__(
            409,
            "llm.context_too_small",
            detail,
            fix="Raise the context (LLM__MAX_CONTEXT_TOKENS, or in the settings), use a model with a longer one, or "
            "shorten the text.",
            model=model,
        )


class LlmRefused(AppError):
    """502 `llm.refused`: the server rejected the request; the same one would be rejected again."""

    def __init__(self, why: str, *, fix: str | None = None) -> None:
        super().__init__(
            502,
            "llm.refused",
            f"Ollama refused the request: {why}",
            fix=fix or "Update Ollama, or choose another model.",
        )


class LlmPullFailed(AppError):
    """502 `llm.pull_failed`: the server could not download the model; its own words are the reason."""

    def __init__(self, model: str, why: str) -> None:
        is_unknown = "does not exist" in why or "not found" in why
        super().__init__(
            502,
            "llm.pull_failed",
            f"Ollama could not download {model!r}: {why[:300]}",
            fix="Check the name: it is written as in Ollama's library, for example qwen3:8b."
            if is_unknown
            else "Check the network and the free disk space of the machine Ollama runs on, then retry: "
            "what was downloaded already is kept.",
            model=model,
        )


class LlmInvalidReply(AppError):
    """502 `llm.invalid_reply`: no round gave a usable reply. `attempts` holds them all, oldest first."""

    def __init__(self, model: str, attempts: list[LlmAttempt]) -> None:
        last = attempts[-1].error if attempts else "no reply"
        super().__init__(
            502,
            "llm.invalid_reply",
            f"The model {model!r} gave no usable reply in {len(attempts)} rounds; the last one: {last}",
            fix="Try again, or use a larger model: small ones often cannot keep to the form.",
            model=model,
            attempts=[attempt.model_dump() for attempt in attempts],
        )
        self.attempts = attempts
