"""Compares a screenplay with its revised draft: scenes and paragraphs, the same, changed, moved, added or gone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz.distance import Indel

from backend.screenplay import renames, scene_matching
from backend.screenplay.alignment import Paragraph, align, paragraphs
from backend.screenplay.models import Element, Scene
from backend.screenplay.scene_matching import Sketch

SceneKind = Literal["unchanged", "changed", "moved", "added", "omitted"]
ElementKind = Literal["same", "changed", "moved", "added", "removed"]

# Fewer words than this are found again in another scene by chance.
_MOVED_WORDS = 8
# From this likeness on an added scene is one that was omitted before.
_SAME_AGAIN = 0.6

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ElementPair:
    """A paragraph and what became of it. A place is (index of the scene, index of the element in it)."""

    kind: ElementKind
    old: Place | None
    new: Place | None


@dataclass(frozen=True)
class ScenePair:
    """A scene and what became of it, by index; `is_moved` also of one that is changed.

    `elements` are in script order. A paragraph that went to another scene stands in the lists of both. An omitted
    scene has a `new` where the draft keeps its number as a stub (12 OMITTED).
    """

    kind: SceneKind
    old: int | None
    new: int | None
    is_moved: bool
    score: float
    elements: list[ElementPair] = field(default_factory=list)


@dataclass(frozen=True)
class Revision:
    """The whole comparison: scenes in the order of the draft, the omitted ones where they were."""

    scenes: list[ScenePair]
    renamed: dict[str, str]


@dataclass(frozen=True)
class Words:
    """A stretch of words of a changed paragraph."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare(old: Sequence[Scene], new: Sequence[Scene]) -> Revision:
    """Match the scenes and elements of a draft with those of the script it revises. Deterministic."""
    renamed = renames.renamed(old, new)
    fold = renames.translate(renamed)
    left = [paragraphs(scene.elements, fold) for scene in old]
    right = [paragraphs(scene.elements, renames.folded) for scene in new]
    found = scene_matching.match(_sketches(old, left), _sketches(new, right))
    moved = scene_matching.moved(found)
    pairs: list[ScenePair] = [
        ScenePair("changed", i, j, i in moved, score, _elements(old, new, left, right, i, j))
        for i, (j, score) in found.items()
    ]
    taken = {j for j, _ in found.values()}
    stubs = {scene.number: j for j, scene in enumerate(new) if scene.is_omitted and scene.number and j not in taken}
    for i, scene in enumerate(old):
        if i not in found:
            stub = stubs.pop(scene.number, None) if scene.number else None
            gone = [ElementPair("removed", (i, k), None) for k in range(len(scene.elements))]
            pairs.append(ScenePair("omitted", i, stub, False, 0.0, gone))
            taken |= {stub} if stub is not None else set()
    for j, scene in enumerate(new):
        if j not in taken:
            come = [ElementPair("added", None, (j, k)) for k in range(len(scene.elements))]
            pairs.append(ScenePair("added", None, j, False, 0.0, come))
    pairs = _with_moves(pairs, _moves(pairs, left, right))
    return Revision(_in_draft_order([_judged(pair, old, new) for pair in pairs]), renamed)


def with_returning(revision: Revision, old: Sequence[Scene], gone: Sequence[Scene], new: Sequence[Scene]) -> Revision:
    """The comparison of `old` and `new` with scenes recognised that were omitted before and come back.

    `gone` are the omitted ones, as they were; their indexes go on behind those of `old`. A scene that comes back stays
    `added`, with the old one beside it. One that had left its number as a stub takes the stub's place.
    """
    open_pairs = {pair.new: pair for pair in revision.scenes if _is_open(pair, old, new)}
    added = [j for j in open_pairs if j is not None]
    if not gone or not added:
        return revision
    back: dict[int, ScenePair] = {}
    for pair in compare(gone, [new[j] for j in added]).scenes:
        if pair.old is None or pair.new is None or pair.kind == "omitted" or pair.score < _SAME_AGAIN:
            continue
        i, j = len(old) + pair.old, added[pair.new]
        told: list[ElementPair] = []
        for one in pair.elements:
            before = (i, one.old[1]) if one.old and one.old[0] == pair.old else None
            after = (j, one.new[1]) if one.new and one.new[0] == pair.new else None
            kind = one.kind if before and after else "removed" if before else "added"
            told.append(ElementPair(kind, before, after))
        back[j] = ScenePair("added", i, j, False, pair.score, told)
    scenes: list[ScenePair] = []
    for pair in revision.scenes:
        if pair.new in back and open_pairs[pair.new] is pair:
            scenes.append(back[pair.new])
            if pair.old is not None:
                scenes.append(ScenePair("omitted", pair.old, None, False, 0.0))
        else:
            scenes.append(pair)
    return replace(revision, scenes=scenes)


def _is_open(pair: ScenePair, old: Sequence[Scene], new: Sequence[Scene]) -> bool:
    """Whether all of a draft's scene is new: added as a whole, or put where a stub was."""
    if pair.new is None or new[pair.new].is_omitted or any(one.kind != "added" for one in pair.elements):
        return False
    return pair.kind == "added" or (pair.old is not None and pair.kind != "omitted" and old[pair.old].is_omitted)


def word_changes(old: str, new: str) -> list[Words]:
    """How one text became the other, in stretches of whole words."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    out: list[Words] = []
    gone = come = ""

    def close_gap() -> None:
        if gone:
            out.append(Words("removed", gone))
        if come:
            out.append(Words("added", come))

    for block in Indel.opcodes([w.strip() for w in before], [w.strip() for w in after]):
        taken, given = before[block.src_start : block.src_end], after[block.dest_start : block.dest_end]
        if block.tag == "equal":
            close_gap()
            gone = come = ""
            out.append(Words("same", "".join(given)))
        elif block.tag == "delete":
            gone += "".join(taken)
        else:
            come += "".join(given)
    close_gap()
    return out


def is_same(old: Element, new: Element) -> bool:
    """Whether two elements say the same; how their lines are broken does not count."""
    return (old.type, old.character, old.text.split()) == (new.type, new.character, new.text.split())


def _sketches(scenes: Sequence[Scene], own: Sequence[Sequence[Paragraph]]) -> list[Sketch]:
    return [
        Sketch.of(scene.number, renames.folded(scene.heading), paragraphs_, is_omitted=scene.is_omitted)
        for scene, paragraphs_ in zip(scenes, own, strict=True)
    ]


def _elements(
    old: Sequence[Scene],
    new: Sequence[Scene],
    left: Sequence[Sequence[Paragraph]],
    right: Sequence[Sequence[Paragraph]],
    i: int,
    j: int,
) -> list[ElementPair]:
    aligned = align(left[i], right[j])
    # What left one place of the scene and stands at another is the same paragraph, moved.
    gone: dict[object, list[int]] = {}
    for a, b in aligned:
        if a is not None and b is None:
            gone.setdefault(left[i][a].key, []).append(a)
    moves: dict[int, int] = {}
    for a, b in aligned:
        if a is None and b is not None and gone.get(right[j][b].key):
            moves[b] = gone[right[j][b].key].pop(0)
    out: list[ElementPair] = []
    for a, b in aligned:
        if a is not None and b is not None:
            kind: ElementKind = "same" if is_same(old[i].elements[a], new[j].elements[b]) else "changed"
            out.append(ElementPair(kind, (i, a), (j, b)))
        elif b is not None:
            out.append(
                ElementPair("moved", (i, moves[b]), (j, b)) if b in moves else ElementPair("added", None, (j, b))
            )
        elif a is not None and a not in moves.values():
            out.append(ElementPair("removed", (i, a), None))
    return out


def _moves(
    pairs: Sequence[ScenePair], left: Sequence[Sequence[Paragraph]], right: Sequence[Sequence[Paragraph]]
) -> dict[Place, Place]:
    """Old place → new place of the paragraphs that went to another scene, as when a scene is split or merged."""
    gone: dict[object, list[Place]] = {}
    come: dict[object, list[Place]] = {}
    for pair in pairs:
        for one in pair.elements:
            if one.kind == "removed" and one.old:
                gone.setdefault(left[one.old[0]][one.old[1]].key, []).append(one.old)
            elif one.kind == "added" and one.new:
                come.setdefault(right[one.new[0]][one.new[1]].key, []).append(one.new)
    found = {
        places[0]: come[key][0] for key, places in gone.items() if len(places) == 1 and len(come.get(key, ())) == 1
    }
    weight: Counter[tuple[int, int]] = Counter()
    for before, after in found.items():
        weight[before[0], after[0]] += len(left[before[0]][before[1]].words)
    return {b: a for b, a in found.items() if weight[b[0], a[0]] >= _MOVED_WORDS}


def _with_moves(pairs: list[ScenePair], moves: dict[Place, Place]) -> list[ScenePair]:
    if not moves:
        return pairs
    back = {after: before for before, after in moves.items()}

    def told(one: ElementPair) -> ElementPair:
        if one.kind == "removed" and one.old in moves:
            return ElementPair("moved", one.old, moves[one.old])
        if one.kind == "added" and one.new in back:
            return ElementPair("moved", back[one.new], one.new)
        return one

    return [replace(pair, elements=[told(one) for one in pair.elements]) for pair in pairs]


def _judged(pair: ScenePair, old: Sequence[Scene], new: Sequence[Scene]) -> ScenePair:
    if pair.kind != "changed" or pair.old is None or pair.new is None:
        return pair
    a, b = old[pair.old], new[pair.new]
    is_as_it_was = a.heading.split() == b.heading.split() and all(one.kind == "same" for one in pair.elements)
    if not is_as_it_was:
        return pair
    return replace(pair, kind="moved" if pair.is_moved else "unchanged", score=1.0)


def _in_draft_order(pairs: Sequence[ScenePair]) -> list[ScenePair]:
    """By the draft's order; an omitted scene behind the one it stood behind."""
    after = {pair.old: pair.new for pair in pairs if pair.old is not None and pair.kind != "omitted"}
    ordered: list[tuple[tuple[int, int], ScenePair]] = []
    last = -1
    for pair in sorted((p for p in pairs if p.kind == "omitted"), key=lambda p: p.old or 0):
        before = next((after[i] for i in range((pair.old or 0) - 1, -1, -1) if i in after), None)
        last = before if before is not None else -1
        ordered.append(((pair.new if pair.new is not None else last, 1 + (pair.old or 0)), pair))
    ordered.extend(((pair.new or 0, 0), pair) for pair in pairs if pair.kind != "omitted")
    return [pair for _, pair in sorted(ordered, key=lambda item: item[0])]
