"""Settles the blank lines of a text: blanks made of spaces, double spacing, doubled line ends."""

from collections import Counter

from backend.screenplay.lines import Line

_MIN_BLOCKS = 12


def settle(lines: list[Line]) -> list[Line]:
    """Lines of spaces are blank, except the deliberate two-space line that keeps a speech open."""
    empty = sum(1 for line in lines if not line.text)
    spaces = sum(1 for line in lines if line.text and line.is_blank)
    keep_two = empty >= spaces
    out: list[Line] = []
    for line in lines:
        if line.is_blank:
            out.append(line.with_text("  " if keep_two and line.text == "  " else ""))
        else:
            out.append(line.with_text(line.text.rstrip()))
    return out


def close_up(lines: list[Line]) -> list[Line]:
    """Lines without double spacing; a text whose lines do not stand apart one by one is returned as it is.

    Double spacing shows in sentences that run on over a blank line.
    """
    gaps = _gaps(lines)
    if len(gaps) < _MIN_BLOCKS:
        return lines
    inside = sum(1 for gap, _ in gaps if gap == 0)
    if inside > 0.15 * len(gaps):
        return lines
    run_on = sum(1 for gap, goes_on in gaps if gap and goes_on)
    # Where no two lines stand together, few such sentences are proof enough.
    if run_on < (0.12 if inside else 0.05) * len(gaps):
        return lines
    usual = Counter(gap for gap, goes_on in gaps if gap and goes_on).most_common(1)[0][0]
    out: list[Line] = []
    held: list[Line] = []
    for line in lines:
        if line.is_blank:
            held.append(line)
            continue
        out.extend(held[: min(2, max(0, len(held) - usual))])
        held = []
        out.append(line)
    return out


def _gaps(lines: list[Line]) -> list[tuple[int, bool]]:
    """For each pair of neighbouring lines with text: the blank lines between, and whether the sentence goes on."""
    out: list[tuple[int, bool]] = []
    previous = ""
    blanks = 0
    for line in lines:
        text = line.text.strip()
        if not text:
            blanks += 1
            continue
        if previous:
            goes_on = text[0].islower() and previous[-1] not in '.!?:"”)' and not previous.isupper()
            out.append((blanks, goes_on))
        previous, blanks = text, 0
    return out
