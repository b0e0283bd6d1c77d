"""Count the statements of each route at two sizes of data, in process, on the data of a stopped stack."""

from collections.abc import Sequence
from uuid import UUID

import httpx2

from backend.core.settings import Settings
from backend.embedded.services import embedded_services
from backend.main import create_app
from backend.resources import open_resources
from scripts.bench.stack import Stack
from scripts.bench.statements import Count, Rows

FEW, MANY = 3, 90


async def measure(stack: Stack) -> list[dict[str, Count]]:
    """Counts by route, with FEW and with MANY rows."""
    async with embedded_services(stack.folder) as services:
        settings = _settings(services.addresses.environment())
        async with open_resources(settings, _wake_nobody) as resources:
            app = create_app(settings)
            app.state.resources = resources
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://auteur.test/api/v1/") as client:
                account = {"email": stack.email, "password": stack.password}
                (await client.post("auth/login", json=account)).raise_for_status()
                rows = await Rows.start(client, resources)
                await rows.add(FEW)
                few = await rows.counts()
                await rows.add(MANY - FEW)
                return [few, await rows.counts()]


def _settings(environment: dict[str, str]) -> Settings:
    nested: dict[str, dict[str, str]] = {}
    for name, value in environment.items():
        group, _, key = name.lower().partition("__")
        nested.setdefault(group, {})[key] = value
    return Settings.model_validate(nested)


async def _wake_nobody(_jobs: Sequence[tuple[UUID, int]]) -> None:
    """No worker runs: what is enqueued stays."""
