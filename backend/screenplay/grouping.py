"""Groups a scene's units into shots: the cuts that cost least, by length, by who is seen, by what the script asks."""

from collections.abc import Sequence
from itertools import pairwise

from backend.screenplay import durations
from backend.screenplay.shotlist import ShotSize
from backend.screenplay.units import Unit

MAX_LINES = 3
# What the shot document holds of an action.
MAX_DESCRIPTION = 600

Group = list[Unit]

# A cut the script asks for, or one that joins what no camera sees together. Joined only for a target number of shots.
_NEVER = 100.0
_SHOT = 1.0
_MOMENT = 2.5
# More units than this are never one shot by themselves.
_MOST_UNITS = 8


def group(units: Sequence[Unit], target: int | None) -> list[Group]:
    """The units as shots, in order, none empty; wanted and unwanted ones never share a shot.

    `target` is the number of shots wanted of the wanted units. It is met when there are that many units, and at least
    that few stretches of wanted units.
    """
    runs: list[list[Unit]] = []
    for unit in units:
        if runs and runs[-1][-1].is_wanted == unit.is_wanted:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    grouped = [_cheapest(run) for run in runs]
    if target is not None:
        _approach(grouped, target)
    return [shot for run in grouped for shot in run]


def seconds(units: Sequence[Unit]) -> float:
    """How long a shot of these units takes: voices over pictures run with them, everything else after another."""
    seen = sum(unit.picture_seconds for unit in units)
    said = sum(unit.speech_seconds for unit in units if unit.mode != "voice_over")
    over = sum(unit.speech_seconds for unit in units if unit.mode == "voice_over")
    return said + max(seen, over)


def _cheapest(run: list[Unit]) -> list[Group]:
    """The grouping of least cost: for each end the best start, from the first unit on."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    joins = [0.0] + [_join(a, b) for a, b in pairwise(run)]
    for end in range(1, len(run) + 1):
        choices: list[tuple[float, int]] = []
        joined = 0.0
        for start in range(end - 1, max(-1, end - 1 - _MOST_UNITS), -1):
            choices.append((best[start][0] + joined + _cost(run[start:end]), start))
            joined += joins[start]
            if joined >= _NEVER:
                break
        # Of equal costs the longest shot.
        best.append(min(choices))
    groups: list[Group] = []
    end = len(run)
    while end:
        start = best[end][1]
        groups.append(run[start:end])
        end = start
    return groups[::-1]


def _approach(runs: list[list[Group]], target: int) -> None:
    """Merge or split, each time where it costs least, until `target` shots are there or nothing is left to do."""
    wanted = [run for run in runs if run and run[0][0].is_wanted]
    count = sum(map(len, wanted))
    while count > target:
        merges = [
            (_price([*a, *b]) - _price(a) - _price(b), number, index)
            for number, run in enumerate(wanted)
            for index, (a, b) in enumerate(pairwise(run))
        ]
        if not merges:
            return
        _, number, index = min(merges)
        wanted[number][index : index + 2] = [[*wanted[number][index], *wanted[number][index + 1]]]
        count -= 1
    while count < target:
        splits = [
            (_price(shot[:at]) + _price(shot[at:]) - _price(shot), number, index, at)
            for number, run in enumerate(wanted)
            for index, shot in enumerate(run)
            for at in range(1, len(shot))
        ]
        if not splits:
            return
        _, number, index, at = min(splits)
        shot = wanted[number][index]
        wanted[number][index : index + 1] = [shot[:at], shot[at:]]
        count += 1


def _price(units: Group) -> float:
    return _cost(units) + sum(_join(a, b) for a, b in pairwise(units))


def _cost(units: Sequence[Unit]) -> float:
    """What a shot costs by itself: being one, its length, and being too full."""
    length = seconds(units)
    cost = _SHOT
    if length < durations.USEFUL:
        cost += 0.5 * (durations.USEFUL - length) ** 2
    elif length > durations.LONGEST and len(units) > 1:
        # Never by itself: what is divided into clips afterwards is better divided here. But a moment beside a speech
        # that is too long anyway is no clip of its own.
        over = length - max(durations.LONGEST, max(unit.picture_seconds + unit.speech_seconds for unit in units))
        is_moment = over <= _MOMENT and length - over > durations.LONGEST
        cost += over if is_moment else _NEVER + (length - durations.LONGEST) ** 2
    if len(units) == 1:
        return cost
    if sum(len(unit.lines) for unit in units) > MAX_LINES:
        cost += _NEVER
    if sum(len(unit.text) + 1 for unit in units) > MAX_DESCRIPTION:
        cost += _NEVER
    if len({name for unit in units for name in unit.speakers}) > 2 and not any(unit.is_dual for unit in units):
        cost += 2.0
    return cost


def _join(before: Unit, after: Unit) -> float:
    """What it costs to see two neighbours in one shot; below 0 for what belongs together."""
    if before.transition or _starts(after):
        return _NEVER
    if before.picture and before.picture.is_item:
        return _NEVER
    if before.picture and before.picture.is_label:
        # CLOSE ON MARA directs what follows.
        return -2.0
    if after.picture and before.picture:
        return _two_pictures(before, after)
    if after.picture:
        return _picture_after_speech(before, after)
    if before.picture:
        return _speech_after_picture(before, after)
    return _two_speeches(before, after)


def _starts(unit: Unit) -> bool:
    return unit.starts_shot or bool(unit.picture and (unit.picture.starts_shot or unit.picture.is_item))


def _is_detail(unit: Unit) -> bool:
    return bool(unit.picture and unit.picture.size in (ShotSize.INSERT, ShotSize.POINT_OF_VIEW))


def _two_pictures(before: Unit, after: Unit) -> float:
    assert after.picture is not None
    cost = 0.0
    if _is_detail(before):
        cost += 3.0
    if after.picture.starts_paragraph:
        # A paragraph is the writer's cut.
        cost += 1.0
    if before.shown and after.shown and not set(before.shown) & set(after.shown):
        cost += 2.0
    return cost


def _speech_after_picture(before: Unit, after: Unit) -> float:
    if after.mode == "voice_over":
        return -1.0
    if _is_detail(before):
        return _NEVER
    if after.mode == "off_screen":
        return -0.5
    if before.shown and not set(before.shown) & set(after.speakers):
        # Somebody else was seen.
        return 2.5
    return 0.0 if set(before.shown) & set(after.speakers) else 0.5


def _picture_after_speech(before: Unit, after: Unit) -> float:
    if before.mode == "voice_over":
        return 0.0
    if set(before.speakers) & set(after.shown):
        return 1.0
    return 2.5


def _two_speeches(before: Unit, after: Unit) -> float:
    if (before.mode == "voice_over") != (after.mode == "voice_over"):
        return 3.0
    if before.mode == "voice_over":
        return 0.0
    if before.is_intercut and before.speakers != after.speakers:
        # The two ends of a telephone are two pictures.
        return _NEVER
    if before.is_dual or after.is_dual:
        return 2.0
    return 0.0 if before.speakers == after.speakers else 0.7
