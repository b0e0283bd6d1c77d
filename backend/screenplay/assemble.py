"""Builds the Screenplay from parsed tokens: scenes with their source lines, lengths, notes and verbatim text."""

import re
from dataclasses import dataclass, field
from typing import cast

from backend.screenplay import eighths, heading_parts, headings
from backend.screenplay.counting import counted
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.fountain import Token
from backend.screenplay.models import Element, ElementType, Note, Scene, Screenplay, Warning
from backend.screenplay.prepass import Prepared

MAX_SCENES = 2000
_OUTLINE = {"section", "synopsis", "note"}
_SPOKEN = {"parenthetical", "dialogue", "lyrics"}


@dataclass
class _Draft:
    heading: str = ""
    number: str | None = None
    line: int = 0
    is_synthetic: bool = False
    section: str | None = None
    synopses: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    last_line: int = 0


def assemble(
    title_page: dict[str, str], tokens: list[Token], prepared: Prepared, source_lines: list[str], encoding: str
) -> Screenplay:
    """Tokens to a Screenplay. A text without any heading becomes scenes of about a page."""
    preamble, drafts = _group(tokens, prepared)
    warnings = list(prepared.ledger.warnings)
    if not drafts and preamble.elements:
        drafts = _chunk(preamble)
        preamble = _Draft()
        parts = counted(len(drafts), "part", "parts")
        message = f"No scene headings were found; the text was cut into {parts} of about a page."
        warnings.append(Warning(line=0, code="headings.none", message=message))
    if not drafts:
        raise ScreenplayError(
            "scripts.empty",
            "The file has no scene: only a title page, notes, sections or commented-out text.",
            "Write or paste at least one scene heading and some action under it, then import again.",
        )
    if len(drafts) > MAX_SCENES:
        raise ScreenplayError(
            "scripts.too_many_scenes",
            f"The script has {len(drafts)} scenes; the limit is {MAX_SCENES}.",
            "Split the file, for example by episode or act, and import the parts.",
        )
    ends = [d.line - 1 for d in drafts[1:]] + [len(source_lines)]
    scenes = [_scene(draft, end, source_lines, prepared.ledger.notes) for draft, end in zip(drafts, ends, strict=True)]
    return Screenplay(
        title_page=title_page,
        preamble=preamble.elements,
        scenes=scenes,
        warnings=sorted(warnings, key=lambda w: w.line),
        encoding=encoding,
        format=prepared.format,
        text="\n".join(source_lines),
    )


def _group(tokens: list[Token], prepared: Prepared) -> tuple[_Draft, list[_Draft]]:
    preamble = _Draft()
    drafts: list[_Draft] = []
    current = preamble
    sections: dict[int, str] = {}
    speaker: Token | None = None
    for token in tokens:
        first = prepared.lines[token.line - 1]
        last = prepared.lines[min(len(prepared.lines), token.line + token.text.count("\n")) - 1]
        if token.kind == "heading":
            current = _Draft(token.text, token.number, first.start, section=" / ".join(sections.values()) or None)
            drafts.append(current)
        elif token.kind == "section":
            level = token.level
            sections = {k: v for k, v in sections.items() if k < level}
            sections[level] = token.text
        elif token.kind == "synopsis":
            current.synopses.append(token.text)
        elif token.kind == "character":
            speaker = token
        if token.kind == "heading" or token.kind in _OUTLINE:
            current.last_line = max(current.last_line, last.end)
            speaker = None if token.kind == "heading" else speaker
            continue
        if token.kind != "character" and token.kind not in _SPOKEN:
            speaker = None
        current.elements.append(_element(token, first.start, last.end, speaker, prepared))
        current.last_line = max(current.last_line, last.end)
    _mark_left_side_of_duals(preamble, drafts)
    return preamble, drafts


def _element(token: Token, start: int, end: int, speaker: Token | None, prepared: Prepared) -> Element:
    return Element(
        type=cast(ElementType, token.kind),
        text=_rejoin(token, prepared),
        line_start=start,
        line_end=max(start, end),
        character=clean_name(speaker.text) if speaker else None,
        extensions=list(token.extensions),
        dual=bool(speaker and speaker.dual),
        emphasis=list(token.emphasis),
    )


def _rejoin(token: Token, prepared: Prepared) -> str:
    """Lines that were one overlong source line are one line again."""
    if "\n" not in token.text:
        return token.text
    rows = token.text.split("\n")
    text = rows[0]
    for offset, row in enumerate(rows[1:], start=token.line):
        above, here = prepared.lines[offset - 1], prepared.lines[min(offset, len(prepared.lines) - 1)]
        text += (" " if above.end == here.start and above.text else "\n") + row
    return text


def clean_name(name: str) -> str:
    """A character's name without what stands in parentheses after it: `MARY (V.O.)` is MARY."""
    return re.sub(r"\s*\([^)]*\)?", "", re.sub(r"\s+", " ", name)).strip() or name.strip()


def _mark_left_side_of_duals(preamble: _Draft, drafts: list[_Draft]) -> None:
    """A ^ marks the right-hand cue; the speech before it is the left side of the same pair."""
    for draft in [preamble, *drafts]:
        elements = draft.elements
        speech_at = -1
        previous_at = -1
        for index, element in enumerate(elements):
            if element.type == "character":
                previous_at, speech_at = speech_at, index
                if element.dual and previous_at >= 0 and not elements[previous_at].dual:
                    for left in range(previous_at, index):
                        elements[left] = elements[left].model_copy(update={"dual": True})
            elif element.character is None:
                speech_at = -1


def _chunk(preamble: _Draft) -> list[_Draft]:
    """Scenes of about a page, cut only before an action paragraph or a cue."""
    drafts: list[_Draft] = []
    lines = 0
    for element in preamble.elements:
        starts_block = element.type not in _SPOKEN
        if not drafts or (starts_block and lines >= eighths.LINES_PER_PAGE):
            drafts.append(_Draft(f"SCENE {len(drafts) + 1}", line=element.line_start, is_synthetic=True))
            lines = 0
        drafts[-1].elements.append(element)
        drafts[-1].last_line = element.line_end
        lines += eighths.line_count(element.type, element.text)
    return drafts


def _scene(draft: _Draft, end: int, source_lines: list[str], notes: list[Note]) -> Scene:
    end = max(draft.line, end)
    while end > draft.line and not source_lines[end - 1].strip():
        end -= 1
    body = source_lines[draft.line - 1 : end] if draft.is_synthetic else source_lines[draft.line : end]
    is_omitted = headings.is_omitted(draft.heading, draft.number)
    is_place = not (draft.is_synthetic or is_omitted)
    parts = heading_parts.split(draft.heading) if is_place else heading_parts.HeadingParts(None, None, None)
    return Scene(
        number=draft.number,
        heading=draft.heading,
        int_ext=parts.int_ext,
        location=parts.location,
        time_of_day=parts.time_of_day,
        elements=draft.elements,
        line_start=draft.line,
        line_end=end,
        raw_text="\n".join(body).strip("\n"),
        eighths=eighths.eighths(draft.heading, ((e.type, e.text) for e in draft.elements)),
        is_omitted=is_omitted,
        is_synthetic=draft.is_synthetic,
        section=draft.section,
        synopsis="\n".join(draft.synopses) or None,
        notes=[note for note in notes if draft.line <= note.line <= end],
    )
