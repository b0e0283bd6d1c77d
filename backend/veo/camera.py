"""Recognising camera directions in a screenplay's words: CLOSE ON, POV, slow push in, the camera pans left."""

import re
from dataclasses import dataclass

from backend.veo.vocabulary import CameraAngle, CameraMovement, CameraSpeed, Pace, ShotSize
from backend.veo.wording import sentences

# A direction counts when nothing else can be meant: its capitals, the word "shot", or "the camera" before it.
# Patterns are tried in order, the more exact before the less exact.
_ANY_CASE = re.IGNORECASE

_SIZES: tuple[tuple[ShotSize, re.Pattern[str]], ...] = (
    ("extreme_close_up", re.compile(r"\bextreme close[- ]?up\b", _ANY_CASE)),
    ("extreme_close_up", re.compile(r"\b(?:ECU|XCU|EXTREME CLOSE)\b")),
    ("medium_close_up", re.compile(r"\bmedium close[- ]?up\b", _ANY_CASE)),
    ("medium_close_up", re.compile(r"\b(?:MCU|MEDIUM CLOSE)\b")),
    ("medium_wide", re.compile(r"\b(?:medium (?:wide|long)|cowboy) shot\b", _ANY_CASE)),
    ("medium_wide", re.compile(r"\b(?:MWS|MLS|MEDIUM WIDE)\b")),
    ("extreme_wide", re.compile(r"\bextreme (?:wide|long) shot\b", _ANY_CASE)),
    ("extreme_wide", re.compile(r"\b(?:EWS|ELS|EXTREME WIDE)\b")),
    ("over_the_shoulder", re.compile(r"\bover[- ]the[- ]shoulder shot\b|\bover-the-shoulder\b", _ANY_CASE)),
    ("over_the_shoulder", re.compile(r"\b(?:OTS|OVER THE SHOULDER|OVER [A-Z]+['’]S SHOULDER)\b")),
    ("point_of_view", re.compile(r"\bPOV\b|P\.O\.V\.|\bpoint[- ]of[- ]view\b", _ANY_CASE)),
    ("two_shot", re.compile(r"\btwo[- ]shot\b", _ANY_CASE)),
    ("establishing", re.compile(r"\bestablishing shot\b|^establishing\b", _ANY_CASE)),
    ("establishing", re.compile(r"\bESTABLISHING\b|\bTO ESTABLISH\b")),
    ("insert", re.compile(r"\binsert shot\b|^insert\s*[:\-–—]", _ANY_CASE)),
    ("insert", re.compile(r"\bINSERT\b")),
    (
        "close_up",
        re.compile(r"\bclose-up\b|\bclose up (?:on|of|shot)\b|^(?:close|tight) on\b|^close[- ]up\b", _ANY_CASE),
    ),
    ("close_up", re.compile(r"\b(?:CU|C\.U\.|CLOSE ON|CLOSE UP|CLOSE|TIGHT ON)(?![\w'’])")),
    ("full", re.compile(r"\bfull shot\b", _ANY_CASE)),
    ("medium", re.compile(r"\b(?:medium|mid) shot\b", _ANY_CASE)),
    ("medium", re.compile(r"\b(?:MS|MEDIUM ON)\b")),
    ("wide", re.compile(r"\b(?:wide|long|master) shot\b|^wide(?: on\b|\s*[:\-–—])", _ANY_CASE)),
    ("wide", re.compile(r"\b(?:WS|WIDE|WIDE ON)\b")),
)

_ANGLES: tuple[tuple[CameraAngle, re.Pattern[str]], ...] = (
    ("low_angle", re.compile(r"\blow[- ]angle\b", _ANY_CASE)),
    ("high_angle", re.compile(r"\bhigh[- ]angle\b", _ANY_CASE)),
    ("birds_eye", re.compile(r"\b(?:bird|god)['’]?s?['’]?[- ]eye\b", _ANY_CASE)),
    ("top_down", re.compile(r"\btop[- ](?:down|shot)\b|\boverhead (?:shot|view|angle)\b", _ANY_CASE)),
    ("worms_eye", re.compile(r"\bworm['’]?s?['’]?[- ]eye\b", _ANY_CASE)),
    ("dutch", re.compile(r"\b(?:dutch|canted) (?:angle|tilt|shot)\b", _ANY_CASE)),
    ("eye_level", re.compile(r"\bat eye[- ]level\b|\beye-level\b", _ANY_CASE)),
)

_CAMERA = r"\b(?:camera|we)\s+(?:(?:then|now|slowly|very slowly|gently|quickly|rapidly|smoothly)\s+)*"


def _move(verb: str, caps: str = "", plain: str = "") -> tuple[re.Pattern[str], ...]:
    """`verb` after "the camera" or "we" in any case, `plain` alone in any case, `caps` alone in capitals."""
    patterns = [re.compile(_CAMERA + f"(?:{verb})", _ANY_CASE)]
    if plain:
        patterns.append(re.compile(rf"\b(?:{plain})\b", _ANY_CASE))
    if caps:
        patterns.append(re.compile(rf"\b(?:{caps})\b"))
    return tuple(patterns)


_MOVEMENTS: tuple[tuple[CameraMovement, tuple[re.Pattern[str], ...]], ...] = (
    ("whip_pan", _move(r"whip[- ]?pans?\b", "", r"whip[- ]pan|swish pan")),
    (
        "dolly_in",
        _move(
            r"(?:push(?:es)?|dolly|dollies|moves?|creeps?) (?:in|closer|forward)\b",
            "PUSH IN|PUSHING IN|MOVE IN",
            r"dolly in|slow push[- ]in",
        ),
    ),
    (
        "dolly_out",
        _move(
            r"(?:pulls?|dolly|dollies|moves?) (?:back|out|away)\b",
            "PULL BACK|PULL OUT|PULLING BACK",
            r"dolly out|slow pull[- ]back",
        ),
    ),
    ("zoom_in", _move(r"zooms? in\b", "ZOOM IN", "zoom in")),
    ("zoom_out", _move(r"zooms? out\b", "ZOOM OUT", "zoom out")),
    ("pan_left", _move(r"pans? (?:\w+ )?left\b", "PAN LEFT", "pan left")),
    ("pan_right", _move(r"pans?\b", "PAN|PANS|PANNING", "pan right")),
    ("tilt_down", _move(r"tilts? down\b", "TILT DOWN", "tilt down")),
    ("tilt_up", _move(r"tilts?\b", "TILT|TILTS", "tilt up")),
    ("truck_left", _move(r"(?:truck|slide)s? left\b", "TRUCK LEFT", "truck left")),
    ("truck_right", _move(r"(?:truck|slide)s? right\b", "TRUCK RIGHT", "truck right")),
    ("pedestal_up", _move(r"(?:pedestal|boom)s? up\b|rises?\b", "BOOM UP", "pedestal up")),
    ("pedestal_down", _move(r"(?:pedestal|boom)s? down\b|lowers?\b", "BOOM DOWN", "pedestal down")),
    ("crane", _move(r"cranes?\b", "CRANE UP|CRANE DOWN|CRANE SHOT", "crane shot")),
    ("drone", _move(r"fl(?:y|ies) (?:over|through|past|above)\b", "DRONE SHOT", "drone (?:shot|footage|view)")),
    ("aerial", _move(r"soars?\b", "AERIAL", "aerial (?:shot|view|footage)")),
    ("shaky_cam", _move(r"shakes?\b", "SHAKY CAM", "shaky[- ]cam(?:era)?")),
    ("handheld", _move(r"is hand-?held\b", "HANDHELD", "hand-?held (?:camera|shot|work)")),
    ("arc", _move(r"(?:arc|circle|orbit)s?\b", "ARC SHOT", "arc shot|orbit(?:ing)? shot")),
    (
        "tracking",
        _move(r"(?:track|follow)s?\b", "TRACKING|TRACK WITH|FOLLOW SHOT|STEADICAM", "tracking shot|steadicam"),
    ),
    (
        "static",
        _move(
            r"(?:is |stays |holds )(?:static|still|locked)\b|holds?\b",
            "LOCKED OFF",
            "locked[- ]off|static (?:camera|shot)",
        ),
    ),
)

_NO_DIRECTION = {"pan_right": ("right", "left"), "tilt_up": ("up", "down")}
_SLOW = re.compile(
    r"\bvery slow(?:ly)?\b|\bslow(?:ly)?\b|\bgently\b|\bquick(?:ly)?\b|\bfast\b|\brapid(?:ly)?\b", _ANY_CASE
)

_PACES: tuple[tuple[Pace, re.Pattern[str]], ...] = (
    ("slow_motion", re.compile(r"\bslow[- ]mo(?:tion)?\b", _ANY_CASE)),
    ("hyperlapse", re.compile(r"\bhyper-?lapse\b", _ANY_CASE)),
    ("time_lapse", re.compile(r"\btime[- ]lapse\b", _ANY_CASE)),
)

_SFX = re.compile(r"\bSFX:\s*[^.;]+[.;]?\s*", _ANY_CASE)
_LEADING = re.compile(
    r"^(?:(?:(?:EXTREME |MEDIUM )?CLOSE(?:[- ]?UP)?(?: SHOT)?|TIGHT|ANGLE|(?:EXTREME |MEDIUM )?(?:WIDE|LONG)(?: SHOT)?"
    r"|(?:MEDIUM|MID|FULL|MASTER|ESTABLISHING|INSERT|TWO|AERIAL|DRONE|TRACKING)[- ](?:SHOT|VIEW)|ECU|MCU|CU|MWS"
    r"|EWS|WS|MS|OTS|(?:[\w’']+['’]S |HIS |HER |THEIR )?POV|INSERT|ESTABLISHING|(?:LOW|HIGH)[- ]ANGLE"
    r"|SLOW[- ]MOTION|TIME[- ]LAPSE)"
    r"(?:\s*[:\-–—]+\s*|\.\s+|\s+(?:ON|OF)\b:?\s*))+",
    _ANY_CASE,
)


@dataclass(frozen=True)
class Seen:
    """A value and the script's words it was read from."""

    value: str
    words: str


@dataclass(frozen=True)
class CameraDirections:
    """What a text says about the camera; None where it says nothing."""

    size: Seen | None
    angle: Seen | None
    movement: Seen | None
    speed: Seen | None
    pace: Seen | None
    is_direction_assumed: bool


def read_camera(text: str) -> CameraDirections:
    """The camera directions in a shot's description. A pan or tilt without a direction goes right, or up."""
    movement, match = _first_movement(text)
    speed = None
    assumed = False
    if movement is not None and match is not None:
        speed = _speed_near(text, match)
        assumed = _is_direction_missing(movement.value, text[match.start() : match.end() + 12])
    return CameraDirections(
        size=_first(_SIZES, text),
        angle=_first(_ANGLES, text),
        movement=movement,
        speed=speed,
        pace=_first(_PACES, text),
        is_direction_assumed=assumed,
    )


def without_leading_direction(text: str) -> str:
    """`CLOSE ON Mara's hands.` → `Mara's hands.`: the size has its own field. Text that is only a direction stays."""
    rest = _LEADING.sub("", text, count=1).strip()
    return rest[0].upper() + rest[1:] if any(char.isalpha() for char in rest) else text


def without_directions(text: str) -> str:
    """A shot's text without what has fields of its own: leading directions, “We follow.”, “Aerial shot.”, “SFX: …”.

    A text that is nothing else stays as it is.
    """
    rest = _SFX.sub("", without_leading_direction(text))
    kept = [sentence for sentence in sentences(rest) if not _is_only_direction(sentence)]
    return " ".join(kept) if any(char.isalpha() for sentence in kept for char in sentence) else text


def _is_only_direction(sentence: str) -> bool:
    words = sentence.rstrip(".!:").split()
    if len(words) > 5:
        return False
    opening = " ".join(words[:2]).lower()
    speaks_of_camera = opening.startswith(("we ", "camera ", "the camera"))
    is_shot = bool(words) and words[-1].lower() in ("shot", "angle")
    directions = (_first(_SIZES, sentence), _first(_ANGLES, sentence), _first_movement(sentence)[0])
    return bool(speaks_of_camera or is_shot) and any(directions)


def _first(table: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> Seen | None:
    for value, pattern in table:
        if match := pattern.search(text):
            return Seen(value, match.group().strip(" :-–—"))
    return None


def _first_movement(text: str) -> tuple[Seen | None, re.Match[str] | None]:
    for value, patterns in _MOVEMENTS:
        for pattern in patterns:
            if match := pattern.search(text):
                return Seen(value, match.group()), match
    return None, None


def _is_direction_missing(movement: str, words: str) -> bool:
    directions = _NO_DIRECTION.get(movement)
    return bool(directions) and not re.search("|".join(directions or ()), words, _ANY_CASE)


def _speed_near(text: str, match: re.Match[str]) -> Seen | None:
    """A speed word inside the direction, or the one word on either side of it."""
    before = text[: match.start()].split()[-2:]
    after = re.split(r"[.;:!?]", text[match.end() :])[0].split()[:2]
    found = _SLOW.search(" ".join([*before, match.group(), *after]))
    if found is None:
        return None
    words = found.group()
    value: CameraSpeed = "fast"
    if words.lower().startswith("very slow"):
        value = "very_slow"
    elif words.lower().startswith(("slow", "gent")):
        value = "slow"
    return Seen(value, words)
