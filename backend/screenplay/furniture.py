"""Finds what the printed page added to a script (page numbers, CONTINUED, (MORE), running headers) and removes it."""

import itertools
import re
from collections import Counter

from backend.screenplay import headings
from backend.screenplay.counting import counted
from backend.screenplay.lines import Ledger, Line

_NUMBERS = rf"(?:\s+\(?{headings.NUMBER}\)?\.?){{0,2}}"
_CONTINUED = re.compile(
    rf"^(?:{headings.NUMBER}\s*)?(?:\(\s*(?i:CONTINUED|CONT['’]?D|CONTINUES|SUITE|CONTINUA|CONTINÚA|À SUIVRE)\s*:?\s*\)"
    rf"|(?:CONTINUED|CONT['’]?D?\.?|Continued|CONTINUES|CONTINUA)\s*:|CONTINUED)"
    rf"(?:\s*\(\s*[A-Z]?\d+[A-Z]?\s*\))?:?{_NUMBERS}\s*\.?\s*\*?$"
)
_MORE = re.compile(r"^\(\s*(?:MORE|SUITE|MÁS|MAIS|SEGUE|MEHR)\s*\.*\s*\)\s*\*?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^(?:(?:p(?:age|ágina|\.)?|pg\.?|seite)\s*)?-?\s*\d{1,3}[A-Z]?\s*(?:[.\-]|\|\s*P\s*a\s*g\s*e)?\s*"
    r"(?:(?:of|/|de|sur|von)\s*\d+)?\s*\*?$",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^\d{1,3}[A-Z]?$")
# Draft pages: Yellow Revision 8/24/07 61. / Rev. 02/05/98 / (BLUE) 12/1/90
_REVISION = re.compile(
    r"^(?:\d{1,3}[A-Z]?\.?\s+)?(?:\(?(?:double |2nd |second )?(?:blue|pink|yellow|green|gold(?:enrod)?|buff|salmon"
    r"|cherry|tan|white|gr[ae]y|ivory)\)?\s+(?:rev\w*(?:\s+pages?)?|pages?|draft)\b|rev(?:\.|ised|ision)?\s*:?\s*(?=\d)"
    r"|revised pages)[\W\d]*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\W\d]*)?\w?\.?$"
    r"|^(?:rev\w*\.?\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*(?:\(?(?:blue|pink|yellow|green|gold\w*|buff|salmon|cherry"
    r"|tan|white)\w*\)?|rev\w*\.?|[a-z]?\d{1,3}\w?\.?|\s)*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d[/.-]\d{1,2}[/.-]\d|\brev(?:\.|ised|isions?)?(?=\s*\d)|\bdraft\b.*\d|\bpage \d", re.IGNORECASE)
_ADVERT = re.compile(r"https?://|\bwww\.|\b\w+\.(?:com|org|net)\b", re.IGNORECASE)
_CONTD = re.compile(r"\s*\(\s*(?:CONT(?:['’]?D|INUED|INUING|\.)?|SUITE)\s*\.?\)", re.IGNORECASE)
_SCENE_NUMBER_ALONE = re.compile(r"^(?:[A-Z]{1,2}\d{1,3}[A-Z]?|\d{1,3}[A-Z]{1,2}|\(\d{1,2}\))$")
_REVISION_MARK = re.compile(r"(?<=\S)(?:\s{2,}|\t+\s*)\*+$")
_KINDS = {
    "page_numbers": ("page number", "page numbers"),
    "continued": ("CONTINUED line", "CONTINUED lines"),
    "more": ("(MORE) line", "(MORE) lines"),
    "headers": ("running header or revision line", "running headers and revision lines"),
    "revision_marks": ("revision mark in the margin", "revision marks in the margin"),
    "repeated_cues": ("name repeated after a page break", "names repeated after a page break"),
}


def remove(lines: list[Line], ledger: Ledger) -> list[Line]:
    """Lines without page furniture; a speech or paragraph that the page cut in two is joined again.

    Each kind of furniture makes one warning that lists its lines.
    """
    found: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    lines = [_without_revision_mark(line, found, ledger) for line in lines]
    kinds = classify(lines)
    out: list[Line] = []
    index = 0
    while index < len(lines):
        if not kinds[index]:
            out.append(lines[index])
            index += 1
            continue
        if kinds[index] == "revision_marks":
            # A star beside a line that was copied as a line of its own: no page ends here.
            found["revision_marks"].append(lines[index].start)
            ledger.removed.append(lines[index].text)
            index += 1
            continue
        # The whole page break: furniture and the blank lines among it.
        more = False
        end = index
        while end < len(lines) and (kinds[end] or lines[end].is_blank):
            kind = kinds[end]
            if kind and not lines[end].is_blank:
                more = more or kind == "more"
                found[kind].append(lines[end].start)
                ledger.removed.append(lines[end].text)
            end += 1
        index = _close_break(out, lines, end, more, found, ledger)
    for kind, numbers in found.items():
        if numbers:
            one, many = _KINDS[kind]
            message = counted(len(numbers), f"{one} was removed.", f"{many} were removed.")
            ledger.warn(numbers[0], f"furniture.{kind}", message, numbers)
    return out


def classify(lines: list[Line]) -> list[str]:
    """The kind of furniture each line is, "" for a line of the script."""
    repeated = _repeated(lines)
    kinds = [_kind(line.text.strip(), repeated) for line in lines]
    for index, kind in enumerate(kinds):
        if kind == "page_numbers" and not _stands_apart(lines, kinds, index):
            kinds[index] = ""
    if kinds.count("headers") == 1:
        # One date alone stands on the title page.
        kinds[kinds.index("headers")] = ""
    _add_continued_numbers(lines, kinds)
    _add_running_titles(lines, kinds)
    return kinds


def _add_continued_numbers(lines: list[Line], kinds: list[str]) -> None:
    """The scene number of a CONTINUED line, where a copied page has it on a line of its own: D27, or (2)."""
    for index, line in enumerate(lines):
        if kinds[index] or not _SCENE_NUMBER_ALONE.match(line.text.strip()):
            continue
        if not all(_is_open(lines, kinds, at) for at in (index - 1, index + 1)):
            continue
        near = range(max(0, index - 4), min(len(lines), index + 5))
        if any(kinds[at] == "continued" for at in near if _only_blank_between(lines, kinds, index, at)):
            kinds[index] = "continued"


def _is_open(lines: list[Line], kinds: list[str], at: int) -> bool:
    return at < 0 or at >= len(lines) or lines[at].is_blank or bool(kinds[at])


def _only_blank_between(lines: list[Line], kinds: list[str], one: int, other: int) -> bool:
    return all(_is_open(lines, kinds, at) for at in range(min(one, other) + 1, max(one, other)))


def _kind(text: str, repeated: set[str]) -> str:
    if not text:
        return ""
    if len(text) > 90:
        return ""
    if text == "*":
        return "revision_marks"
    if _MORE.match(text):
        return "more"
    if _CONTINUED.match(text):
        return "continued"
    if _PAGE_NUMBER.match(text):
        return "page_numbers"
    if _REVISION.match(text) or _key(text) in repeated:
        return "headers"
    return ""


def _stands_apart(lines: list[Line], kinds: list[str], index: int) -> bool:
    """A number under a line of the same column is the text's own (a countdown), not the page's."""

    above, below = _is_open(lines, kinds, index - 1), _is_open(lines, kinds, index + 1)
    if above and (below or not _BARE_NUMBER.match(lines[index].text.strip())):
        return True
    if not above and abs(_indent(lines[index]) - _indent(lines[index - 1])) <= 2:
        return False
    return above or below


def _add_running_titles(lines: list[Line], kinds: list[str]) -> None:
    """The film's title over every page: a line that keeps standing beside page numbers and nowhere else."""
    pages = sum(1 for kind in kinds if kind == "page_numbers")
    beside: Counter[str] = Counter()
    total: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        text = line.text.strip()
        if not text or kinds[index] or len(text) > 70 or _CONTD.search(text):
            continue
        key = _key(text)
        total[key] += 1
        if _is_alone(lines, kinds, index):
            places.setdefault(key, []).append(index)
            beside[key] += _is_beside_furniture(kinds, index)
    for key, indexes in places.items():
        if len(indexes) < 4 or _is_heading(key) or key.endswith(":"):
            continue
        over_pages = beside[key] >= max(4, 0.25 * pages) and beside[key] >= 0.7 * total[key]
        if over_pages or (key.endswith(("#", "#.")) and _counts_pages([lines[i] for i in indexes])):
            for index in indexes:
                kinds[index] = "headers"


def _counts_pages(lines: list[Line]) -> bool:
    """TITLE 12, TITLE 13, TITLE 14, each about a page after the last."""
    if len(lines) < 8:
        return False
    steps = [
        _last_number(b) - _last_number(a) == 1 and 20 <= b.start - a.start <= 130 for a, b in itertools.pairwise(lines)
    ]
    return sum(steps) >= 0.8 * len(steps)


def _last_number(line: Line) -> int:
    return int(re.findall(r"\d+", line.text)[-1])


def _is_alone(lines: list[Line], kinds: list[str], index: int) -> bool:
    """Nothing of the script directly below, as there is under a cue."""
    below = index + 1
    return below >= len(lines) or lines[below].is_blank or bool(kinds[below])


def _is_beside_furniture(kinds: list[str], index: int) -> bool:
    return any(kinds[at] in ("page_numbers", "headers") for at in range(max(0, index - 2), min(len(kinds), index + 3)))


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text.strip(" *")))


def _repeated(lines: list[Line]) -> set[str]:
    """Keys of dated lines (TITLE - Rev. 8/24/07 61.) and advertisements that come again and again."""
    counts: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if line.is_blank or len(line.text) > 120 or not (_DATED.search(line.text) or _ADVERT.search(line.text)):
            continue
        if index + 1 == len(lines) or lines[index + 1].is_blank or _DATED.search(line.text):
            counts[_key(line.text)] += 1
    return {key for key, count in counts.items() if count >= 3 and len(key) < 70 and not _is_heading(key)}


def _is_heading(key: str) -> bool:
    return headings.candidate(key.replace("#", "1")) is not None


def _without_revision_mark(line: Line, found: dict[str, list[int]], ledger: Ledger) -> Line:
    if not line.text.endswith("*") or not _REVISION_MARK.search(line.text):
        return line
    found["revision_marks"].append(line.start)
    return line.with_text(_REVISION_MARK.sub("", line.text))


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _close_break(
    out: list[Line], lines: list[Line], end: int, more: bool, found: dict[str, list[int]], ledger: Ledger
) -> int:
    """Join what the page cut, or leave one blank line; returns the index to go on from."""
    while out and out[-1].is_blank:
        out.pop()
    if end >= len(lines):
        return end
    following = lines[end]
    if more and _CONTD.search(following.text) and headings.upper_share(following.text) == 1.0:
        # NAME, (MORE), the page's end, NAME (CONT'D): one speech, so the second cue goes.
        ledger.removed.append(following.text)
        found["repeated_cues"].append(following.start)
        end += 1
        while end < len(lines) and lines[end].is_blank:
            end += 1
        return end
    text = following.text.strip()
    sentence_goes_on = bool(out) and not re.search(r"[.!?:…\"”)\-—–]$", out[-1].text.strip()) and text[:1].islower()
    if sentence_goes_on:
        out[-1] = Line(f"{out[-1].text} {text}", out[-1].start, following.end)
        return end + 1
    if out:
        out.append(Line("", out[-1].end, out[-1].end))
    return end
