"""A draft is compared with the script it revises: what is the same stays the same, and only the rest is reported."""

import random
import time
from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from backend.screenplay import Element, Scene, parse
from backend.screenplay.revision import Revision, compare, word_changes

SCRIPT = """\
INT. LAMP ROOM - NIGHT #1#

Rain needles the glass. MARA winds the old brass lamp by hand.

MARA
One more night, and then the boat.

JON
(at the door)
You said that in March.

EXT. GALLERY - NIGHT #2#

Mara leans into the wind. Far out, a ship's light goes out.

INT. KITCHEN - MORNING #3#

The kettle screams on the stove. Nobody comes to take it off the fire.

JON
Mara? Your tea is going cold.

MARA
Let it. I have a letter to write before the boat comes in.

EXT. JETTY - DAY #4#

A grey boat ties up. The postman jumps across with a leather bag.
"""

SIZES = ("old", "brass", "grey", "wet", "empty", "narrow", "broken", "silver", "quiet", "yellow")
THINGS = ("lamp", "boat", "letter", "kettle", "rope", "stair", "window", "coat", "engine", "gull", "bell", "map")
DEEDS = ("turns", "falls", "waits", "burns", "swings", "drifts", "opens", "shakes", "sinks", "sings")


def scenes(text: str) -> list[Scene]:
    return parse(text.encode()).scenes


def kinds(revision: Revision) -> list[str]:
    return [pair.kind for pair in revision.scenes]


def told(revision: Revision, old: Sequence[Scene], new: Sequence[Scene]) -> list[tuple[str, str | None, str | None]]:
    """What is not the same, in words."""
    return [
        (
            one.kind,
            old[one.old[0]].elements[one.old[1]].text if one.old else None,
            new[one.new[0]].elements[one.new[1]].text if one.new else None,
        )
        for pair in revision.scenes
        for one in pair.elements
        if one.kind != "same"
    ]


def test_a_changed_speech_changes_its_scene_and_nothing_else() -> None:
    old, new = scenes(SCRIPT), scenes(SCRIPT.replace("Your tea is going cold", "Your tea is cold"))
    found = compare(old, new)
    assert kinds(found) == ["unchanged", "unchanged", "changed", "unchanged"]
    assert told(found, old, new) == [("changed", "Mara? Your tea is going cold.", "Mara? Your tea is cold.")]


def test_words_are_told_apart() -> None:
    found = word_changes("Your tea is going cold.", "Your tea is cold now.")
    assert [(one.kind, one.text) for one in found] == [
        ("same", "Your tea is "),
        ("removed", "going cold."),
        ("added", "cold now."),
    ]


def test_a_scene_put_between_is_added_and_one_taken_out_is_omitted() -> None:
    old = scenes(SCRIPT)
    between = "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps. A child's shoe floats by.\n\n"
    new = scenes(SCRIPT.replace("INT. KITCHEN", between + "INT. KITCHEN"))
    assert kinds(compare(old, new)) == ["unchanged", "unchanged", "added", "unchanged", "unchanged"]
    assert kinds(compare(new, old)) == ["unchanged", "unchanged", "omitted", "unchanged", "unchanged"]


def test_a_number_kept_as_omitted_is_an_omission_with_its_stub() -> None:
    old = scenes(SCRIPT)
    start, end = SCRIPT.index("INT. KITCHEN"), SCRIPT.index("EXT. JETTY")
    new = scenes(SCRIPT[:start] + ".OMITTED #3#\n\n" + SCRIPT[end:])
    assert [scene.is_omitted for scene in new] == [False, False, True, False]
    pair = compare(old, new).scenes[2]
    assert (pair.kind, pair.old, pair.new) == ("omitted", 2, 2)
    back = compare(new, old).scenes[2]
    assert (back.kind, back.old, back.new) == ("changed", 2, 2)
    assert {one.kind for one in back.elements} == {"added"}


def test_a_moved_scene_is_moved_and_the_others_are_not() -> None:
    old = scenes(SCRIPT)
    new = [old[3], *old[:3]]
    found = compare(old, new)
    assert kinds(found) == ["moved", "unchanged", "unchanged", "unchanged"]
    assert [pair.is_moved for pair in found.scenes] == [True, False, False, False]


def test_a_moved_scene_can_be_changed_too() -> None:
    old = scenes(SCRIPT)
    new = scenes(SCRIPT.replace("a leather bag", "a wet leather bag"))
    found = compare(old, [new[3], *new[:3]])
    assert (found.scenes[0].kind, found.scenes[0].is_moved) == ("changed", True)


def test_a_new_heading_over_the_same_text_is_a_change_of_that_scene() -> None:
    old, new = scenes(SCRIPT), scenes(SCRIPT.replace("INT. KITCHEN - MORNING", "INT. SCULLERY - DAWN"))
    found = compare(old, new)
    assert kinds(found) == ["unchanged", "unchanged", "changed", "unchanged"]
    assert told(found, old, new) == []


def test_numbers_that_shift_do_not_mislead() -> None:
    """An unlocked script that loses its first scene numbers the others anew."""
    old = scenes(SCRIPT)
    shorter = [scene.model_copy(update={"number": str(n)}) for n, scene in enumerate(old[1:], start=1)]
    assert kinds(compare(old, shorter)) == ["omitted", "unchanged", "unchanged", "unchanged"]


def test_a_renamed_character_changes_lines_and_adds_or_removes_none() -> None:
    old, new = scenes(SCRIPT), scenes(SCRIPT.replace("MARA", "MIRA").replace("Mara", "Mira"))
    found = compare(old, new)
    assert found.renamed == {"MARA": "MIRA"}
    assert kinds(found) == ["changed", "changed", "changed", "unchanged"]
    assert {kind for kind, _, _ in told(found, old, new)} == {"changed"}


def test_a_line_given_to_somebody_else_is_that_line_changed() -> None:
    old, new = scenes(SCRIPT), scenes(SCRIPT.replace("JON\nMara? Your", "POSTMAN\nMara? Your"))
    assert told(compare(old, new), old, new) == [
        ("changed", "JON", "POSTMAN"),
        ("changed", "Mara? Your tea is going cold.", "Mara? Your tea is going cold."),
    ]


def test_a_short_answer_replaced_by_another_is_changed() -> None:
    old, new = scenes("INT. A - DAY\n\nRain.\n\nJON\nYes.\n"), scenes("INT. A - DAY\n\nRain.\n\nJON\nNever.\n")
    assert told(compare(old, new), old, new) == [("changed", "Yes.", "Never.")]


def test_lines_broken_elsewhere_are_the_same() -> None:
    old = scenes(SCRIPT)
    new = scenes(SCRIPT.replace("The kettle screams on the stove. ", "The kettle screams on the stove.\n"))
    assert new[2].elements[0].text != old[2].elements[0].text
    assert set(kinds(compare(old, new))) == {"unchanged"}


def test_a_split_scene_keeps_its_first_half_and_its_second_moves() -> None:
    old = scenes(SCRIPT)
    new = scenes(SCRIPT.replace("MARA\nLet it.", "INT. HALL - MORNING\n\nMARA\nLet it."))
    found = compare(old, new)
    assert kinds(found) == ["unchanged", "unchanged", "changed", "added", "unchanged"]
    assert {one.kind for one in found.scenes[3].elements} == {"moved"}
    assert [one.kind for one in found.scenes[2].elements] == ["same", "same", "same", "moved", "moved"]
    merged = compare(new, old)
    assert kinds(merged) == ["unchanged", "unchanged", "changed", "omitted", "unchanged"]
    assert {one.kind for one in merged.scenes[3].elements} == {"moved"}


def test_a_scene_written_anew_at_its_place_under_its_heading_is_the_same_scene() -> None:
    old = scenes(SCRIPT)
    text = SCRIPT.replace("Mara leans into the wind. Far out, a ship's light goes out.", "Gulls. Nothing moves there.")
    assert kinds(compare(old, scenes(text))) == ["unchanged", "changed", "unchanged", "unchanged"]


@st.composite
def screenplays(draw: st.DrawFn) -> list[Scene]:
    """Scenes whose paragraphs differ from one another, as those of a real script do."""
    rng = random.Random(draw(st.integers(0, 10_000)))
    count = draw(st.integers(2, 12))
    out: list[str] = []
    serial = 0

    def sentence() -> str:
        nonlocal serial
        serial += 1
        words = [f"{rng.choice(SIZES)} {rng.choice(THINGS)} {rng.choice(DEEDS)}" for _ in range(3)]
        return f"Take{serial} the " + ", the ".join(words) + "."

    for number in range(count):
        out.append(f"INT. {rng.choice(THINGS).upper()} ROOM {number % 4} - NIGHT")
        for _ in range(rng.randint(1, 5)):
            out.append(
                f"{rng.choice(['MARA', 'JON', 'THE POSTMAN'])}\n{sentence()}" if rng.random() < 0.5 else sentence()
            )
    return scenes("\n\n".join(out))


@given(screenplays())
def test_a_script_is_unchanged_beside_itself(script: list[Scene]) -> None:
    found = compare(script, script)
    assert set(kinds(found)) == {"unchanged"}
    assert [(pair.old, pair.new) for pair in found.scenes] == [(n, n) for n in range(len(script))]
    assert told(found, script, script) == []


@given(screenplays(), st.data())
def test_a_deleted_scene_is_the_one_omitted_scene(script: list[Scene], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(script) - 1))
    found = compare(script, script[:gone] + script[gone + 1 :])
    assert Counter(kinds(found)) == Counter(unchanged=len(script) - 1, omitted=1)
    assert [pair.old for pair in found.scenes if pair.kind == "omitted"] == [gone]


@given(screenplays(), st.randoms(use_true_random=False))
def test_a_permuted_script_has_moved_scenes_and_no_others(script: list[Scene], rng: random.Random) -> None:
    order = list(range(len(script)))
    rng.shuffle(order)
    found = compare(script, [script[n] for n in order])
    assert set(kinds(found)) <= {"unchanged", "moved"}
    assert [pair.old for pair in found.scenes] == order
    stayed = [n for n, pair in zip(order, found.scenes, strict=True) if pair.kind == "unchanged"]
    assert stayed == sorted(stayed)
    assert ("moved" in kinds(found)) == (order != sorted(order))


@given(screenplays(), st.data())
def test_an_edit_touches_only_its_element(script: list[Scene], data: st.DataObject) -> None:
    place = data.draw(
        st.sampled_from(
            [(n, k) for n, s in enumerate(script) for k, e in enumerate(s.elements) if e.type in ("action", "dialogue")]
        )
    )
    element = script[place[0]].elements[place[1]]
    words = element.text.split()
    words[data.draw(st.integers(0, len(words) - 1))] = "elsewhere"
    edited = element.model_copy(update={"text": " ".join(words)})
    draft = [with_element(scene, place[1], edited) if n == place[0] else scene for n, scene in enumerate(script)]
    found = compare(script, draft)
    assert told(found, script, draft) == [("changed", element.text, edited.text)]
    assert Counter(kinds(found)) == Counter(unchanged=len(script) - 1, changed=1)


@given(screenplays(), screenplays())
def test_every_scene_and_element_of_both_sides_is_told_once(old: list[Scene], new: list[Scene]) -> None:
    found = compare(old, new)
    assert sorted(p.old for p in found.scenes if p.old is not None) == list(range(len(old)))
    assert sorted(p.new for p in found.scenes if p.new is not None) == list(range(len(new)))
    moved = {one for pair in found.scenes for one in pair.elements if one.kind == "moved"}
    others = [one for pair in found.scenes for one in pair.elements if one.kind != "moved"]
    assert sorted([one.old for one in [*moved, *others] if one.old]) == [
        (n, k) for n, scene in enumerate(old) for k in range(len(scene.elements))
    ]
    assert sorted([one.new for one in [*moved, *others] if one.new]) == [
        (n, k) for n, scene in enumerate(new) for k in range(len(scene.elements))
    ]
    assert compare(old, new) == found


def with_element(scene: Scene, index: int, element: Element) -> Scene:
    return scene.model_copy(update={"elements": [*scene.elements[:index], element, *scene.elements[index + 1 :]]})


def test_a_feature_in_which_every_scene_changed_is_compared_in_two_seconds() -> None:
    rng = random.Random(7)

    def paragraph() -> str:
        return (
            "The " + " ".join(f"{rng.choice(SIZES)} {rng.choice(THINGS)} {rng.choice(DEEDS)}" for _ in range(4)) + "."
        )

    text = "\n\n".join(
        f"INT. ROOM {n} - DAY\n\n" + "\n\n".join(f"{paragraph()}\n\nMARA\n{paragraph()}" for _ in range(5))
        for n in range(200)
    )
    old = scenes(text)
    new = scenes(text.replace("grey", "green").replace(" sinks", ""))
    begun = time.process_time()
    found = compare(old, new)
    assert time.process_time() - begun < 2
    assert Counter(kinds(found)) == Counter(changed=200)
