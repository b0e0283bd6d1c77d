"""A screenplay written as Fountain reads back the same."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from backend.screenplay import Element, Screenplay, parse
from backend.screenplay.writer import to_fountain
from tests.screenplay import scripts

SAMPLE = Path(__file__).parents[2] / "backend/screenplay/samples/the-last-car-up.fountain"


def content(screenplay: Screenplay) -> object:
    """Everything but line numbers, raw text and warnings."""

    def element(e: object) -> object:
        assert isinstance(e, Element)
        runs = sorted((run.start, run.end, run.style) for run in e.emphasis)
        return e.model_dump(exclude={"line_start", "line_end", "emphasis"}) | {"emphasis": runs}

    return (
        screenplay.title_page,
        [element(e) for e in screenplay.preamble],
        [
            (
                s.heading,
                s.number,
                s.section,
                s.synopsis,
                s.is_omitted,
                [n.text for n in s.notes],
                [*map(element, s.elements)],
            )
            for s in screenplay.scenes
        ],
    )


def round_trip(text: str) -> tuple[object, object]:
    first = parse(text.encode())
    return content(first), content(parse(to_fountain(first).encode()))


def test_the_sample_comes_back() -> None:
    first, again = round_trip(SAMPLE.read_text())
    assert again == first


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scripts.scripts)
def test_any_script_comes_back(text: str) -> None:
    first, again = round_trip(text)
    assert again == first


def test_every_kind_of_element_comes_back() -> None:
    two_spaces = "  "
    text = f"""\
Title: The Long Way
Author:
    A. Writer
    B. Writer

Opening words.

# Act one

## Morning

INT. HALL - DAY #12A#

= Nora finds the key.

[[check the colour]]

!THE LIGHT GOES OUT
and comes back.

NORA (O.S.) (CONT'D)
(low)
*Who* is **there**?
{two_spaces}
I have a \\*star\\*.

OTTO
Me.

NORA ^
You!

@McNeil
___No.___

~La la la

> THE END <

> Burn out.

CUT TO:

.ÉTABLE - JOUR

.45 is no calibre here.

SMASH CUT TO BLACK.

EXT. SEA - NIGHT

OMITTED

!@home he said _underlined words_.
"""
    first, again = round_trip(text)
    assert again == first


def test_a_plain_text_script_comes_back_as_fountain() -> None:
    text = (
        "12   INT. HALL - DAY      12\n\n     Nora waits for the car, and for a long time nothing at all comes.\n\n"
        "                    NORA\n          Otto?\n\n                    OTTO (O.S.)\n          Here.\n\n"
        "13   COUPE SUR LA MER    13\n\n14   OMITTED   14\n\n15   EXT. SEA - NIGHT   15\n\n     Rain.\n"
    )
    first, again = round_trip(text)
    assert again == first
