"""Whole plain-text scripts as they come off a printer, beside what they must be read as (golden/*.txt, *.json)."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.screenplay import Element, Screenplay, parse

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["salt-line", "le-passeur", "a-linha-do-trem"])
def test_a_script_is_read_as_reviewed(name: str) -> None:
    screenplay = parse((GOLDEN / f"{name}.txt").read_bytes())
    assert outline(screenplay) == json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def outline(screenplay: Screenplay) -> dict[str, Any]:
    return {
        "format": screenplay.format,
        "preamble": [_element(element) for element in screenplay.preamble],
        "scenes": [
            {
                **scene.model_dump(include={"number", "heading", "int_ext", "location", "time_of_day", "is_omitted"}),
                "lines": [scene.line_start, scene.line_end],
                "eighths": scene.eighths,
                "elements": [_element(element) for element in scene.elements],
            }
            for scene in screenplay.scenes
        ],
        "warnings": {warning.code: warning.lines for warning in screenplay.warnings},
    }


def _element(element: Element) -> list[Any]:
    """[type, first and last line, who speaks and how, text]."""
    who = " ".join([element.character or "", *(f"({extension})" for extension in element.extensions)])
    return [element.type, f"{element.line_start}-{element.line_end}", who, " ".join(element.text.split())]
