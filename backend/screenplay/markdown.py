"""Reads names set in bold over their speech, as scripts written in Markdown have them, as plain cues."""

import re

from backend.screenplay import cues
from backend.screenplay.counting import counted
from backend.screenplay.lines import Ledger, Line, blank_at

_BOLD = re.compile(r"^\s*\*\*(?P<name>[^*]+?):?\*\*:?\s*$")
_ASIDE = re.compile(r"^\s*[*_](?P<aside>\([^*_]*\))[*_]\s*$")
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_MIN_NAMES = 4


def plain_cues(lines: list[Line], ledger: Ledger) -> list[Line]:
    """`**MARA**` over text becomes MARA, `*(softly)*` a parenthetical and `---` a blank line.

    Lines of a text with fewer than four such names are returned as they are.
    """
    found = {index: name for index in range(len(lines) - 1) if (name := _name_at(lines, index))}
    if len(found) < _MIN_NAMES:
        return lines
    out: list[Line] = []
    for index, line in enumerate(lines):
        aside = _ASIDE.match(line.text)
        if index in found:
            if out and not out[-1].is_blank:
                out.append(blank_at(line))
            out.append(line.with_text(found[index]))
        elif aside:
            out.append(line.with_text(aside["aside"]))
        else:
            out.append(line.with_text("") if _RULE.match(line.text) else line)
    first = lines[min(found)].start
    message = counted(len(found), "name in bold was read as a speaker.", "names in bold were read as speakers.")
    ledger.warn(first, "markdown.cues", message, [lines[index].start for index in found])
    return out


def _name_at(lines: list[Line], index: int) -> str | None:
    match = _BOLD.match(lines[index].text) if not lines[index + 1].is_blank else None
    return match["name"].strip() if match and cues.looks_like_name(match["name"].strip()) else None
