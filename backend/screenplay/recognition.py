"""Tells by its content what an uploaded file is, and refuses what is no screenplay with what to do about it."""

import re
from typing import Literal

from backend.screenplay.errors import ScreenplayError

FileKind = Literal["text", "fdx", "pdf"]

_MEGABYTE = 1024 * 1024
MAX_BYTES: dict[FileKind, int] = {"text": 5 * _MEGABYTE, "fdx": 20 * _MEGABYTE, "pdf": 30 * _MEGABYTE}
_NAMES: dict[FileKind, str] = {"text": "text", "fdx": "Final Draft", "pdf": "PDF"}

_EXPORT = "Export the script as Fountain, Final Draft (.fdx), PDF or plain text and import that file."
_WORD = (
    "In Word: File → Save as → PDF, or → Plain text (.txt) with the encoding Unicode (UTF-8); then import that file."
)
_WRITER = "In LibreOffice: File → Export as → PDF, or Save as → Text (.txt); then import that file."
_NOT_A_SCRIPT = "Choose the script itself: .fountain, .txt, .fdx or .pdf. " + _EXPORT
_UNPACK = "Unpack it and import the script that is inside."
_SCAN = (
    "If it is a photographed page, run it through OCR to a PDF with text, or export the script from your writing "
    "program, and import that file."
)

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "a rich text document (RTF)", "Open it in a word processor, save it as PDF or as plain text (UTF-8) "
     "and import that file."),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)", _WORD),
    (b"\x89PNG", "a PNG image", _SCAN),
    (b"\xff\xd8\xff", "a JPEG image", _SCAN),
    (b"GIF8", "a GIF image", _SCAN),
    (b"II*\x00", "a TIFF image", _SCAN),
    (b"MM\x00*", "a TIFF image", _SCAN),

    (b"RIFF", "a media file", _NOT_A_SCRIPT),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"%!PS", "a PostScript file", "Convert it to PDF and import that."),
    (b"\x7fELF", "a program", _NOT_A_SCRIPT),
    (b"MZ\x90", "a program", _NOT_A_SCRIPT),
    (b"OggS", "a media file", _NOT_A_SCRIPT),
    (b"ID3", "an audio file", _NOT_A_SCRIPT),
    (b"SQLite format 3", "a database", _NOT_A_SCRIPT),
    (b"bplist00", "a property list", _EXPORT),
)  # fmt: skip
# What a zip holds tells which program wrote it. Names of members stand in it uncompressed.
_ZIPPED: tuple[tuple[bytes, str, str], ...] = (
    (b"word/document.xml", "a Word document (.docx)", _WORD),
    (b"xl/workbook.xml", "an Excel workbook", _NOT_A_SCRIPT),
    (b"ppt/presentation.xml", "a PowerPoint presentation", _NOT_A_SCRIPT),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (.odt)", _WRITER),
    (b"application/epub+zip", "an e-book (.epub)", "Convert it to plain text (UTF-8), for example with Calibre, "
     "and import that file."),
    (b"Index/Document.iwa", "a Pages document", "In Pages: File → Export to → PDF or Plain Text; then import that "
     "file."),
    (b"text.md", "a Highland document (.highland)", "In Highland: File → Export → Fountain, Final Draft or PDF; then "
     "import that file."),
    (b"text.fountain", "a Highland document (.highland)", "In Highland: File → Export → Fountain, Final Draft or "
     "PDF; then import that file."),
    (b"project.rdf", "a Celtx project (.celtx)", "In Celtx: Script → Export Script (text) or Create PDF; then import "
     "that file."),
    (b"document.xml", "a Fade In document (.fadein)", "In Fade In: File → Export → Final Draft (.fdx), Fountain or "
     "PDF; then import that file."),
    (b"scriptDoc.xml", "a Movie Magic Screenwriter document", _EXPORT),
    (b"header.json", "a Scrite document", "In Scrite: Export → Fountain or Final Draft; then import that file."),
)  # fmt: skip
_PROLOGUE = re.compile(r"^(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<\s*([A-Za-z][\w.:-]*)")


def recognise(data: bytes) -> FileKind:
    """Which reader the bytes are for, by their first few kilobytes and never by a file's name.

    Raises ScreenplayError `scripts.unsupported_format` for a format that is known and not read,
    `scripts.too_large` for a file over the limit of its own format (text 5 MB, FDX 20 MB, PDF 30 MB).
    """
    kind = _kind(data)
    limit = MAX_BYTES[kind]
    if len(data) > limit:
        raise ScreenplayError(
            "scripts.too_large",
            f"The file has {len(data) / _MEGABYTE:.1f} MB; the limit for a {_NAMES[kind]} file is "
            f"{limit // _MEGABYTE} MB.",
            "A feature script is about 0.2 MB of text: check that this is the right file, or split it."
            if kind == "text"
            else "Export the script again without pictures, or split it.",
        )
    return kind


def refusal(what: str, fix: str) -> ScreenplayError:
    """The error for a file that is something else."""
    return ScreenplayError("scripts.unsupported_format", f"This file is {what}, not screenplay text.", fix)


def _kind(data: bytes) -> FileKind:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise refusal(*_zip(data))
    for magic, what, fix in _MAGIC:
        if data.startswith(magic) or (magic == b"{\\rtf" and start.startswith(magic)):
            raise refusal(what, fix)
    if data[4:8] == b"ftyp":
        raise refusal("a video or HEIC image", _NOT_A_SCRIPT)
    return _by_markup(data)


def _zip(data: bytes) -> tuple[str, str]:
    for member, what, fix in _ZIPPED:
        if member in data:
            return what, fix
    return "a zip archive", _UNPACK


def _by_markup(data: bytes) -> FileKind:
    head = _head(data)
    folded = head.lower()
    if "<finaldraft" in folded and folded.startswith(("<?xml", "<finaldraft", "<!")):
        return "fdx"
    if re.match(r"(?:from|mime-version|content-type|date|subject|return-path|received): .*\n(?:.*\n){0,60}?"
                r"(?:mime-version|content-type): ", folded):  # fmt: skip
        raise refusal("a saved web page or e-mail", "Open it, copy the script's text and paste it.")
    if re.match(r"(?:<!doctype html|<html|<\?xml.{0,200}<html)", folded, re.DOTALL):
        raise refusal("a web page", "Copy the script's text out of the page and paste it.")
    if folded.startswith("<?xml"):
        root = _ROOT.match(head, _PROLOGUE.match(head).end())  # type: ignore[union-attr]
        name = root.group(1).rpartition(":")[2].lower() if root else ""
        if name == "document" and "screenplay" in folded:
            raise refusal("an Open Screenplay document", "In Fade In: File → Export → Final Draft (.fdx) or Fountain; "
                          "then import that file.")  # fmt: skip
        raise refusal("an XML document", _EXPORT)
    return "text"


def _head(data: bytes) -> str:
    """The first characters as text, whatever their width; enough to see which markup it is."""
    start = data[:8192]
    if start.startswith(b"\xff\xfe") or start[1:2] == b"\x00":
        text = start.decode("utf-16-le", "replace")
    elif start.startswith(b"\xfe\xff") or start[:1] == b"\x00":
        text = start.decode("utf-16-be", "replace")
    else:
        text = start.decode("utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
