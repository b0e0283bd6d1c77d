"""An Ollama server that says what it was told to say, for replies that no small model gives on purpose."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ScriptedOllama:
    """A running server: `base_url`, and the messages of each chat it was asked."""

    base_url: str = ""
    asked: list[list[dict[str, Any]]] = field(default_factory=list)


@contextmanager
def scripted_ollama(
    replies: Sequence[str], *, hang_seconds: float = 0, output_tokens: int = 7
) -> Iterator[ScriptedOllama]:
    """Serve the replies one after another; after the last come 503s. With `hang_seconds` no reply ends before that."""
    server = ScriptedOllama()
    left = list(replies)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/api/show":
                self._send([{"capabilities": ["completion"], "model_info": {"llama.context_length": 8192}}])
                return
            server.asked.append(body["messages"])
            if not left:
                self.send_error(503)
                return
            said: dict[str, Any] = {"model": body["model"], "message": {"role": "assistant", "content": left.pop(0)}}
            ended = {**said, "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
            self._send([{**said, "done": False}, {**ended, "eval_count": output_tokens}])

        def _send(self, parts: Sequence[dict[str, Any]]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json" if len(parts) == 1 else "application/x-ndjson")
            self.end_headers()
            for number, part in enumerate(parts):
                if number:
                    time.sleep(hang_seconds)
                self.wfile.write(json.dumps(part).encode() + b"\n")
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    server.base_url = f"http://127.0.0.1:{http.server_port}"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
