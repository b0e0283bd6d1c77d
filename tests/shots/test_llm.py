"""The language-model path, on a real model behind the Ollama protocol. Only shapes and counters are asserted."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import httpx2
import pytest

from backend.embedded.services import EmbeddedServices
from backend.jobs.runner import JobRunner
from backend.resources import open_resources
from backend.scripts.breakdown import SYSTEM_PROMPT
from backend.veo import check_document
from tests.conftest import World, settings_for
from tests.shots.test_router import scene_id, shot_in
from tests.support import images
from tests.support.ollama_process import OllamaServerProcess, running_ollama_server


@pytest.fixture(scope="module")
def model_server() -> Iterator[OllamaServerProcess]:
    """The small model, with its tiny eye."""
    with running_ollama_server(model="smollm2:135m", vision_model="tiny-vision:135m") as server:
        yield server


@pytest.fixture
async def with_model(
    world: World, services: EmbeddedServices, model_server: OllamaServerProcess
) -> AsyncIterator[World]:
    """The application with the language model in its place."""
    settings = settings_for(
        services,
        LLM__BASE_URL=model_server.base_url,
        LLM__MODEL=model_server.model,
        LLM__VISION_MODEL="tiny-vision:135m",
        LLM__TIMEOUT_SECONDS="120",
    )
    async with AsyncExitStack() as stack:

        async def wake(_jobs: object) -> None:
            """Jobs run when the test says so."""

        resources = await stack.enter_async_context(open_resources(settings, wake))
        before = world.app.state.resources
        world.app.state.resources = resources
        yield World(world.app, resources, JobRunner(resources))
        world.app.state.resources = before


async def test_the_system_says_which_models_are_there(with_model: World, client: httpx2.AsyncClient) -> None:
    found = (await client.get("system")).json()["llm"]
    assert (found["state"], found["has_vision"]) == ("ok", True)


async def test_a_breakdown_by_the_model_keeps_the_scripts_words_and_lines(
    with_model: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    script = b"INT. ENGINE ROOM - NIGHT\n\nInes turns a brass wheel. Steam hisses.\n\nINES\nNot tonight.\n"
    answer = await client.post(
        "scripts/parse",
        files={"file": ("one.fountain", script)},
        data={"project_id": project_id, "engine": "auto"},
    )
    await with_model.run_jobs()
    job = (await client.get(f"jobs/{answer.json()['job_id']}")).json()
    assert (job["status"], job["result"]["engine"]) == ("succeeded", "ollama:smollm2:135m")
    part = (await client.get("jobs", params={"parent_id": job["id"]})).json()["items"][0]
    detail = (await client.get(f"jobs/{part['id']}")).json()
    assert 1 <= len(detail["log"]) <= 3
    assert all(attempt["raw"] and attempt["output_tokens"] > 0 for attempt in detail["log"])
    shots = (await client.get(f"projects/{project_id}/shots")).json()["items"]
    assert len(shots) == part["result"]["shot_count"] >= 1
    for shot in shots:
        assert 1 <= shot["line_start"] <= shot["line_end"] <= 6
        assert 0.5 <= shot["duration"] <= 30
    spoken = [line["line"] for shot in shots for line in shot["dialogue"]]
    assert spoken in ([], ["Not tonight."]), "dialogue is the script's or nobody's"
    # A reply that was refused to the end leaves the scene to the rules, and the part says so.
    if part["result"]["engines"] == ["rules"]:
        assert list(part["result"]["notes"]) == [shots[0]["scene_id"]]
        assert detail["log"][-1]["error"]
    else:
        # Some of its shots were kept; what it left out is the rules', and each shot says whose it is.
        assert part["result"]["engines"] == ["ollama:smollm2:135m"]
        authors = [shot["provenance"]["description"] for shot in shots]
        assert "llm" in authors
        assert ("rules" in authors) == bool(part["result"]["notes"])


async def test_a_compile_by_the_model_is_validated_or_refused_with_its_replies(
    with_model: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    shot = await shot_in(client, await scene_id(client, project_id), "Ines turns a brass wheel in the steam.")
    job = (await client.post(f"shots/{shot['id']}/generate-flow", params={"engine": "ollama"})).json()
    await with_model.run_jobs()
    ended = (await client.get(f"jobs/{job['id']}")).json()
    stored = (await client.get(f"shots/{shot['id']}")).json()
    assert 1 <= len(ended["log"]) <= 3, "at most two retries"
    if ended["status"] == "succeeded":
        document = check_document(stored["veo_json_payload"])
        assert document.subject.description
        assert document.environment.lighting
        assert document.request.duration_seconds in (4, 6, 8)
        assert (stored["status"], stored["payload_source"]) == ("ready", "ollama:smollm2:135m")
        assert ended["log"][-1]["error"] is None
    else:
        assert (stored["status"], stored["veo_json_payload"]) == ("draft", None)
        assert stored["last_error"]["code"] == "llm.invalid_reply"
        assert len(ended["log"]) == 3
        assert all(attempt["error"] for attempt in ended["log"])


async def test_a_picture_is_described_but_a_persons_words_stay(
    with_model: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    asset = (
        await client.post(
            "assets/upload",
            files={"file": ("a.jpg", images.photograph_jpeg(640, 480))},
            data={"project_id": project_id, "type": "Location"},
        )
    ).json()
    await client.patch(f"assets/{asset['id']}", json={"metadata": {"caption": "A pier in fog."}})
    await with_model.run_jobs()
    seen = (await client.get(f"assets/{asset['id']}")).json()
    job = (await client.get("jobs", params={"project_id": project_id})).json()["items"][0]
    assert seen["thumbnail_url"]
    assert seen["metadata"]["caption"] == "A pier in fog."
    assert job["status"] == "succeeded"
    assert "vision model" in job["result"]["vision"] or "Described by tiny-vision:135m" in job["result"]["vision"]


def test_the_system_prompt_has_the_specifications_words() -> None:
    assert SYSTEM_PROMPT.startswith(
        "You are a Script Supervisor. Break the following screenplay text into a structured JSON array of shots. "
        "Identify the action lines that denote visual changes. Ignore dialogue unless it implies visual action."
    )
