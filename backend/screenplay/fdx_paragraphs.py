"""Reads the XML of a Final Draft file into paragraphs: all of their runs, their marks, and what hangs on them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element as Xml
from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from backend.screenplay.decode import normalise
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.models import Emphasis

MAX_DEPTH = 40
MAX_PARAGRAPHS = 100_000
MAX_ELEMENTS = 400_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What hangs on a paragraph without being its words.
_APART = {"ScriptNote", "SceneProperties", "OmittedScene", "Summary", "Alts"}
# Small writing programs put the title page among the script's own paragraphs.
_TITLE_TYPES = {"title", "title page", "author", "credit", "contact", "draft date", "copyright"}
_XML_NAMES = {"amp", "lt", "gt", "quot", "apos"}
_LENGTH = re.compile(r"\s*(?:(?P<pages>\d{1,4})(?:\s+|\s*$))?(?:(?P<eighths>\d{1,3})\s*/\s*8)?\s*")


@dataclass
class Paragraph:
    """One paragraph of a Final Draft file.

    `text` is all of its runs as they are printed, with `emphasis` over them. `pair` numbers the dual dialogues from 1,
    0 for none. `length` is in eighths of a page. `omitted` is what an omitted scene held, `alternatives` are other
    wordings that the writer keeps. `offset` is the number of characters before it, as Final Draft's note ranges count
    them.
    """

    type: str
    text: str
    emphasis: list[Emphasis]
    number: str | None = None
    pair: int = 0
    is_centred: bool = False
    length: int | None = None
    page: str | None = None
    title: str = ""
    synopsis: str = ""
    notes: list[str] = field(default_factory=list)
    omitted: list["Paragraph"] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    offset: int = 0


@dataclass
class Document:
    """What a Final Draft file holds. `styles` says for a custom paragraph type which standard one it is laid out as."""

    paragraphs: list[Paragraph]
    title_page: list[str]
    styles: dict[str, str]
    notes: list[tuple[int, str]]
    was_repaired: bool


def read(data: bytes) -> Document:
    """Bytes of an .fdx or .fdxt file. Raises ScreenplayError `scripts.unreadable` for XML that is broken or hostile."""
    repaired = False
    try:
        root = _parse(data)
    except ParseError:
        # A control character or a Windows byte in a file that calls itself UTF-8: mend it once.
        try:
            root, repaired = _parse(_mended(data)), True
        except ParseError as error:
            line = error.position[0]
            raise _unreadable(
                f"The Final Draft file is damaged near its line {line}.",
                "Open it in Final Draft (or your writing program), save it again and import that file.",
            ) from error
    if root.tag != "FinalDraft":
        raise _unreadable(
            "The file is XML, but no Final Draft document.", "Export the script as Final Draft (.fdx) or as Fountain."
        )
    content = root.find("Content")
    reader = _Reader(root)
    paragraphs = list(reader.paragraphs(content)) if content is not None else []
    _place(paragraphs)
    title_page = _title_page(root)
    if not title_page:
        title_page = _take_title(paragraphs)
    return Document(paragraphs, title_page, _styles(root), _ranged_notes(root), repaired)


class _BoundedTree(TreeBuilder):
    """Builds the tree and stops where no script goes."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Xml:
        self._depth += 1
        self._elements += 1
        self._count += tag == "Paragraph"
        if self._depth > MAX_DEPTH or self._count > MAX_PARAGRAPHS or self._elements > MAX_ELEMENTS:
            raise _unreadable(
                "The Final Draft file is nested deeper or longer than any script.",
                "Check that this is the right file, or export it again from your writing program.",
            )
        # Of a file with a namespace, only the names.
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: str, /) -> Xml:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])


def _parse(data: bytes) -> Xml:
    parser = XMLParser(target=_BoundedTree(), forbid_dtd=True)
    try:
        # In one piece: fed by the chunk, expat reads an endless attribute from its start again and again.
        parser.feed(data)
        root = parser.close()
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise _unreadable(
            "The Final Draft file holds a document type definition or an encoding that no script needs.",
            "Export it again from your writing program and import that file.",
        ) from error
    assert isinstance(root, Xml)
    return root


def _mended(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    text = re.sub(r"&(#?\w{1,31});", _character, _NOT_XML.sub("", text))
    # A bare & is a common fault of small writing programs.
    return re.sub(r"&(?!#?\w{1,31};)", "&amp;", text).encode()


def _character(entity: re.Match[str]) -> str:
    """HTML's names and numbers that XML does not have: `&nbsp;` is its character, `&#11;` nothing."""
    if entity[1] in _XML_NAMES:
        return entity[0]
    return html.escape(_NOT_XML.sub("", html.unescape(entity[0])), quote=False)


def _unreadable(detail: str, fix: str) -> ScreenplayError:
    return ScreenplayError("scripts.unreadable", detail, fix)


class _Reader:
    """Reads paragraphs with what the file says of all paragraphs of a type."""

    def __init__(self, root: Xml) -> None:
        self._pairs = 0
        self._capital_types = _capital_types(root)
        self._alternatives = {alt.get("Id"): _plain(alt) for alt in root.findall("AltCollection/Alt")}

    def paragraphs(self, parent: Xml, *, pair: int = 0) -> Iterator[Paragraph]:
        """Every paragraph below `parent`, whatever small writing programs wrap around them."""
        for node in parent:
            if node.tag == "DualDialogue":
                yield from self.paragraphs(node, pair=self._next_pair())
            elif node.tag == "Paragraph":
                paragraph = self._paragraph(node, pair)
                # What a pair of speeches stands in has no words of its own.
                if paragraph.text.strip() or (node.find("DualDialogue") is None and node.find("Paragraph") is None):
                    yield paragraph
                is_wrapper = "dual" in paragraph.type.lower() and node.find("DualDialogue") is None
                yield from self.paragraphs(node, pair=self._next_pair() if is_wrapper else pair)
            elif node.tag not in _APART and node.tag != "TitlePage":
                yield from self.paragraphs(node, pair=pair)

    def _next_pair(self) -> int:
        self._pairs += 1
        return self._pairs

    def _paragraph(self, node: Xml, pair: int) -> Paragraph:
        kind = node.get("Type") or "General"
        text, emphasis = _runs(node, is_capital=kind in self._capital_types)
        paragraph = Paragraph(kind, text, emphasis, node.get("Number") or None, pair)
        paragraph.is_centred = node.get("Alignment") == "Center"
        properties = node.find("SceneProperties")
        if properties is not None:
            paragraph.number = paragraph.number or properties.get("Number") or None
            paragraph.length = _eighths(properties.get("Length"))
            paragraph.page = (properties.get("Page") or "").strip() or None
            paragraph.title = normalise(properties.get("Title") or "").strip()
            summary = properties.find("Summary")
            paragraph.synopsis = _plain(summary) if summary is not None else ""
        paragraph.notes = [note for found in node.findall("ScriptNote") if (note := _note(found))]
        others = (self._alternatives.get((found.text or "").strip(), "") for found in node.findall("Alts/AltId"))
        paragraph.alternatives = [other for other in others if other and other != text.strip()]
        omitted = node.find("OmittedScene")
        if omitted is not None:
            paragraph.omitted = list(self.paragraphs(omitted))
        return paragraph


def _capital_types(root: Xml) -> set[str]:
    """The types that are printed in capitals, however they were typed."""
    out: set[str] = set()
    for settings in root.findall("ElementSettings"):
        font = settings.find("FontSpec")
        if font is not None and "AllCaps" in _styles_of(font):
            out.add(settings.get("Type") or "")
    return out


def _styles_of(node: Xml) -> set[str]:
    # Bold+Italic; some programs write BoldItalic.
    return set(re.findall(r"Bold|Italic|Underline|AllCaps", node.get("Style") or ""))


def _text_nodes(node: Xml) -> Iterator[Xml]:
    for child in node:
        if child.tag == "Text":
            yield child
        elif child.tag not in _APART and child.tag not in ("DualDialogue", "Paragraph"):
            yield from _text_nodes(child)


def _runs(node: Xml, *, is_capital: bool = False) -> tuple[str, list[Emphasis]]:
    text = ""
    emphasis: list[Emphasis] = []
    for run in _text_nodes(node):
        words = _words(run)
        styles = _styles_of(run)
        if "AllCaps" in styles or (is_capital and run.get("Style") is None):
            words = words.upper()
        start, text = len(text), text + words
        if not words.strip():
            continue
        if {"Bold", "Italic"} <= styles:
            _emphasise(emphasis, Emphasis(start=start, end=len(text), style="bold_italic"))
        elif "Bold" in styles:
            _emphasise(emphasis, Emphasis(start=start, end=len(text), style="bold"))
        elif "Italic" in styles:
            _emphasise(emphasis, Emphasis(start=start, end=len(text), style="italic"))
        if "Underline" in styles:
            _emphasise(emphasis, Emphasis(start=start, end=len(text), style="underline"))
    return text, emphasis


def _words(run: Xml) -> str:
    words = normalise("".join(run.itertext()))
    if re.match(r"\n[ \t]+\S", words) and re.search(r"\n[ \t]*$", words):
        # Indented by a program that makes XML pretty.
        return " ".join(words.split())
    return words


def _emphasise(emphasis: list[Emphasis], new: Emphasis) -> None:
    """Runs that a revision mark cut in two are one again."""
    for index in range(len(emphasis) - 1, max(-1, len(emphasis) - 3), -1):
        if emphasis[index].style == new.style and emphasis[index].end == new.start:
            emphasis[index] = Emphasis(start=emphasis[index].start, end=new.end, style=new.style)
            return
    emphasis.append(new)


def _plain(node: Xml) -> str:
    rows = [normalise("".join("".join(t.itertext()) for t in p.iter("Text"))).strip() for p in node.iter("Paragraph")]
    return "\n".join(row for row in rows if row) or normalise("".join(node.itertext())).strip()


def _eighths(length: str | None) -> int | None:
    match = _LENGTH.fullmatch(length or "")
    if not match or (match["pages"] is None and match["eighths"] is None):
        return None
    return int(match["pages"] or 0) * 8 + int(match["eighths"] or 0)


def _place(paragraphs: list[Paragraph]) -> None:
    """Offsets as Final Draft counts them: a line break after each paragraph, two for a block inside one."""
    offset = 0
    pair = 0
    for paragraph in paragraphs:
        if paragraph.pair and paragraph.pair != pair:
            offset += 3
        pair = paragraph.pair
        paragraph.offset = offset
        if not pair:
            offset += len(paragraph.text) + 1 + (2 if paragraph.omitted else 0)


def _title_page(root: Xml) -> list[str]:
    page = root.find("TitlePage")
    if page is None:
        page = root.find("Content//TitlePage")
    if page is None:
        return []
    # Its header and footer are paragraphs too.
    content = page.find("Content")
    page = page if content is None else content
    return [line.strip() for node in page.iter("Paragraph") for line in _runs(node)[0].split("\n")]


def _take_title(paragraphs: list[Paragraph]) -> list[str]:
    """The title page out of the first paragraphs of the script, where their types say that it is one."""
    count = 0
    while count < len(paragraphs) and (
        paragraphs[count].type.strip().lower() in _TITLE_TYPES or (count and not paragraphs[count].text.strip())
    ):
        count += 1
    rows = [row.strip() for paragraph in paragraphs[:count] for row in paragraph.text.split("\n")]
    del paragraphs[:count]
    return rows


def _styles(root: Xml) -> dict[str, str]:
    out: dict[str, str] = {}
    for settings in root.findall("ElementSettings"):
        behaviour = settings.find("Behavior")
        if behaviour is not None and settings.get("Type"):
            out[settings.get("Type", "")] = behaviour.get("PaginateAs") or ""
    return out


def _note(node: Xml) -> str:
    """A note with its title above it."""
    name, text = normalise(node.get("Name") or "").strip(), _plain(node)
    return text if name in text else f"{name}\n{text}".strip()


def _ranged_notes(root: Xml) -> list[tuple[int, str]]:
    """Notes kept apart from the text since Final Draft 12: the offset each begins at, and what it says."""
    out: list[tuple[int, str]] = []
    for note in root.findall("ScriptNotes/ScriptNote"):
        start = re.match(r"\s*(\d{1,9})", note.get("Range") or "")
        text = _note(note)
        if text:
            out.append((int(start[1]) if start else 0, text))
    return out
