"""Finds what a PDF prints on every page (running heads, page numbers, stamps) and which pages are the title."""

import re
from collections import Counter, defaultdict

from backend.screenplay import headings
from backend.screenplay.pdf_lines import Metrics, PageLine

_PAGE_NUMBER = re.compile(
    r"^\W*(?:p(?:age|g)?\.?\s*)?(?P<label>\d{1,3}[A-Z]{0,2})(?:\s*(?:/|of)\s*\d{1,3})?\W*$", re.IGNORECASE
)
_NUMBER_IN_HEAD = re.compile(r"(?:^|\s)(?P<label>\d{1,3}[A-Z]{0,2})\.?\)?\s*$")
_CREDIT = re.compile(r"^\W*(?:written|screenplay|teleplay|story|script|roteiro|by|de|par|por|un film|a film)\b", re.I)
_SCRIPT = re.compile(r"^(?:FADE IN|CUT TO|OVER BLACK|COLD OPEN|TEASER|ACT ONE)\b")
_ZONE = 3


def running_lines(pages: list[list[PageLine]], metrics: Metrics) -> set[int]:
    """`id` of every line that belongs to the page and not to the script."""
    found: set[int] = set()
    needed = max(4, round(len(pages) * 0.6))
    same_place: dict[tuple[str, int, int], list[PageLine]] = defaultdict(list)
    for lines in pages:
        for line in lines:
            place = (line.text, round(line.baseline / 4), round(line.left / 8))
            same_place[place].append(line)
    for (text, _, _), same in same_place.items():
        if len({line.page for line in same}) >= needed and headings.candidate(text) is None:
            found.update(map(id, same))
    for from_top in (True, False):
        _add_zone(pages, metrics, found, from_top=from_top)
    return found


def _add_zone(pages: list[list[PageLine]], metrics: Metrics, found: set[int], *, from_top: bool) -> None:
    """The heights at the edge of the page where most pages have a number or one repeated line are running heads."""
    edges = [lines[:_ZONE] if from_top else lines[-_ZONE:][::-1] for lines in pages]
    places = Counter((_key(line.text), round(line.baseline / 3)) for edge in edges for line in edge)
    heights: Counter[int] = Counter()
    marked: Counter[int] = Counter()
    needed = max(3, round(len(pages) * 0.15))
    for edge in edges:
        for line in edge:
            height = round(line.baseline / 3)
            heights[height] += 1
            times = sum(places[(_key(line.text), height + d)] for d in (-1, 0, 1))
            marked[height] += bool(_PAGE_NUMBER.match(line.text)) or times >= needed
    heads = {height for height in heights if _is_head_height(height, heights, marked)}
    for edge in edges:
        is_head = [_is_head(edge, depth, heads, metrics, is_short=len(pages) < 4) for depth in range(len(edge))]
        # Where most pages have CONTINUED, another has the first words of a scene: a head repeats or counts.
        is_head = [
            head
            and (bool(re.search(r"\d", line.text)) or places[(_key(line.text), round(line.baseline / 3))] >= needed)
            for head, line in zip(is_head, edge, strict=True)
        ]
        for depth, line in enumerate(edge):
            # Nothing of the script stands outside a running head.
            if id(line) not in found and not is_head[depth]:
                break
            found.add(id(line))


def _is_head_height(height: int, heights: Counter[int], marked: Counter[int]) -> bool:
    near = sum(heights[height + d] for d in (-1, 0, 1))
    return near >= 3 and sum(marked[height + d] for d in (-1, 0, 1)) >= 0.5 * near


def _is_head(edge: list[PageLine], depth: int, heads: set[int], metrics: Metrics, *, is_short: bool) -> bool:
    """Whether a line at the edge is apart from the script: a name close over its speech is none, wherever it stands."""
    line = edge[depth]
    is_number = bool(_PAGE_NUMBER.match(line.text))
    inner = edge[depth + 1] if depth + 1 < len(edge) else None
    gap = abs(line.baseline - inner.baseline) / metrics.pitch if inner is not None else 9.0
    if is_short and is_number and gap > 1.5:
        return True
    if round(line.baseline / 3) not in heads or headings.candidate(line.text) is not None:
        return False
    return (
        is_number or gap > 1.2 or (inner is not None and _is_head(edge, depth + 1, heads, metrics, is_short=is_short))
    )


def page_labels(pages: list[list[PageLine]], running: set[int], first_page: int) -> list[str]:
    """The number each page prints, or counts from the pages that do."""
    printed: dict[int, str] = {}
    for index, lines in enumerate(pages):
        for line in lines:
            if id(line) not in running:
                continue
            match = _PAGE_NUMBER.match(line.text) or _NUMBER_IN_HEAD.search(line.text)
            if match and index not in printed:
                printed[index] = match["label"]
    offsets = Counter(int(label) - index for index, label in printed.items() if label.isdigit())
    offset = offsets.most_common(1)[0][0] if offsets else 1 - first_page
    labels: list[str] = []
    for index in range(len(pages)):
        label = printed.get(index)
        digits = int(re.sub(r"\D", "", label)) if label else None
        # A year or a revision number in the head is not the page's.
        plausible = digits is not None and abs(digits - index - offset) <= 40
        labels.append(label if label and plausible else str(max(1, index + offset)))
    return labels


def title_pages(pages: list[list[PageLine]], running: set[int], metrics: Metrics) -> int:
    """How many pages at the front are a title page: few lines, much air, no script on them."""
    count = 0
    has_title = False
    for lines in pages[:3]:
        own = [line for line in lines if id(line) not in running]
        # A cover that is a picture, or the empty back of the title page.
        if own:
            if has_title or not _is_title_page(own, metrics) or len(pages) == count + 1:
                break
            has_title = True
        count += 1
    return count if has_title else 0


def _is_title_page(lines: list[PageLine], metrics: Metrics) -> bool:
    texts = [line.text.strip() for line in lines]
    if not texts or len(texts) > 40 or any(_SCRIPT.match(text) for text in texts):
        return False
    if any((found := headings.candidate(text)) and found.is_prefixed for text in texts):
        return False
    has_credit = any(_CREDIT.match(text) for text in texts)
    airy = sum(line.air >= 2 for line in lines) >= 2 or (lines[0].baseline < 600 and len(lines) < 12)
    longest = max(line.pieces[-1].right - line.left for line in lines) / metrics.cell
    return has_credit or (airy and longest < 55 and len(texts) <= 25)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text.strip(" *"))).upper()
