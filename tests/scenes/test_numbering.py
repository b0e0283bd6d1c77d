"""Scene numbers of imports and of scenes put between."""

import httpx2
import pytest

from backend.scenes.numbering import number_between, number_imported
from tests.conftest import Import


@pytest.mark.parametrize(
    ("numbers", "existing", "expected"),
    [
        ([None, None], [], [None, None]),
        (["1", "2", "3"], [], ["1", "2", "3"]),
        (["1", None, None, "2", None], [], ["1", "1A", "1B", "2", "2A"]),
        ([None, "1"], [], ["A1", "1"]),
        (["4", "4A", None, "5"], [], ["4", "4A", "4B", "5"]),
        (["4", None, "4A"], [], ["4", "4B", "4A"]),
        (["7", "7"], [], ["7", "7A"]),
        ([None, None], ["1", "2"], ["3", "4"]),
        (["1", "2"], ["1", "2"], ["3", "4"]),
        (["8", "9"], ["1", "2"], ["8", "9"]),
        (["1", "2"], [None, None], [None, None]),
    ],
)
def test_every_scene_of_a_project_is_numbered_or_none(
    numbers: list[str | None], existing: list[str | None], expected: list[str | None]
) -> None:
    assert number_imported(numbers, existing) == expected


def test_a_long_row_of_inserted_scenes_never_repeats_a_number() -> None:
    found = number_imported(["1"] + [None] * 80 + ["2"], [])
    assert len(set(found)) == 82


def test_a_scene_is_put_behind_another() -> None:
    assert number_between("12", ["12", "13"]) == "12A"
    assert number_between("12", ["12", "12A", "13"]) == "12B"
    assert number_between(None, ["1"]) == "A1"


async def test_shots_of_an_inserted_scene_have_numbers_of_their_own(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script(b"INT. A - DAY #1#\n\nRain.\n\nINT. B - DAY\n\nSnow.\n\nINT. C - DAY #2#\n\nFog.\n")
    shots = (await client.get(f"projects/{project_id}/shots")).json()["items"]
    assert [shot["number"] for shot in shots] == ["1A", "1A-A", "2A"]
    made = await client.post(f"projects/{project_id}/scenes", json={"slugline": "INT. D - DAY", "position": 3})
    assert made.json()["number"] == "1B"
