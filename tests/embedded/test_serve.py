"""The API of the embedded mode does not serve what it could not prepare."""

import json
import subprocess
import sys

from backend.embedded.options import REPOSITORY
from backend.embedded.ports import free_ports


def test_without_a_database_it_says_why_in_one_line_and_ends() -> None:
    dead = json.dumps({"DATABASE__URL": "postgresql+asyncpg://a@127.0.0.1:9/a"})
    result = subprocess.run(
        [sys.executable, "-m", "backend.embedded.serve", str(free_ports(1)[0])],
        cwd=REPOSITORY,
        input=dead + "\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert "Connect call failed" in result.stderr.splitlines()[-1]
