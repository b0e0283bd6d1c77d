"""What a file is, its content says; what is no script is refused with what to do about it."""

import io
import zipfile

import pytest

from backend.screenplay import ScreenplayError, parse, recognise
from backend.screenplay.recognition import MAX_BYTES

FDX = b'<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">'


def zipped(*members: str, mimetype: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for member in members:
            archive.writestr(member, "INT. BARN - DAY\n\nHay.\n" * 50)
    return buffer.getvalue()


REFUSED = {
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), "Word document (.docx)", "Save as"),
    "xlsx": (zipped("xl/workbook.xml"), "Excel", "the script itself"),
    "odt": (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), ".odt", "LibreOffice"),
    "epub": (zipped("a.xhtml", mimetype="application/epub+zip"), "e-book", "plain text"),
    "pages": (zipped("Index/Document.iwa"), "Pages", "Export to"),
    "highland": (zipped("Barn.textbundle/text.md", "Barn.textbundle/info.json"), "Highland", "Fountain"),
    "highland 2": (zipped("Barn.textbundle/text.fountain"), "Highland", "Fountain"),
    "fade in": (zipped("document.xml"), "Fade In", ".fdx"),
    "celtx": (zipped("project.rdf", "script-1.html"), "Celtx", "Export"),
    "zip": (zipped("barn.fountain"), "zip archive", "Unpack"),
    "empty zip": (b"PK\x05\x06" + b"\x00" * 18, "zip archive", "Unpack"),
    "gzip": (b"\x1f\x8b\x08", "gzip", "Unpack"),
    "rtf": (b"{\\rtf1\\ansi INT. BARN - DAY}", "RTF", "plain text"),
    "rtf in a .txt, after a BOM and a blank line": (b"\xef\xbb\xbf\r\n{\\rtf1\\ansi x}", "RTF", "plain text"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word", "Save as"),
    "web page": (b"<!DOCTYPE html><html>", "web page", "paste"),
    "xhtml": (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">', "web page", "paste"),
    "mhtml": (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: a/b\r\n", "saved", "paste"),
    "open screenplay": (b'<?xml version="1.0"?><document type="Open Screenplay Format document">', "Open Scr", ".fdx"),
    "xml": (b'<?xml version="1.0"?><!-- <FinalDraf --><svg/>', "XML", "Fountain"),
    "utf-16 xml": ('<?xml version="1.0"?><svg/>'.encode("utf-16"), "XML", "Fountain"),
    "png": (b"\x89PNG\r\n\x1a\n", "PNG", "OCR"),
    "jpeg": (b"\xff\xd8\xff\xe0", "JPEG", "OCR"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "HEIC", "script itself"),
    "mp4": (b"\x00\x00\x00\x18ftypisom", "video", "script itself"),
    "postscript": (b"%!PS-Adobe-3.0", "PostScript", "PDF"),
    "program": (b"\x7fELF\x02", "program", "script itself"),
    "binary": (bytes(range(32)) * 40, "binary", "Export"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_another_format_is_named_and_says_what_to_do(name: str) -> None:
    data, what, fix = REFUSED[name]
    with pytest.raises(ScreenplayError) as refusal:
        parse(data)
    assert refusal.value.code == "scripts.unsupported_format"
    assert what in refusal.value.detail
    assert fix in refusal.value.fix


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"INT. BARN - DAY\n", "text"),
        (b"From: Nora\nTo: Otto\nHay.\n", "text"),
        (b"<b>INT. BARN - DAY</b>\n", "text"),
        ("INT. BARN - DAY\n".encode("utf-16"), "text"),
        (FDX, "fdx"),
        (b"\xef\xbb\xbf  " + FDX, "fdx"),
        (FDX.decode().encode("utf-16"), "fdx"),
        (FDX.decode().encode("utf-16-be"), "fdx"),
        (b'<FinalDraft DocumentType="Script">', "fdx"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\r\n junk before it\n%PDF-1.7\n", "pdf"),
    ],
)
def test_the_content_says_which_reader_a_file_is_for(data: bytes, kind: str) -> None:
    assert recognise(data) == kind


@pytest.mark.parametrize(("start", "kind"), [(b"INT. BARN - DAY\n", "text"), (FDX, "fdx"), (b"%PDF-1.4\n", "pdf")])
def test_each_format_has_its_own_limit(start: bytes, kind: str) -> None:
    limit = MAX_BYTES[kind]  # type: ignore[index]
    assert recognise(start.ljust(limit, b" ")) == kind
    with pytest.raises(ScreenplayError) as refusal:
        recognise(start.ljust(limit + 1, b" "))
    assert refusal.value.code == "scripts.too_large"
    assert f"{limit // 1048576} MB" in refusal.value.detail
    assert refusal.value.fix
