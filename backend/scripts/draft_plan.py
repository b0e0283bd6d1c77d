"""What applying a draft does to scenes and paragraphs: which becomes which, in what order, under which number."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from uuid import UUID, uuid4

from backend.scenes.models import Scene, ScriptElement
from backend.scenes.numbering import number_revised
from backend.screenplay import Element
from backend.screenplay import Scene as ParsedScene
from backend.screenplay.carrying import Decided
from backend.screenplay.revision import Revision, ScenePair
from backend.shots.revising import Covering

Cause = Literal["script", "scene"]
# (index of the draft's scene, index of the element in it)
Place = tuple[int, int]


@dataclass(frozen=True)
class DraftScene:
    """A scene of the draft, and whether it plays elsewhere than the one before it.

    `decided` is what was decided about the scene at the import, or by an earlier draft, and holds in this one too.
    """

    parsed: ParsedScene
    is_new_location: bool
    decided: Sequence[Decided] = ()


@dataclass(frozen=True)
class Present:
    """The project as a draft finds it.

    `live` are all its scenes in script order, `old` those of the script that is revised, with `parsed` and `elements`
    as they are now, the last `binned_count` of them in the bin; `shots` cover them. `reserved` are the numbers of
    scenes in the bin.
    """

    live: Sequence[Scene]
    old: Sequence[Scene]
    binned_count: int
    parsed: Sequence[ParsedScene]
    elements: Sequence[Sequence[ScriptElement]]
    shots: Sequence[Covering]
    reserved: Sequence[str]

    @cached_property
    def parsed_by_id(self) -> dict[UUID, ParsedScene]:
        """The old scenes as parsed, by id."""
        return {scene.id: parsed for scene, parsed in zip(self.old, self.parsed, strict=True)}

    @cached_property
    def rows_by_id(self) -> dict[UUID, Sequence[ScriptElement]]:
        """The paragraphs of the old scenes, by the scene's id."""
        return {scene.id: rows for scene, rows in zip(self.old, self.elements, strict=True)}


@dataclass
class Placed:
    """A scene that takes the draft's words: `row` is the old one, perhaps from the bin, None where the scene is new.

    `elements` has for each paragraph of the draft the row that it keeps, None where it is new.
    """

    key: str
    row: Scene | None
    draft: DraftScene
    elements: list[tuple[Element, ScriptElement | None]]

    def __post_init__(self) -> None:
        self.ids = [row.id if row else uuid4() for _, row in self.elements]
        self.is_new_here = self.row is None or self.row.binned_at is not None


@dataclass(frozen=True)
class StaleShot:
    """A shot of a scene that stays, which the draft makes stale."""

    shot: Covering
    causes: list[Cause]


@dataclass
class Plan:
    """The outcome. Keys are the old scene's id, or `new-N` of the draft's scene N, counted from 0."""

    placed: list[Placed]
    binned: list[tuple[Scene, UUID | None]]
    order: list[str]
    numbers: dict[str, str | None]
    gone: list[UUID]
    homes: dict[UUID, str]
    anchors: dict[UUID, list[dict[str, Any]]] = field(default_factory=dict)
    stale: list[StaleShot] = field(default_factory=list)


def key_of(pair: ScenePair, old: Sequence[Scene]) -> str:
    """The stable name of a pair of scenes, by which a person decides on it."""
    return str(old[pair.old].id) if pair.old is not None else f"new-{pair.new}"


def left_out(draft: Sequence[DraftScene], revision: Revision) -> list[str]:
    """The keys of the added scenes that were left out before."""
    return [
        f"new-{pair.new}"
        for pair in revision.scenes
        if pair.kind == "added" and pair.old is None and pair.new is not None and "left_out" in draft[pair.new].decided
    ]


def make_plan(present: Present, draft: Sequence[DraftScene], revision: Revision, keep: Collection[str]) -> Plan:
    """Decide everything but which shots become stale.

    `keep` are the keys of the scenes that stay as they are, against the draft.
    """
    taken = [pair for pair in revision.scenes if key_of(pair, present.old) not in keep or _is_only_moved(pair)]
    staying = {pair.old for pair in taken if pair.old is not None and pair.kind != "omitted"}
    entered = {pair.new for pair in taken if pair.new is not None}
    heirs, homes = _inherit(present, taken, staying, entered)
    back = {place: row for row, place in heirs.items()}
    placed = [
        _place(pair, present, draft, back)
        for pair in sorted(taken, key=lambda pair: -1 if pair.new is None else pair.new)
        if pair.new is not None
    ]
    gone_scenes = {pair.old for pair in taken if pair.kind == "omitted"}
    gone = [
        row.id
        for index in staying
        for element, row in enumerate(present.elements[index])
        if (index, element) not in heirs
    ]
    binned = [(scene, _before(scene, present.live)) for index, scene in enumerate(present.old) if index in gone_scenes]
    still = {key for key in keep for pair in revision.scenes if key_of(pair, present.old) == key and pair.is_moved}
    order = _order(present, placed, {scene.id for scene, _ in binned}, still)
    return Plan(placed, binned, order, _numbers(present, placed, order), gone, homes)


def _is_only_moved(pair: ScenePair) -> bool:
    """To keep a scene that is only moved keeps its place; its words are the same."""
    return pair.kind == "moved"


def _inherit(
    present: Present, taken: Sequence[ScenePair], staying: Collection[int | None], entered: Collection[int]
) -> tuple[dict[Place, Place], dict[UUID, str]]:
    """Old place → new place of the elements that last, and the new homes of the shots that move with theirs.

    An element goes to another scene as itself only together with the shots that cover it: a shot plays in one scene.
    A shot that a person has put into another scene than its element's stays there while that element stays.
    """
    lasting: dict[Place, Place] = {}
    for pair in taken:
        for one in pair.elements:
            if one.old and one.new and one.new[0] in entered and (one.old[0] in staying or pair.kind == "omitted"):
                lasting[one.old] = one.new
    taken_old = {pair.old for pair in taken}
    lasting = {old: new for old, new in lasting.items() if old[0] in taken_old}
    own = {pair.old: pair.new for pair in taken if pair.kind != "omitted"}
    places = {str(row.id): (i, k) for i, rows in enumerate(present.elements) for k, row in enumerate(rows)}
    scene_at = {scene.id: index for index, scene in enumerate(present.old)}
    keys = {pair.new: key_of(pair, present.old) for pair in taken if pair.kind != "omitted"}
    keys |= {pair.new: f"new-{pair.new}" for pair in taken if pair.kind == "omitted" and pair.new is not None}
    homes: dict[UUID, str] = {}
    for shot in present.shots:
        covered = [places[a["id"]] for a in shot.anchors if a["id"] in places]
        at = scene_at[shot.scene_id]
        here = own.get(at)
        apart = {p for p in covered if p[0] != at and p in lasting and lasting[p][0] == own.get(p[0])}
        goals = Counter(here if place in apart else lasting[place][0] for place in covered if place in lasting)
        if not goals:
            continue
        home = max(goals, key=lambda goal: (goals[goal], goal == here, 0 if goal is None else -goal))
        if home != here:
            homes[shot.id] = keys[home]
        for place in covered:
            if place in lasting and place not in apart and lasting[place][0] != home:
                del lasting[place]
    return lasting, homes


def _place(pair: ScenePair, present: Present, draft: Sequence[DraftScene], back: dict[Place, Place]) -> Placed:
    assert pair.new is not None
    scene = draft[pair.new]
    row = present.old[pair.old] if pair.old is not None and pair.kind != "omitted" else None
    kept: list[tuple[Element, ScriptElement | None]] = []
    for index, element in enumerate(scene.parsed.elements):
        place = back.get((pair.new, index))
        kept.append((element, present.elements[place[0]][place[1]] if place else None))
    return Placed(str(row.id) if row else f"new-{pair.new}", row, scene, kept)


def _before(scene: Scene, live: Sequence[Scene]) -> UUID | None:
    at = next(index for index, one in enumerate(live) if one.id == scene.id)
    return live[at - 1].id if at else None


def _order(present: Present, placed: Sequence[Placed], binned: Collection[UUID], still: Collection[str]) -> list[str]:
    """All scenes of the project: the draft's in its order, every other behind the one it stood behind."""
    order = [one.key for one in placed if one.key not in still]
    new = {one.key for one in placed if one.is_new_here}
    previous: str | None = None
    for scene in present.live:
        key = str(scene.id)
        if scene.id in binned:
            continue
        if key not in order:
            at = order.index(previous) + 1 if previous is not None else 0
            while previous is not None and at < len(order) and order[at] in new:
                at += 1
            order.insert(at, key)
        previous = key
    return order


def _numbers(present: Present, placed: Sequence[Placed], order: Sequence[str]) -> dict[str, str | None]:
    """A draft's own numbers win, where the project has its script's; else what has a number keeps it."""
    rows = {str(scene.id): scene for scene in [*present.live, *present.old]}
    by_key = {one.key: one for one in placed}
    is_numbered = any(scene.scene_number for scene in present.live)
    if not is_numbered:
        # A script is numbered once, when it is locked; scenes that are not of it would be left without.
        is_all_of_it = all(key in by_key for key in order)
        if not is_all_of_it or not any(one.draft.parsed.number for one in placed):
            return dict.fromkeys(order)
    wanted: list[tuple[str | None, bool]] = []
    for key in order:
        one = by_key.get(key)
        if one is None:
            wanted.append((rows[key].scene_number, True))
        elif one.row is None or one.row.scene_number is None:
            wanted.append((one.draft.parsed.number, False))
        else:
            is_own = present.parsed_by_id[one.row.id].number in (one.row.scene_number, None)
            theirs = one.draft.parsed.number if is_own else None
            wanted.append((theirs or one.row.scene_number, False))
    return dict(zip(order, number_revised(wanted, present.reserved), strict=True))


def heading_of(one: Placed, present: Present) -> str:
    """The heading a scene gets: the draft's where the draft changes it, so that a person's own stays otherwise."""
    if one.row is None:
        return one.draft.parsed.heading
    before = present.parsed_by_id[one.row.id].heading
    return one.row.slugline if before.split() == one.draft.parsed.heading.split() else one.draft.parsed.heading


def says_the_same(row: ScriptElement, element: Element) -> bool:
    """Whether the draft leaves a paragraph as it is; how its lines are broken does not count."""
    return (row.type, row.character, row.text.split()) == (element.type, element.character, element.text.split())
