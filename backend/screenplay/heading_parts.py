"""Takes a scene heading apart into INT./EXT., location and time of day."""

import re
from dataclasses import dataclass
from typing import cast

from backend.screenplay import heading_words as words
from backend.screenplay import headings
from backend.screenplay.models import IntExt

_TIME_ALONE = re.compile(
    rf"^(?:[^\W\d_]+\s+(?:D[EOA]\s+|DE\s+LA\s+)?)?(?:{words.TIME_WORDS})(?:\s+\d{{1,2}})?\.?$|^(?:{words.CJK_TIMES})$",
    re.IGNORECASE,
)
_TIME_TAIL = re.compile(
    rf"^(?P<place>.*\S)(?:\s+|\s*[.,/]\s*)(?P<time>(?:(?:EARLY|LATE|NEXT|THAT|SAME|MOMENTS|HOURS|DAYS)\s+)*"
    rf"(?:{words.TIME_WORDS}))\.?$",
    re.IGNORECASE,
)
# INT. JOUR. CUISINE, EXTÉRIEUR NUIT : RUE, EXT. JOUR / RUE
_TIME_FIRST = re.compile(rf"^(?P<time>(?:{words.TIME_WORDS}))\s*(?:[:,/]\s*|\.\s+)(?P<place>\S.*)$", re.IGNORECASE)
_TIME_IN_BRACKETS = re.compile(rf"^(?P<place>.*\S)\s*\((?P<time>(?:{words.TIME_WORDS})[^()]*)\)$", re.IGNORECASE)
_CLOCK = re.compile(
    r"^\d{1,2}(?::\d{2})?\s*(?:[AP]\.?M\.?|UHR|HEURES|HORAS)$|^\d{1,2}[:hH]\d{2}(?:\s*H)?$", re.IGNORECASE
)
# CASA DE ALBA, HOUSE OF NIGHT: the word belongs to the place.
_BELONGS = re.compile(r"\b(?:DE|DO|DA|DU|DEL|DELLA|DI|OF|THE|VON|DER|DEM|DOS|DAS)$|['’]$", re.IGNORECASE)
_SIDES = {"INSIDE": "INT", "OUTSIDE": "EXT", "INSIDE/OUTSIDE": "INT/EXT", "OUTSIDE/INSIDE": "INT/EXT"}
_DASH = re.compile(r"\s+[-–—−]+\s*|\s*[–—−]+\s+|\s*--+\s*|(?<=[a-zA-Z.)])-\s+|(?<=\w)—(?=\w)")


@dataclass(frozen=True)
class HeadingParts:
    """A slugline taken apart; any part may be absent."""

    int_ext: IntExt | None
    location: str | None
    time_of_day: str | None


def split(heading: str) -> HeadingParts:
    """INT./EXT., location and time of day of a heading as written."""
    whole = heading.strip().translate(headings.FULL_WIDTH).strip() if not heading.isascii() else heading.strip()
    whole = headings.PILLAR.sub("", whole)
    body = headings.LEAD_IN.sub("", whole)
    match = headings.PREFIXED.match(body) or headings.PREFIXED.match(whole)
    if not match:
        parts = _split_cjk(whole) or _split_postfix(whole) or _split_sides(whole)
        if parts:
            return parts
    int_ext = _int_ext(match["prefix"] or match["cjk"]) if match else None
    rest = ((match["rest"] or match["cjk_rest"]) if match else whole).lstrip(".-–—:/ ").strip()
    if match and match["cjk"]:
        return _split_cjk_rest(int_ext, rest)
    first = _TIME_FIRST.match(rest) if match else None
    if first:
        return HeadingParts(int_ext, _clean(first["place"]), first["time"])
    segments = [part.strip() for part in _DASH.split(rest) if part.strip()]
    if match and len(segments) > 1 and _TIME_ALONE.match(segments[0]):
        # INT/NOITE - CORREDOR
        return HeadingParts(int_ext, _clean(" - ".join(segments[1:])), _clean(segments[0]))
    time_at = next((i for i in range(1, len(segments)) if _is_time(segments[i])), None)
    if time_at is not None:
        return HeadingParts(int_ext, _clean(" - ".join(segments[:time_at])), _clean(segments[time_at]))
    if len(segments) == 1 and headings.TIME_SEGMENT.fullmatch(segments[0]):
        return HeadingParts(int_ext, None, _clean(segments[0]))
    place = " - ".join(segments)
    tail = (_TIME_TAIL.match(place) or _TIME_IN_BRACKETS.match(place)) if match else None
    if tail and not _BELONGS.search(tail["place"]):
        return HeadingParts(int_ext, _clean(tail["place"]), tail["time"])
    return HeadingParts(int_ext, _clean(place), None)


def _is_time(segment: str) -> bool:
    return len(segment) <= 50 and any(
        (headings.TIME_SEGMENT.search(segment), _TIME_ALONE.match(segment), _CLOCK.match(segment))
    )


def _clean(text: str) -> str | None:
    return text.strip(" .,:;-–—/") or None


def _int_ext(prefix: str) -> IntExt:
    inside = bool(words.INSIDE.search(prefix)) or "内" in prefix
    outside = bool(words.OUTSIDE.search(prefix)) or "外" in prefix
    if inside and outside:
        return "INT/EXT"
    return "INT" if inside else "EXT"


def _split_postfix(heading: str) -> HeadingParts | None:
    match = headings.POSTFIX.match(heading)
    if not match:
        return None
    return HeadingParts(_int_ext(match["prefix"]), _clean(match["place"]), _clean(match["time"] or ""))


def _split_sides(heading: str) -> HeadingParts | None:
    """ALI'S ROOM. INSIDE. DAWN."""
    segments = re.split(r"\.\s+", heading.rstrip(". "))
    side = next((i for i, segment in enumerate(segments) if i and segment.upper() in _SIDES), None)
    if side is None:
        return None
    int_ext = cast(IntExt, _SIDES[segments[side].upper()])
    return HeadingParts(int_ext, _clean(". ".join(segments[:side])), _clean(". ".join(segments[side + 1 :])))


def _split_cjk(heading: str) -> HeadingParts | None:
    if heading.isascii() or not headings.CJK_PARTS.search(heading):
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
