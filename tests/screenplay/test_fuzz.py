"""A damaged file gives a result or a refusal, never a crash; `make fuzz-import` does it for longer."""

import random
from pathlib import Path

import pytest

from scripts.fuzz_import import check, damage
from tests.screenplay.test_text import INDENTED

SAMPLE = Path(__file__).parents[2] / "backend/screenplay/samples/the-last-car-up.fountain"
FDX = Path(__file__).parent / "golden/lamp-room.fdx"


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_script_gives_a_result_or_a_refusal(seed: int) -> None:
    chance = random.Random(seed)
    data = chance.choice((SAMPLE.read_bytes()[:6000], INDENTED.encode() * 3, FDX.read_bytes()))
    check(damage(data, chance))


OVER_AND_OVER = ("(", "*", "a:", "[[", "/*", "<b ", "&a", "1 ", "A\n", "INT. \n", "MARA\n\n", "INT. A - ", "- ", " \t")


@pytest.mark.parametrize("text", OVER_AND_OVER)
def test_one_thing_over_and_over_ends(text: str) -> None:
    check((text * 6000 + "x").encode())
