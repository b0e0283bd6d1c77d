"""What the stand-ins for base images lack of what our files ask for, where no registry can be reached."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MINIO = "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z"
# A name that docker-compose.yml or a Dockerfile pins, and the name under which its stand-in is made.
NAMES = {"nginx:1.27-bookworm": "nginx:1.27-alpine", MINIO: "minio/minio:latest"}
MINIO_WITH_CLIENT = Path(__file__).resolve().parent / "containers" / "minio"


def complete(engine: Mapping[str, str]) -> None:
    """Give stand-ins the names that are missing, and MinIO's a client that makes a bucket and an account.

    An image that is there under its name stays, unless it is such a stand-in itself.
    """
    for name, stand_in in NAMES.items():
        if not is_there(engine, name) and is_there(engine, stand_in):
            _tell(engine, "tag", stand_in, name)
    # MinIO's own client would say its version.
    run = ["docker", "run", "--rm", "--pull=never", "--network=none", "--entrypoint=mc", MINIO, "--version"]
    asked = subprocess.run(run, env=dict(engine), capture_output=True, text=True, check=False)
    if "stand-in" in asked.stdout + asked.stderr:
        _tell(engine, "build", "--quiet", "--tag", MINIO, str(MINIO_WITH_CLIENT))


def is_there(engine: Mapping[str, str], image: str) -> bool:
    inspected = subprocess.run(
        ["docker", "image", "inspect", image], env=dict(engine), capture_output=True, check=False
    )
    return inspected.returncode == 0


def _tell(engine: Mapping[str, str], *arguments: str) -> None:
    print("$ docker", *arguments, flush=True)
    subprocess.run(["docker", *arguments], env=dict(engine), check=True, stdout=sys.stderr)
