"""The process that parses: reads files from its standard input and answers with screenplays, inside hard limits.

Run by `isolated`. Each request is 8 bytes of length, 8 bytes of CPU seconds (a double) and the file; each answer is
8 bytes of length and JSON, `{"ok": Screenplay}` or `{"refused": [code, detail, fix]}`. It ends when its input does.
"""

import ctypes
import json
import math
import resource
import signal
import struct
import sys
from typing import BinaryIO

from backend.screenplay.errors import ScreenplayError
from backend.screenplay.parser import parse

HEAD = struct.Struct(">Qd")
LENGTH = struct.Struct(">Q")
_DIE_WITH_PARENT = 1


def main(memory_bytes: int) -> None:
    """Serve requests until the parent closes the pipe."""
    _limit(memory_bytes)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not come between the answers.
    sys.stdout = sys.stderr
    while (head := requests.read(HEAD.size)) and len(head) == HEAD.size:
        size, seconds = HEAD.unpack(head)
        _limit_processor(seconds)
        _answer(answers, _parsed(requests.read(size)))


def _parsed(data: bytes) -> bytes:
    try:
        return b'{"ok":' + parse(data).model_dump_json().encode() + b"}"
    except ScreenplayError as error:
        return json.dumps({"refused": [error.code, error.detail, error.fix]}).encode()


def _answer(answers: BinaryIO, body: bytes) -> None:
    answers.write(LENGTH.pack(len(body)))
    answers.write(body)
    answers.flush()


def _limit(memory_bytes: int) -> None:
    # Ctrl-C at a terminal reaches the whole group; the parent decides what happens then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _limit_processor(seconds: float) -> None:
    """`seconds` more of processor time, then SIGXCPU ends the process: also where nobody is left to kill it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(int(sys.argv[1]))
