"""Mends text whose UTF-8 was once read as Windows-1252 or Latin-1 and saved again: CafÃ© is Café."""

import re

_MIN_SEQUENCES = 3
_MAX_ROUNDS = 3


def _bytes_as_characters() -> dict[str, int]:
    """What a byte over 127 became: its Windows-1252 character, or the Latin-1 control where there is none."""
    out = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        char = bytes([byte]).decode("cp1252", "ignore")
        if char:
            out[char] = byte
    return out


_BYTES = _bytes_as_characters()
_TRAIL = "".join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0)
_SEQUENCE = re.compile(rf"[\u00c2-\u00df][{_TRAIL}]|[\u00e0-\u00ef][{_TRAIL}]{{2}}|[\u00f0-\u00f4][{_TRAIL}]{{3}}")
# The second half of à is a no-break space, which other programs turn into a plain one.
_HALF_A_GRAVE = re.compile(r"\u00c3(?: |$)", re.MULTILINE)


def undo(text: str) -> tuple[str, int]:
    """(text, number of characters restored); the text as it is and 0 where it was encoded only once.

    Such a text has hardly any character over 127 that is not part of a sequence which reads as UTF-8.
    """
    restored = 0
    if text.isascii():
        return text, 0
    for _ in range(_MAX_ROUNDS):
        mended, count, others = _mend(text)
        if count < _MIN_SEQUENCES or others > 0.1 * count:
            break
        halves = _HALF_A_GRAVE.subn("à", mended)
        text, restored = halves[0], max(restored, count + halves[1])
    return text, restored


def _mend(text: str) -> tuple[str, int, int]:
    """(text with each sequence replaced, how many there were, characters over 127 that are in none)."""
    count = 0

    def restore(match: re.Match[str]) -> str:
        nonlocal count
        try:
            char = bytes(_BYTES[c] for c in match.group()).decode("utf-8")
        except UnicodeDecodeError:
            return match.group()
        count += 1
        return char

    mended = _SEQUENCE.sub(restore, text)
    high = sum(1 for c in _SEQUENCE.sub("", text) if c > "\x7f")
    return mended, count, high - len(_HALF_A_GRAVE.findall(mended))
