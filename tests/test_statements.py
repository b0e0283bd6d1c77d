"""A listing costs the same number of SQL statements however many rows it has."""

import httpx2
import pytest

from scripts.bench.statements import ROUTES, Rows, recorded
from tests.conftest import World

FEW, MANY = 2, 30


async def test_every_listing_costs_the_same_statements_for_few_and_for_many_rows(
    world: World, client: httpx2.AsyncClient
) -> None:
    rows = await Rows.start(client, world.resources)
    await rows.add(FEW)
    few = await rows.counts()
    await rows.add(MANY - FEW)
    many = await rows.counts()

    for name in ROUTES:
        before, after = few[name].rows, many[name].rows
        if before is not None and after is not None:
            assert before < MANY <= after, f"{name} did not grow: {before}, {after}"
    assert {name: count.statements for name, count in many.items()} == {
        name: count.statements for name, count in few.items()
    }


async def test_reading_a_shot_costs_two_statements(world: World, client: httpx2.AsyncClient) -> None:
    rows = await Rows.start(client, world.resources)
    assert (await rows.counts())["get_shot"].statements == 2, "one for the session, one for the shot"


async def test_the_count_sees_a_query_for_each_row(world: World) -> None:
    with recorded(world.resources.engine) as sent:
        for number in range(3):
            await world.sql("SELECT CAST(:number AS int)", number=number)
    assert len(sent) == 3
    await world.sql("SELECT 1")
    assert len(sent) == 3


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_counted_route_is_declared(world: World, name: str) -> None:
    declared = {
        operation["operationId"] for item in world.app.openapi()["paths"].values() for operation in item.values()
    }
    assert name in declared


def test_every_listing_is_counted(world: World) -> None:
    listings = {
        operation["operationId"]
        for item in world.app.openapi()["paths"].values()
        for method, operation in item.items()
        if method == "get" and operation["operationId"].startswith("list_")
    }
    assert listings <= set(ROUTES)
