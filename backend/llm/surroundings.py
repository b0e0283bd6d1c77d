"""Where this process runs, as far as the way to the language model depends on it."""

from dataclasses import dataclass
from pathlib import Path

_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
_CGROUP = Path("/proc/1/cgroup")
_ENGINES = ("docker", "kubepods", "containerd", "libpod")


@dataclass(frozen=True)
class Surroundings:
    """What the doctor's advice depends on."""

    is_container: bool

    @staticmethod
    def found() -> "Surroundings":
        """Of this process."""
        return Surroundings(is_container=_is_container())


def _is_container() -> bool:
    if any(mark.exists() for mark in _MARKS):
        return True
    try:
        groups = _CGROUP.read_text()
    except OSError:
        return False
    return any(engine in groups for engine in _ENGINES)
