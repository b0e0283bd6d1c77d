"""One small case a rule, in cases/*.json: headings and look-alikes in every form and language, and short documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.screenplay import parse

CASES = Path(__file__).parent / "cases"


def load(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("case", load("headings"), ids=lambda case: case["line"])
def test_a_heading_is_found_and_taken_apart(case: dict[str, Any]) -> None:
    scene = parse(f"{case['line']}\n\nHay.\n".encode()).scenes[0]
    found = scene.model_dump(include=case.keys() - {"line"})
    assert found == {key: value for key, value in case.items() if key != "line"}
    assert [element.text for element in scene.elements] == ["Hay."]


@pytest.mark.parametrize("line", load("not_headings"))
def test_a_look_alike_is_no_heading(line: str) -> None:
    screenplay = parse(f"INT. BARN - DAY\n\nHay.\n\n{line}\n\nStraw.\n".encode())
    assert [scene.heading for scene in screenplay.scenes] == ["INT. BARN - DAY"]


@pytest.mark.parametrize("case", load("documents"), ids=lambda case: case["id"])
def test_a_document_is_read(case: dict[str, Any]) -> None:
    screenplay = parse(case["text"].encode())
    outline = [f"{e.type} {' '.join(e.text.split())}" for e in screenplay.preamble]
    for scene in screenplay.scenes:
        outline.append(f"scene {scene.heading}")
        outline += [f"{e.type} {' '.join(e.text.split())}" for e in scene.elements]
    assert outline == case["expected"]
