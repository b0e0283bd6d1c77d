"""Reads the characters of a PDF's pages with their places, sizes and type, by PDFium."""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from backend.screenplay import pdf_objects
from backend.screenplay.errors import ScreenplayError
from backend.screenplay.pdf_objects import Rule

MAX_PAGES = 400
MAX_PAGE_CHARACTERS = 50_000
MAX_CHARACTERS = 1_000_000
# How far outside the page, as a share of its size, a character is still read: one lost in space is no line's.
_OUTSIDE = 0.2
_PASSWORD = 4
# The bit of a font's flags that says its letters lean.
_ITALIC = 1 << 6
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# PDFium reports a hyphen at the end of a line by these.
_HYPHENS = {0x02, 0xAD, 0xFFFE}
_SAVE_AGAIN = "Open it in a PDF viewer, print it to a new PDF, or export the script again, and import that file."


@dataclass(slots=True)
class Glyph:
    """One character. Points from the page's lower left corner, upright; `right` is where the next one would stand.

    `colour` is what it is painted with, as red, green, blue and opacity from 0 to 255. `ends_word`: the file has a
    space after it; many files have none, and part their words only by where they stand.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool
    is_italic: bool
    colour: tuple[int, int, int, int]
    ends_word: bool = False


@dataclass
class Page:
    """The upright characters of a page, in the order of the file, and the thin lines drawn along them; in points.

    `unknown` counts the characters of which the file does not say what letters they are.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    has_picture: bool = False
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    """What all characters of one text object share."""

    font: int
    size: float
    quarter: int | None
    is_bold: bool
    is_italic: bool
    colour: tuple[int, int, int, int]


def read(data: bytes) -> list[Page]:
    """Pages of a PDF. Raises ScreenplayError `scripts.unreadable`, `scripts.encrypted` or `scripts.too_large`."""
    document = _open(data)
    try:
        count = len(document)
        if count == 0:
            raise ScreenplayError("scripts.unreadable", "The PDF has no pages.", _SAVE_AGAIN)
        if count > MAX_PAGES:
            raise ScreenplayError(
                "scripts.too_large",
                f"The PDF has {count} pages; the limit is {MAX_PAGES}.",
                "Split it, for example by episode or act, and import the parts.",
            )
        pages: list[Page] = []
        room = MAX_CHARACTERS
        for index in range(count):
            pages.append(_read_page(document, index, room))
            room -= len(pages[-1].glyphs)
        return pages
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ScreenplayError(
                "scripts.encrypted",
                "The PDF is locked with a password.",
                "Open it with its password, save or print it to a new PDF without one, and import that file.",
            ) from error
        raise ScreenplayError("scripts.unreadable", "The PDF is damaged and cannot be opened.", _SAVE_AGAIN) from error


def _read_page(document: pypdfium2.PdfDocument, index: int, room: int) -> Page:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        detail = f"Page {index + 1} of the PDF is damaged."
        raise ScreenplayError("scripts.unreadable", detail, _SAVE_AGAIN) from error
    try:
        width, height = page.get_size()
        count = pdfium.FPDFText_CountChars(text_page.raw)
        if count > min(room, MAX_PAGE_CHARACTERS):
            detail = (
                f"Page {index + 1} of the PDF has over {MAX_PAGE_CHARACTERS} characters; a script's has about 1500."
            )
            if count <= MAX_PAGE_CHARACTERS:
                detail = f"The PDF has over {MAX_CHARACTERS} characters; a feature script has about 200,000."
            fix = "Check that this is the right file, or export the script again."
            raise ScreenplayError("scripts.too_large", detail, fix)
        drawn = pdf_objects.read(page.raw)
        glyphs, unknown = _glyphs(text_page.raw, page.get_cropbox())
        return _upright(Page(width, height, has_picture=drawn.has_picture, unknown=unknown), glyphs, drawn.rules)
    finally:
        text_page.close()
        page.close()


def _glyphs(text_page: object, box: tuple[float, float, float, float]) -> tuple[list[tuple[int, Glyph]], int]:
    """(quarter turns, character) of every character drawn along an axis of the page, and how many are not known.

    `box` are the left, lower, right and upper edge of the page.
    """
    out: list[tuple[int, Glyph]] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    over, above = _OUTSIDE * (box[2] - box[0]), _OUTSIDE * (box[3] - box[1])
    left, right, low, high = box[0] - over, box[2] + over, box[1] - above, box[3] + above
    looks: dict[int, _Look] = {}
    advances: dict[tuple[int, int, float], float] = {}
    unmapped: set[tuple[int, int, float]] = set()
    unknown = 0
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    object_of, is_generated = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_IsGenerated
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = unicode_of(text_page, index)
        if code <= 0x20 and code not in _HYPHENS:
            if code == 0x20 and out and is_generated(text_page, index) == 0:
                out[-1][1].ends_word = True
            continue
        pointer = object_of(text_page, index)
        if not pointer or is_generated(text_page, index) == 1:
            continue
        key = ctypes.addressof(pointer.contents)
        look = looks.get(key)
        if look is None:
            look = looks[key] = _look(text_page, index, pointer)
        if look.quarter is None or not origin_of(text_page, index, x, y):
            continue
        if not (left <= x.value <= right and low <= y.value <= high):
            continue
        kind = (look.font, code, look.size)
        width = advances.get(kind)
        if width is None:
            width = advances[kind] = _advance(text_page, index, look)
            if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1 or _is_no_letter(code):
                unmapped.add(kind)
        unknown += kind in unmapped
        along, up = _turn(x.value, y.value, look.quarter)
        text = "-" if code in _HYPHENS else _LIGATURES.get(code) or _character(code)
        glyph = Glyph(text, along, along + width, up, look.size, look.is_bold, look.is_italic, look.colour)
        out.append((look.quarter, glyph))
    return out, unknown


def _is_no_letter(code: int) -> bool:
    """The replacement character, and codes that mean only what a font makes of them."""
    return code == 0xFFFD or 0xE000 <= code <= 0xF8FF


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _look(text_page: object, index: int, text_object: object) -> _Look:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    # The direction of the line; a slant of the letters alone is italic type.
    turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    quarter = round(turns) % 4 if abs(turns - round(turns)) < 0.05 else None
    slant = abs(matrix.a * matrix.c + matrix.b * matrix.d) / ((math.hypot(matrix.a, matrix.b) or 1.0) * scale)
    font = pdfium.FPDFTextObj_GetFont(text_object)
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
    name = buffer.value.decode("utf-8", "replace").lower()
    is_bold = (
        any(word in name for word in ("bold", "black", "heavy", "demi"))
        or pdfium.FPDFText_GetFontWeight(text_page, index) >= 600
        or pdfium.FPDFTextObj_GetTextRenderMode(text_object) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    )
    flags = pdfium.FPDFFont_GetFlags(font) if font else 0
    is_italic = "italic" in name or "oblique" in name or (flags > 0 and bool(flags & _ITALIC)) or slant > 0.1
    size = round(pdfium.FPDFText_GetFontSize(text_page, index) * scale, 1)
    address = ctypes.addressof(font.contents) if font else 0
    return _Look(address, size, quarter, is_bold, is_italic, _colour(text_page, index))


def _colour(text_page: object, index: int) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint(0) for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(text_page, index, *parts):
        return (0, 0, 0, 255)
    red, green, blue, opacity = (part.value for part in parts)
    return (red, green, blue, opacity)


def _advance(text_page: object, index: int, look: _Look) -> float:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
        return look.size * 0.6
    width = abs(box.right - box.left) if look.quarter in (0, 2) else abs(box.top - box.bottom)
    return width if 0 < width < 3 * look.size else look.size * 0.6


def _turn(x: float, y: float, quarter: int) -> tuple[float, float]:
    """Coordinates along the writing and up from it, for text turned by quarters of a circle against the clock."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _upright(page: Page, glyphs: list[tuple[int, Glyph]], rules: list[Rule]) -> Page:
    """Only the direction most of the page is written in; what stands across it is a watermark or a stamp."""
    if not glyphs:
        return page
    main = Counter(quarter for quarter, _ in glyphs).most_common(1)[0][0]
    page.glyphs = [glyph for quarter, glyph in glyphs if quarter == main]
    for rule in rules:
        (x, y), (other_x, other_y) = _turn(rule.left, rule.bottom, main), _turn(rule.right, rule.top, main)
        if abs(x - other_x) >= abs(y - other_y):
            page.rules.append(Rule(min(x, other_x), max(x, other_x), min(y, other_y), max(y, other_y)))
    return page
