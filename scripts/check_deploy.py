"""Check what the containers are made from, without an engine: compose files, Dockerfiles, nginx.conf."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
COMPOSE = ("docker-compose.yml",)
COMPOSE_SETS = (COMPOSE, (*COMPOSE, "docker-compose.dev.yml"), (*COMPOSE, "docker-compose.gpu.yml"))
PROFILES = ((), ("cli",), ("ollama",))
DOCKERFILES = ("Dockerfile.backend", "Dockerfile.worker", "frontend/Dockerfile", "scripts/containers/minio/Dockerfile")
INSTALL_NGINX = (
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-q", "-y", "--no-install-recommends", "nginx-light"],
)


class MissingError(Exception):
    """One sentence: what is missing and where it comes from."""


def main() -> int:
    try:
        failures = [*check_compose(), *check_dockerfiles(), *check_nginx(find_nginx())]
    except MissingError as error:
        failures = [str(error)]
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def check_compose() -> Iterable[str]:
    """Every set of files with every profile is a valid project."""
    for files in COMPOSE_SETS:
        for profiles in PROFILES:
            arguments = [f"--file={file}" for file in files] + [f"--profile={profile}" for profile in profiles]
            yield from failure_of([TOOLS / "docker-compose", *arguments, "config", "--quiet"])


def check_dockerfiles() -> Iterable[str]:
    yield from failure_of([TOOLS / "hadolint", "--no-color", "--failure-threshold=info", *DOCKERFILES])


def check_nginx(nginx: str) -> Iterable[str]:
    """The real file, with what the image writes beside it, as `nginx -t` sees it."""
    with tempfile.TemporaryDirectory() as name:
        config = lay_out_nginx(Path(name), {"AUTEUR_TRUSTED_PROXIES": "10.0.0.0/8"})
        yield from failure_of([nginx, "-t", "-q", "-p", name, "-c", str(config)])


def lay_out_nginx(folder: Path, settings: dict[str, str]) -> Path:
    """nginx.conf and all it includes in `folder`, as in the image's /etc/nginx; returns the configuration's path."""
    (folder / "conf.d").mkdir()
    (folder / "mime.types").write_bytes(Path("/etc/nginx/mime.types").read_bytes())
    script = ROOT / "deploy" / "nginx-settings.sh"
    subprocess.run(["sh", script, folder / "conf.d"], env={"PATH": os.environ["PATH"], **settings}, check=True)
    config = folder / "nginx.conf"
    # The image has a /tmp of its own; here it is everybody's.
    config.write_text((ROOT / "nginx.conf").read_text().replace(" /tmp/", f" {folder}/"))
    return config


def find_nginx() -> str:
    """Nginx of this machine; root on a Debian that would not start it as a service installs it."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    may_install = os.geteuid() == 0 and shutil.which("apt-get") and not Path("/run/systemd/system").exists()
    if found is None and may_install:
        print("Installing Nginx …", flush=True)
        for command in INSTALL_NGINX:
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        raise MissingError("nginx.conf is checked by Nginx itself: install it (on Debian: apt install nginx-light).")
    return found


def failure_of(command: list[str | Path]) -> Iterable[str]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"


if __name__ == "__main__":
    sys.exit(main())
