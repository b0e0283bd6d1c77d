"""Types a parsed screenplay on numbered pages, the way a printed script comes back as a .txt file."""

import textwrap

from backend.screenplay import Element, Screenplay

ACTION, DIALOGUE, PARENTHETICAL, CUE, TRANSITION = 15, 25, 31, 37, 60
PAGE_LINES = 54


def blocks(screenplay: Screenplay) -> list[list[str]]:
    """Blocks that a blank line parts; a speech is one block."""
    out: list[list[str]] = []
    for element in screenplay.preamble:
        _add(out, element)
    for number, scene in enumerate(screenplay.scenes, start=1):
        out.append([f"{number!s:<10}     {scene.heading:<55}{number}"])
        for element in scene.elements:
            _add(out, element)
    return out


def _add(out: list[list[str]], element: Element) -> None:
    if element.type == "character":
        name = " ".join([element.text, *(f"({extension})" for extension in element.extensions)])
        out.append([" " * CUE + name])
    elif element.type in ("dialogue", "lyrics"):
        out[-1].extend(_wrapped(element.text, DIALOGUE, 35))
    elif element.type == "parenthetical":
        out[-1].extend(_wrapped(element.text, PARENTHETICAL, 25))
    elif element.type == "transition":
        out.append([" " * TRANSITION + element.text])
    else:
        out.append(_wrapped(element.text, ACTION, 60))


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    return [" " * indent + line for line in textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)]


def typed(screenplay: Screenplay) -> str:
    """Pages with numbers, CONTINUED at their feet and heads, and speeches cut by (MORE)."""
    pages: list[list[str]] = [[]]
    for block in blocks(screenplay):
        room = PAGE_LINES - len(pages[-1])
        if len(block) + 1 <= room:
            pages[-1].extend([*block, ""])
        elif block[0].startswith(" " * CUE) and room >= 5 and len(block) > room - 2:
            kept = room - 3
            pages[-1].extend([*block[:kept], " " * CUE + "(MORE)", ""])
            pages.append([block[0].split(" (CONT'D)")[0] + " (CONT'D)", *block[kept:], ""])
        else:
            pages.append([*block, ""])
    out: list[str] = []
    for number, page in enumerate(pages, start=1):
        if number > 1:
            out += [" " * 70 + f"{number}.", "", "     CONTINUED:", ""]
        out += page
        if number < len(pages):
            out += [" " * 55 + "(CONTINUED)", "\f"]
    return "\n".join(out)
