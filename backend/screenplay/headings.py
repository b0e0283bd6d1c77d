"""Recognises scene headings (sluglines) in the forms writers use."""

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache

from backend.screenplay import heading_words as words

_SEPARATOR = r"(?:\s*[.。．:,]|\s*[-–—−/](?=\s|\w)|\s+)"
PREFIXED = re.compile(
    rf"^(?P<prefix>{words.PREFIX})(?P<separator>{_SEPARATOR})\s*(?P<rest>\S.*)$|^(?P<cjk>{words.CJK_PREFIX})"
    r"[\s.。．,，:：]*(?P<cjk_rest>\S.*)$",
    re.IGNORECASE,
)
# PLACE. INT. DAY. and PLACE - INTERIOR NIGHT: the same three parts in another order.
POSTFIX = re.compile(
    rf"^(?P<place>\S.*?)(?:\s*[.,/:(–—-]\s*|\s+)(?P<prefix>{words.PREFIX})\.?"
    rf"(?:[\s.,/–—-]+(?P<time>(?:[^\W\d_]+\s+){{0,3}}(?:{words.TIME_WORDS})\b[^a-z]{{0,30}}))?[\s.)]*$"
)
NUMBER = r"(?:[A-Z]{0,3}-?\d{1,4}[A-Za-z]{0,3}(?:[.\-](?:\d{1,3}[A-Z]?|[A-Z]{1,2}))?)"
_LEADING_NUMBER = re.compile(
    rf"^\*?\s*(?:\[[^\]\n]{{1,12}}\]\s*)?(?:CONT\.?\s+)?(?:(?P<word>{words.SCENE_WORD})\s*)?"
    rf"#?(?P<number>{NUMBER})(?P<after>\s*[.):–—-]\s*|/?\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^{words.SCENE_WORD}\s*#?(?P<number>{NUMBER})\s*[.:]?$", re.IGNORECASE)
# 第1场 客厅 日 内 and 1-1 日 内 客厅: Chinese scripts number every scene so.
_CJK_NUMBER = re.compile(
    r"^(?:第\s*(?P<number>[\d一二三四五六七八九十百]+)\s*[场場]|(?P<pair>\d{1,3}-\d{1,3}))[\s、.:：]*(?=\S)"
)
CJK_PARTS = re.compile(rf"(?:^|[\s,，、.])(?:{words.CJK_TIMES}|内|外|内景|外景)(?=$|[\s,，、.])")
_TRAILING_NUMBER = re.compile(rf"(?:\s+|(?<=[^\w\s]))(?P<number>{NUMBER})\s*\.?\s*\*?\s*$")
# 2EXT. STREET - DAY2: a typist's or a scanner's missing spaces.
_GLUED_NUMBER = re.compile(r"^(?P<number>[A-Z]?\d{1,4}[A-Z]?)(?P<body>(?:INT|EXT)[. /].*?)(?P<again>(?P=number))?$")
# ii 61 INT. HALL: what a scanner makes of the digits in the margin.
_SCANNED_NUMBER = re.compile(
    rf"^(?P<number>[iIlLoOsS\d|!.,'’]{{1,4}}(?:\s+[iIlLoO\d|]{{1,4}})?)\s+(?={words.PREFIX}[.:])"
)
_HASH_NUMBER = re.compile(r"\s*#(?P<number>[A-Za-z0-9.\-]+)#\s*$")
LEAD_IN = re.compile(
    # BACK TO INT. HALL
    rf"^(?:BACK TO|RETOUR (?:SUR|[ÀA]|DANS)|(?:DE )?VOLTA (?:PARA|[ÀA])|VUELTA A|ZUR[ÜU]CK)\s+(?={words.PREFIX}[. ])"
    r"|^(?:[\[(]?(?:FLASH[\s-]?BACKS?|FLASH\s?FORWARD|BEGIN FLASHBACK|END (?:OF )?FLASHBACK|BACK TO|DREAM(?: SEQUENCE)?"
    r"|MONTAGE|INTERCUT|ANGLE|SUPER|RETOUR|R[ÊE]VE|SONHO|SUEÑO|TRAUM)\b[^a-z]{0,24}?\s*[:\-–—.,;()\]]+\s*)+"
)
_TRANSITION_IN = re.compile(
    r"^(?P<transition>(?:[A-Z]+[ -])?(?:CUT|DISSOLVE|FADE|WIPE|CORTA|CORTE) (?:TO|IN|UP|PARA|A)\s*:)\s*(?=\S)"
)
# 12, 12-14, 25/26, 64. through 75B.
_NUMBERS = rf"{NUMBER}\.?(?:\s*(?:[-&,/]|(?i:THRU|THROUGH|TO))\s*{NUMBER})*"
_THRU = re.compile(r"\.?\s*\b(?:THRU|THROUGH|TO)\b\s*", re.IGNORECASE)
_OMITTED = re.compile(
    rf"^(?:(?P<first>{_NUMBERS})\s*[-.)]?\s+)?"
    r"(?:SCENES?\s+(?P<range>[\dA-Z][\dA-Z&,\- ]*?)\s*[-–:]?\s*)?"
    r"\(?(?:OMITTED|OMIT|DELETED|OUT(?:\s+OUT)?|CUT|SCENE OMITTED|SCENE DELETED)\)?\.?"
    rf"(?:\s+[-.]?\s*(?P<last>{_NUMBERS})-?)?\s*\*?$"
)
TIME_SEGMENT = re.compile(rf"(?<!\w)(?:{words.TIME_WORDS})(?!\w)", re.IGNORECASE)
_SLUG_TAIL = re.compile(rf"[-–—.,]\s*(?:[\w']+\s+){{0,2}}(?:{words.TIME_WORDS})\b[^a-z]*$")
FULL_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
# The pillar (柱) that opens a Japanese scene.
PILLAR = re.compile(r"^[○◯〇]\s*(?=\S)")
# A whole heading in square brackets: [INT. HALL - DAY]
_IN_BRACKETS = re.compile(r"^\[(?P<body>[^\[\]]{4,120})\]$")
_HAS_POSTFIX = re.compile(words.PREFIX)


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
    bracketed = _IN_BRACKETS.match(body)
    if bracketed and PREFIXED.match(bracketed["body"]):
        found = candidate(bracketed["body"])
        return found and dataclasses.replace(found, upper_share=1.0)
    omitted = _OMITTED.match(body)
    if omitted:
        return _omitted(body, omitted)
    if not body.isascii():
        body = body.translate(FULL_WIDTH).strip()
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
    if lead and (PREFIXED.match(body[lead.end() :]) or is_bare_slug(body[lead.end() :])):
        transition, body = lead["transition"], body[lead.end() :]
    core = LEAD_IN.sub("", body)
    prefixed = PREFIXED.match(core) or PREFIXED.match(body)
    postfix = None if prefixed or not _HAS_POSTFIX.search(body, max(0, len(body) - 48)) else POSTFIX.match(body)
    is_numbered = number is not None and (trailing is not None or label)
    if not prefixed and not postfix and not is_numbered and transition is None:
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
    return bool(TIME_SEGMENT.search(text[-24:]))


def upper_share(text: str) -> float:
    """Share of the letters outside parentheses that are not lower case (0.0 for no letters)."""
    letters = [c for c in re.sub(r"\([^)]*\)", "", text) if c.isalpha()]
    return sum(not c.islower() for c in letters) / len(letters) if letters else 0.0


def _has_dot(match: re.Match[str]) -> bool:
    if match["cjk"]:
        return True
    return any(c in ".。．:" for c in match["prefix"] + match["separator"])


def _cjk(body: str) -> Candidate | None:
    if PILLAR.match(body):
        return Candidate(text=body, number=None, is_prefixed=True, has_dot=True)
    match = _CJK_NUMBER.match(body)
    if not match:
        return None
    rest = body[match.end() :].strip()
    if match["pair"] and not CJK_PARTS.search(rest):
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
        text = re.sub(rf"^{_NUMBERS}\s*[-.)]?\s+", "", text)
        text = re.sub(rf"\s+[-.]?\s*{_NUMBERS}-?\s*\*?$", "", text)
    return Candidate(
        text=text.strip(),
        number=re.sub(r"\s*([&,/\-])\s*", r"\1", _THRU.sub("-", number)).strip(". ") if number else None,
        is_numbered_twice=match["first"] is not None and match["last"] is not None,
        is_omitted=True,
    )
