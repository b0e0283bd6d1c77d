"""Run as a module: the API of the embedded mode, which brings the data up to date before it serves.

`python -m backend.embedded.serve PORT` imports the application while the services start. Then it reads one line of
JSON, the environment, from stdin; migrates and makes the bucket and the first account; reports that as one line of
JSON on stdout; and serves. One process, because importing the application takes longer than all the rest.
"""

import json
import os
import sys

import uvicorn

import backend.main  # noqa: F401 - imported now, used by uvicorn below
from backend.cli import cli

# Pages hold an event stream open, which would keep the server from ending.
GRACEFUL_SECONDS = 1


def main(port: int) -> None:
    environment = sys.stdin.readline()
    if not environment:  # the launcher gave up
        return
    os.environ.update(json.loads(environment))
    if cli(["prepare"], standalone_mode=False):  # it has said why; a failed command returns its exit code here
        sys.exit(1)
    os.environ.pop("AUTEUR_ADMIN_PASSWORD", None)
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # closes the pipe: the report ends, and the rest is log
    uvicorn.run(
        "backend.main:app", factory=True, host="127.0.0.1", port=port, timeout_graceful_shutdown=GRACEFUL_SECONDS
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
