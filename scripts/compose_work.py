"""Work that goes on while parts of an installation are replaced, and the proof that all of it was done once."""

import threading
import time
from pathlib import Path
from typing import Any

import httpx2

from backend.screenplay import break_down_screenplay, parse
from tests.support.images import photograph_jpeg

SAMPLE = Path(__file__).resolve().parent.parent / "backend" / "screenplay" / "samples" / "the-last-car-up.fountain"
PATIENCE_SECONDS = 120
UPLOADS = 8
IMPORTS = 6


class Client:
    """The API through Nginx, asked again while it is away."""

    def __init__(self, origin: str, email: str, password: str) -> None:
        self._http = httpx2.Client(base_url=f"{origin}/api/v1/", headers={"origin": origin}, timeout=20)
        signed_in = self.get("auth/login", method="POST", json={"email": email, "password": password})
        self._http.cookies.set("auteur_session", signed_in.cookies["auteur_session"])

    def get(self, path: str, method: str = "GET", **options: Any) -> httpx2.Response:
        """For what may be asked twice."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self.once(method, path, **options)
                if answer.status_code < 500:
                    answer.raise_for_status()
                    return answer
            except httpx2.TransportError:
                answer = None
            if time.monotonic() > deadline:
                raise RuntimeError(f"{method} {path} is not answered: {answer and answer.text}")
            time.sleep(0.2)

    def once(self, method: str, path: str, **options: Any) -> httpx2.Response:
        return self._http.request(method, path, **options)

    def items(self, path: str, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(path, params={"limit": 500, **params}).json()["items"]
        return found


class Work:
    """Imports that are under way and uploads that go on, in a project of their own."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._project = str(client.get("projects", method="POST", json={"name": name}).json()["id"])
        self._pictures = {f"picture-{number}": photograph_jpeg(640, 400 + number) for number in range(UPLOADS)}
        self._jobs = [self._import() for _ in range(IMPORTS)]
        self._failed: Exception | None = None
        self._uploading = threading.Thread(target=self._upload_all)
        self._uploading.start()

    def _import(self) -> str:
        answer = self._client.once(
            "POST",
            "scripts/parse",
            files={"file": (SAMPLE.name, SAMPLE.read_bytes())},
            data={"project_id": self._project, "engine": "rules"},
        )
        answer.raise_for_status()
        return str(answer.json()["job_id"])

    def _upload_all(self) -> None:
        try:
            for name, picture in self._pictures.items():
                self._upload(name, picture)
                time.sleep(0.7)
        except Exception as error:
            self._failed = error

    def _upload(self, name: str, picture: bytes) -> None:
        """As a person does: when it is not said to have worked, look before trying again."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = self._client.once(
                    "POST",
                    "assets/upload",
                    files={"file": (f"{name}.jpg", picture)},
                    data={"project_id": self._project, "type": "Location", "name": name},
                )
                if answer.status_code == 201:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.3)
            if name in {asset["name"] for asset in self._client.items("assets", project_id=self._project)}:
                return
        raise RuntimeError(f"{name} was never stored")

    def is_under_way(self) -> bool:
        return any(self._job(job_id)["status"] in ("queued", "running") for job_id in self._jobs)

    def _job(self, job_id: str) -> dict[str, Any]:
        job: dict[str, Any] = self._client.get(f"jobs/{job_id}").json()
        return job

    def check(self) -> None:
        """Wait for the end; nothing may be lost and nothing twice."""
        self._uploading.join()
        if self._failed:
            raise self._failed
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.is_under_way():
            assert time.monotonic() < deadline, [self._job(job_id) for job_id in self._jobs]
            time.sleep(0.2)
        statuses = [self._job(job_id)["status"] for job_id in self._jobs]
        assert statuses == ["succeeded"] * IMPORTS, statuses
        self._check_scenes()
        self._check_pictures(deadline)

    def _check_scenes(self) -> None:
        screenplay = parse(SAMPLE.read_bytes())
        expected = [len(drafts) for drafts in break_down_screenplay(screenplay)]
        scenes = self._client.items(f"projects/{self._project}/scenes")
        assert [scene["slugline"] for scene in scenes] == [scene.heading for scene in screenplay.scenes] * IMPORTS
        assert [scene["sequence_number"] for scene in scenes] == list(range(1, len(scenes) + 1))
        assert [scene["shot_count"] for scene in scenes] == expected * IMPORTS

    def _check_pictures(self, deadline: float) -> None:
        while True:
            assets = self._client.items("assets", project_id=self._project)
            if all(asset["thumbnail_url"] for asset in assets) or time.monotonic() > deadline:
                break
            time.sleep(0.3)
        assert sorted(asset["name"] for asset in assets) == sorted(self._pictures), "lost or doubled"
        for asset in assets:
            assert asset["thumbnail_url"], f"{asset['name']} got no thumbnail"
            # Without the session: whoever has the address may read, through Nginx.
            assert httpx2.get(asset["url"]).content == self._pictures[asset["name"]]
            assert httpx2.get(asset["thumbnail_url"]).status_code == 200
