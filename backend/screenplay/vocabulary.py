"""The words by which a script directs the camera, and what an action sentence suggests where it does not."""

import re
from dataclasses import dataclass

from backend.screenplay import foreign_cues
from backend.screenplay.shotlist import CameraAngle, CameraMovement, ShotSize


@dataclass(frozen=True)
class Cue:
    """What a sentence asks of the camera; None where it asks nothing. `rest` is the sentence without the cue."""

    rest: str
    size: ShotSize | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None
    starts_shot: bool = False


_ON = r"(?:\s+(?:(?i:ON|OF)|FROM|AT|TO)\b)?\s*(?:[:\-–—,.]+\s*)?"
# Cues that open a sentence in capitals. The longest phrase must come first.
_OPENING: tuple[tuple[str, ShotSize | None, CameraAngle | None, CameraMovement | None], ...] = (
    (r"EXTREME CLOSE[- ]?UP|EXTREME CLOSE|E\.?C\.?U\.?", ShotSize.EXTREME_CLOSE_UP, None, None),
    (r"MEDIUM CLOSE[- ]?UP|M\.?C\.?U\.?", ShotSize.MEDIUM_CLOSE_UP, None, None),
    (r"CLOSE[- ]?UP|CLOSER|TIGHT(?: SHOT)?|CLOSE(?: SHOT)?(?= ON\b|\s*[:\-–—])|C\.U\.|CU(?=\s*[:\-–—]| ON\b)",
     ShotSize.CLOSE_UP, None, None),
    (r"INSERT(?: SHOT)?|DETAIL", ShotSize.INSERT, None, None),
    (r"EXTREME (?:WIDE|LONG)(?: SHOT)?|E\.?W\.?S\.?", ShotSize.EXTREME_WIDE, None, None),
    (r"ESTABLISHING(?: SHOT)?", ShotSize.ESTABLISHING, None, None),
    (r"MEDIUM WIDE(?: SHOT)?|MEDIUM LONG(?: SHOT)?", ShotSize.MEDIUM_WIDE, None, None),
    (r"WIDE(?:R)?(?: SHOT| ANGLE| ON|(?=\s*[:\-–—]))|LONG SHOT|MASTER SHOT", ShotSize.WIDE, None, None),
    (r"FULL SHOT", ShotSize.FULL, None, None),
    (r"MEDIUM(?: SHOT|(?= ON\b|\s*[:\-–—]))|MED\.? SHOT", ShotSize.MEDIUM, None, None),
    (r"(?:TIGHT )?TWO[- ]?SHOT|2[- ]?SHOT", ShotSize.TWO_SHOT, None, None),
    (r"OVER[- ]THE[- ]SHOULDER|OVER (?:HIS|HER|THEIR) SHOULDER|O\.?T\.?S\.?(?=\s|:)",
     ShotSize.OVER_THE_SHOULDER, None, None),
    (r"HIGH ANGLE", None, CameraAngle.HIGH_ANGLE, None),
    (r"LOW ANGLE", None, CameraAngle.LOW_ANGLE, None),
    (r"DUTCH ANGLE", None, CameraAngle.DUTCH, None),
    (r"(?:REVERSE |NEW |ANOTHER )?ANGLE|REVERSE(?: SHOT)?(?=\s*[:\-–—]| ON\b)|FAVORING|FAVOURING", None, None, None),
    (r"OVERHEAD(?: SHOT)?|BIRD['’]?S[- ]EYE(?: VIEW)?", None, CameraAngle.TOP_DOWN, None),
    (r"AERIAL(?: SHOT| VIEW)?", ShotSize.EXTREME_WIDE, CameraAngle.HIGH_ANGLE, CameraMovement.AERIAL),
    (r"(?:SLOW )?TRACKING(?: SHOT)?", None, None, CameraMovement.TRACKING),
)  # fmt: skip
_OPENING_RES = [(re.compile(rf"^(?:{words}){_ON}"), size, angle, move) for words, size, angle, move in _OPENING]
_OPENING_RES += foreign_cues.OPENINGS
# ON MARA opens a paragraph; in the middle of one it is a word like any other.
_ON_SOMEONE = re.compile(r"^ON\s+(?=[A-Z][A-Z])")
# TRACKING with the car, WIDE across the bay: the phrase is part of its sentence.
_RUNS_ON = re.compile(r"^(?:with|along|past|through|behind|across|as|over|toward|towards|into|around|up|down|in|by)\b")
_POV = re.compile(r"\bP\.?O\.?V\.?\b")
_CAMERA = r"(?:\b(?:we|the camera|camera)\b[^.]{0,24}?\s)"
# Movements: in capitals anywhere, or in any case after `we` or `the camera`.
_MOVES: tuple[tuple[str, CameraMovement], ...] = (
    (r"WHIP[- ]?PANS?", CameraMovement.WHIP_PAN),
    (r"PANS? (?:TO THE )?LEFT", CameraMovement.PAN_LEFT),
    (r"PAN(?:S|NING)?", CameraMovement.PAN_RIGHT),
    (r"TILT(?:S|ING)? UP", CameraMovement.TILT_UP),
    (r"TILT(?:S|ING)? DOWN", CameraMovement.TILT_DOWN),
    (r"(?:PUSH(?:ES|ING)?|DOLL(?:Y|IES)|MOV(?:E|ES|ING)|CREEP(?:S|ING)?) IN(?:TO)?|PUSH[- ]IN",
     CameraMovement.DOLLY_IN),
    (r"(?:PULL(?:S|ING)?|DOLL(?:Y|IES)) (?:BACK|OUT|AWAY)", CameraMovement.DOLLY_OUT),
    (r"ZOOM(?:S|ING)? IN", CameraMovement.ZOOM_IN),
    (r"ZOOM(?:S|ING)? OUT", CameraMovement.ZOOM_OUT),
    (r"CRAN(?:E|ES|ING)(?: UP| DOWN| OVER)|BOOM(?:S|ING)? (?:UP|DOWN)", CameraMovement.CRANE),
    (r"DRONE SHOT", CameraMovement.DRONE),
    (r"AERIAL", CameraMovement.AERIAL),
    (r"HAND[- ]?HELD", CameraMovement.HANDHELD),
    (r"STEADI[- ]?CAM|TRACK(?:S|ING)?(?: WITH| ALONG| SHOT)|FOLLOW(?:S|ING)? (?:HIM|HER|THEM)",
     CameraMovement.TRACKING),
    (r"CIRCL(?:E|ES|ING) (?:AROUND|ROUND)|ARC(?:S|ING)? AROUND", CameraMovement.ARC),
)  # fmt: skip
_MOVE_RES = [
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)|(?i:{_CAMERA}(?:{words}))(?!\w)"), movement) for words, movement in _MOVES
]

SUPER = re.compile(
    r"^\(?(?:SUPER(?:IMPOSE|TITLE)?S?|(?:MAIN )?TITLES?(?: CARD| OVER)?|CHYRON|CAPTION|ON[- ]SCREEN(?: TEXT)?"
    rf"|{foreign_cues.SUPER})\b\s*[:\-–—]+\s*(?P<text>.+?)\)?$",
    re.S,
)
# TITLE OVER: alone, with the text in a paragraph of its own.
SUPER_LABEL = re.compile(r"^(?:SUPER(?:IMPOSE)?S?|TITLES? OVER|CHYRON|MAIN TITLES?)\s*[:\-–—]*$")
MONTAGE = re.compile(
    r"^(?:BEGIN )?(?:MONTAGE(?! ALTERN)|SERIES OF SHOTS|SERIES OF ANGLES|VARIOUS SHOTS"
    rf"|(?:{foreign_cues.MONTAGE})(?! ALTERN))\b(?P<rest>.*)$",
    re.S,
)
MONTAGE_HEADING = re.compile(rf"\b(?:MONTAGE|SERIES OF SHOTS|{foreign_cues.MONTAGE})\b")
END_MONTAGE = re.compile(
    r"^(?:END (?:OF )?(?:THE )?(?:MONTAGE|SERIES(?: OF SHOTS)?|INTERCUT|FLASHBACK)|BACK TO SCENE"
    rf"|{foreign_cues.END_MONTAGE})\b.*$"
)
INTERCUT = re.compile(rf"^(?:(?:BEGIN )?INTERCUT|{foreign_cues.INTERCUT})\b.*$", re.S)
MARKER = re.compile(
    r"^(?:BACK TO SCENE|BACK TO:?|END (?:OF )?\w+|CONTINUED|CUT TO BLACK|BLACK(?:OUT)?|FADE (?:IN|OUT|TO BLACK)"
    rf"|(?:SMASH |MATCH |JUMP |HARD )?CUT TO|{foreign_cues.TRANSITION}|{foreign_cues.END_MONTAGE})\W*$"
)
# A marker that ends a shot, beside those that only say where we are again.
TRANSITION = re.compile(rf"CUT|FADE|{foreign_cues.TRANSITION}")
BULLET = re.compile(r"^\s*(?:[-–—•*]+|\d{1,2}[.)]|[A-Za-z]\))\s+(?=\S)")

_DETAIL = re.compile(
    r"\b(?:finger|fingers|fingertips|thumb|eyes|eye|lips|tear|tears|ring|key|keys|letter|note|photo|photograph|screen"
    r"|button|switch|dial|needle|gauge|watch|clock|label|envelope|page|match|trigger|coin|ticket|fuse|drop|drip"
    r"|keyhole|badge|postcard|signature|blade)\b",
    re.I,
)
_HANDS = re.compile(
    r"\b(?:hand|hands|fist|palm|face|expression|smile|smiles|blinks|stares|winces|swallows|frowns)\b", re.I
)
_VISTA = re.compile(
    r"\b(?:skyline|horizon|mountain|mountains|valley|ridge|ocean|sea|desert|city|town|village|forest|field|fields"
    r"|crowd|crowds|street|highway|river|lake|harbou?r|bridge|storm|clouds|stars|landscape|cliff|cliffs|army)\b",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:everyone|everybody|guests|passengers|soldiers|dancers|children|students|people|crew)\b", re.I
)
_TRAVEL = re.compile(
    r"\b(?:walk|run|race|sprint|stride|drive|ride|chase|hurr|crawl|climb|march|stagger|jog|wander|dash|rush)(?:s|es|ies|ing)?\b",
    re.I,
)
_SHAKE = re.compile(r"\b(?:fights?|struggles?|explodes?|explosion|crash(?:es)?|attacks?|tackles?|wrestles?)\b", re.I)
_REALISE = re.compile(r"\b(?:realises?|realizes?|freezes|stares?|listens|slowly|notices)\b", re.I)
_REVEAL = re.compile(r"\b(?:reveals?|revealing|revealed)\b", re.I)
_LOOK_UP = re.compile(r"\b(?:looks? up|gazes? up|towers? (?:over|above)|looms?)\b", re.I)
_LOOK_DOWN = re.compile(r"\b(?:looks? down|gazes? down|far below|from above|(?:lies|lying) (?:on|in))\b", re.I)


def read_cue(sentence: str, *, is_first: bool = True) -> Cue:
    """The explicit camera direction of one sentence; `rest` drops an opening phrase such as CLOSE ON.

    `is_first` says that the sentence opens its paragraph.
    """
    size = angle = None
    movement = _movement(sentence)
    rest = sentence
    starts = False
    for pattern, found_size, found_angle, found_movement in _OPENING_RES:
        match = pattern.match(sentence)
        if match:
            size, angle, movement = found_size, found_angle, found_movement or movement
            rest, starts = sentence[match.end() :].strip(), True
            break
    if is_first and not starts and (on := _ON_SOMEONE.match(sentence)):
        rest, starts = sentence[on.end() :], True
    rest = sentence if _RUNS_ON.match(rest) else rest[:1].upper() + rest[1:]
    if _POV.search(sentence):
        size, starts = ShotSize.POINT_OF_VIEW, True
    return Cue(rest, size, angle, movement, starts or movement is not None)


def _movement(sentence: str) -> CameraMovement | None:
    for pattern, movement in _MOVE_RES:
        if pattern.search(sentence):
            return movement
    return None


def suggest_size(text: str, named: int) -> ShotSize:
    """A size for action with no camera direction, from what it shows and how many named people are in it."""
    if named == 0:
        if _VISTA.search(text) or _GROUP.search(text):
            return ShotSize.WIDE
        return ShotSize.INSERT if _DETAIL.search(text) else ShotSize.MEDIUM_WIDE
    if _TRAVEL.search(text) or _GROUP.search(text):
        return ShotSize.FULL if named == 1 else ShotSize.WIDE
    if named >= 3:
        return ShotSize.MEDIUM_WIDE
    if named == 2:
        return ShotSize.TWO_SHOT
    if _DETAIL.search(text):
        return ShotSize.CLOSE_UP
    return ShotSize.MEDIUM_CLOSE_UP if _HANDS.search(text) else ShotSize.MEDIUM


def suggest_angle(text: str) -> CameraAngle:
    """Eye level unless the action looks up or down."""
    if _LOOK_UP.search(text):
        return CameraAngle.LOW_ANGLE
    return CameraAngle.HIGH_ANGLE if _LOOK_DOWN.search(text) else CameraAngle.EYE_LEVEL


def suggest_movement(text: str, named: int) -> CameraMovement:
    """Static unless named people travel or dwell on something, or the action shakes or reveals."""
    if _SHAKE.search(text):
        return CameraMovement.HANDHELD
    if named and _TRAVEL.search(text):
        return CameraMovement.TRACKING
    if _REVEAL.search(text):
        return CameraMovement.DOLLY_OUT
    return CameraMovement.DOLLY_IN if named and _REALISE.search(text) else CameraMovement.STATIC
