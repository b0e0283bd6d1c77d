"""Pure: the bytes of a script in, a Screenplay out, and a rule-based breakdown of its scenes into shots."""

from backend.screenplay.anchoring import coverage_gaps, divided_speeches
from backend.screenplay.breakdown import break_down, break_down_screenplay
from backend.screenplay.decode import Decoded, decode
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.models import Element, Scene, Screenplay, Warning
from backend.screenplay.parser import parse
from backend.screenplay.recognition import FileKind, recognise
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotDraft, ShotSize, SpokenLine

__all__ = [
    "CameraAngle",
    "CameraMovement",
    "Decoded",
    "Element",
    "FileKind",
    "Scene",
    "Screenplay",
    "ScreenplayError",
    "ShotDraft",
    "ShotSize",
    "SpokenLine",
    "Warning",
    "break_down",
    "break_down_screenplay",
    "coverage_gaps",
    "decode",
    "divided_speeches",
    "parse",
    "recognise",
]
