"""Damages scripts at random and imports them: `make fuzz-import DATA=dir SECONDS=600 [SEED=1]`.

Every damaged file must give a result or a ScreenplayError within 20 s of processor time, with every scene's lines
inside the text. What breaks is written to fuzz-*.bin in the temporary folder; exit code 1.
"""

import faulthandler
import random
import sys
import tempfile
import time
from pathlib import Path

from backend.screenplay import Screenplay, ScreenplayError, parse

SLOW_SECONDS = 20.0
KINDS = {".txt", ".fountain", ".fdx"}
OWN = Path(__file__).parents[1] / "backend/screenplay/samples"
SCRAPS = (
    *("/*", "*/", "[[", "]]", "> ", "^", "*", "_", "#1#", "(", ")", "@", "!", "~", ".", "-", "<b>", "&nbsp;", "</p>"),
    *("\n\n", "  \n", "\t", "\f", "\r", "\x00", "\u2028", "\xa0", "é", "\U0001f600", "内景 ", "ИНТ. ", "12", "INT. "),
    *(
        "EXT. HOUSE - DAY\n",
        "CONTINUED:\n",
        "(MORE)\n",
        "===\n",
        "# A\n",
        "MARA\n",
        "MARA: ",
        "Title: x\n",
        "OMITTED\n",
    ),
    *("CUT TO:\n", "SCENE 5\n"),
)


def damage(data: bytes, chance: random.Random) -> bytes:
    """The same file after one to six accidents."""
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_ACCIDENTS)(data, chance)
    return data[: 5 * 1024 * 1024]


def _spot(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + int(chance.expovariate(1 / 400)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(min(len(out), chance.choice((1, 5, 200)))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _spot(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 3, 60)) + data[end:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _spot(data, chance)
    return data[:start] + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    rows = data.split(b"\n")
    chance.shuffle(rows)
    return b"\n".join(rows)


def _drop_newlines(data: bytes, chance: random.Random) -> bytes:
    start, end = _spot(data, chance)
    end = chance.choice((end, len(data)))
    return data[:start] + data[start:end].replace(b"\n", chance.choice((b"", b" "))) + data[end:]


def _double_newlines(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\n\n", b"\r\n", b"\n\n\n", b"\r", b"\n \n")))


def _insert(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 4, 30))):
        at = chance.randint(0, len(data))
        scrap = chance.choice(SCRAPS) * chance.choice((1, 1, 2, 300))
        data = data[:at] + scrap.encode() + data[at:]
    return data


def _indent(data: bytes, chance: random.Random) -> bytes:
    rows = data.split(b"\n")
    return b"\n".join(b" " * chance.choice((0, 0, 5, 10, 25, 60)) + row for row in rows)


def _long_line(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    piece = chance.choice((b"x", b"word ", b"((", b"*a* ", b"INT. ", b"A ", b"1 ", b"- "))
    return data[:at] + piece * chance.choice((2000, 50_000)) + data[at:]


_ACCIDENTS = (
    _flip, _truncate, _double, _cut, _swap, _drop_newlines, _double_newlines, _insert, _indent, _long_line,
)  # fmt: skip


def check(data: bytes) -> Screenplay | None:
    """Imports `data`; None where it was refused. Raises whatever else went wrong."""
    try:
        screenplay = parse(data)
    except ScreenplayError as refusal:
        if not (refusal.code.startswith("scripts.") and refusal.detail and refusal.fix):
            raise
        return None
    count = screenplay.text.count("\n") + 1
    assert screenplay.scenes
    for scene in screenplay.scenes:
        assert 1 <= scene.line_start <= scene.line_end <= count, (scene.line_start, scene.line_end, count)
        assert scene.eighths >= 1
        for element in scene.elements:
            assert 1 <= element.line_start <= element.line_end <= count
            assert all(0 <= run.start <= run.end <= len(element.text) for run in element.emphasis)
    return screenplay


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else OWN
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else time.time_ns())  # noqa: S311
    files = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in KINDS and p.stat().st_size < 400_000]
    ends = time.monotonic() + seconds
    runs = refused = broken = 0
    slowest = 0.0
    while files and time.monotonic() < ends:
        data = damage(chance.choice(files).read_bytes(), chance)
        started = time.process_time()
        # Even a loop inside C is seen: the traceback is printed and the process ends.
        faulthandler.dump_traceback_later(SLOW_SECONDS * 3, exit=True)
        try:
            refused += check(data) is None
        except Exception as error:
            broken += 1
            _keep(data, f"{type(error).__name__}: {error}")
        faulthandler.cancel_dump_traceback_later()
        took = time.process_time() - started
        if took > SLOW_SECONDS:
            broken += 1
            _keep(data, f"took {took:.1f} s")
        slowest = max(slowest, took)
        runs += 1
    print(f"{runs} damaged files, {refused} refused, {broken} broken, slowest {slowest:.2f} s")
    return 1 if broken else 0


def _keep(data: bytes, what: str) -> None:
    with tempfile.NamedTemporaryFile(prefix="fuzz-", suffix=".bin", delete=False) as kept:
        kept.write(data)
    print(f"{kept.name}: {what[:300]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
