"""Reads a screenplay file: bytes in, a Screenplay out, with nothing lost on the way."""

from backend.screenplay import fdx
from backend.screenplay.decode import decode
from backend.screenplay.models import Screenplay
from backend.screenplay.recognition import recognise
from backend.screenplay.text_import import from_text


def parse(data: bytes) -> Screenplay:
    """Parse the bytes of a Fountain, plain-text, Final Draft (.fdx) or PDF file; which one, its content says.

    Raises ScreenplayError for a file that is refused (format, size, number of scenes) or whose words would be lost.
    The result has at least one scene for any file that has a word outside the title page. A server calls
    `isolated.parse_isolated` instead, which bounds time and memory.
    """
    kind = recognise(data)
    if kind == "fdx":
        return fdx.read(data)
    if kind == "pdf":
        # PDFium takes memory and time to load, and most scripts are text.
        from backend.screenplay import pdf

        return pdf.read(data)
    decoded = decode(data)
    return from_text(decoded.text, decoded.encoding, warnings=decoded.warnings)
