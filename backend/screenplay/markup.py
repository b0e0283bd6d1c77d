"""Takes out what a web page left in a script: tags, entities, style and script blocks."""

import html
import re

from backend.screenplay.counting import counted
from backend.screenplay.lines import Ledger, Line

_TAG = re.compile(
    r"</?(?:a|b|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|input|li|link|meta|ol|p"
    r"|pre|s|script|small|span|strong|style|sub|sup|table|tbody|td|th|title|tr|tt|u|ul)(?:\s[^<>]{0,400})?/?>"
    r"|<!--[^\n]{0,400}?-->|<!doctype[^<>]{0,200}>|<\?xml[^<>]{0,200}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</tr>|</li>|</h[1-6]>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?P<name>script|style)\b[^<>]*>", re.IGNORECASE)
_MAX_BLOCK_LINES = 400
# With the letters that touch it: caf&eacute; is one word from here on.
_MARK = re.compile(rf"\w*(?:(?:{_TAG.pattern}|{_ENTITY.pattern})\w*)+", re.IGNORECASE)


def strip_markup(lines: list[Line], ledger: Ledger) -> list[Line]:
    """Lines without HTML; `<br>` and ends of paragraphs break the line. Entities become their characters.

    A single entity or a word in angle brackets that is no HTML tag stays as it is.
    """
    if not any(_MARK.search(line.text) for line in lines if "<" in line.text or "&" in line.text):
        return lines
    out: list[Line] = []
    touched: list[int] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        block = _BLOCK.search(line.text) if "<" in line.text else None
        end = _block_end(lines, index, block["name"]) if block else None
        if block and end is not None:
            for inside in lines[index : end + 1]:
                ledger.removed.append(inside.text)
                touched.append(inside.start)
            out.extend(_clean(line.with_text(line.text[: block.start()]), touched, ledger))
            index = end + 1
            continue
        out.extend(_clean(line, touched, ledger))
        index += 1
    if touched:
        message = f"HTML was taken out of {counted(len(touched), 'line', 'lines')}."
        ledger.warn(touched[0], "markup.removed", message, touched)
    return out


def _block_end(lines: list[Line], start: int, name: str) -> int | None:
    """Where a style or script block closes; None for a mark that is never closed, and so hides nothing."""
    closing = f"</{name.lower()}"
    for index in range(start, min(len(lines), start + _MAX_BLOCK_LINES)):
        if closing in lines[index].text.lower():
            return index
    return None


def _clean(line: Line, touched: list[int], ledger: Ledger) -> list[Line]:
    text = line.text
    if "<" not in text and "&" not in text:
        return [line]
    marks = _MARK.findall(text)
    if not marks:
        return [line]
    touched.append(line.start)
    ledger.removed.extend(marks)
    tags = _TAG.search(text)
    parts = [html.unescape(_TAG.sub("", part)).replace("\xa0", " ") for part in _BREAK.split(text)]
    if tags and not any(part.strip() for part in parts):
        # A line of nothing but tags: a blank line in the browser, or none.
        return [line.with_text("")] if _BREAK.search(text) else []
    if parts and not parts[-1].strip() and len(parts) > 1:
        parts.pop()
    return [line.with_text(part.rstrip()) for part in parts]
