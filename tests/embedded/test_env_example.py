"""`.env.example` lists every setting with its default."""

import inspect
import re

import pytest
from pydantic import BaseModel

from backend.cli import DEFAULT_ADMIN
from backend.core.settings import LlmSettings, Settings
from backend.embedded.options import DEFAULT_DATA_DIR, DEFAULT_LLM_URL, DEFAULT_PORT, REPOSITORY

LINE = re.compile(r"^# ([A-Z0-9_]+)=(.*)$", re.MULTILINE)


def listed() -> list[tuple[str, str]]:
    return LINE.findall((REPOSITORY / ".env.example").read_text())


def setting_names() -> set[str]:
    names = set()
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if inspect.isclass(kind) and issubclass(kind, BaseModel):
            names |= {f"{name}__{inner}".upper() for inner in kind.model_fields}
        else:
            names.add(name.upper())
    return names


def test_every_setting_is_listed_once() -> None:
    names = [name for name, _ in listed()]
    assert sorted(names) == sorted(set(names))
    assert {name for name in names if not name.startswith("AUTEUR_")} == setting_names()


def test_the_listed_values_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    defaults = Settings()
    for name, value in listed():
        if value and not name.startswith("AUTEUR_"):
            monkeypatch.setenv(name, value)
    assert Settings() == defaults


def test_the_launcher_has_the_listed_defaults() -> None:
    values = dict(listed())
    assert values["AUTEUR_PORT"] == str(DEFAULT_PORT)
    assert values["AUTEUR_DATA_DIR"] == DEFAULT_DATA_DIR
    assert values["AUTEUR_ADMIN_EMAIL"] == DEFAULT_ADMIN
    assert LlmSettings().base_url == DEFAULT_LLM_URL


def test_every_variable_of_the_launcher_and_of_compose_is_listed() -> None:
    sources = [path.read_text() for path in (REPOSITORY / "backend").rglob("*.py")]
    used = {name for source in sources for name in re.findall(r"""["'](AUTEUR_[A-Z_]+)["']""", source)}
    for path in REPOSITORY.glob("docker-compose*.yml"):
        used |= set(re.findall(r"AUTEUR_[A-Z_]+[A-Z]", path.read_text()))
    internal = {"AUTEUR_API_PORT", "AUTEUR_API_URL", "AUTEUR_OBJECTS_URL"}  # told to Vite
    assert used - internal == {name for name, _ in listed() if name.startswith("AUTEUR_")}


def test_no_line_holds_a_secret() -> None:
    values = dict(listed())
    assert [values[name] for name in ("AUTEUR_ADMIN_PASSWORD", "S3__SECRET_KEY")] == ["", ""]
