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
    (r"WIDER(?: SHOT| ANGLE)?|WIDE(?: SHOT| ANGLE| ON|(?=\s*[:\-–—]))|LONG SHOT|MASTER SHOT",
     ShotSize.WIDE, None, None),
    (r"FULL SHOT", ShotSize.FULL, None, None),
    (r"MEDIUM(?: SHOT|(?= ON\b|\s*[:\-–—]))|MED\.? SHOT", ShotSize.MEDIUM, None, None),
    (r"(?:TIGHT )?TWO[- ]?SHOT|2[- ]?SHOT", ShotSize.TWO_SHOT, None, None),
    (r"OVER[- ]THE[- ]SHOULDER|OVER (?:HIS|HER|THEIR) SHOULDER|O\.?T\.?S\.?(?=\s|:)",
     ShotSize.OVER_THE_SHOULDER, None, None),
    (r"HIGH ANGLE", None, CameraAngle.HIGH_ANGLE, None),
    (r"LOW ANGLE", None, CameraAngle.LOW_ANGLE, None),
    (r"DUTCH ANGLE", None, CameraAngle.DUTCH, None),
    (r"(?:REVERSE |NEW |ANOTHER )?ANGLE|REVERSE(?: SHOT)?(?=\s*[:\-–—]| (?i:ON|TO)\b)|FAVORING|FAVOURING",
     None, None, None),
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
# What the camera finds there is the picture: WIDER to reveal the yard, REVERSE to Mara.
_TO_FIND = re.compile(r"^to\s+(?:(?:a )?(?:reveal|show|see|find|include)\s+)?")
POV = re.compile(r"\bP\.?O\.?V\.?\b")
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
# We move into a MONTAGE: QUICK MONTAGE as he demonstrates:
INTO_MONTAGE = re.compile(r"^[^\n.]{0,60}\bMONTAGE\b[^\n.]{0,40}:$")
BACK_TO = re.compile(r"^BACK (?:TO|ON|WITH|AT) [^a-z]{1,40}$")
_SPAN = r"(?:MOMENTS?|SECONDS?|MINUTES?|HOURS?|DAYS?|NIGHTS?|WEEKS?|MONTHS?|YEARS?)"
# A paragraph that only says when we are.
TIME_JUMP = re.compile(
    rf"^(?:(?:MUCH |SOME TIME |A (?:LITTLE )?WHILE |[^a-z]{{0,16}}{_SPAN} )?LATER"
    r"(?: THAT (?:DAY|NIGHT|EVENING|MORNING))?"
    r"|(?:BEGIN |END )?FLASH(?:BACK|FORWARD)S?(?:(?:\s*[:\-–—]|\s+TO)[^a-z]{0,60})?"
    r"|(?:BACK TO )?(?:THE )?PRESENT(?: DAY)?)\W*$"
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
    r"|keyhole|badge|postcard|signature|blade|telegram|headline|locket|bullets?|pills?|syringe)\b",
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
_SHAKE = re.compile(
    r"\b(?:fights?|struggles?(?! to\b)|explodes?|explosion|crash(?:es)?|attacks?|tackles?|wrestles?)\b", re.I
)
_REALISE = re.compile(r"\b(?:realises?|realizes?|freezes|stares?|listens|slowly|notices)\b", re.I)
# Of the camera: somebody who looks up, from a book or at a friend, is not seen from below.
_LOOK_UP = re.compile(r"\b(?:we (?:look|gaze|stare) up|towers? (?:over|above)|looms?)\b", re.I)
_LOOK_DOWN = re.compile(r"\b(?:we (?:look|gaze|stare) down|far below|from above|(?:lies|lying) (?:on|in))\b", re.I)
# A tear runs, a road climbs, somebody goes for a walk: nobody travels.
_NO_TRAVEL = re.compile(
    r"\b(?:tears?|blood|sweat|water|rain|drops?|road|path|track|scar|crack|shiver|fingers?|hands?|eyes?|mind|engine|motor"
    r"|ink|tape|clock|film|credits)\s+(?:\w+ly\s+)?(?:walk|run|race|climb|crawl|wander|drive|ride|rush)(?:s|es|ing)?\b"
    r"|\b(?:(?:an?|his|her|their|my|your|our)\s+(?:\w+\s+)?|the\s+)(?:walk|run|race|drive|ride|chase|climb|march|dash|rush|sprint)"
    r"(?! (?:in|out|up|down|past|to|into|toward|over|on|off|away|through|across)\b)(?=\W|$)",
    re.I,
)
# Heard or only spoken of, not seen: we hear MARA SCREAM, Jon's voice, a photo of Mara.
_UNSEEN = re.compile(
    r"\b(?i:we (?:can |only )?hear|the sounds? of|offscreen|off screen)\b(?:(?! as | while |,)[^.!?;])*"
    r"|\b[\w.]+(?: [A-Z][\w.]+)*['’][sS]? (?i:voices?|screams?|shouts?|cries|laughter|laugh|footsteps|P\.?O\.?V\b\.?)",
)


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
            rest, starts = _TO_FIND.sub("", sentence[match.end() :].strip()), True
            break
    if is_first and not starts and (on := _ON_SOMEONE.match(sentence)):
        rest, starts = sentence[on.end() :], True
    rest = sentence if _RUNS_ON.match(rest) else rest[:1].upper() + rest[1:]
    if POV.search(sentence):
        size, starts = ShotSize.POINT_OF_VIEW, True
    return Cue(rest, size, angle, movement, starts or movement is not None)


def _movement(sentence: str) -> CameraMovement | None:
    for pattern, movement in _MOVE_RES:
        if pattern.search(sentence):
            return movement
    return None


def without_unseen(text: str) -> str:
    """The text without what is only heard, and without whose eyes we see through."""
    return _UNSEEN.sub(" ", text)


def suggest_size(text: str, named: int) -> ShotSize:
    """A size for action with no camera direction, from what it shows and how many named people are in it."""
    if named == 0:
        if _VISTA.search(text) or _GROUP.search(text):
            return ShotSize.WIDE
        return ShotSize.INSERT if _DETAIL.search(text) else ShotSize.MEDIUM_WIDE
    if _travels(text) or _GROUP.search(text):
        return ShotSize.FULL if named == 1 else ShotSize.WIDE
    if named >= 3:
        return ShotSize.MEDIUM_WIDE
    if named == 2:
        return ShotSize.TWO_SHOT
    if _DETAIL.search(text):
        return ShotSize.CLOSE_UP
    return ShotSize.MEDIUM_CLOSE_UP if _HANDS.search(text) else ShotSize.MEDIUM


def _travels(text: str) -> bool:
    return bool(_TRAVEL.search(_NO_TRAVEL.sub(" ", text)))


def suggest_angle(text: str) -> CameraAngle:
    """Eye level unless the action looks up or down."""
    if _LOOK_UP.search(text):
        return CameraAngle.LOW_ANGLE
    return CameraAngle.HIGH_ANGLE if _LOOK_DOWN.search(text) else CameraAngle.EYE_LEVEL


def suggest_movement(text: str, named: int) -> CameraMovement:
    """Static unless named people travel or dwell on something, or the action shakes."""
    if _SHAKE.search(text):
        return CameraMovement.HANDHELD
    if named and _travels(text):
        return CameraMovement.TRACKING
    return CameraMovement.DOLLY_IN if named and _REALISE.search(text) else CameraMovement.STATIC
