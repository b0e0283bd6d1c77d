"""Recognises scene headings (sluglines) in the forms writers use, and takes one apart."""

import re
from dataclasses import dataclass

from backend.screenplay.models import IntExt

_PREFIX = (
    r"(?:INT(?:ERIOR)?S?\.?\s*[/\-&]\s*EXT(?:ERIOR)?|EXT(?:ERIOR)?S?\.?\s*[/\-&]\s*INT(?:ERIOR)?"
    r"|INT(?:ERIOR)?|EXT(?:ERIOR)?|EST|I\.?\s?/\s?E|E\.?\s?/\s?I"
    r"|INT[ÉE]RIEUR|EXT[ÉE]RIEUR|INTERNO|ESTERNO"
    r"|INNEN\s*/\s*AU(?:SS|ß|ẞ)EN|AU(?:SS|ß|ẞ)EN\s*/\s*INNEN|INNEN|AU(?:SS|ß|ẞ)EN"
    r"|ИНТ|НАТ|ЭКСТ|ІНТ|ЕКСТ)"
)
_SEPARATOR = r"(?:\s*[.。．:,]|\s*[-–—−/](?=\s|\w)|\s+)"
PREFIXED = re.compile(rf"^(?P<prefix>{_PREFIX})(?P<separator>{_SEPARATOR})\s*(?P<rest>\S.*)$", re.IGNORECASE)
_INFIX = re.compile(r"(?<![^\W\d_])(?:INT|EXT)(?:\.|\b)(?=\s|$|/)")

NUMBER = r"(?:[A-Z]{0,3}-?\d{1,4}[A-Za-z]{0,3}(?:[.\-](?:\d{1,3}[A-Z]?|[A-Z]{1,2}))?)"
_LEADING_NUMBER = re.compile(
    r"^\*?\s*(?:(?P<word>SCENE|SC\.?|S[ÉE]QUENCE|SEQ\.?|BILD|SZENE|ESCENA|CENA|СЦЕНА)\s+)?"
    rf"#?(?P<number>{NUMBER})(?:\s*[.):–—-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_TRAILING_NUMBER = re.compile(rf"(?:\s+|(?<=[^\w\s]))(?P<number>{NUMBER})\s*\.?\s*\*?\s*$")
# 2EXT. STREET - DAY2: a typist's or a scanner's missing spaces.
_GLUED_NUMBER = re.compile(r"^(?P<number>\d{1,4})(?P<body>(?:INT|EXT)[. /].*?)(?P<again>(?P=number))?$")
_HASH_NUMBER = re.compile(r"\s*#(?P<number>[A-Za-z0-9.\-]+)#\s*$")
_LEAD_IN = re.compile(
    r"^(?:FLASH\s?BACKS?|FLASH\s?FORWARD|BEGIN FLASHBACK|END FLASHBACK|BACK TO|DREAM|MONTAGE|INTERCUT)\b"
    r"\s*[:\-–—.,;(]+\s*",
    re.IGNORECASE,
)
_TRANSITION_IN = re.compile(r"^(?P<transition>(?:[A-Z]+[ -])?(?:CUT|DISSOLVE|FADE) (?:TO|IN)\s*:)\s+(?=\S)")
_OMITTED = re.compile(
    rf"^(?:(?P<first>{NUMBER})\s*[-.)]?\s+)?(?:SCENES?\s+(?P<range>[\dA-Z][\dA-Z&,\- ]*?)\s*[-–:]?\s*)?"
    rf"\(?(?:OMITTED|OMIT|DELETED|OUT(?:\s+OUT)?|CUT)\)?\.?(?:\s+[-.]?\s*(?P<last>{NUMBER})-?)?\s*\*?$"
)

TIME_WORDS = (
    "DAY|DAYS|NIGHT|NIGHTS|MORNING|AFTERNOON|EVENING|DAWN|DUSK|SUNSET|SUNRISE|SUNUP|SUNDOWN|NOON|MIDDAY|MIDNIGHT"
    "|TWILIGHT|DAYBREAK|DAYTIME|NIGHTTIME|NIGHTFALL|LATER|CONTINUOUS|CONTINUING|SAME|MAGIC HOUR|GOLDEN HOUR"
    "|FIRST LIGHT|PRE-DAWN|PREDAWN|MOMENTS LATER|JOUR|NUIT|MATIN|SOIR|AUBE|D[ÍI]A|NOCHE|TARDE|DIA|NOITE|MANH[ÃA]"
    "|GIORNO|NOTTE|SERA|MATTINA|TAG|NACHT|MORGEN|ABEND|ДЕНЬ|НОЧЬ|УТРО|ВЕЧЕР"
)
_TIME_SEGMENT = re.compile(rf"(?<!\w)(?:{TIME_WORDS})(?!\w)", re.IGNORECASE)
_TIME_TAIL = re.compile(
    rf"^(?P<place>.*\S)(?:\s+|\s*[.,/]\s*)(?P<time>(?:(?:EARLY|LATE|NEXT|THAT|SAME|MOMENTS|HOURS|DAYS)\s+)*"
    rf"(?:{TIME_WORDS}))\.?$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–—−]+\s*|\s*[–—−]+\s+|\s*--+\s*|(?<=[a-zA-Z.)])-\s+|(?<=\w)—(?=\w)")
_SLUG_TAIL = re.compile(rf"[-–—.,]\s*(?:[\w']+\s+){{0,2}}(?:{TIME_WORDS})\b[^a-z]*$")


@dataclass(frozen=True)
class HeadingParts:
    """A slugline taken apart; any part may be absent."""

    int_ext: IntExt | None
    location: str | None
    time_of_day: str | None


@dataclass(frozen=True)
class Candidate:
    """A line that may be a scene heading; the caller decides by its surroundings.

    `text` has no scene numbers; `transition` is a transition that stood on the same line before it.
    """

    text: str
    number: str | None
    is_prefixed: bool
    has_dot: bool
    is_numbered_twice: bool
    is_infix: bool
    is_omitted: bool
    upper_share: float
    transition: str | None = None


def candidate(line: str) -> Candidate | None:
    """What a stripped line would be as a scene heading, or None where it cannot be one."""
    body = line.strip("*_ ") if line.startswith(("*", "_")) else re.sub(r"\s*\*+$", "", line)
    if not body or len(body) > 300:
        return None
    omitted = _OMITTED.match(body)
    if omitted:
        return _omitted(body, omitted)
    number, body = _take_leading_number(body)
    marked = _HASH_NUMBER.search(body)
    trailing: str | None = None
    if marked:
        number, body = marked["number"], body[: marked.start()]
    else:
        tail = _TRAILING_NUMBER.search(body)
        # A trailing number alone belongs to the place (CAR 54); only a repeated one is the scene's.
        if tail and number is not None and tail["number"].rstrip(".") == number:
            trailing, body = tail["number"], body[: tail.start()].rstrip()
        elif number is not None and re.search(rf"[^\W\d]{re.escape(number)}$", body):
            # A heading so long that the number in the margin touches it.
            trailing, body = number, body[: -len(number)].rstrip()
    transition = None
    lead = _TRANSITION_IN.match(body)
    if lead and PREFIXED.match(body[lead.end() :]):
        transition, body = lead["transition"], body[lead.end() :]
    core = _LEAD_IN.sub("", body)
    prefixed = PREFIXED.match(core) or PREFIXED.match(body)
    infix = _INFIX.search(body)
    if not prefixed and not (number is not None and (trailing is not None or infix)):
        return None
    return Candidate(
        text=body.strip(),
        number=number,
        is_prefixed=prefixed is not None,
        has_dot=prefixed is not None and ("." in prefixed["prefix"] + prefixed["separator"]),
        is_numbered_twice=trailing is not None,
        is_infix=infix is not None and prefixed is None,
        is_omitted=False,
        upper_share=upper_share(core),
        transition=transition,
    )


def is_bare_slug(line: str) -> bool:
    """PLACE - DAY with no INT./EXT.: upper case, and it ends in a time of day."""
    return 5 <= len(line) <= 80 and upper_share(line) >= 0.9 and bool(_SLUG_TAIL.search(line))


def is_omitted(heading: str, number: str | None) -> bool:
    """OMITTED, `SCENES 212 - 214 OMITTED`, a numbered CUT or OUT: a number kept, nothing to shoot."""
    if re.fullmatch(r"\(?(?:CUT|OUT|OUT OUT)\)?\.?", heading):
        return number is not None
    return bool(_OMITTED.match(heading))


def upper_share(text: str) -> float:
    """Share of the letters outside parentheses that are not lower case (0.0 for no letters)."""
    letters = [c for c in re.sub(r"\([^)]*\)", "", text) if c.isalpha()]
    return sum(not c.islower() for c in letters) / len(letters) if letters else 0.0


def split(heading: str) -> HeadingParts:
    """INT./EXT., location and time of day of a heading as written."""
    body = _LEAD_IN.sub("", heading.strip()) if PREFIXED.match(_LEAD_IN.sub("", heading.strip())) else heading.strip()
    match = PREFIXED.match(body)
    int_ext = _int_ext(match["prefix"]) if match else None
    rest = match["rest"] if match else body
    rest = rest.lstrip(".-–—:/ ").strip()
    segments = [part.strip() for part in _DASH.split(rest) if part.strip()]
    time_at = next((i for i in range(1, len(segments)) if _is_time(segments[i])), None)
    if time_at is not None:
        return HeadingParts(int_ext, _clean(" - ".join(segments[:time_at])), _clean(segments[time_at]))
    if len(segments) == 1 and _TIME_SEGMENT.fullmatch(segments[0]):
        return HeadingParts(int_ext, None, _clean(segments[0]))
    place = " - ".join(segments)
    tail = _TIME_TAIL.match(place) if match else None
    if tail:
        return HeadingParts(int_ext, _clean(tail["place"]), tail["time"])
    return HeadingParts(int_ext, _clean(place), None)


def _is_time(segment: str) -> bool:
    return bool(_TIME_SEGMENT.search(segment)) and len(segment) <= 50


def _clean(text: str) -> str | None:
    return text.strip(" .,:;-–—") or None


def _int_ext(prefix: str) -> IntExt:
    folded = prefix.upper()
    inside = bool(re.search(r"^I|[/\-&]\s*I|INNEN|ИНТ|ІНТ", folded))
    outside = bool(re.search(r"^E|[/\-&]\s*E|AU(?:SS|ß|ẞ)EN|НАТ|ЭКСТ|ЕКСТ", folded))
    if inside and outside:
        return "INT/EXT"
    return "INT" if inside else "EXT"


def _take_leading_number(body: str) -> tuple[str | None, str]:
    glued = _GLUED_NUMBER.match(body)
    if glued:
        return glued["number"], glued["body"].strip()
    match = _LEADING_NUMBER.match(body)
    if not match:
        return None, body
    return match["number"], body[match.end() :].strip()


def _omitted(body: str, match: re.Match[str]) -> Candidate | None:
    number = match["first"] or match["last"] or match["range"]
    word = re.sub(r"[^A-Z]", "", body)
    if number is None and word not in ("OMITTED",):
        return None
    text = body
    if match["range"] is None:
        text = re.sub(rf"^{NUMBER}\s*[-.)]?\s+", "", text)
        text = re.sub(rf"\s+[-.]?\s*{NUMBER}-?\s*\*?$", "", text)
    return Candidate(
        text=text.strip(),
        number=re.sub(r"\s*([&,\-])\s*", r"\1", number).strip() if number else None,
        is_prefixed=False,
        has_dot=False,
        is_numbered_twice=match["first"] is not None and match["last"] is not None,
        is_infix=False,
        is_omitted=True,
        upper_share=1.0,
    )
