"""Gives the elements of a printed script the bold, italic and underlined words that its pages show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from backend.screenplay.models import Element, Emphasis
from backend.screenplay.pdf_lines import BOLD, ITALIC, UNDERLINE

# A style that most elements of a type have all over is how the script sets that type, and no emphasis.
_USUAL_SHARE, _USUAL_COUNT = 0.5, 3
_FACES = {BOLD: "bold", ITALIC: "italic", BOLD | ITALIC: "bold_italic"}


def emphasise(
    parts: Sequence[list[Element]], lines: Sequence[str], styles: Mapping[int, bytes], apart: Collection[int]
) -> list[list[Element]]:
    """The same elements with their styled runs.

    `lines` are the rebuilt lines and `styles` how the characters of a line are set, by 1-based line number; `apart`
    are the lines between an element's first and last that are none of it (page numbers, heads).
    """
    found = [[_styles_of(element, lines, styles, apart) for element in elements] for elements in parts]
    usual = _usual([element for elements in parts for element in elements], [set_ for sets in found for set_ in sets])
    return [
        [
            element.model_copy(update={"emphasis": _runs(element.text, own, usual.get(element.type, 0))})
            if any(own)
            else element
            for element, own in zip(elements, sets, strict=True)
        ]
        for elements, sets in zip(parts, found, strict=True)
    ]


def _styles_of(
    element: Element, lines: Sequence[str], styles: Mapping[int, bytes], apart: Collection[int]
) -> list[int]:
    """The style of every character of the element's text; nothing where it is not what is printed on its lines."""
    numbers = [n for n in range(element.line_start, element.line_end + 1) if n not in apart]
    if not any(n in styles for n in numbers):
        return []
    printed: list[tuple[str, int]] = []
    for number in numbers:
        row = lines[number - 1]
        own = styles.get(number, b"")
        printed.extend((c, own[at] if at < len(own) else 0) for at, c in enumerate(row) if not c.isspace())
    at = "".join(c for c, _ in printed).find("".join(element.text.split()))
    if at < 0:
        return []
    out: list[int] = []
    for char in element.text:
        if char.isspace():
            out.append(-1)
        else:
            out.append(printed[at][1])
            at += 1
    return _filled(out)


def _filled(styles: list[int]) -> list[int]:
    """Spaces are set as the words on both sides are."""
    before = 0
    for index, style in enumerate(styles):
        if style < 0:
            after = next((later for later in styles[index:] if later >= 0), 0)
            styles[index] = before & after
        else:
            before = style
    return styles


def _usual(elements: list[Element], found: list[list[int]]) -> dict[str, int]:
    total: Counter[str] = Counter(element.type for element in elements)
    whole: Counter[tuple[str, int]] = Counter()
    for element, styles in zip(elements, found, strict=True):
        for bit in (BOLD, ITALIC, UNDERLINE):
            whole[element.type, bit] += bool(styles) and all(style & bit for style in styles)
    out: dict[str, int] = {}
    for (kind, bit), count in whole.items():
        if count >= _USUAL_COUNT and count > _USUAL_SHARE * total[kind]:
            out[kind] = out.get(kind, 0) | bit
    return out


def _runs(text: str, styles: list[int], usual: int) -> list[Emphasis]:
    out: list[Emphasis] = []
    for bits in (BOLD | ITALIC, UNDERLINE):
        start, current = 0, 0
        for index in range(len(text) + 1):
            style = styles[index] & bits & ~usual if index < len(text) else 0
            if style != current:
                if current:
                    name = "underline" if bits == UNDERLINE else _FACES[current]
                    out.append(Emphasis.model_validate({"start": start, "end": index, "style": name}))
                start, current = index, style
    return sorted(out, key=lambda run: (run.start, -run.end))
