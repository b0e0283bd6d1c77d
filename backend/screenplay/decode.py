"""Turns the bytes of an uploaded script into clean text: one encoding, one kind of newline, one kind of space."""

import codecs
import re
import unicodedata
from dataclasses import dataclass, field

from backend.screenplay import mojibake
from backend.screenplay.counting import counted
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.models import Warning
from backend.screenplay.recognition import recognise, refusal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"})
_SPACES = dict.fromkeys([0xA0, 0x202F, 0x205F, 0x3000, 0x1680, *range(0x2000, 0x200B)], " ")
_INVISIBLE = dict.fromkeys(
    [
        *(c for c in range(0x20) if c not in (0x09, 0x0A)),
        0x7F,
        *range(0x80, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0xFEFF,
        # Non-characters: the pre-pass uses them as placeholders, so none may come from outside.
        *range(0xFDD0, 0xFDF0),
        0xFFFE,
        0xFFFF,
        *range(0xD800, 0xE000),
    ]
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SINGLE_BYTE = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS code page 850"}
_TYPOGRAPHY = "‘’“”„‚–—…«»•"


@dataclass(frozen=True)
class Decoded:
    """Clean text (newlines are `\\n`, NFC, no BOM, no invisible characters) and how the bytes were read."""

    text: str
    encoding: str
    warnings: list[Warning] = field(default_factory=list)


def decode(data: bytes) -> Decoded:
    """Read the bytes of a text file as text. Raises ScreenplayError for what is not text, is empty or is over 5 MB."""
    if recognise(data) != "text":
        raise refusal("no plain text", "Import it as a file, so that it is read as what it is.")
    text, encoding, warnings = _to_text(data)
    _refuse_binary(text)
    text, restored = mojibake.undo(text)
    if restored:
        mended = counted(restored, "character was restored", "characters were restored")
        message = f"The accents had been saved in a wrong encoding; {mended}."
        warnings = [*warnings, Warning(line=0, code="encoding.mended", message=message)]
    clean = normalise(text)
    if not clean.strip():
        raise ScreenplayError(
            "scripts.empty", "The file has no text.", "Choose the file that holds the script, or paste its text."
        )
    return Decoded(clean, encoding, warnings)


def normalise(text: str) -> str:
    """One newline, one space, composed accents, nothing invisible. Pure text to text."""
    text = text.replace("\r\n", "\n").translate(_LINE_BREAKS)
    if text.isascii():
        # Most scripts are; only their control characters can be in the way.
        return text.translate(_INVISIBLE) if _CONTROLS.search(text) else text
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_SPACES))


def _refuse_binary(text: str) -> None:
    sample = text[:100_000]
    controls = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1a") or c == "\x7f")
    if controls > max(8, len(sample) * 0.02):
        raise refusal(
            "binary data", "Export the script as Fountain, Final Draft (.fdx), PDF or text and import that file."
        )


def _to_text(data: bytes) -> tuple[str, str, list[Warning]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_replacements(data[len(bom) :], encoding)
    wide = _utf16_without_bom(data)
    if wide:
        text, encoding, warnings = _with_replacements(data, wide)
        return text, encoding, [_guessed("UTF-16 without a byte order mark"), *warnings]
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    repaired = data.decode("utf-8", "replace")
    bad = repaired.count("\ufffd")
    # One bad byte must not turn a UTF-8 file into mojibake: valid multi-byte sequences do not arise by accident.
    valid = sum(1 for c in repaired if c > "\x7f") - bad
    if valid >= 3 * bad:
        return repaired, "utf-8", [_damaged(repaired, bad)]
    return _single_byte(data)


def _with_replacements(data: bytes, encoding: str) -> tuple[str, str, list[Warning]]:
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    return text, encoding, [_damaged(text, bad)] if bad else []


def _damaged(text: str, count: int) -> Warning:
    line = normalise(text[: text.index("\ufffd")]).count("\n") + 1
    replaced = counted(count, "unreadable character was replaced", "unreadable characters were replaced")
    message = f"{replaced} by \ufffd; the first is on this line."
    return Warning(line=line, code="encoding.damaged", message=message)


def _guessed(name: str) -> Warning:
    return Warning(
        line=0, code="encoding.guessed", message=f"The file does not say its encoding; it was read as {name}."
    )


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[:8000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd < max(1, len(sample) * 0.01) or len(data) < 4:
        return None
    if odd > 10 * even:
        return "utf-16-le"
    if even > 10 * odd:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> tuple[str, str, list[Warning]]:
    """cp1252, Mac Roman or the DOS code page 850, whichever gives the more plausible words."""
    # An undefined byte is a replacement character, and counts against that reading; Windows wins a draw.
    readings = {encoding: data.decode(encoding, "replace") for encoding in _SINGLE_BYTE}
    encoding = max(readings, key=lambda name: _plausibility(readings[name]))
    return readings[encoding].replace("\ufffd", ""), encoding, [_guessed(_SINGLE_BYTE[encoding])]


def _plausibility(text: str) -> float:
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text[:400_000]):
        at, char = match.start(), match.group()
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if char == "\ufffd":
            score -= 2
        elif char.isalpha():
            score += _letter_score(char, before, after)
        elif char in _TYPOGRAPHY:
            score += _punctuation_score(char, before, after)
        elif before.isalpha() and after.isalpha():
            score -= 1
    return score


def _letter_score(char: str, before: str, after: str) -> float:
    if not before.isalpha() and not after.isalpha():
        return -0.5
    if char.isupper():
        return 1 if (not before.islower() and not after.islower()) or not before.isalpha() else -1
    return 1 if not before.isupper() or not after.isupper() else -1


def _punctuation_score(char: str, before: str, after: str) -> float:
    if char in "‘“„‚":
        return 1 if not before.isalnum() and not after.isspace() else -1
    if char in "’”":
        return 1 if not before.isspace() else -1
    if char == "…":
        return 1 if not before.isspace() or not after.isspace() else 0
    return 0.5
