"""Count the SQL statements of each listing, in process, for tests and for the table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx2
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.assets.models import AssetType, Ingredient
from backend.core.jobs import Job
from backend.resources import Resources
from backend.scenes.models import Scene, ScriptElement
from backend.scripts.models import Script
from backend.shots.models import BreakdownRun

# BEGIN and COMMIT, which the driver sends by itself, come on top of every request.
ROUTES = {
    "get_shot": "shots/{shot_id}",
    "list_project_shots": "projects/{project_id}/shots",
    "list_scene_shots": "scenes/{scene_id}/shots",
    "list_scenes": "projects/{project_id}/scenes",
    "list_assets": "assets?project_id={project_id}",
    "list_projects": "projects",
    "list_scripts": "projects/{project_id}/scripts",
    "list_jobs": "jobs?project_id={project_id}",
    "list_tokens": "auth/tokens",
    "list_scene_elements": "scenes/{imported_scene_id}/elements",
    "list_script_elements": "scripts/{script_id}/elements",
    "list_drafts": "projects/{project_id}/drafts",
    "list_binned_scenes": "projects/{project_id}/bin",
    "list_breakdown_runs": "projects/{project_id}/breakdown-runs",
}


@dataclass(frozen=True)
class Count:
    """What one request cost; `rows` is None where the answer is no list."""

    statements: int
    rows: int | None


@contextmanager
def recorded(engine: AsyncEngine) -> Iterator[list[str]]:
    """The SQL that is sent meanwhile, in order."""
    sent: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", record)
    try:
        yield sent
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", record)


@dataclass
class Rows:
    """A project whose listings grow together."""

    client: httpx2.AsyncClient
    resources: Resources
    ids: dict[str, str]

    @classmethod
    async def start(cls, client: httpx2.AsyncClient, resources: Resources) -> "Rows":
        """A project with one scene and one shot. `client` is signed in, its base is `/api/v1/`."""
        rows = cls(client, resources, {})
        rows.ids["project_id"] = await rows._create("projects", name="Night Frequency")
        rows.ids["scene_id"] = await rows._create("projects/{project_id}/scenes", slugline="INT. ENGINE ROOM - NIGHT")
        script_id, scene_id = uuid4(), uuid4()
        async with resources.db.transaction() as session:
            project_id = UUID(rows.ids["project_id"])
            session.add(Script(id=script_id, project_id=project_id, filename="a.fountain", sha256="0"))
            await session.flush()
            session.add(
                Scene(
                    id=scene_id,
                    project_id=project_id,
                    script_id=script_id,
                    slugline="INT. LAMP ROOM - NIGHT",
                    sequence_number=0,
                )
            )
        rows.ids |= {"script_id": str(script_id), "imported_scene_id": str(scene_id)}
        rows.ids["shot_id"] = await rows._create("scenes/{scene_id}/shots", description="A brass wheel turns.")
        return rows

    async def add(self, count: int) -> None:
        """`count` more rows for every listing; the shots alternate their slots between ingredients."""
        project_id = UUID(self.ids["project_id"])
        assets = [uuid4() for _ in range(count)]
        async with self.resources.db.transaction() as session:
            for number, asset_id in enumerate(assets):
                key = f"{project_id}/{asset_id}"
                session.add(
                    Ingredient(
                        id=asset_id,
                        project_id=project_id,
                        name=f"Lamp {number}",
                        type=AssetType.OBJECT,
                        s3_key=f"{key}.png",
                        thumbnail_key=f"{key}.webp",
                    )
                )
                session.add(Script(project_id=project_id, filename="a.fountain", source=b"x", sha256="0"))
                draft_of = UUID(self.ids["script_id"])
                session.add(Script(project_id=project_id, filename="b.fountain", sha256="0", draft_of=draft_of))
                session.add(
                    Scene(
                        id=uuid4(),
                        project_id=project_id,
                        slugline="INT. CHART ROOM - NIGHT",
                        sequence_number=number + 1,
                        binned_at=datetime.now(UTC),
                    )
                )
                session.add(
                    ScriptElement(
                        scene_id=UUID(self.ids["imported_scene_id"]),
                        position=number,
                        type="action",
                        text="The lamp swings.",
                        line_start=number,
                        line_end=number,
                    )
                )
                session.add(
                    BreakdownRun(id=uuid4(), project_id=project_id, kind="scene", engine="rules", label="1 scene")
                )
                session.add(Job(id=uuid4(), project_id=project_id, kind="assets.make_thumbnail", payload={}))
        for number, asset_id in enumerate(assets):
            await self._create("projects", name=f"Project {number}")
            await self._create("auth/tokens", name=f"Token {number}")
            await self._create("projects/{project_id}/scenes", slugline=f"INT. CABIN {number} - NIGHT")
            await self._create(
                "scenes/{scene_id}/shots", description="The lamp swings.", assigned_ingredients=[str(asset_id)]
            )

    async def counts(self) -> dict[str, Count]:
        """What each route costs now, by operation id."""
        found = {}
        for name, path in ROUTES.items():
            with recorded(self.resources.engine) as sent:
                answer = await self.client.get(path.format(**self.ids))
            answer.raise_for_status()
            items = answer.json().get("items")
            found[name] = Count(len(sent), None if items is None else len(items))
        return found

    async def _create(self, path: str, **body: object) -> str:
        answer = await self.client.post(path.format(**self.ids), json=body)
        answer.raise_for_status()
        return str(answer.json()["id"])
