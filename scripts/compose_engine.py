"""A container engine, and a copy of this repository run on it as a compose project of its own."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from scripts import compose_standins

ROOT = Path(__file__).resolve().parent.parent
PROJECT = "auteur-test"
# The last that `standins.sh` makes.
LAST_STAND_IN = compose_standins.NAMES[compose_standins.MINIO]


class NoEngineError(Exception):
    """One sentence: there is no engine, and what starts one."""


def find_engine() -> dict[str, str]:
    """The environment in which `docker` reaches an engine.

    AUTEUR_CONTAINER_TOOLS says that no registry can be reached and names a folder whose `engine.sh up` starts an engine
    where none answers, whose `standins.sh` makes the base images that cannot be pulled, and whose environment is the
    file `env` in $W. What these lack of what our files ask for is added. Raises `NoEngineError`.
    """
    environment = dict(os.environ)
    tools = environment.get("AUTEUR_CONTAINER_TOOLS")
    if not _answers(environment):
        if tools is None:
            raise NoEngineError(
                "no container engine: compose not run (start Docker 25 or newer, with its compose plugin)"
            )
        environment = _start(tools, environment)
    if tools is not None:
        if not compose_standins.is_there(environment, LAST_STAND_IN):
            _tell(["bash", f"{tools}/standins.sh"], environment)
        compose_standins.complete(environment)
    return environment


def _start(tools: str, environment: dict[str, str]) -> dict[str, str]:
    cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    environment["W"] = environment.get("W") or str(cache / "auteur-containers")
    _tell(["bash", f"{tools}/engine.sh", "up"], environment)
    sourced = subprocess.run(
        ["bash", "-c", f". {shlex.quote(environment['W'])}/env && env -0"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    environment |= dict(line.split("=", 1) for line in sourced.stdout.split("\0") if "=" in line)
    if not _answers(environment):
        raise NoEngineError(f"no container engine: compose not run ({tools}/engine.sh started none)")
    return environment


def _answers(environment: Mapping[str, str]) -> bool:
    if shutil.which("docker", path=environment["PATH"]) is None:
        return False
    asked = ["docker", "version", "--format", "{{.Server.Version}}"]
    done = subprocess.run(asked, env=dict(environment), capture_output=True, check=False)
    return done.returncode == 0


def _tell(command: list[str], environment: Mapping[str, str]) -> None:
    print("$", *command, flush=True)
    subprocess.run(command, env=dict(environment), check=True, stdout=sys.stderr)


class Project:
    """The tracked files of this repository in a folder of their own, as a fresh clone has them."""

    def __init__(self, folder: Path, engine: Mapping[str, str], settings: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = {**engine, "COMPOSE_PROJECT_NAME": PROJECT, "BUILDKIT_PROGRESS": "plain"}
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))

    def compose(self, *arguments: str, may_fail: bool = False) -> str:
        """What `docker compose …` prints; `RuntimeError` with all of it when it fails."""
        return self._run("docker", "compose", *arguments, may_fail=may_fail)

    def docker(self, *arguments: str) -> str:
        return self._run("docker", *arguments)

    def command(self, *arguments: str) -> str:
        """A shell line that does `docker compose …` from anywhere."""
        names = ("PATH", "DOCKER_HOST", "DOCKER_CONFIG", "COMPOSE_PROJECT_NAME")
        settings = [f"{name}={self._environment[name]}" for name in names if name in self._environment]
        return shlex.join(["env", *settings, "docker", "compose", "--project-directory", str(self.folder), *arguments])

    def up(self, *arguments: str) -> float:
        """Start and wait for health; the seconds it took."""
        begun = time.monotonic()
        self.compose("up", "--detach", "--wait", *arguments)
        return time.monotonic() - begun

    def recreate(self, service: str) -> float:
        return self.up("--no-deps", "--force-recreate", service)

    def memory(self) -> dict[str, str]:
        """Container to what it uses and may use."""
        ids = self.compose("ps", "--quiet").split()
        lines = self.docker("stats", "--no-stream", "--format", "{{json .}}", *ids).splitlines()
        found = [json.loads(line) for line in lines if line.startswith("{")]
        return {stats["Name"].removeprefix(f"{PROJECT}-"): stats["MemUsage"] for stats in found}

    def image_bytes(self, image: str) -> tuple[int, int]:
        """The image's size, and how much of it our own layers are."""
        size = int(self.docker("image", "inspect", "--format", "{{.Size}}", image))
        base = "nginx:1.27-bookworm" if image == "auteur-frontend" else "python:3.12-slim"
        return size, size - int(self.docker("image", "inspect", "--format", "{{.Size}}", base))

    def _run(self, *command: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode and not may_fail:
            raise RuntimeError(f"{shlex.join(command)}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
        return done.stdout
