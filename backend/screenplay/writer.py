"""Writes a Screenplay as Fountain text that reads back as the same Screenplay."""

import re
from collections.abc import Iterable

from backend.screenplay import heading_words, headings
from backend.screenplay.fountain import is_plain_cue
from backend.screenplay.models import Element, Emphasis, Scene, Screenplay

_MARKS = {"bold": "**", "italic": "*", "underline": "_", "bold_italic": "***"}
_SPECIAL = re.compile(r"(?<!\\)([*_])")
_FORCING = "!@.>~#="
_ENGLISH_TRANSITION = re.compile(r"^[A-Z][A-Z .'’/\-]* TO:$")


def to_fountain(screenplay: Screenplay) -> str:
    """Fountain text: title page, preamble, then each scene with its number, section, synopsis and notes.

    A cue's extensions, dual dialogue and emphasis are kept as far as Fountain has words for them; a synthetic heading
    of a page-long part is not written.
    """
    blocks: list[str] = []
    if screenplay.title_page:
        blocks.append("\n".join(_title_lines(screenplay.title_page)))
    blocks.extend(_blocks(screenplay.preamble))
    section: str | None = None
    for scene in screenplay.scenes:
        if scene.section and scene.section != section:
            blocks.extend(f"{'#' * level} {name}" for level, name in enumerate(scene.section.split(" / "), start=1))
        section = scene.section
        blocks.extend(_scene_blocks(scene))
    return "\n\n".join(blocks) + "\n"


def _title_lines(title_page: dict[str, str]) -> Iterable[str]:
    for key, value in title_page.items():
        name = key.capitalize()
        rows = value.split("\n")
        if len(rows) == 1:
            yield f"{name}: {value}".rstrip()
        else:
            yield f"{name}:"
            yield from (f"    {row}" for row in rows)


def _scene_blocks(scene: Scene) -> Iterable[str]:
    if not scene.is_synthetic:
        yield heading(scene.heading, scene.number)
    if scene.synopsis:
        yield from (f"= {row}" for row in scene.synopsis.split("\n") if row.strip())
    yield from (f"[[{note.text}]]" for note in scene.notes if note.text)
    yield from _blocks(scene.elements)


def heading(text: str, number: str | None) -> str:
    """A scene heading, forced where its own words would not make it one."""
    found = headings.candidate(text)
    own = found is not None and found.is_prefixed and found.has_dot and found.number is None and found.text == text
    own = own and found is not None and found.upper_share >= 0.7
    plain = text if own and re.match(r"(?:INT|EXT|EST|I/E)[. /]", text) else f".{text}"
    return plain + (f" #{number}#" if number else "")


def _blocks(elements: list[Element]) -> Iterable[str]:
    index = 0
    in_left_of_dual = False
    while index < len(elements):
        element = elements[index]
        if element.type != "character":
            yield _block(element)
            index += 1
            in_left_of_dual = False
            continue
        end = index + 1
        while end < len(elements) and elements[end].type in ("dialogue", "parenthetical", "lyrics"):
            end += 1
        has_partner = end < len(elements) and elements[end].type == "character" and elements[end].dual
        in_left_of_dual = element.dual and not in_left_of_dual and has_partner
        rows = [_cue(element, is_right=element.dual and not in_left_of_dual)]
        rows.extend(_spoken(spoken) for spoken in elements[index + 1 : end])
        yield "\n".join(rows)
        index = end


def _cue(element: Element, *, is_right: bool) -> str:
    name = element.text
    line = " ".join([name, *(f"({extension})" for extension in element.extensions)])
    forced = line if is_plain_cue(line) else f"@{line}"
    return f"{forced} ^" if is_right else forced


def _spoken(element: Element) -> str:
    text = emphasised(element.text, element.emphasis)
    if element.type == "lyrics":
        return "\n".join(f"~{row}" for row in text.split("\n"))
    # An empty row inside a speech is two spaces, so that the speech goes on.
    return "\n".join(row if row.strip() else "  " for row in text.split("\n"))


def _block(element: Element) -> str:
    text = emphasised(element.text, element.emphasis)
    if element.type == "transition":
        return text if _ENGLISH_TRANSITION.match(text) else f"> {text}"
    if element.type == "centered":
        return "\n".join(f"> {row} <" for row in text.split("\n"))
    if element.type == "lyrics":
        return "\n".join(f"~{row}" for row in text.split("\n"))
    return _action(text)


def _action(text: str) -> str:
    first = text.split("\n", 1)[0].strip()
    is_safe = (
        first[:1] not in _FORCING
        and not first.startswith(("[[", "/*", "==="))
        and headings.candidate(first) is None
        and not heading_words.TRANSITION.match(first)
        and first != first.upper()
    )
    return text if is_safe else f"!{text}"


def emphasised(text: str, runs: list[Emphasis]) -> str:
    """`text` with Fountain's marks around its styled runs, and its own asterisks and underscores escaped."""
    if not runs:
        return _SPECIAL.sub(r"\\\1", text)
    out: list[str] = []
    opening: dict[int, list[Emphasis]] = {}
    closing: dict[int, list[Emphasis]] = {}
    for run in runs:
        if 0 <= run.start < run.end <= len(text):
            opening.setdefault(run.start, []).append(run)
            closing.setdefault(run.end, []).append(run)
    for at in range(len(text) + 1):
        # What opened last closes first; of two runs over the same words, the later in the list is the inner one.
        ending = closing.get(at, [])
        ending.reverse()
        ending.sort(key=lambda run: -run.start)
        out.extend(_MARKS[run.style] for run in ending)
        out.extend(_MARKS[run.style] for run in sorted(opening.get(at, []), key=lambda r: -r.end))
        if at < len(text):
            out.append(f"\\{text[at]}" if text[at] in "*_" else text[at])
    return "".join(out)
