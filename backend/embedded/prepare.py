"""Run as a module: import the command `prepare` while the services start, run it on a line from the launcher."""

import sys

from backend.cli import cli
from backend.embedded.programs import GO

if __name__ == "__main__" and sys.stdin.buffer.readline() == GO:
    cli(["prepare"])
