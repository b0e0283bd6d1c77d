"""Tells where a page ends inside a paragraph or a speech, by where the lines on both sides of the break stand."""

import itertools
import re
from collections import Counter
from statistics import median

from backend.screenplay import headings
from backend.screenplay.pdf_lines import Metrics, PageLine

_ENDED = re.compile(r"[.!?:…\"”)*]$|--$|—$")
_BREAK_WORDS = re.compile(r"^\W*(?:\d+[A-Z]?\s+)?(?:CONTINUED|MORE|CONT['’]?D)\b", re.IGNORECASE)


def is_break_line(line: PageLine) -> bool:
    """Whether it only says that the page ends or goes on: (CONTINUED), 12 CONTINUED:, (MORE)."""
    return bool(_BREAK_WORDS.match(line.text))


class PageBreaks:
    """The page breaks of a document, given its pages without the title page. `action` is the column of action."""

    def __init__(self, pages: list[list[PageLine]], running: set[int], metrics: Metrics) -> None:
        self._cell = metrics.cell
        own = [[line for line in lines if id(line) not in running] for lines in pages]
        self._first = {id(lines[0]) for lines in own if lines}
        body = [line for lines in own for line in lines]
        columns = Counter(round(line.left / metrics.cell) for line in body)
        common = [column for column, count in columns.items() if count >= 0.05 * len(body)]
        self.action = min(common, default=0)
        self._speech = self._speech_column(own)
        self._full = median(sorted((line.pieces[-1].right for line in body), reverse=True)[: max(1, len(body) // 10)])
        self._runs_on: set[int] = set()
        before: PageLine | None = None
        for lines in own:
            if lines and before is not None and self._goes_on(before, lines[0]):
                self._runs_on.add(id(lines[0]))
            before = lines[-1] if lines else before

    def is_first(self, line: PageLine) -> bool:
        """Whether it is the first line of the script on its page."""
        return id(line) in self._first

    def runs_on(self, line: PageLine) -> bool:
        """Whether it goes on with what the page before began."""
        return id(line) in self._runs_on

    def _speech_column(self, pages: list[list[PageLine]]) -> int | None:
        under: Counter[int] = Counter()
        for lines in pages:
            for above, line in itertools.pairwise(lines):
                if (
                    line.air == 0
                    and above.air
                    and self._column(above) >= self._column(line) > self.action + 2
                    and headings.upper_share(above.text) > 0.95
                    and not headings.upper_share(line.text) > 0.95
                ):
                    under[self._column(line)] += 1
        return under.most_common(1)[0][0] if under else None

    def _column(self, line: PageLine) -> int:
        return round(line.left / self._cell)

    def _goes_on(self, before: PageLine, first: PageLine) -> bool:
        if is_break_line(first) or is_break_line(before) or headings.candidate(first.text):
            return False
        column, last = self._column(first), self._column(before)
        if self._speech is not None and abs(column - self._speech) <= 7 and abs(last - self._speech) <= 12:
            # Speech cannot begin without a name over it.
            is_name = headings.upper_share(first.text) > 0.95 and column >= self._speech
            return column > self.action + 2 and last > self.action + 2 and not is_name
        if abs(column - self.action) > 2 or abs(last - self.action) > 2:
            return False
        reaches_edge = before.pieces[-1].right > self._full - 14 * self._cell
        return first.text[:1].islower() or (reaches_edge and not _ENDED.search(before.text))
