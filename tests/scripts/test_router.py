"""Screenplay import through the API."""

from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from backend.core.errors import OutageError
from backend.embedded.services import EmbeddedServices
from backend.scripts.service import create_sample
from tests.conftest import SCREENPLAY, Import, World, open_world, settings_for
from tests.screenplay.printer import Printer
from tests.screenplay.test_pdf import KITCHEN


async def test_a_screenplay_becomes_scenes_and_shots_in_script_order(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script()
    assert job["status"] == "succeeded", job
    assert job["progress"] == {"done": 3, "total": 3}
    assert job["result"]["engine"] == "rules"
    scenes = (await client.get(f"projects/{project_id}/scenes")).json()["items"]
    assert [scene["slugline"] for scene in scenes] == [
        "INT. ENGINE ROOM - NIGHT",
        "EXT. FERRY DECK - DAY",
        "THE BRIDGE",
    ]
    assert [scene["sequence_number"] for scene in scenes] == [1, 2, 3]
    page = (await client.get(f"projects/{project_id}/shots")).json()
    assert page["total"] == len(page["items"]) == sum(scene["shot_count"] for scene in scenes)
    for scene in scenes:
        own = [shot for shot in page["items"] if shot["scene_id"] == scene["id"]]
        assert own, f"{scene['slugline']} has no shots"
        assert [shot["sequence_number"] for shot in own] == list(range(1, len(own) + 1))
        assert all(shot["duration"] > 0 for shot in own)
    spoken = [line for shot in page["items"] for line in shot["dialogue"]]
    assert [(line["character"], line["line"]) for line in spoken] == [("INES", "Not tonight.")]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"{\\rtf1\\ansi INT. BARN - DAY}", 415, "scripts.unsupported_format"),
        (b"PK\x03\x04" + b"\x00" * 200, 415, "scripts.unsupported_format"),
        (b"", 422, "scripts.empty"),
        (b"x" * (5 * 1024 * 1024 + 1), 413, "scripts.too_large"),
        (b"<FinalDraft>".ljust(20 * 1024 * 1024 + 1), 413, "scripts.too_large"),
        (b"%PDF-1.7".ljust(30 * 1024 * 1024 + 1), 413, "scripts.too_large"),
    ],
)
async def test_what_is_no_screenplay_is_refused_with_what_to_do(
    world: World, client: httpx2.AsyncClient, project_id: str, data: bytes, status: int, code: str
) -> None:
    answer = await client.post(
        "scripts/parse", files={"file": ("a.pdf", data)}, data={"project_id": project_id, "engine": "rules"}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["fix"]
    assert await world.sql("SELECT count(*) FROM scripts") == [(0,)]
    assert await world.sql("SELECT count(*) FROM jobs") == [(0,)]


async def test_asking_for_a_model_that_is_not_there_is_refused_at_once(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    answer = await client.post(
        "scripts/parse", files={"file": ("a.txt", SCREENPLAY)}, data={"project_id": project_id, "engine": "ollama"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "llm.unreachable")
    assert await world.sql("SELECT count(*) FROM jobs") == [(0,)]


async def test_auto_takes_the_rules_where_no_model_answers(import_script: Import) -> None:
    job = await import_script(engine="auto")
    assert (job["status"], job["result"]["engine"]) == ("succeeded", "rules")


async def test_text_without_any_heading_still_gives_a_scene(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script(b"A man walks along the beach. He stops and looks at the sea.\n", "idea.txt")
    assert job["status"] == "succeeded"
    script = (await client.get(f"projects/{project_id}/scripts")).json()["items"][0]
    assert script["warnings"]
    assert (await client.get(f"projects/{project_id}/shots")).json()["total"] >= 1


async def test_the_script_is_kept_with_its_text_and_encoding(
    client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    job = await import_script("INT. CAFÉ - DAY\r\n\r\nIl pleut.\r\n".encode("utf-16"), "cafe.txt")
    script = (await client.get(f"scripts/{job['subject_id']}")).json()
    assert script["text"].splitlines()[0] == "INT. CAFÉ - DAY"
    assert script["encoding"].lower().startswith("utf-16")
    assert script["scene_count"] == 1


async def test_a_final_draft_file_brings_its_numbers_and_lengths_and_readable_lines(
    world: World, client: httpx2.AsyncClient, import_script: Import
) -> None:
    data = (Path(__file__).parents[1] / "screenplay" / "golden" / "lamp-room.fdx").read_bytes()
    job = await import_script(data, "lamp-room.fdx")
    assert (job["status"], job["result"]["scene_count"]) == ("succeeded", 4)
    script = (await client.get(f"scripts/{job['subject_id']}")).json()
    assert (script["format"], script["title_page"]["author"]) == ("fdx", "Ana Faro")
    assert "INT. LAMP ROOM - NIGHT #1#" in script["text"].split("\n")
    rows = await world.sql("SELECT scene_number, parsed->>'eighths' FROM scenes ORDER BY sequence_number")
    assert rows == [("1", "11"), ("2", "2"), ("2A", "1"), ("2B", "1")]


async def test_a_pdf_is_imported_with_its_rebuilt_lines(client: httpx2.AsyncClient, import_script: Import) -> None:
    job = await import_script(Printer().page(KITCHEN).bytes(), "kitchen.pdf")
    assert (job["status"], job["result"]["scene_count"]) == ("succeeded", 2)
    script = (await client.get(f"scripts/{job['subject_id']}")).json()
    assert (script["format"], script["text"].split("\n")[2].strip()) == ("pdf", "INT. LIGHTHOUSE KITCHEN - NIGHT")


async def test_a_damaged_pdf_fails_its_import_and_says_why(import_script: Import) -> None:
    job = await import_script(b"%PDF-1.7 nothing of it", "broken.pdf")
    assert (job["status"], job["error"]["code"]) == ("failed", "scripts.unreadable")
    assert job["error"]["fix"]


async def test_no_project_is_left_of_a_sample_whose_file_could_not_be_kept(
    world: World, services: EmbeddedServices
) -> None:
    async with AsyncExitStack() as stack:
        away = await open_world(stack, settings_for(services, S3__ENDPOINT_URL="http://127.0.0.1:9"))
        with pytest.raises(OutageError):
            await create_sample(away.resources)
    assert await world.sql("SELECT count(*) FROM projects") == [(0,)]
