"""Every route but sign-in and health wants a session, and every answer is described by OpenAPI."""

import uuid

import httpx2
import pytest
from fastapi.routing import APIRoute

from backend.core.settings import Settings
from backend.main import LITERAL_PATHS, create_app

PUBLIC = {"/api/v1/auth/login", "/healthz", "/readyz", "/metrics"}
SCHEMA = create_app(Settings()).openapi()
OPERATIONS = [(method, path) for path, item in SCHEMA["paths"].items() for method in item]


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in OPERATIONS if p not in PUBLIC])
async def test_without_a_session_the_answer_is_401(anonymous: httpx2.AsyncClient, method: str, path: str) -> None:
    address = path
    for name in ("project_id", "asset_id", "script_id", "scene_id", "shot_id", "job_id", "token_id"):
        address = address.replace("{" + name + "}", str(uuid.uuid4()))
    query = {"project_id": str(uuid.uuid4())}
    files = {"file": ("a.txt", b"INT. ROOM - DAY\n\nIt rains.\n")} if path.endswith(("upload", "parse")) else None
    data = {"project_id": str(uuid.uuid4()), "type": "Object"} if files else None
    body = None if files or method in ("get", "delete") else BODIES.get(path, {})
    answer = await anonymous.request(
        method, f"http://auteur.test{address}", params=query, files=files, data=data, json=body
    )
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["fix"]


BODIES = {
    "/api/v1/auth/tokens": {"name": "x"},
    "/api/v1/llm/pull": {"model": "x"},
    "/api/v1/projects": {"name": "x"},
    "/api/v1/projects/{project_id}/scenes": {"slugline": "x"},
    "/api/v1/projects/{project_id}/scenes/reorder": {"scene_ids": [str(uuid.uuid4())]},
    "/api/v1/scenes/{scene_id}/shots": {"description": "x"},
    "/api/v1/scenes/{scene_id}/shots/reorder": {"shot_ids": [str(uuid.uuid4())]},
    "/api/v1/shots/{shot_id}/move": {"scene_id": str(uuid.uuid4()), "position": 1},
}


def test_every_operation_has_an_id_of_its_own_and_a_description() -> None:
    operations = [SCHEMA["paths"][path][method] for method, path in OPERATIONS]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert all(operation.get("description") for operation in operations)


def test_the_literal_paths_of_the_specification_are_listed_once() -> None:
    for path in LITERAL_PATHS:
        assert f"/api/v1{path}" in SCHEMA["paths"]
        assert f"/api{path}" not in SCHEMA["paths"]


async def test_the_literal_paths_reach_the_same_handlers(client: httpx2.AsyncClient, project_id: str) -> None:
    parsed = await client.post(
        "http://auteur.test/api/scripts/parse",
        files={"file": ("a.fountain", b"INT. ROOM - DAY\n\nRain.\n")},
        data={"project_id": project_id, "engine": "rules"},
    )
    assert parsed.status_code == 202
    assert set(parsed.json()) == {"script_id", "job_id"}
    refused = await client.post(
        "http://auteur.test/api/assets/upload",
        files={"file": ("a.png", b"no picture")},
        data={"project_id": project_id, "type": "Object"},
    )
    assert (refused.status_code, refused.json()["code"]) == (415, "assets.not_an_image")
    missing = await client.post(f"http://auteur.test/api/shots/{uuid.uuid4()}/generate-flow")
    assert (missing.status_code, missing.json()["code"]) == (404, "shots.not_found")


def test_no_route_takes_a_session_and_streams() -> None:
    for route in create_app(Settings()).routes:
        if isinstance(route, APIRoute) and route.path.endswith("/events"):
            names = {dependency.call.__name__ for dependency in route.dependant.dependencies if dependency.call}
            assert "get_session" not in names
