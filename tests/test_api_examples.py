"""The examples of docs/api.md run as they stand there, against the whole application."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.data_directory import temporary_data_directory
from backend.embedded.options import REPOSITORY
from backend.embedded.ports import free_ports
from backend.veo import check_document
from tests.embedded.launching import Launcher
from tests.support import images

SAMPLE = REPOSITORY / "backend" / "screenplay" / "samples" / "the-last-car-up.fountain"
EMAIL, PASSWORD = "night@example.org", 'a "long" enough password'


def example(language: str) -> str:
    """The one block in this language."""
    [block] = re.findall(rf"^```{language}\n(.*?)^```$", (REPOSITORY / "docs" / "api.md").read_text(), re.M | re.S)
    return str(block)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with temporary_data_directory() as folder:
        port = free_ports(1)[0]
        launcher = Launcher(
            folder / "data", port=port, env={"AUTEUR_ADMIN_EMAIL": EMAIL, "AUTEUR_ADMIN_PASSWORD": PASSWORD}
        )
        try:
            launcher.wait_for("Ctrl-C stops everything.")
            yield f"http://127.0.0.1:{port}"
        finally:
            launcher.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the examples expect beside them."""
    shutil.copy(SAMPLE, tmp_path / "film.fountain")
    (tmp_path / "deck.jpg").write_bytes(images.photograph_jpeg(640, 480))
    return tmp_path


def run(command: list[str], folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AUTEUR": address, "EMAIL": EMAIL, "PASSWORD": PASSWORD}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_the_curl_example_ends_with_a_valid_document_and_a_prompt(address: str, folder: Path) -> None:
    result = run(["bash", "-euo", "pipefail", "-c", example("sh")], folder, address)
    assert result.returncode == 0, result.stderr
    check_document(json.loads((folder / "shot.json").read_text()))
    assert len((folder / "prompt.txt").read_text()) > 40
    assert not (folder / "jar").exists()


def test_the_python_example_ends_with_a_document_and_a_prompt(address: str, folder: Path) -> None:
    result = run([sys.executable, "-c", example("python")], folder, address)
    assert result.returncode == 0, result.stderr
    *_, done, prompt = result.stdout.strip().splitlines()
    assert done.startswith("ready ")
    assert len(prompt) > 40


def test_the_python_example_says_what_is_wrong(address: str, folder: Path) -> None:
    (folder / "film.fountain").write_bytes(b"\x89PNG\r\n\x1a\n not a screenplay")
    result = run([sys.executable, "-c", example("python")], folder, address)
    assert result.returncode == 1
    assert "scripts.unsupported_format:" in result.stderr
