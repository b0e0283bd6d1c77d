"""What holds for the breakdown of any script, whatever its rules chose."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.screenplay import (
    Scene,
    Screenplay,
    ScreenplayError,
    ShotDraft,
    break_down,
    break_down_screenplay,
    coverage_gaps,
    divided_speeches,
    parse,
)
from backend.screenplay.decode import decode
from backend.screenplay.sentences import sentences
from backend.screenplay.speeches import spans
from tests.screenplay.scripts import scripts
from tests.screenplay.test_text import SAMPLE

QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FILM = SAMPLE.read_bytes()


def broken_down(text: str) -> list[tuple[Scene, list[ShotDraft]]]:
    screenplay = parse(text.encode())
    return list(zip(screenplay.scenes, break_down_screenplay(screenplay), strict=True))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@QUICK
@given(scripts)
@example(FILM.decode())
def test_every_element_is_in_a_shot_and_shots_follow_the_script(text: str) -> None:
    for scene, shots in broken_down(text):
        assert coverage_gaps(scene, shots) == []
        assert divided_speeches(scene, shots) == []
        starts = [min(shot.element_indexes) for shot in shots if shot.element_indexes]
        assert starts == sorted(starts)
        assert all(scene.line_start <= shot.line_start <= shot.line_end <= scene.line_end for shot in shots)


@QUICK
@given(scripts)
@example(FILM.decode())
def test_only_an_action_goes_on_into_the_next_shot(text: str) -> None:
    for scene, shots in broken_down(text):
        for before, after in pairwise(shots):
            shared = set(before.element_indexes) & set(after.element_indexes)
            assert all(scene.elements[index].type == "action" for index in shared)


@QUICK
@given(scripts)
@example(FILM.decode())
def test_no_two_shots_of_a_scene_read_alike(text: str) -> None:
    for _, shots in broken_down(text):
        descriptions = [shot.description.casefold() for shot in shots]
        assert len(set(descriptions)) == len(descriptions)
        assert all(descriptions)


@QUICK
@given(scripts, st.sets(st.integers(0, 30)))
def test_the_elements_asked_for_are_covered_and_no_others(text: str, some: set[int]) -> None:
    for scene in parse(text.encode()).scenes:
        wanted = sorted(index for index in some if index < len(scene.elements))
        shots = break_down(scene, elements=wanted)
        assert sorted({index for shot in shots for index in shot.element_indexes}) == wanted
        spoken = [word for shot in shots for line in shot.dialogue for word in line.line.split()]
        written = [
            word
            for start, end in spans(scene.elements)
            for index in range(start + 1, end)
            if index in wanted and scene.elements[index].type != "parenthetical"
            for word in scene.elements[index].text.split()
        ]
        assert spoken == written


@QUICK
@given(scripts, st.integers(1, 25))
def test_a_number_of_shots_is_met_while_there_are_sentences_and_speeches(text: str, target: int) -> None:
    for scene in parse(text.encode()).scenes:
        shots = break_down(scene, target_shots=target)
        assert coverage_gaps(scene, shots) == []
        assert divided_speeches(scene, shots) == []
        most = len(break_down(scene, target_shots=1000)) if not scene.is_omitted else 0
        assert len(shots) == min(target, most)


@QUICK
@given(scripts)
@example(FILM.decode())
def test_every_speech_is_spoken_once_in_order_and_verbatim(text: str) -> None:
    for scene, shots in broken_down(text):
        written: list[tuple[str, str]] = []
        speaking = False
        for element in scene.elements:
            speaking = element.type == "character" or (speaking and element.character is not None)
            if speaking and element.type in ("dialogue", "lyrics"):
                written += [(element.character or "", word) for word in element.text.split()]
        spoken = [(line.character, word) for shot in shots for line in shot.dialogue for word in line.line.split()]
        assert spoken == written


@QUICK
@given(scripts)
@example(FILM.decode())
@example("INT. HOUSE - DAY\n\n- The.\n- The.\n")
def test_every_sentence_of_action_is_seen(text: str) -> None:
    for scene, shots in broken_down(text):
        for index, element in enumerate(scene.elements):
            if element.type != "action" or re.match(
                r"SUPER|INTERCUT|MONTAGE|END|BACK TO|WIDE|CLOSE|ANGLE|LOW|INS|PAN", element.text
            ):
                continue
            described = " ".join(words(" ".join(s.description for s in shots if index in s.element_indexes)))
            at = 0
            # In order; between two shots of one paragraph may stand what tells them apart.
            for sentence in sentences(element.text):
                at = described.index(" ".join(words(sentence)), at)


@QUICK
@given(scripts)
@example(FILM.decode())
def test_lengths_are_half_seconds_a_clip_can_hold_and_stay_near_the_page_time(text: str) -> None:
    for scene, shots in broken_down(text):
        for shot in shots:
            assert shot.duration_seconds >= 2.0
            assert shot.duration_seconds * 2 == int(shot.duration_seconds * 2)
            assert len(shot.description) <= 1000
        floor = sum(max(2.0, sum(len(words(x.line)) for x in s.dialogue) / 3.6 + 0.5) for s in shots)
        assert sum(s.duration_seconds for s in shots) <= max(2 * scene.eighths * 7.5, floor) + 0.5


@QUICK
@given(scripts)
def test_the_cast_of_a_shot_comes_from_the_script(text: str) -> None:
    upper = text.upper()
    for _, shots in broken_down(text):
        for shot in shots:
            assert all(name in upper for name in shot.characters)


@QUICK
@given(scripts)
def test_the_same_script_gives_the_same_bytes_and_survives_json(text: str) -> None:
    screenplay = parse(text.encode())
    stored = Screenplay.model_validate(json.loads(screenplay.model_dump_json()))
    assert stored == screenplay
    first = [shot.model_dump_json() for shots in break_down_screenplay(screenplay) for shot in shots]
    again = [shot.model_dump_json() for shots in break_down_screenplay(stored) for shot in shots]
    assert first == again


@QUICK
@given(scripts)
def test_elements_hold_every_word_of_the_script(text: str) -> None:
    screenplay = parse(text.encode())
    held = [element.text for element in screenplay.preamble]
    for scene in screenplay.scenes:
        held += [scene.heading, scene.number or "", *(note.text for note in scene.notes)]
        for element in scene.elements:
            held += [element.text, *element.extensions]
    assert sorted(words(" ".join(held))) == sorted(words(text))


def read(data: bytes) -> Screenplay | None:
    try:
        return parse(data)
    except ScreenplayError:
        return None


@settings(max_examples=100, deadline=3000)
@given(st.data())
def test_damaged_bytes_are_read_or_refused_but_never_crash(data: st.DataObject) -> None:
    source = bytearray(FILM[:3000])
    for _ in range(data.draw(st.integers(1, 30))):
        at = data.draw(st.integers(0, len(source) - 1))
        source[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    screenplay = read(bytes(source))
    assert screenplay is None or sum(map(len, break_down_screenplay(screenplay))) > 0


MARKS = st.text('AB .\n()[]/*#>~=!@^-"1', max_size=200).map(str.encode)


@settings(max_examples=150, deadline=3000)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode), MARKS))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    screenplay = read(data)
    if screenplay is None:
        return
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\r\ufeff]", decode(data).text)
    assert screenplay.scenes
    break_down_screenplay(screenplay)


def test_decoded_text_of_the_sample_is_what_was_written() -> None:
    assert decode(FILM).text == FILM.decode()


@pytest.mark.parametrize("path", sorted(SAMPLE.parent.glob("*.fountain")), ids=lambda path: Path(path).stem)
def test_a_scene_alone_breaks_down_like_the_worker_does_it(path: Path) -> None:
    for scene in parse(path.read_bytes()).scenes:
        stored = Scene.model_validate(json.loads(scene.model_dump_json()))
        assert break_down(stored) == break_down(scene)
