"""Makes one word again of what the end of a printed line parted at a hyphen."""

import re
from collections import Counter
from collections.abc import Sequence

from backend.screenplay.models import Element

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_COMPOUND = re.compile(r"[^\W\d_]-[^\W\d_]")
_DASH = re.compile(r"[^\W\d_]- [^\W\d_]")
_OPEN = re.compile(r"(?P<word>[^\W\d_]+)-$")
_REST = re.compile(r"[^\W\d_]+")


class Hyphens:
    """What the whole document, given its printed lines, says of its hyphens."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._words = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
        compounds = sum(len(_COMPOUND.findall(line)) for line in lines)
        # People who are interrupted by a dash: `I mean- no`.
        self._has_dashes = sum(len(_DASH.findall(line)) for line in lines) > 0.1 * compounds

    def mended(self, element: Element) -> Element:
        """The element without spaces inside of its words: `half-` over `empty` is `half-empty`.

        The hyphen goes where the script writes the word without one elsewhere. It stays a dash where the script has
        such dashes, unless the compound stands elsewhere too.
        """
        text = element.text
        for number in range(element.line_start, element.line_end):
            start = _OPEN.search(self._lines[number - 1].rstrip())
            rest = _REST.match(self._lines[number].lstrip())
            if start and rest:
                parted = f"{start['word']}- {rest.group()}"
                text = text.replace(parted, self._joined(start["word"], rest.group()) or parted, 1)
        return element if text == element.text else element.model_copy(update={"text": text})

    def _joined(self, start: str, rest: str) -> str | None:
        compound, is_lower = f"{start}-{rest}", rest[0].islower()
        if self._words[compound.casefold()]:
            return compound
        if self._words[f"{start}{rest}".casefold()] and is_lower:
            return start + rest
        return compound if is_lower and not self._has_dashes else None
