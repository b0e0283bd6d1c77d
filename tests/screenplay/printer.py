"""Prints small screenplays as PDF pages in the layouts that writing programs use."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True)
class Layout:
    """Left edges in points and the type; the defaults are Final Draft's page."""

    size: tuple[float, float] = LETTER
    font: str = "Courier"
    bold: str = "Courier-Bold"
    italic: str = "Courier-Oblique"
    bold_italic: str = "Courier-BoldOblique"
    points: float = 12
    pitch: float = 12
    heading: float = 108
    action: float = 108
    cue: float = 252
    parenthetical: float = 209
    speech: float = 180
    transition: float = 432
    number_left: float = 60
    number_right: float = 540

    @property
    def top(self) -> float:
        return self.size[1] - 72


LETTER_PAGE = Layout()
A4_PAGE = Layout(size=A4)
WORD_PAGE = Layout(points=10, pitch=11, heading=57, action=57, cue=207, parenthetical=160, speech=117, transition=420)
TIMES_PAGE = Layout(font="Times-Roman", bold="Times-Bold", pitch=14)

Row = tuple[str, str]


class Printer:
    """Prints rows of (kind, text) from the top of the page; `blank` leaves a line out.

    In a row of kind `marked action`, `marked speech`, … *, **, *** and _ set words in italics, bold, both, underlined.
    """

    def __init__(self, layout: Layout = LETTER_PAGE, *, password: str | None = None) -> None:
        self.layout = layout
        self._buffer = io.BytesIO()
        encrypt = StandardEncryption(password, ownerPassword="owner") if password else None
        self.canvas = Canvas(self._buffer, pagesize=layout.size, encrypt=encrypt, invariant=1)
        self._y = layout.top

    def page(self, rows: Iterable[Row], *, number: str | None = None, head: str | None = None) -> "Printer":
        """One page of rows, with a running head and a page number above."""
        layout, canvas = self.layout, self.canvas
        if head:
            canvas.setFont(layout.font, layout.points)
            canvas.drawString(layout.action, layout.size[1] - 36, head)
        if number:
            canvas.setFont(layout.font, layout.points)
            canvas.drawRightString(layout.size[0] - 72, layout.size[1] - 36, number)
        self._y = layout.top
        for kind, text in rows:
            self._row(kind, text)
        canvas.showPage()
        return self

    def _row(self, kind: str, text: str) -> None:
        layout, canvas = self.layout, self.canvas
        kind, _, number = kind.partition("#")
        canvas.setFont(layout.bold if kind == "bold" else layout.font, layout.points)
        if kind == "pair":
            one, other = text.split("|")
            if one:
                canvas.drawString(130 if one.isupper() else 108, self._y, one)
            if other:
                canvas.drawString(350 if other.isupper() else 324, self._y, other)
        elif kind == "starred":
            canvas.drawString(layout.action, self._y, text)
            canvas.drawString(layout.number_right + 20, self._y, "*")
        elif kind == "centre":
            canvas.drawCentredString(layout.size[0] / 2, self._y, text)
        elif kind.startswith("marked "):
            self._marked(getattr(layout, kind.removeprefix("marked ")), text)
        elif kind != "blank":
            canvas.drawString(getattr(layout, "heading" if kind == "bold" else kind), self._y, text)
            if number:
                canvas.drawString(layout.number_left, self._y, number)
                canvas.drawString(layout.number_right, self._y, number)
        self._y -= layout.pitch

    def _marked(self, x: float, text: str) -> None:
        layout, canvas = self.layout, self.canvas
        fonts = {"": layout.font, "*": layout.italic, "**": layout.bold, "***": layout.bold_italic}
        face, is_underlined = "", False
        for part in re.split(r"(\*+|_)", text):
            if part == "_":
                is_underlined = not is_underlined
            elif part and not part.strip("*"):
                face = part if part != face else ""
            elif part:
                canvas.setFont(fonts[face], layout.points)
                canvas.drawString(x, self._y, part)
                end = x + canvas.stringWidth(part)
                if is_underlined:
                    canvas.line(x, self._y - 1.5, end, self._y - 1.5)
                x = end

    def bytes(self) -> bytes:
        """The finished PDF."""
        self.canvas.save()
        return self._buffer.getvalue()
