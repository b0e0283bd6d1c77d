"""How the elements of a scene are shared out among its shots: whole speeches, anchors, and parts divided by hand."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from backend.scenes.models import ScriptElement
from backend.screenplay.sentences import sentence_starts

# {"id": element, "digest": what it said then}; of a divided element also "start" and "end", offsets in its text.
Anchor = dict[str, Any]

_SPOKEN = ("dialogue", "parenthetical", "lyrics")
_DIVISIBLE = ("action", "dialogue", "lyrics")


def pieces(rows: Sequence[ScriptElement]) -> list[range]:
    """What no shot divides, as ranges of positions in `rows`: each speech whole, every other element alone."""
    out: list[range] = []
    start = 0
    while start < len(rows):
        first, end = rows[start], start + 1
        if first.type == "character" or (first.type in _SPOKEN and first.character):
            while end < len(rows) and rows[end].type in _SPOKEN and rows[end].character == first.character:
                end += 1
        out.append(range(start, end))
        start = end
    return out


def cue_of(rows: Sequence[ScriptElement], index: int) -> int | None:
    """The position of the cue over `rows[index]`; None where it is not spoken, or is the cue."""
    piece = next(piece for piece in pieces(rows) if index in piece)
    return piece.start if index > piece.start and rows[piece.start].type == "character" else None


def missing_of_speeches(rows: Sequence[ScriptElement], wanted: Collection[UUID]) -> list[ScriptElement]:
    """The elements that `wanted` leaves out of speeches which it begins to cover."""
    return [
        rows[index]
        for piece in pieces(rows)
        if any(rows[index].id in wanted for index in piece)
        for index in piece
        if rows[index].id not in wanted
    ]


def anchors_of(rows: Iterable[ScriptElement]) -> list[Anchor]:
    """Anchors over whole elements."""
    return [{"id": str(row.id), "digest": row.digest} for row in rows]


def without(anchors: Iterable[Anchor], element_ids: Collection[UUID]) -> list[Anchor]:
    """What is left of a shot's anchors when these elements are taken away."""
    gone = {str(element_id) for element_id in element_ids}
    return [anchor for anchor in anchors if anchor["id"] not in gone]


def text_of(row: ScriptElement, anchor: Anchor) -> str:
    """What the anchor covers of the element's text."""
    return row.text[anchor.get("start", 0) : anchor.get("end", len(row.text))].strip()


def is_part(anchor: Anchor) -> bool:
    """Whether the anchor covers only a part of its element."""
    return "start" in anchor


def divided(row: ScriptElement, anchor: Anchor, offset: int) -> tuple[Anchor, Anchor] | None:
    """The anchor cut in two at a sentence of its element; None when no sentence begins there."""
    start, end = anchor.get("start", 0), anchor.get("end", len(row.text))
    if row.type not in _DIVISIBLE or not start < offset < end or offset not in sentence_starts(row.text):
        return None
    return {**anchor, "start": start, "end": offset}, {**anchor, "start": offset, "end": end}


def united(first: Sequence[Anchor], second: Sequence[Anchor], rows: Sequence[ScriptElement]) -> list[Anchor] | None:
    """The anchors of two shots as those of one, in script order; None when parts of an element would lie apart."""
    place = {str(row.id): index for index, row in enumerate(rows)}
    by_id: dict[str, Anchor] = {}
    for anchor in [*first, *second]:
        known = by_id.get(anchor["id"])
        if known is None:
            by_id[anchor["id"]] = anchor
        elif is_part(known) and is_part(anchor):
            low, high = sorted((known, anchor), key=lambda part: int(part["start"]))
            if high["start"] > low["end"]:
                return None
            joined = {**low, "end": max(low["end"], high["end"])}
            row = rows[place[anchor["id"]]] if anchor["id"] in place else None
            is_whole = row is not None and joined["start"] == 0 and joined["end"] >= len(row.text)
            by_id[anchor["id"]] = {"id": low["id"], "digest": low["digest"]} if is_whole else joined
        else:
            by_id[anchor["id"]] = known if not is_part(known) else anchor
    # An element that a revised draft removed stays behind the others.
    return sorted(by_id.values(), key=lambda anchor: place.get(anchor["id"], len(place)))


def overlapping(anchors: Iterable[Anchor], others: Sequence[Anchor]) -> set[str]:
    """The ids of elements of which `anchors` and `others` cover the same words."""
    found: set[str] = set()
    for anchor in anchors:
        for other in others:
            if other["id"] == anchor["id"] and not (
                is_part(anchor)
                and is_part(other)
                and (anchor["end"] <= other["start"] or other["end"] <= anchor["start"])
            ):
                found.add(anchor["id"])
    return found


def split_points(rows: Sequence[ScriptElement], anchors: Sequence[Anchor]) -> list[tuple[ScriptElement, int | None]]:
    """Where a shot can be split: before an element it covers (offset None), or at a sentence inside one.

    Inside a speech only a sentence of its words is a place: its cue and parentheticals stay with what follows them.
    """
    held = {anchor["id"]: anchor for anchor in anchors}
    begins = {piece.start for piece in pieces(rows)}
    out: list[tuple[ScriptElement, int | None]] = []
    is_first = True
    for index, row in enumerate(rows):
        anchor = held.get(str(row.id))
        if anchor is None:
            continue
        if not is_first and index in begins and not anchor.get("start"):
            out.append((row, None))
        out.extend((row, offset) for offset in sentence_starts(row.text) if divided(row, anchor, offset))
        is_first = False
    return out
