"""Recognises scene headings (sluglines) in the forms writers use, and takes one apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from backend.screenplay import heading_words as words
from backend.screenplay.models import IntExt

_SEPARATOR = r"(?:\s*[.。．:,]|\s*[-–—−/](?=\s|\w)|\s+)"
PREFIXED = re.compile(
    rf"^(?P<prefix>{words.PREFIX})(?P<separator>{_SEPARATOR})\s*(?P<rest>\S.*)$|^(?P<cjk>{words.CJK_PREFIX})"
    r"[\s.。．,，:：]*(?P<cjk_rest>\S.*)$",
    re.IGNORECASE,
)
# PLACE. INT. DAY. and PLACE - INTERIOR NIGHT: the same three parts in another order.
_POSTFIX = re.compile(
    rf"^(?P<place>\S.*?)(?:\s*[.,/:(–—-]\s*|\s+)(?P<prefix>{words.PREFIX})\.?"
    rf"(?:[\s.,/–—-]+(?P<time>(?:[^\W\d_]+\s+){{0,3}}(?:{words.TIME_WORDS})\b[^a-z]{{0,30}}))?[\s.)]*$"
)
NUMBER = r"(?:[A-Z]{0,3}-?\d{1,4}[A-Za-z]{0,3}(?:[.\-](?:\d{1,3}[A-Z]?|[A-Z]{1,2}))?)"
_LEADING_NUMBER = re.compile(
    rf"^\*?\s*(?:\[[^\]\n]{{1,12}}\]\s*)?(?:CONT\.?\s+)?(?:(?P<word>{words.SCENE_WORD})\s*)?"
    rf"#?(?P<number>{NUMBER})(?P<after>\s*[.):–—-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^{words.SCENE_WORD}\s*#?(?P<number>{NUMBER})\s*[.:]?$", re.IGNORECASE)
# 第1场 客厅 日 内 and 1-1 日 内 客厅: Chinese scripts number every scene so.
_CJK_NUMBER = re.compile(
    r"^(?:第\s*(?P<number>[\d一二三四五六七八九十百]+)\s*[场場]|(?P<pair>\d{1,3}-\d{1,3}))[\s、.:：]*(?=\S)"
)
_CJK_PARTS = re.compile(rf"(?:^|[\s,，、.])(?:{words.CJK_TIMES}|内|外|内景|外景)(?=$|[\s,，、.])")
_TRAILING_NUMBER = re.compile(rf"(?:\s+|(?<=[^\w\s]))(?P<number>{NUMBER})\s*\.?\s*\*?\s*$")
# 2EXT. STREET - DAY2: a typist's or a scanner's missing spaces.
_GLUED_NUMBER = re.compile(r"^(?P<number>[A-Z]?\d{1,4}[A-Z]?)(?P<body>(?:INT|EXT)[. /].*?)(?P<again>(?P=number))?$")
# ii 61 INT. HALL: what a scanner makes of the digits in the margin.
_SCANNED_NUMBER = re.compile(
    rf"^(?P<number>[iIlLoOsS\d|!.,'’]{{1,4}}(?:\s+[iIlLoO\d|]{{1,4}})?)\s+(?={words.PREFIX}[.:])"
)
_HASH_NUMBER = re.compile(r"\s*#(?P<number>[A-Za-z0-9.\-]+)#\s*$")
_LEAD_IN = re.compile(
    r"^(?:[\[(]?(?:FLASH\s?BACKS?|FLASH\s?FORWARD|BEGIN FLASHBACK|END (?:OF )?FLASHBACK|BACK TO|DREAM(?: SEQUENCE)?"
    r"|MONTAGE|INTERCUT|ANGLE|SUPER|RETOUR|R[ÊE]VE|SONHO|SUEÑO|TRAUM)\b[^a-z]{0,24}?\s*[:\-–—.,;()\]]+\s*)+"
)
_TRANSITION_IN = re.compile(
    r"^(?P<transition>(?:[A-Z]+[ -])?(?:CUT|DISSOLVE|FADE|WIPE|CORTA|CORTE) (?:TO|IN|PARA|A)\s*:)\s*(?=\S)"
)
_OMITTED = re.compile(
    rf"^(?:(?P<first>{NUMBER}(?:\s*(?:-|(?i:THRU|TO)|&|,)\s*{NUMBER})*)\s*[-.)]?\s+)?"
    r"(?:SCENES?\s+(?P<range>[\dA-Z][\dA-Z&,\- ]*?)\s*[-–:]?\s*)?"
    r"\(?(?:OMITTED|OMIT|DELETED|OUT(?:\s+OUT)?|CUT|SCENE OMITTED|SCENE DELETED)\)?\.?"
    rf"(?:\s+[-.]?\s*(?P<last>{NUMBER}(?:\s*(?:-|(?i:THRU|TO)|&|,)\s*{NUMBER})*)-?)?\s*\*?$"
)
_TIME_SEGMENT = re.compile(rf"(?<!\w)(?:{words.TIME_WORDS})(?!\w)", re.IGNORECASE)
_TIME_ALONE = re.compile(
    rf"^(?:[^\W\d_]+\s+(?:D[EOA]\s+|DE\s+LA\s+)?)?(?:{words.TIME_WORDS})(?:\s+\d{{1,2}})?\.?$|^(?:{words.CJK_TIMES})$",
    re.IGNORECASE,
)
_TIME_TAIL = re.compile(
    rf"^(?P<place>.*\S)(?:\s+|\s*[.,/]\s*)(?P<time>(?:(?:EARLY|LATE|NEXT|THAT|SAME|MOMENTS|HOURS|DAYS)\s+)*"
    rf"(?:{words.TIME_WORDS}))\.?$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–—−]+\s*|\s*[–—−]+\s+|\s*--+\s*|(?<=[a-zA-Z.)])-\s+|(?<=\w)—(?=\w)")
_SLUG_TAIL = re.compile(rf"[-–—.,]\s*(?:[\w']+\s+){{0,2}}(?:{words.TIME_WORDS})\b[^a-z]*$")
_FULL_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
# The pillar (柱) that opens a Japanese scene.
_PILLAR = re.compile(r"^[○◯〇]\s*(?=\S)")
_HAS_POSTFIX = re.compile(words.PREFIX)


@dataclass(frozen=True)
class HeadingParts:
    """A slugline taken apart; any part may be absent."""

    int_ext: IntExt | None
    location: str | None
    time_of_day: str | None


@dataclass(frozen=True)
class Candidate:
    """A line that may be a scene heading; the caller decides by its surroundings.

    `text` has no scene numbers; `transition` is a transition that stood on the same line before it. `is_infix` means
    INT. or EXT. stands behind the place, `is_labelled` a number with a word before it (SCENE 5, CENA 5).
    """

    text: str
    number: str | None
    is_prefixed: bool = False
    has_dot: bool = False
    is_numbered_twice: bool = False
    is_infix: bool = False
    is_omitted: bool = False
    is_labelled: bool = False
    is_bare_est: bool = False
    upper_share: float = 1.0
    transition: str | None = None


@lru_cache(maxsize=8192)
def candidate(line: str) -> Candidate | None:
    """What a stripped line would be as a scene heading, or None where it cannot be one."""
    body = line.strip("*_ ") if line.startswith(("*", "_")) else re.sub(r"\s*\*+$", "", line)
    if not body or len(body) > 300:
        return None
    omitted = _OMITTED.match(body)
    if omitted:
        return _omitted(body, omitted)
    if not body.isascii():
        body = body.translate(_FULL_WIDTH).strip()
        cjk = _cjk(body)
        if cjk:
            return cjk
    alone = _LABEL.match(body)
    if alone:
        return Candidate(text=body, number=alone["number"], is_labelled=True, upper_share=upper_share(body))
    number, label, body = _take_leading_number(body)
    marked = _HASH_NUMBER.search(body)
    trailing: str | None = None
    if marked:
        number, body = marked["number"], body[: marked.start()]
    elif number is not None:
        tail = _TRAILING_NUMBER.search(body)
        # A trailing number alone belongs to the place (CAR 54); only a repeated one is the scene's.
        if tail and tail["number"].rstrip(".") == number:
            trailing, body = tail["number"], body[: tail.start()].rstrip()
        elif re.search(rf"[^\W\d]{re.escape(number)}$", body):
            # A heading so long that the number in the margin touches it.
            trailing, body = number, body[: -len(number)].rstrip()
    transition = None
    lead = _TRANSITION_IN.match(body)
    if lead and PREFIXED.match(body[lead.end() :]):
        transition, body = lead["transition"], body[lead.end() :]
    core = _LEAD_IN.sub("", body)
    prefixed = PREFIXED.match(core) or PREFIXED.match(body)
    postfix = None if prefixed or not _HAS_POSTFIX.search(body, max(0, len(body) - 48)) else _POSTFIX.match(body)
    if not prefixed and not postfix and (number is None or not (trailing is not None or label)):
        return None
    return Candidate(
        text=body.strip(),
        number=number,
        is_prefixed=prefixed is not None,
        has_dot=prefixed is not None and _has_dot(prefixed),
        is_numbered_twice=trailing is not None,
        is_infix=postfix is not None,
        is_labelled=label,
        is_bare_est=prefixed is not None and (prefixed["prefix"] or "").upper() == "EST" and not _has_dot(prefixed),
        upper_share=upper_share(core),
        transition=transition,
    )


def numbered_line(line: str) -> tuple[str, str] | None:
    """(number, rest) of a line that opens with a scene number, whatever follows it."""
    match = _LEADING_NUMBER.match(line)
    return (match["number"], line[match.end() :].strip()) if match else None


def label(line: str) -> str | None:
    """The number of a line that says nothing but SCENE 12."""
    match = _LABEL.match(line.strip("*_# "))
    return match["number"] if match else None


def is_bare_slug(line: str) -> bool:
    """PLACE - DAY with no INT./EXT.: upper case, and it ends in a time of day."""
    return 5 <= len(line) <= 80 and upper_share(line) >= 0.9 and bool(_SLUG_TAIL.search(line))


def is_omitted(heading: str, number: str | None) -> bool:
    """OMITTED, `SCENES 212 - 214 OMITTED`, a numbered CUT or OUT: a number kept, nothing to shoot."""
    if re.fullmatch(r"\(?(?:CUT|OUT|OUT OUT)\)?\.?", heading):
        return number is not None
    return bool(_OMITTED.match(heading))


def ends_in_time(text: str) -> bool:
    """Whether a heading's last words are a time of day, so that nothing is missing at its end."""
    return bool(_TIME_SEGMENT.search(text[-24:]))


def upper_share(text: str) -> float:
    """Share of the letters outside parentheses that are not lower case (0.0 for no letters)."""
    letters = [c for c in re.sub(r"\([^)]*\)", "", text) if c.isalpha()]
    return sum(not c.islower() for c in letters) / len(letters) if letters else 0.0


def split(heading: str) -> HeadingParts:
    """INT./EXT., location and time of day of a heading as written."""
    whole = heading.strip().translate(_FULL_WIDTH).strip() if not heading.isascii() else heading.strip()
    whole = _PILLAR.sub("", whole)
    body = _LEAD_IN.sub("", whole)
    match = PREFIXED.match(body) or PREFIXED.match(whole)
    if not match:
        parts = _split_cjk(whole) or _split_postfix(whole)
        if parts:
            return parts
    int_ext = _int_ext(match["prefix"] or match["cjk"]) if match else None
    rest = ((match["rest"] or match["cjk_rest"]) if match else whole).lstrip(".-–—:/ ").strip()
    if match and match["cjk"]:
        return _split_cjk_rest(int_ext, rest)
    segments = [part.strip() for part in _DASH.split(rest) if part.strip()]
    if match and len(segments) > 1 and _TIME_ALONE.match(segments[0]):
        # INT/NOITE - CORREDOR
        return HeadingParts(int_ext, _clean(" - ".join(segments[1:])), _clean(segments[0]))
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


def _has_dot(match: re.Match[str]) -> bool:
    if match["cjk"]:
        return True
    return any(c in ".。．" for c in match["prefix"] + match["separator"])


def _is_time(segment: str) -> bool:
    return len(segment) <= 50 and (bool(_TIME_SEGMENT.search(segment)) or bool(_TIME_ALONE.match(segment)))


def _clean(text: str) -> str | None:
    return text.strip(" .,:;-–—/") or None


def _int_ext(prefix: str) -> IntExt:
    inside = bool(words.INSIDE.search(prefix)) or "内" in prefix
    outside = bool(words.OUTSIDE.search(prefix)) or "外" in prefix
    if inside and outside:
        return "INT/EXT"
    return "INT" if inside else "EXT"


def _split_postfix(heading: str) -> HeadingParts | None:
    match = _POSTFIX.match(heading)
    if not match:
        return None
    return HeadingParts(_int_ext(match["prefix"]), _clean(match["place"]), _clean(match["time"] or ""))


def _split_cjk(heading: str) -> HeadingParts | None:
    if heading.isascii() or not _CJK_PARTS.search(heading):
        return None
    parts = [part for part in re.split(r"[\s,，、.()]+", heading) if part]
    inside = next((part for part in parts if part in ("内", "外", "内景", "外景")), None)
    time = next((part for part in parts if re.fullmatch(words.CJK_TIMES, part)), None)
    place = " ".join(part for part in parts if part not in (inside, time))
    return HeadingParts(_int_ext(inside) if inside else None, _clean(place), time)


def _split_cjk_rest(int_ext: IntExt | None, rest: str) -> HeadingParts:
    parts = [part for part in re.split(r"[\s,，、.]+|\s*[-–—]+\s*", rest) if part]
    time = next((part for part in parts if re.fullmatch(words.CJK_TIMES, part)), None)
    return HeadingParts(int_ext, _clean(" ".join(part for part in parts if part != time)), time)


def _cjk(body: str) -> Candidate | None:
    if _PILLAR.match(body):
        return Candidate(text=body, number=None, is_prefixed=True, has_dot=True)
    match = _CJK_NUMBER.match(body)
    if not match:
        return None
    rest = body[match.end() :].strip()
    if match["pair"] and not _CJK_PARTS.search(rest):
        return None
    return Candidate(text=rest, number=match["number"] or match["pair"], is_prefixed=True, has_dot=True)


def _take_leading_number(body: str) -> tuple[str | None, bool, str]:
    """(number, whether a word such as SCENE stands before it, the rest)."""
    glued = _GLUED_NUMBER.match(body)
    if glued:
        return glued["number"], False, glued["body"].strip()
    match = _LEADING_NUMBER.match(body)
    if match:
        return match["number"], match["word"] is not None, body[match.end() :].strip()
    scanned = _SCANNED_NUMBER.match(body)
    if scanned:
        return scanned["number"].split()[-1], False, body[scanned.end() :].strip()
    return None, False, body


def _omitted(body: str, match: re.Match[str]) -> Candidate | None:
    number = match["first"] or match["last"] or match["range"]
    word = re.sub(r"[^A-Z]", "", body)
    if number is None and word not in ("OMITTED", "SCENEOMITTED", "SCENEDELETED"):
        return None
    text = body
    if match["range"] is None:
        text = re.sub(rf"^{NUMBER}(?:\s*(?:-|(?i:THRU|TO)|&|,)\s*{NUMBER})*\s*[-.)]?\s+", "", text)
        text = re.sub(rf"\s+[-.]?\s*{NUMBER}(?:\s*(?:-|(?i:THRU|TO)|&|,)\s*{NUMBER})*-?\s*\*?$", "", text)
    return Candidate(
        text=text.strip(),
        number=re.sub(r"\s*([&,\-])\s*", r"\1", number).strip() if number else None,
        is_numbered_twice=match["first"] is not None and match["last"] is not None,
        is_omitted=True,
    )
