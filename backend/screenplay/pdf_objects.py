"""Reads what a PDF's page draws beside its characters: whether there are pictures, and the thin lines under words."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

_MAX_OBJECTS = 20_000
# A page with more lines than this is a drawing, and none of them underlines a word.
_MAX_RULES = 1_500
_MAX_DEPTH = 3
# Thicker than this, in points, is a box or a bar; shorter is a dot.
_THICK, _SHORT = 2.5, 3.0
_MAX_SEGMENTS = 400

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line along an axis of the page: the edges of the box it fills, in points."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass
class Drawn:
    """The lines and pictures of a page."""

    rules: list[Rule] = field(default_factory=list)
    has_picture: bool = False


def read(page: object) -> Drawn:
    """What the raw PDFium page draws; of a page with very many objects only the first ones are looked at."""
    drawn = Drawn()
    for number, (item, kind, matrix) in enumerate(_objects(page)):
        if number > _MAX_OBJECTS:
            break
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.has_picture = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(drawn.rules) <= _MAX_RULES:
            drawn.rules.extend(_rules(item, matrix))
    if len(drawn.rules) > _MAX_RULES:
        drawn.rules = []
    return drawn


def _objects(page: object) -> Iterator[tuple[object, int, _Matrix]]:
    """Every object, with the matrix from what it stands in to the page."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _inside(pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _inside(item: object, matrix: _Matrix, depth: int) -> Iterator[tuple[object, int, _Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    yield item, kind, matrix
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        inner = _times(_matrix_of(item), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _inside(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _rules(path: object, matrix: _Matrix) -> Iterator[Rule]:
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MAX_SEGMENTS:
        return
    own = _times(_matrix_of(path), matrix)
    for points in _parts(path, count, own):
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        low, high = min(y for _, y in points), max(y for _, y in points)
        if min(right - left, high - low) <= _THICK and max(right - left, high - low) >= _SHORT:
            yield Rule(left, right, low, high)


def _parts(path: object, count: int, matrix: _Matrix) -> Iterator[list[_Point]]:
    """The points of each stroke of the path; one path may draw many lines."""
    points: list[_Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_applied(matrix, x.value, y.value))
    if points:
        yield points


def _matrix_of(item: object) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _applied(matrix: _Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)
