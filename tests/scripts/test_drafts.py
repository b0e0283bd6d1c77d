"""Revised drafts through the API: what did not change keeps everything, and what did says so."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from backend.clients.storage import StoredFileMissing
from tests.conftest import Import, World

SCRIPT = """\
INT. LAMP ROOM - NIGHT #1#

Rain needles the glass. MARA winds the old brass lamp by hand.

MARA
One more night, and then the boat.

EXT. GALLERY - NIGHT #2#

Mara leans into the wind. Far out, a ship's light goes out.

INT. KITCHEN - MORNING #3#

The kettle screams on the stove. Nobody comes to take it off the fire.

JON
(at the stairs)
Mara? Your tea is going cold.

EXT. JETTY - DAY #4#

A grey boat ties up. The postman jumps across with a leather bag.
"""
KITCHEN = SCRIPT[SCRIPT.index("INT. KITCHEN") : SCRIPT.index("EXT. JETTY")]
GALLERY = SCRIPT[SCRIPT.index("EXT. GALLERY") : SCRIPT.index("INT. KITCHEN")]

Shot = dict[str, Any]
Upload = Callable[[str], Awaitable[dict[str, Any]]]


@pytest.fixture
async def upload(client: httpx2.AsyncClient, project_id: str, import_script: Import) -> Upload:
    """With the script imported: takes in a draft and returns its comparison."""
    await import_script(SCRIPT.encode(), "lighthouse.fountain")

    async def run(text: str) -> dict[str, Any]:
        files = {"file": ("lighthouse-blue.fountain", text.encode())}
        answer = await client.post(f"projects/{project_id}/drafts", files=files)
        assert answer.status_code == 201, answer.text
        detail: dict[str, Any] = (await client.get(f"drafts/{answer.json()['id']}")).json()
        return detail

    return run


async def shots_of(client: httpx2.AsyncClient, project_id: str) -> list[Shot]:
    items: list[Shot] = (await client.get(f"projects/{project_id}/shots")).json()["items"]
    return items


async def scenes_of(client: httpx2.AsyncClient, project_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    return items


async def apply(world: World, client: httpx2.AsyncClient, draft: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = await client.post(
        f"drafts/{draft['id']}/apply", json={"version": draft["version"], "engine": "rules", **body}
    )
    assert answer.status_code == 200, answer.text
    await world.run_jobs()
    applied: dict[str, Any] = answer.json()
    return applied


async def with_documents(world: World, client: httpx2.AsyncClient, project_id: str) -> list[Shot]:
    """Every shot with a document of the built-in rules."""
    for shot in await shots_of(client, project_id):
        await client.post(f"shots/{shot['id']}/generate-flow?engine=rules")
    await world.run_jobs()
    shots = await shots_of(client, project_id)
    assert {shot["status"] for shot in shots} == {"ready"}
    return shots


def in_scene(shots: list[Shot], number: str) -> list[Shot]:
    return [shot for shot in shots if shot["number"].rstrip("ABCDEFGH") == number]


async def test_a_draft_is_shown_beside_the_script_and_changes_nothing(
    client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await shots_of(client, project_id)
    added = "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps.\n\n"
    draft = await upload(
        SCRIPT.replace(GALLERY, GALLERY + added)
        .replace("Your tea is going cold", "Your tea is cold")
        .replace("jumps across with a leather bag", "stays aboard")
    )
    assert draft["counts"] == {"unchanged": 2, "changed": 2, "moved": 0, "added": 1, "omitted": 0}
    assert [scene["kind"] for scene in draft["scenes"]] == ["unchanged", "unchanged", "added", "changed", "changed"]
    kitchen = draft["scenes"][3]
    assert (kitchen["old"]["number"], kitchen["new"]["number"]) == ("3", "3")
    [line] = [one for one in kitchen["elements"] if one["kind"] != "same"]
    assert (line["kind"], line["old"], line["new"]) == (
        "changed",
        "Mara? Your tea is going cold.",
        "Mara? Your tea is cold.",
    )
    assert line["words"] == [
        {"kind": "same", "text": "Mara? Your tea is "},
        {"kind": "removed", "text": "going "},
        {"kind": "same", "text": "cold."},
    ]
    speech = next(shot for shot in before if shot["dialogue"] and shot["dialogue"][0]["character"] == "JON")
    assert kitchen["stale_shots"] == [{"id": speech["id"], "number": speech["number"], "causes": ["script"]}]
    assert await shots_of(client, project_id) == before
    assert (await client.get(f"projects/{project_id}/scripts")).json()["total"] == 1
    listed = (await client.get(f"projects/{project_id}/drafts")).json()
    assert [(one["filename"], one["script_filename"]) for one in listed["items"]] == [
        ("lighthouse-blue.fountain", "lighthouse.fountain")
    ]


async def test_unchanged_scenes_keep_their_shots_byte_for_byte(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    draft = await upload(SCRIPT.replace("One more night, and then the boat.", "One more night."))
    await apply(world, client, draft)
    after = await shots_of(client, project_id)
    assert [shot["id"] for shot in after] == [shot["id"] for shot in before]
    assert [shot for shot in after if not shot["number"].startswith("1")] == [
        shot for shot in before if not shot["number"].startswith("1")
    ]
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new["stale_causes"] for _, new in changed] == [["script"]]
    old, new = changed[0]
    assert [line["line"] for line in new["dialogue"]] == ["One more night."]
    assert new["veo_json_payload"] == old["veo_json_payload"]
    assert new["script_changes"][0]["change"] == "changed"


async def test_lines_move_with_the_script_and_make_nothing_stale(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    draft = await upload("Title: The Lighthouse\nDraft date: today\n\n" + SCRIPT)
    assert draft["counts"]["unchanged"] == 4
    applied = await apply(world, client, draft)
    assert (applied["stale_shots"], applied["job_id"]) == ([], None)
    after = await shots_of(client, project_id)
    assert [shot["line_start"] for shot in after] == [shot["line_start"] + 3 for shot in before]
    keys = ("line_start", "line_end")
    assert [{k: v for k, v in shot.items() if k not in keys} for shot in after] == [
        {k: v for k, v in shot.items() if k not in keys} for shot in before
    ]
    [script] = (await client.get(f"projects/{project_id}/scripts")).json()["items"]
    assert (script["id"], script["filename"], script["scene_count"]) == (draft["id"], "lighthouse-blue.fountain", 4)


async def test_a_stale_shot_is_kept_as_it_is_by_accepting_the_script(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await with_documents(world, client, project_id)
    draft = await upload(SCRIPT.replace("The kettle screams", "A kettle screams").replace("(at the stairs)\n", ""))
    applied = await apply(world, client, draft)
    assert {stale["number"] for stale in applied["stale_shots"]} == {
        shot["number"] for shot in await shots_of(client, project_id) if shot["stale_causes"]
    }
    for stale in applied["stale_shots"]:
        answer = await client.post(f"shots/{stale['id']}/accept-script")
        assert answer.status_code == 200
        assert (answer.json()["stale_causes"], answer.json()["script_changes"]) == ([], [])
    coverage = (await client.get(f"scripts/{draft['id']}/elements")).json()
    assert coverage["covered_count"] == coverage["total"]


async def test_breaking_a_scene_down_again_replaces_its_stale_shots_and_keeps_the_others(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await with_documents(world, client, project_id)
    await apply(world, client, await upload(SCRIPT.replace("tea is going cold", "tea is cold")))
    before = in_scene(await shots_of(client, project_id), "3")
    stale = [shot["id"] for shot in before if shot["stale_causes"]]
    assert stale
    assert len(stale) < len(before)
    body = {"scene_ids": [before[0]["scene_id"]], "engine": "rules", "replace_stale": True}
    assert (await client.post(f"projects/{project_id}/breakdowns", json=body)).status_code == 202
    await world.run_jobs()
    after = in_scene(await shots_of(client, project_id), "3")
    assert {shot["id"] for shot in before} - {shot["id"] for shot in after} == set(stale)
    assert not any(shot["stale_causes"] for shot in after)
    said = [line["line"] for shot in after for line in shot["dialogue"]]
    assert said == ["Mara? Your tea is cold."]


async def test_a_divided_speech_that_changes_is_whole_again_in_its_first_shot(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await upload(SCRIPT)
    speech = next(s for s in await shots_of(client, project_id) if s["dialogue"] and s["number"].startswith("3"))
    elements = (await client.get(f"scenes/{speech['scene_id']}/elements")).json()["items"]
    words = next(one for one in elements if one["type"] == "dialogue")
    body = {"element_id": words["id"], "offset": len("Mara? ")}
    answer = await client.post(f"shots/{speech['id']}/split", json=body)
    assert answer.status_code in (200, 201), answer.text
    await apply(world, client, await upload(SCRIPT.replace("tea is going cold", "tea is cold")))
    holding = [s for s in await shots_of(client, project_id) if words["id"] in s["element_ids"]]
    assert [[line["line"] for line in s["dialogue"]] for s in holding] == [["Mara? Your tea is cold."], []]
    assert [s["stale_causes"] for s in holding] == [["script"], ["script"]]
    kept = (await client.post(f"shots/{holding[1]['id']}/accept-script")).json()
    assert words["id"] not in kept["element_ids"]


async def test_every_speech_is_verbatim_in_exactly_one_shot_after_a_draft(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(
        SCRIPT.replace("JON\n(at the stairs)\nMara? Your", "MARA\nNobody?\n\nJON\n(softly)\nIt is late. Your")
        .replace("MARA", "MIRA")
        .replace("Mara", "Mira")
    )
    assert draft["renamed"] == {"MARA": "MIRA"}
    await apply(world, client, draft)
    shots = await shots_of(client, project_id)
    said = [(line["character"], line["line"]) for shot in shots for line in shot["dialogue"]]
    elements = (await client.get(f"scripts/{draft['id']}/elements")).json()["items"]
    covered = {one["id"]: one["shot_ids"] for one in elements}
    script = [(one["character"], one["text"]) for one in elements if one["type"] == "dialogue"]
    assert said == [line for line in script if line != ("MIRA", "Nobody?")]
    assert {len(covered[one["id"]]) for one in elements if one["text"] not in ("Nobody?", "MIRA")} == {1}
    assert "MARA" not in {name for shot in shots for name in shot["characters"]}
    deliveries = [line["delivery"] for shot in shots for line in shot["dialogue"] if line["character"] == "JON"]
    assert deliveries == ["softly"]


async def test_added_scenes_are_broken_down_as_a_run_that_can_be_reverted(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await shots_of(client, project_id)
    added = "INT. CELLAR - NIGHT\n\nWater stands on the steps.\n\nEXT. CLIFF - NIGHT\n\nGulls sleep in the lee.\n\n"
    draft = await upload(SCRIPT.replace(KITCHEN, added + KITCHEN))
    applied = await apply(world, client, draft)
    scenes = await scenes_of(client, project_id)
    assert [scene["number"] for scene in scenes] == ["1", "2", "2A", "2B", "3", "4"]
    assert [scene["sequence_number"] for scene in scenes] == [1, 2, 3, 4, 5, 6]
    assert [(scene["number"], scene["slugline"]) for scene in applied["added"]] == [
        ("2A", "INT. CELLAR - NIGHT"),
        ("2B", "EXT. CLIFF - NIGHT"),
    ]
    assert all(scene["shot_count"] and not scene["uncovered_count"] for scene in scenes)
    [run, *_] = (await client.get(f"projects/{project_id}/breakdown-runs")).json()["items"]
    assert (run["kind"], run["label"]) == ("draft", "lighthouse-blue.fountain")
    assert (await client.post(f"breakdown-runs/{run['id']}/revert", json={})).status_code == 200
    assert {shot["id"] for shot in await shots_of(client, project_id)} == {shot["id"] for shot in before}


async def test_omitted_scenes_go_to_the_bin_and_come_back_to_their_place_with_everything(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    draft = await upload(SCRIPT.replace(GALLERY + KITCHEN, ""))
    applied = await apply(world, client, draft)
    assert [scene["number"] for scene in applied["binned"]] == ["2", "3"]
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "4"]
    held = (await client.get(f"projects/{project_id}/bin")).json()
    assert {(one["number"], one["slugline"], one["ready_count"]) for one in held["items"]} == {
        (number, slugline, len(in_scene(before, number)))
        for number, slugline in (("2", "EXT. GALLERY - NIGHT"), ("3", "INT. KITCHEN - MORNING"))
    }
    by_number = {one["number"]: one["id"] for one in held["items"]}
    for number in ("3", "2"):
        answer = await client.post(f"scenes/{by_number[number]}/restore")
        assert answer.status_code == 200, answer.text
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "2", "3", "4"]
    after = await shots_of(client, project_id)
    assert in_scene(after, "2") + in_scene(after, "3") == in_scene(before, "2") + in_scene(before, "3")
    again = await client.post(f"scenes/{by_number['2']}/restore")
    assert (again.status_code, again.json()["code"]) == (409, "scenes.not_binned")


async def test_a_scene_that_was_omitted_before_comes_back_with_its_shots_when_the_next_draft_has_it(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    await apply(world, client, await upload(SCRIPT.replace(KITCHEN, "").replace(GALLERY, "")))
    draft = await upload(SCRIPT.replace(GALLERY, "").replace("tea is going cold", "tea is cold"))
    [kitchen] = [scene for scene in draft["scenes"] if scene["kind"] == "added"]
    assert (kitchen["old"]["number"], kitchen["new"]["number"]) == ("3", "3")
    assert kitchen["shot_count"] == len(in_scene(before, "3"))
    applied = await apply(world, client, draft)
    assert ([scene["number"] for scene in applied["added"]], applied["job_id"]) == (["3"], None)
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "3", "4"]
    after = in_scene(await shots_of(client, project_id), "3")
    assert [shot["id"] for shot in after] == [shot["id"] for shot in in_scene(before, "3")]
    assert [shot["veo_json_payload"] for shot in after] == [s["veo_json_payload"] for s in in_scene(before, "3")]
    assert [shot["stale_causes"] for shot in after if shot["dialogue"]] == [["script"]]
    held = (await client.get(f"projects/{project_id}/bin")).json()
    assert [scene["number"] for scene in held["items"]] == ["2"]


async def test_a_scene_comes_back_to_the_number_that_was_kept_for_it(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await shots_of(client, project_id)
    await apply(world, client, await upload(SCRIPT.replace(GALLERY, ".OMITTED #2#\n\n")))
    applied = await apply(world, client, await upload(SCRIPT))
    assert applied["job_id"] is None
    assert [(s["number"], s["is_omitted"]) for s in await scenes_of(client, project_id)] == [
        (number, False) for number in "1234"
    ]
    assert await shots_of(client, project_id) == before
    assert (await client.get(f"projects/{project_id}/bin")).json()["total"] == 0


async def test_a_scene_from_the_bin_stays_there_when_that_is_decided(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await apply(world, client, await upload(SCRIPT.replace(GALLERY, "")))
    draft = await upload(SCRIPT)
    [key] = [scene["key"] for scene in draft["scenes"] if scene["kind"] == "added"]
    await apply(world, client, draft, keep=[key])
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "3", "4"]
    assert (await client.get(f"projects/{project_id}/bin")).json()["total"] == 1


async def test_a_number_kept_as_omitted_gives_way_when_its_scene_comes_back(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(SCRIPT.replace(GALLERY, ".OMITTED #2#\n\n"))
    applied = await apply(world, client, draft)
    assert [(s["number"], s["is_omitted"]) for s in await scenes_of(client, project_id)] == [
        ("1", False),
        ("2", True),
        ("3", False),
        ("4", False),
    ]
    assert (await client.post(f"scenes/{applied['binned'][0]['id']}/restore")).json()["number"] == "2"
    assert [(s["number"], s["is_omitted"]) for s in await scenes_of(client, project_id)] == [
        (number, False) for number in "1234"
    ]


async def test_a_binned_scene_is_deleted_for_good_only_when_asked(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    applied = await apply(world, client, await upload(SCRIPT.replace(GALLERY, "")))
    scene_id = applied["binned"][0]["id"]
    assert (await client.delete(f"scenes/{scene_id}")).status_code == 204
    assert (await client.get(f"projects/{project_id}/bin")).json()["total"] == 0
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "3", "4"]


async def test_a_moved_scene_moves_with_its_shots(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    draft = await upload(SCRIPT.replace(GALLERY, "") + "\n" + GALLERY)
    moved = next(scene for scene in draft["scenes"] if scene["is_moved"])
    assert (moved["kind"], moved["old"]["position"], moved["new"]["position"]) == ("moved", 2, 4)
    applied = await apply(world, client, draft)
    assert applied["stale_shots"] == []
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "3", "4", "2"]
    after = await shots_of(client, project_id)
    assert {shot["id"]: shot["veo_json_payload"] for shot in after} == {
        shot["id"]: shot["veo_json_payload"] for shot in before
    }
    assert not any(shot["stale_causes"] for shot in after)


async def test_what_is_kept_stays_against_the_draft(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    added = "INT. CELLAR - NIGHT\n\nWater stands on the steps.\n\n"
    draft = await upload(
        SCRIPT.replace(GALLERY, "").replace(KITCHEN, added + KITCHEN).replace("tea is going", "tea went")
    )
    keys = {scene["kind"]: scene["key"] for scene in draft["scenes"]}
    applied = await apply(world, client, draft, keep=[keys["omitted"], keys["changed"], keys["added"]])
    assert (applied["kept_count"], applied["binned"], applied["added"]) == (3, [], [])
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "2", "3", "4"]
    after = await shots_of(client, project_id)
    assert in_scene(after, "2") + in_scene(after, "3") == in_scene(before, "2") + in_scene(before, "3")
    scripts = (await client.get(f"projects/{project_id}/scripts")).json()["items"]
    assert [(s["filename"], s["scene_count"], s["is_superseded"]) for s in scripts] == [
        ("lighthouse-blue.fountain", 2, False),
        ("lighthouse.fountain", 2, True),
    ]


async def test_a_kept_scene_is_known_again_in_the_next_draft(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(SCRIPT.replace(GALLERY, ""))
    [omitted] = [scene["key"] for scene in draft["scenes"] if scene["kind"] == "omitted"]
    await apply(world, client, draft, keep=[omitted])
    files = {"file": ("pink.fountain", SCRIPT.encode())}
    made = (await client.post(f"projects/{project_id}/drafts", files=files)).json()
    detail = (await client.get(f"drafts/{made['id']}")).json()
    assert detail["counts"] == {"unchanged": 4, "changed": 0, "moved": 0, "added": 0, "omitted": 0}


async def test_a_split_scene_takes_its_shots_along(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = await with_documents(world, client, project_id)
    draft = await upload(SCRIPT.replace("JON\n(at", "INT. STAIRS - MORNING\n\nJON\n(at"))
    await apply(world, client, draft)
    after = await shots_of(client, project_id)
    assert {shot["id"] for shot in after} == {shot["id"] for shot in before}
    scenes = {scene["number"]: scene for scene in await scenes_of(client, project_id)}
    assert list(scenes) == ["1", "2", "3", "3A", "4"]
    assert [scene["uncovered_count"] for scene in scenes.values()] == [0, 0, 0, 0, 0]
    speech = next(shot for shot in after if shot["dialogue"] and shot["dialogue"][0]["character"] == "JON")
    assert speech["scene_id"] == scenes["3A"]["id"]
    assert speech["veo_json_payload"] is not None


async def test_a_shot_that_straddles_a_split_stays_with_most_of_it_and_says_what_is_gone(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await upload(SCRIPT)
    scene = (await scenes_of(client, project_id))[2]
    elements = (await client.get(f"scenes/{scene['id']}/elements")).json()["items"]
    [first, *rest] = [shot for shot in await shots_of(client, project_id) if shot["scene_id"] == scene["id"]]
    for shot in rest:
        await client.delete(f"shots/{shot['id']}")
    anchors = await world.sql(
        "UPDATE shots SET anchors = (SELECT jsonb_agg(jsonb_build_object('id', id, 'digest', digest) ORDER BY position)"
        " FROM script_elements WHERE scene_id = shots.scene_id) WHERE id = :id RETURNING 1",
        id=first["id"],
    )
    assert anchors == [(1,)]
    assert len(elements) == 4
    draft = await upload(SCRIPT.replace("JON\n(at", "INT. STAIRS - MORNING\n\nJON\n(at"))
    assert {s["id"] for one in draft["scenes"] for s in one["stale_shots"]} == {first["id"]}
    await apply(world, client, draft)
    shot = (await client.get(f"shots/{first['id']}")).json()
    stairs = (await scenes_of(client, project_id))[3]
    assert (stairs["slugline"], shot["scene_id"]) == ("INT. STAIRS - MORNING", stairs["id"])
    assert shot["stale_causes"] == ["script"]
    assert [change["change"] for change in shot["script_changes"]] == ["removed"]


async def test_a_draft_that_no_longer_does_what_was_shown_is_refused(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(SCRIPT.replace(GALLERY, ""))
    [shot, *_] = [s for s in await shots_of(client, project_id) if s["number"].startswith("2")]
    await client.post(f"scenes/{shot['scene_id']}/shots", json={"description": "A gull lands on the rail."})
    body = {"version": draft["version"], "engine": "rules"}
    refused = await client.post(f"drafts/{draft['id']}/apply", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "scripts.draft_outdated")
    assert refused.json()["fix"]
    assert len(await scenes_of(client, project_id)) == 4
    again = (await client.get(f"drafts/{draft['id']}")).json()
    await apply(world, client, again)
    assert len(await scenes_of(client, project_id)) == 3


async def test_an_edit_that_the_draft_does_not_touch_does_not_get_in_its_way(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(SCRIPT.replace("One more night, and then", "One night, and then"))
    shot = (await shots_of(client, project_id))[-1]
    await client.patch(f"shots/{shot['id']}", json={"description": "The boat, from above."})
    await apply(world, client, draft)
    assert (await client.get(f"shots/{shot['id']}")).json()["description"] == "The boat, from above."


async def test_a_draft_is_applied_once_and_then_tells_what_it_did(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(SCRIPT.replace("going cold", "cold"))
    applied = await apply(world, client, draft)
    again = await client.post(f"drafts/{draft['id']}/apply", json={"version": draft["version"], "engine": "rules"})
    assert (again.status_code, again.json()["code"]) == (409, "scripts.draft_applied")
    detail = (await client.get(f"drafts/{draft['id']}")).json()
    assert (detail["applied"], detail["scenes"]) == (applied, [])
    assert detail["applied_at"]
    assert (await client.delete(f"drafts/{draft['id']}")).status_code == 409
    assert (await client.get(f"projects/{project_id}/drafts")).json()["total"] == 0


async def test_a_discarded_draft_is_gone_with_its_file(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    draft = await upload(SCRIPT.replace("going cold", "cold"))
    [(key,)] = await world.sql("SELECT s3_key FROM scripts WHERE id = :id", id=draft["id"])
    assert await world.resources.storage.get_bytes(str(key))
    assert (await client.delete(f"drafts/{draft['id']}")).status_code == 204
    gone = await client.get(f"drafts/{draft['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "scripts.draft_not_found")
    await world.run_jobs()
    with pytest.raises(StoredFileMissing):
        await world.resources.storage.get_bytes(str(key))


async def test_an_apply_whose_connection_dies_half_way_leaves_everything_as_it_was(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    before = (await scenes_of(client, project_id), await shots_of(client, project_id))
    draft = await upload(SCRIPT.replace(GALLERY, "").replace("going cold", "cold"))
    body = {"version": draft["version"], "engine": "rules"}
    changed = draft["scenes"][-2]["scene_id"]
    # Another session holds a paragraph, so that the apply waits where it has binned and renumbered scenes already.
    async with world.resources.engine.connect() as other:
        await other.execute(
            text("SELECT 1 FROM script_elements WHERE scene_id = :id FOR UPDATE").bindparams(id=UUID(changed))
        )
        applying = asyncio.create_task(client.post(f"drafts/{draft['id']}/apply", json=body))
        killed: list[tuple[object, ...]] = []
        while not killed and not applying.done():
            await asyncio.sleep(0.05)
            killed = await world.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND query LIKE '%UPDATE script_elements%' AND datname = current_database()"
            )
        answer = await applying
        await other.rollback()
    assert killed == [(True,)]
    assert answer.status_code >= 500
    assert (await scenes_of(client, project_id), await shots_of(client, project_id)) == before
    assert (await client.get(f"projects/{project_id}/bin")).json()["total"] == 0
    await apply(world, client, (await client.get(f"drafts/{draft['id']}")).json())
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "3", "4"]


async def test_two_applies_at_once_apply_once(client: httpx2.AsyncClient, project_id: str, upload: Upload) -> None:
    draft = await upload(SCRIPT.replace(GALLERY, "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps.\n\n"))
    body = {"version": draft["version"], "engine": "rules"}
    answers = await asyncio.gather(*(client.post(f"drafts/{draft['id']}/apply", json=body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "2A", "3", "4"]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [(b"", 422, "scripts.empty"), (b"PK\x03\x04" + b"\x00" * 40, 415, "scripts.unsupported_format")],
)
async def test_a_file_that_an_import_refuses_is_refused_as_a_draft(
    client: httpx2.AsyncClient, project_id: str, import_script: Import, data: bytes, status: int, code: str
) -> None:
    await import_script(SCRIPT.encode())
    answer = await client.post(f"projects/{project_id}/drafts", files={"file": ("a.fountain", data)})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await client.get(f"projects/{project_id}/drafts")).json()["total"] == 0


async def test_a_project_without_a_script_has_nothing_to_revise(client: httpx2.AsyncClient, project_id: str) -> None:
    answer = await client.post(f"projects/{project_id}/drafts", files={"file": ("a.fountain", SCRIPT.encode())})
    assert (answer.status_code, answer.json()["code"]) == (409, "scripts.nothing_to_revise")


async def test_a_scene_key_of_another_comparison_is_refused(client: httpx2.AsyncClient, upload: Upload) -> None:
    draft = await upload(SCRIPT)
    answer = await client.post(f"drafts/{draft['id']}/apply", json={"version": draft["version"], "keep": ["new-9"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "scripts.unknown_scene_key")


async def test_an_unnumbered_script_stays_unnumbered(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    plain = SCRIPT.replace(" #1#", "").replace(" #2#", "").replace(" #3#", "").replace(" #4#", "")
    await import_script(plain.encode())
    shots = await with_documents(world, client, project_id)
    text = plain.replace("INT. KITCHEN", "INT. CELLAR - NIGHT\n\nWater stands on the steps.\n\nINT. KITCHEN")
    made = (await client.post(f"projects/{project_id}/drafts", files={"file": ("a.fountain", text.encode())})).json()
    draft = (await client.get(f"drafts/{made['id']}")).json()
    applied = await apply(world, client, draft)
    assert [scene["number"] for scene in applied["added"]] == ["3"]
    assert [scene["number"] for scene in await scenes_of(client, project_id)] == ["1", "2", "3", "4", "5"]
    assert {s["id"] for s in await shots_of(client, project_id) if s["stale_causes"]} == set()
    assert len(await shots_of(client, project_id)) > len(shots)


async def test_scenes_that_are_not_of_the_script_stay_where_they_stand(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await client.post(f"projects/{project_id}/scenes", json={"slugline": "INT. DREAM - NIGHT", "position": 3})
    draft = await upload(SCRIPT.replace(GALLERY, "").replace("going cold", "cold"))
    assert "INT. DREAM - NIGHT" not in [s["old"]["heading"] for s in draft["scenes"] if s["old"]]
    await apply(world, client, draft)
    assert [scene["slugline"] for scene in await scenes_of(client, project_id)] == [
        "INT. LAMP ROOM - NIGHT",
        "INT. DREAM - NIGHT",
        "INT. KITCHEN - MORNING",
        "EXT. JETTY - DAY",
    ]


async def test_a_heading_that_a_person_wrote_stays_unless_the_draft_changes_it(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    scenes = await scenes_of(client, project_id)
    for scene in scenes[:2]:
        await client.patch(f"scenes/{scene['id']}", json={"slugline": f"MY {scene['slugline']}"})
    draft = await upload(SCRIPT.replace("EXT. GALLERY - NIGHT", "EXT. GALLERY - DAWN"))
    await apply(world, client, draft)
    assert [scene["slugline"] for scene in await scenes_of(client, project_id)][:2] == [
        "MY INT. LAMP ROOM - NIGHT",
        "EXT. GALLERY - DAWN",
    ]


async def test_a_reverted_import_takes_its_drafts_to_the_bin_too(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await apply(world, client, await upload(SCRIPT.replace("going cold", "cold")))
    [run] = (await client.get(f"projects/{project_id}/breakdown-runs")).json()["items"]
    assert (await client.post(f"breakdown-runs/{run['id']}/revert", json={})).status_code == 200
    assert await scenes_of(client, project_id) == []
    assert (await client.get(f"projects/{project_id}/bin")).json()["total"] == 4


async def move_first_speech(client: httpx2.AsyncClient, project_id: str, to: str) -> Shot:
    speech = next(shot for shot in await shots_of(client, project_id) if shot["dialogue"])
    answer = await client.post(f"shots/{speech['id']}/move", json={"scene_id": to, "position": 1})
    assert answer.status_code == 200, answer.text
    moved: Shot = answer.json()
    return moved


async def shot_of(client: httpx2.AsyncClient, shot_id: str) -> Shot:
    found: Shot = (await client.get(f"shots/{shot_id}")).json()
    return found


async def test_a_shot_that_a_person_put_into_another_scene_stays_there(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    gallery = (await scenes_of(client, project_id))[1]["id"]
    moved = await move_first_speech(client, project_id, gallery)
    draft = await upload(SCRIPT.replace("A grey boat ties up", "A black boat ties up"))
    assert all(stale["id"] != moved["id"] for stale in (await apply(world, client, draft))["stale_shots"])
    assert await shot_of(client, moved["id"]) == moved


@pytest.mark.parametrize("kept", [False, True])
async def test_a_shot_in_another_scene_follows_the_words_of_its_paragraphs(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload, *, kept: bool
) -> None:
    gallery = (await scenes_of(client, project_id))[1]["id"]
    moved = await move_first_speech(client, project_id, gallery)
    draft = await upload(
        SCRIPT.replace("One more night, and then the boat.", "One more night.").replace("Far out, a ship", "A ship")
    )
    applied = await apply(world, client, draft, keep=[gallery] if kept else [])
    assert moved["id"] in {stale["id"] for stale in applied["stale_shots"]}
    after = await shot_of(client, moved["id"])
    assert after["scene_id"] == gallery
    assert [line["line"] for line in after["dialogue"]] == ["One more night."]
    assert after["stale_causes"] == ["script"]
    accepted = (await client.post(f"shots/{moved['id']}/accept-script")).json()
    assert (accepted["element_ids"], accepted["stale_causes"]) == (moved["element_ids"], [])
    assert accepted["line_start"] == moved["line_start"]


async def test_the_text_of_a_scene_follows_a_draft_that_only_takes_a_paragraph_away(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    kettle = "The kettle screams on the stove. Nobody comes to take it off the fire.\n\n"
    await apply(world, client, await upload(SCRIPT.replace(kettle, "")))
    assert "kettle" not in (await scenes_of(client, project_id))[2]["raw_content"]


JETTY = SCRIPT[SCRIPT.index("EXT. JETTY") :]
# The gallery is left out, the kitchen has another heading, the jetty is merged into the kitchen.
DECIDED = [
    {"index": 1, "is_dropped": True},
    {"index": 2, "heading": "INT. KEEPERS' KITCHEN - MORNING"},
    {"index": 3, "is_merged": True},
]


@pytest.fixture
async def decided_upload(world: World, client: httpx2.AsyncClient, project_id: str) -> Upload:
    """With the script imported as `DECIDED`, in two shots a scene: takes in a draft and returns its comparison."""
    plan = {"sha256": hashlib.sha256(SCRIPT.encode()).hexdigest(), "scenes": DECIDED, "target_shots": 2}
    answer = await client.post(
        "scripts/parse",
        files={"file": ("lighthouse.fountain", SCRIPT.encode())},
        data={"project_id": project_id, "engine": "rules", "plan": json.dumps(plan)},
    )
    assert answer.status_code == 202, answer.text
    await world.run_jobs()

    async def run(text: str) -> dict[str, Any]:
        files = {"file": ("lighthouse-blue.fountain", text.encode())}
        taken = await client.post(f"projects/{project_id}/drafts", files=files)
        assert taken.status_code == 201, taken.text
        detail: dict[str, Any] = (await client.get(f"drafts/{taken.json()['id']}")).json()
        return detail

    return run


def kinds(draft: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(scene["kind"], scene["decided"]) for scene in draft["scenes"]]


async def test_what_was_decided_at_the_import_holds_in_the_drafts_after_it(
    world: World, client: httpx2.AsyncClient, project_id: str, decided_upload: Upload
) -> None:
    before = (await scenes_of(client, project_id), await shots_of(client, project_id))
    assert len(before[0]) == 2
    draft = await decided_upload(SCRIPT)
    assert kinds(draft) == [("unchanged", []), ("added", ["left_out"]), ("unchanged", ["renamed", "merged"])]
    applied = await apply(world, client, draft)
    assert (applied["added"], applied["kept_count"], applied["stale_shots"]) == ([], 1, [])
    scenes = await scenes_of(client, project_id)
    assert [scene["slugline"] for scene in scenes] == [scene["slugline"] for scene in before[0]]
    assert [scene["raw_content"] for scene in scenes] == [scene["raw_content"] for scene in before[0]]
    assert await shots_of(client, project_id) == before[1]
    # And in the draft after that, whose words are others.
    later = await decided_upload(SCRIPT.replace("Your tea is going cold", "Your tea is cold"))
    assert kinds(later) == [("unchanged", []), ("added", ["left_out"]), ("changed", ["renamed", "merged"])]


async def test_a_scene_left_out_at_the_import_comes_in_when_it_is_taken(
    world: World, client: httpx2.AsyncClient, project_id: str, decided_upload: Upload
) -> None:
    applied = await apply(world, client, await decided_upload(SCRIPT), keep=[])
    assert [scene["slugline"] for scene in applied["added"]] == ["EXT. GALLERY - NIGHT"]
    assert len(in_scene(await shots_of(client, project_id), applied["added"][0]["number"])) == 2
    assert kinds(await decided_upload(SCRIPT)) == [
        ("unchanged", []),
        ("unchanged", []),
        ("unchanged", ["renamed", "merged"]),
    ]


async def test_a_scene_that_a_draft_added_and_a_person_left_out_stays_out_of_the_next(
    world: World, client: httpx2.AsyncClient, upload: Upload
) -> None:
    text = SCRIPT.replace(KITCHEN, "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps.\n\n" + KITCHEN)
    draft = await upload(text)
    assert kinds(draft)[2] == ("added", [])
    await apply(world, client, draft, keep=[draft["scenes"][2]["key"]])
    assert kinds(await upload(text + "\nThe boat leaves.\n"))[2] == ("added", ["left_out"])


async def test_a_heading_that_the_writer_changes_wins_over_the_one_of_the_import(decided_upload: Upload) -> None:
    draft = await decided_upload(SCRIPT.replace("INT. KITCHEN - MORNING", "INT. SCULLERY - MORNING"))
    assert kinds(draft)[2] == ("changed", ["merged"])
    assert draft["scenes"][2]["new"]["heading"] == "INT. SCULLERY - MORNING"


async def test_a_scene_is_not_merged_into_another_than_it_was(decided_upload: Upload) -> None:
    cellar = "INT. CELLAR - NIGHT\n\nWater stands on the steps.\n\n"
    draft = await decided_upload(SCRIPT.replace(JETTY, cellar + JETTY))
    assert kinds(draft)[2:] == [("changed", ["renamed"]), ("added", []), ("added", [])]


async def everything(world: World) -> list[tuple[object, ...]]:
    """All scenes, paragraphs and shots, whole."""
    return [
        row
        for table in ("scenes", "script_elements", "shots")
        for row in await world.sql(f"SELECT to_jsonb(t) FROM {table} t ORDER BY t.id")
    ]


async def test_an_applied_draft_is_taken_back_as_a_whole(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload
) -> None:
    await with_documents(world, client, project_id)
    gallery = (await scenes_of(client, project_id))[1]["id"]
    await move_first_speech(client, project_id, gallery)
    before = await everything(world)
    cellar = "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps.\n\n"
    text_ = SCRIPT.replace(GALLERY, cellar).replace("going cold", "cold").replace("One more night, and then ", "")
    draft = await upload(text_)
    await apply(world, client, draft)
    assert await everything(world) != before
    answer = await client.post(f"drafts/{draft['id']}/revert")
    assert answer.status_code == 200, answer.text
    assert await everything(world) == before
    assert (answer.json()["applied"], answer.json()["counts"]) == (None, draft["counts"])
    assert (await client.get(f"projects/{project_id}/drafts")).json()["total"] == 1
    [script] = (await client.get(f"projects/{project_id}/scripts")).json()["items"]
    assert (script["filename"], script["is_superseded"]) == ("lighthouse.fountain", False)
    again = await client.post(f"drafts/{draft['id']}/revert")
    assert (again.status_code, again.json()["code"]) == (409, "scripts.draft_not_applied")
    applied = await apply(world, client, answer.json())
    assert [scene["slugline"] for scene in applied["added"]] == ["INT. CELLAR - NIGHT"]
    runs = (await client.get(f"projects/{project_id}/breakdown-runs")).json()["items"]
    assert [(run["kind"], run["reverted_at"] is None) for run in runs] == [
        ("draft", True),
        ("draft", False),
        ("import", True),
    ]


@pytest.mark.parametrize("what", ["shot", "added shot", "scene", "deleted"])
async def test_a_draft_after_which_something_was_done_is_not_taken_back(
    world: World, client: httpx2.AsyncClient, project_id: str, upload: Upload, what: str
) -> None:
    draft = await upload(SCRIPT.replace(GALLERY, "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps.\n\n"))
    added = (await apply(world, client, draft))["added"][0]["id"]
    shots = await shots_of(client, project_id)
    if what == "scene":
        changed = await client.patch(f"scenes/{added}", json={"slugline": "INT. VAULT - NIGHT"})
    elif what == "deleted":
        changed = await client.delete(f"shots/{shots[0]['id']}")
    else:
        shot = shots[0] if what == "shot" else next(one for one in shots if one["scene_id"] == added)
        changed = await client.patch(f"shots/{shot['id']}", json={"duration": 7})
    assert changed.is_success
    before = await everything(world)
    answer = await client.post(f"drafts/{draft['id']}/revert")
    assert (answer.status_code, answer.json()["code"]) == (409, "scripts.changed_since")
    assert answer.json()["fix"]
    assert await everything(world) == before


async def test_only_the_draft_applied_last_is_taken_back_and_not_while_its_shots_are_made(
    world: World, client: httpx2.AsyncClient, upload: Upload
) -> None:
    first = await upload(SCRIPT.replace("going cold", "cold"))
    await apply(world, client, first)
    second = await upload(SCRIPT.replace(GALLERY, "INT. CELLAR - NIGHT #2A#\n\nWater stands on the steps.\n\n"))
    body = {"version": second["version"], "engine": "rules"}
    assert (await client.post(f"drafts/{second['id']}/apply", json=body)).status_code == 200
    working = await client.post(f"drafts/{second['id']}/revert")
    assert (working.status_code, working.json()["code"]) == (409, "scripts.draft_working")
    refused = await client.post(f"drafts/{first['id']}/revert")
    assert (refused.status_code, refused.json()["code"]) == (409, "scripts.draft_not_last")


async def test_a_draft_is_taken_in_where_the_file_that_was_decided_about_is_gone(
    world: World, decided_upload: Upload
) -> None:
    [(key,)] = await world.sql("SELECT s3_key FROM scripts")
    await world.resources.storage.delete(str(key))
    draft = await decided_upload(SCRIPT)
    assert [kind for kind, decided in kinds(draft) if not decided] == ["unchanged", "added", "changed", "added"]
