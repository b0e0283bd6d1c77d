"""Reads Final Draft files (.fdx, .fdxt), by Final Draft itself or by Fade In, WriterDuet, Highland and others."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from backend.screenplay import fdx_paragraphs, heading_parts, headings, integrity, title_page
from backend.screenplay.assemble import assemble
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.fdx_paragraphs import Document, Paragraph
from backend.screenplay.fountain import Token
from backend.screenplay.lines import Ledger, Line
from backend.screenplay.models import Emphasis, Note, Scene, Screenplay
from backend.screenplay.prepass import Prepared
from backend.screenplay.text_import import from_text, refuse_too_many_lines

_KINDS = {
    "scene heading": "heading",
    "action": "action",
    "general": "action",
    "character": "character",
    "dialogue": "dialogue",
    "parenthetical": "parenthetical",
    "transition": "transition",
    "shot": "shot",
    "cast list": "action",
    "lyrics": "lyrics",
    "singing": "lyrics",
    "new act": "section",
    "end of act": "transition",
    "outline 1": "section",
    "outline 2": "section",
    "outline 3": "section",
    "outline 4": "section",
    "outline body": "synopsis",
    "summary": "synopsis",
    "note": "note",
}
_SPOKEN = {"dialogue", "parenthetical", "lyrics"}
_OUTLINE = {"section", "synopsis", "note"}
_MAX_OUTLINE = 200
_CUE = re.compile(r"^(?P<name>[^(]*\S)\s*\((?P<extensions>[^()]+(?:\)\s*\([^()]+)*)\)?\s*$", re.DOTALL)
_OMITTED = re.compile(r"^\W*(?:scenes?\s+)?(?:[\w\s,&-]{0,20}\s)?(?:omitted|omit|deleted)\W*$", re.IGNORECASE)


@dataclass
class _Build:
    """Tokens and the readable lines they point into, as they grow."""

    lines: list[str]
    tokens: list[Token] = field(default_factory=list)
    headings: list[Paragraph] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    placed: list[tuple[int, int]] = field(default_factory=list)
    # Outline paragraphs that stand over the next heading.
    synopses: list[str] = field(default_factory=list)
    previous: str = ""

    def write(self, kind: str, text: str, printed: str) -> int:
        """Append the printed lines of a paragraph; returns the 1-based number of the first."""
        tight = kind in _SPOKEN and self.previous in ("character", *_SPOKEN)
        if self.lines and self.lines[-1] and not tight:
            self.lines.append("")
        first = len(self.lines) + 1
        self.lines.extend(printed.split("\n"))
        self.previous = kind
        return first


def read(data: bytes) -> Screenplay:
    """A Screenplay of an FDX file's bytes. Scene numbers, page lengths, synopses and notes are the file's own.

    Raises ScreenplayError: `scripts.unreadable` for broken or hostile XML, `scripts.empty`, `scripts.too_large`,
    `scripts.too_many_scenes`, `scripts.text_lost`.
    """
    document = fdx_paragraphs.read(data)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        raise ScreenplayError(
            "scripts.empty", "The Final Draft file has no script in it.", "Choose the file that holds the script."
        )
    page = title_page.read(document.title_page)
    build = _Build(title_page.as_lines(page))
    for index, paragraph in enumerate(document.paragraphs):
        _add(build, document, index, paragraph)
    if build.synopses and build.headings:
        build.headings[-1].synopsis = "\n".join([build.headings[-1].synopsis, *build.synopses]).strip()
    if document.was_repaired:
        build.ledger.warn(0, "encoding.damaged", "The file was not valid XML; what broke it was mended or removed.")
    kinds = {token.kind for token in build.tokens}
    if not kinds & {"heading", "character"}:
        return _untyped(document, page, encoding)
    _place_notes(build, document)
    text = "\n".join(build.lines)
    refuse_too_many_lines(text)
    source = [*document.title_page, *_all_words(document.paragraphs)]
    for warning in integrity.check("\n".join(source), _kept(build, page)):
        # Counted on the file's own paragraphs, which are not the lines of the text.
        build.ledger.warn(0, warning.code, warning.message)
    lines = [Line(row, number, number) for number, row in enumerate(build.lines, start=1)]
    screenplay = assemble(page, build.tokens, Prepared(lines, "fdx", build.ledger), build.lines, encoding)
    if not build.headings:
        return screenplay
    scenes = [_completed(scene, mark) for scene, mark in zip(screenplay.scenes, build.headings, strict=True)]
    return screenplay.model_copy(update={"scenes": scenes})


def _add(build: _Build, document: Document, index: int, paragraph: Paragraph) -> None:
    kind = _kind(document, paragraph)
    text, emphasis = _trimmed(paragraph)
    if kind == "action" and _is_slugline(text):
        kind = "heading"
        build.ledger.warn(
            len(build.lines) + 2, "headings.inferred", f"“{text}” is typed as {paragraph.type}; it was read as a scene."
        )
    if kind == "heading":
        _add_heading(build, paragraph, text, emphasis)
    elif kind == "synopsis" and text and (build.previous in _OUTLINE or not build.headings):
        build.write(kind, text, text)
        build.synopses.append(text)
    elif text:
        if kind == "action" and paragraph.is_centred:
            kind = "centered"
        token = Token(kind, text, 0, emphasis=emphasis)
        printed = text
        if kind == "character":
            cue = _CUE.match(text)
            if cue:
                token.text = cue["name"].strip()
                token.extensions = [part.strip() for part in re.split(r"\)\s*\(", cue["extensions"]) if part.strip()]
                token.emphasis = [mark for mark in emphasis if mark.end <= len(token.text)]
            before = document.paragraphs[max(0, index - 20) : index]
            if any(_kind(document, p) == "character" for p in _same_pair(before, paragraph.pair)):
                # The right-hand side, marked as Fountain marks it; the assembly finds the left.
                printed, token.dual = f"{text} ^", True
        elif kind == "section":
            token.level = int(paragraph.type[-1]) + 1 if paragraph.type[-1].isdigit() else 1
        goes_on = _goes_on(build, kind)
        token.line = build.write(kind, text, printed)
        if goes_on:
            build.tokens[-1].text += f"\n{text}"
        else:
            build.tokens.append(token)
        if kind == "note":
            paragraph.notes.insert(0, text)
    line = max(1, len(build.lines))
    build.placed.append((paragraph.offset, line))
    paragraph.notes.extend(f"Alternative: {other}" for other in paragraph.alternatives)
    build.ledger.notes.extend(Note(line=line, text=note) for note in paragraph.notes)


def _goes_on(build: _Build, kind: str) -> bool:
    """Whether a parenthetical before it is still open: some programs keep one line by line."""
    last = build.tokens[-1] if build.tokens else None
    return (
        kind == "parenthetical" == build.previous
        and last is not None
        and last.text.startswith("(")
        and ")" not in last.text
    )


def _add_heading(build: _Build, paragraph: Paragraph, text: str, emphasis: list[Emphasis]) -> None:
    heading = re.sub(r"\s*[\n\t]\s*", " ", text).strip()
    if not heading and (paragraph.number or paragraph.title):
        heading = paragraph.title or f"SCENE {paragraph.number}"
        message = "A numbered scene has no heading; its title or number stands for it."
        build.ledger.warn(len(build.lines) + 2, "heading.empty", message)
    if not heading:
        message = "An empty scene heading was left out; what follows it belongs to the scene before."
        build.ledger.warn(len(build.lines) + 1, "heading.empty", message)
        if build.headings and paragraph.length is not None and build.headings[-1].length is not None:
            build.headings[-1].length += paragraph.length
        return
    found = headings.candidate(heading) if paragraph.number is None else None
    if found and found.number and found.is_prefixed:
        # The number was typed into the heading itself.
        build.ledger.removed.append(heading.replace(found.text, " ", 1))
        paragraph.number, heading, emphasis = found.number, found.text, []
    printed = f"{heading} #{paragraph.number}#" if paragraph.number else heading
    token = Token("heading", heading, 0, number=paragraph.number, emphasis=emphasis)
    token.line = build.write("heading", heading, printed)
    build.tokens.append(token)
    build.headings.append(paragraph)
    paragraph.synopsis = "\n".join(part for part in (*build.synopses, paragraph.synopsis) if part)
    build.synopses = []
    for held in paragraph.omitted:
        paragraph.notes.extend(held.notes)
    if paragraph.omitted:
        words = "\n".join(held.text.strip() for held in paragraph.omitted if held.text.strip())
        paragraph.notes.insert(0, f"Omitted:\n{words}")


def _kind(document: Document, paragraph: Paragraph) -> str:
    name = paragraph.type.strip().lower()
    return _KINDS.get(name) or _KINDS.get(document.styles.get(paragraph.type, "").lower(), "action")


def _trimmed(paragraph: Paragraph) -> tuple[str, list[Emphasis]]:
    text = paragraph.text.rstrip()
    lead = len(text) - len(text.lstrip())
    text = re.sub(r"\n{2,}", lambda blank: "\n" + " " * (len(blank.group()) - 1), text[lead:])
    marks = []
    for mark in paragraph.emphasis:
        start, end = max(0, mark.start - lead), min(len(text), mark.end - lead)
        if start < end:
            marks.append(mark.model_copy(update={"start": start, "end": end}))
    return text, marks


def _is_slugline(text: str) -> bool:
    """An unmistakable slugline in a paragraph that is typed as something else."""
    if not text or "\n" in text or len(text) > 100:
        return False
    found = headings.candidate(text)
    return bool(
        found
        and found.is_prefixed
        and (found.has_dot or found.number)
        and found.upper_share >= 0.9
        and heading_parts.split(found.text).location
    )


def _same_pair(before: list[Paragraph], pair: int) -> Iterator[Paragraph]:
    """The paragraphs of the dual dialogue that the next one stands in."""
    return takewhile(lambda paragraph: pair and paragraph.pair == pair, reversed(before))


def _untyped(document: Document, page: dict[str, str], encoding: str) -> Screenplay:
    """Text that was pasted into the program and never given types: read it as the plain text it is."""
    rows = [paragraph.text for paragraph in document.paragraphs]
    blank = sum(not row.strip() for row in rows)
    text = ("\n" if blank * 10 > len(rows) else "\n\n").join(rows)
    lines = title_page.as_lines(page)
    screenplay = from_text("\n".join([*lines, "", text]) if lines else text, encoding)
    return screenplay.model_copy(update={"format": "fdx"})


def _place_notes(build: _Build, document: Document) -> None:
    first = next((token.line for token in build.tokens if token.kind == "heading"), 1)
    starts = [start for start, _ in build.placed]
    for offset, text in document.notes:
        at = bisect_right(starts, offset)
        line = max(1, build.placed[at - 1][1]) if at else 1
        build.ledger.notes.append(Note(line=line, text=text))
    # A note before the first scene hangs on that scene.
    build.ledger.notes = sorted(
        (note if note.line >= first else note.model_copy(update={"line": first}) for note in build.ledger.notes),
        key=lambda note: note.line,
    )


def _all_words(paragraphs: list[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield paragraph.text
        yield from _all_words(paragraph.omitted)


def _kept(build: _Build, page: dict[str, str]) -> Iterator[str]:
    yield from page
    yield from page.values()
    for token in build.tokens:
        yield token.text
        yield from token.extensions
    for heading in build.headings:
        yield heading.synopsis
    yield from build.synopses
    for note in build.ledger.notes:
        yield note.text
    yield from build.ledger.removed


def _completed(scene: Scene, mark: Paragraph) -> Scene:
    is_omitted = scene.is_omitted or bool(mark.omitted) or bool(_OMITTED.match(scene.heading))
    rows = [row for part in (mark.synopsis, scene.synopsis or "") for row in part.split("\n") if row.strip()]
    title = mark.title if mark.title not in (scene.heading, *rows) else ""
    synopsis = "\n".join([*([title] if title else []), *_without_repeats(rows)])
    update: dict[str, object] = {"page_start": mark.page, "synopsis": synopsis or None, "is_omitted": is_omitted}
    if mark.length:
        update |= {"eighths": mark.length, "eighths_source": "file"}
    return scene.model_copy(update=update)


def _without_repeats(rows: list[str]) -> list[str]:
    """Final Draft 13 keeps an outline both in the scene's properties and in the script."""
    if len(rows) > _MAX_OUTLINE:
        return rows
    return [
        row
        for index, row in enumerate(rows)
        if not any(row in other and (row != other or at < index) for at, other in enumerate(rows) if at != index)
    ]
