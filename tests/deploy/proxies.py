"""The real nginx.conf in front of what a test puts behind it, and a second Nginx with TLS in front of that."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.embedded.ports import free_ports, is_free
from scripts.check_deploy import find_nginx, lay_out_nginx

START_SECONDS = 10.0

TLS = """
pid {folder}/nginx.pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/cert.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{
            proxy_pass http://127.0.0.1:{inner};
            proxy_set_header Host {host_sent};
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


@contextmanager
def our_nginx(folder: Path, *, backend: int, store_url: str, read_seconds: int = 120, **settings: str) -> Iterator[str]:
    """nginx.conf as the image has it, but for the port it listens on and where the backend is; yields its origin."""
    folder.mkdir()
    (folder / "html" / "assets").mkdir(parents=True)
    (folder / "html" / "index.html").write_text("<!doctype html><title>Auteur AI</title>")
    (folder / "html" / "assets" / "index-abc123.js").write_text("export const words = [];\n" * 200)
    port, console = free_ports(2)
    config = lay_out_nginx(folder, {"S3__ENDPOINT_URL": store_url, **settings})
    text = config.read_text()
    for place, here in (
        ("listen 8080;", f"listen 127.0.0.1:{port};"),
        ("listen 9001;", f"listen 127.0.0.1:{console};"),
        ("http://backend:8000", f"http://127.0.0.1:{backend}"),
        ("/usr/share/nginx/html", f"{folder}/html"),
        # The image's Nginx runs without root; a root that starts this one would lose its folder to `nobody`.
        ("worker_processes auto;", "worker_processes 1;\nuser root;"),
        ("proxy_read_timeout 120s;", f"proxy_read_timeout {read_seconds}s;"),
    ):
        assert place in text, place
        text = text.replace(place, here)
    config.write_text(text)
    with _running(folder, config, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def tls_proxy(folder: Path, inner: str, *, host_sent: str = "$http_host") -> Iterator[str]:
    """A proxy with TLS that tells `inner` by X-Forwarded-… who asked; `host_sent` is the Host it sends."""
    folder.mkdir()
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    port = free_ports(1)[0]
    config = folder / "nginx.conf"
    config.write_text(TLS.format(folder=folder, port=port, inner=inner.rpartition(":")[2], host_sent=host_sent))
    with _running(folder, config, port):
        yield f"https://localhost:{port}"


@contextmanager
def _running(folder: Path, config: Path, port: int) -> Iterator[None]:
    nginx = subprocess.Popen([find_nginx(), "-p", folder, "-c", config, "-g", "daemon off;"], stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + START_SECONDS
        while is_free(port):
            if nginx.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Nginx did not start: {nginx.stderr.read().decode() if nginx.stderr else ''}")
            time.sleep(0.02)
        yield
    finally:
        nginx.terminate()
        nginx.communicate(timeout=10)
