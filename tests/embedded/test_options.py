"""What the launcher takes from the environment and from `.env`."""

from pathlib import Path

import pytest

from backend.embedded.options import Options
from backend.embedded.process import LauncherError


def test_without_any_variable_the_defaults_hold(tmp_path: Path) -> None:
    options = Options.read({}, folder=tmp_path)
    assert (options.port, options.data_dir) == (8080, tmp_path / ".auteur")
    assert not options.is_password_given


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "AUTEUR_PORT=9001\nLLM__BASE_URL=http://127.0.0.1:1\nAUTEUR_ADMIN_PASSWORD=from-file\n"
    )
    options = Options.read({"AUTEUR_PORT": "9002"}, folder=tmp_path)
    assert (options.port, options.llm_url) == (9002, "http://127.0.0.1:1")
    assert options.is_password_given
    assert options.environment["AUTEUR_ADMIN_PASSWORD"] == "from-file"


def test_an_absolute_data_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    assert Options.read({"AUTEUR_DATA_DIR": "/srv/auteur"}, folder=tmp_path).data_dir == Path("/srv/auteur")


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０８０"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    with pytest.raises(LauncherError, match="set it to a number from 1 to 65535"):
        Options.read({"AUTEUR_PORT": port}, folder=tmp_path)
