"""The installer that runs before anything is installed."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backend.embedded.options import REPOSITORY

SCRIPT = REPOSITORY / "scripts" / "bootstrap.py"


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_with_path(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": str(folder)}
    return subprocess.run([sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False)


def fake_program(folder: Path, name: str, line: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {line}\n")
    program.chmod(0o755)


def test_an_old_python_can_read_it_and_reaches_the_sentence() -> None:
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 6))
    kinds = [type(node) for node in tree.body]
    assert kinds.index(ast.If) < kinds.index(ast.FunctionDef)  # before any annotation is evaluated


def test_without_node_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    done = run_with_path(tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "Node 20.19 or newer with npm is needed, and node is not in PATH: install it from your package manager.\n"
    )


def test_an_old_node_is_named_in_one_sentence(tmp_path: Path) -> None:
    fake_program(tmp_path, "node", "v20.18.3")
    fake_program(tmp_path, "npm", "10")
    done = run_with_path(tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "Node 20.19 or newer with npm is needed, and node is v20.18.3: put a newer one first in PATH.\n"
    )


def test_a_step_is_current_until_one_of_its_inputs_changes(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    source = tmp_path / "src"
    source.mkdir()
    (source / "one.ts").write_text("1")
    stamp = tmp_path / "stamp"
    assert not bootstrap.Stamp(stamp, [source]).is_current()
    bootstrap.Stamp(stamp, [source]).write()
    assert bootstrap.Stamp(stamp, [source]).is_current()
    (source / "one.ts").write_text("2")
    assert not bootstrap.Stamp(stamp, [source]).is_current()
    (source / "one.ts").write_text("1")
    (source / "two.ts").write_text("")
    assert not bootstrap.Stamp(stamp, [source]).is_current()


def test_a_failed_step_shows_what_it_printed(bootstrap: ModuleType, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"]
    with pytest.raises(bootstrap.BootstrapError, match=r"^the reason\nThe step failed: the reason is above"):
        bootstrap.run("The step", command, folder=tmp_path)
