"""What a job survives: dead workers, lost wake-ups, cancels and retries."""

import asyncio
import contextlib
from typing import Any, ClassVar
from uuid import UUID

import httpx2
import pytest

from backend.core.errors import AppError, OutageError, RetryableError
from backend.core.jobs import NewJob, Payload, enqueue
from backend.jobs import registry
from backend.jobs import repository as jobs
from backend.jobs.registry import handles
from backend.jobs.run import JobRun
from backend.jobs.runner import JobRunner
from tests.conftest import SCREENPLAY, Import, World


class Probe(Payload):
    """A job of these tests: what it does is in `act`."""

    kind: ClassVar[str] = "tests.probe"
    act: str


ACTS: list[str] = []
GATE = asyncio.Event()


@handles(Probe)
async def probe(run: JobRun, payload: Probe) -> None:
    """Do what the payload says."""
    ACTS.append(payload.act)
    if payload.act == "crash":
        raise ZeroDivisionError
    if payload.act == "refuse":
        raise AppError(409, "tests.refused", "No.", fix="Ask nicely.")
    if payload.act == "away":
        raise RetryableError("tests.away", "Not there.")
    if payload.act == "outage":
        raise OutageError("tests.outage", "Nothing is there.")
    if payload.act == "wait":
        await GATE.wait()
    if payload.act == "hold":
        async with run.complete() as completion:
            # As long as the heartbeat needs to come round and to wait for this transaction's row lock.
            await asyncio.sleep(1.4)
            completion.children = [NewJob(payload=Probe(act="child"), label=str(n)) for n in range(3)]
        return
    async with run.complete() as completion:
        completion.result = {"act": payload.act}


@pytest.fixture(autouse=True)
def fresh() -> None:
    ACTS.clear()
    GATE.clear()


async def enqueued(world: World, act: str) -> UUID:
    async with world.resources.db.transaction() as session:
        return (await enqueue(session, Probe(act=act), project_id=None)).id


async def row(world: World, job_id: UUID) -> dict[str, Any]:
    rows = await world.sql("SELECT to_jsonb(j) FROM jobs j WHERE id = :id", id=job_id)
    found: Any = rows[0][0]
    return dict(found)


def test_a_kind_has_one_handler() -> None:
    with pytest.raises(RuntimeError, match="two tasks"):
        handles(Probe)(probe)
    assert "scripts.parse" in registry.kinds()


async def test_a_wake_up_is_sent_only_after_the_commit(world: World) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with world.resources.db.transaction() as session:
            await enqueue(session, Probe(act="x"), project_id=None)
            raise ZeroDivisionError
    assert world.woken == []
    assert await world.sql("SELECT id FROM jobs") == []
    job_id = await enqueued(world, "x")
    assert world.woken == [(job_id, 0)]


async def test_a_crash_is_tried_again_and_then_told_without_a_trace(world: World) -> None:
    job_id = await enqueued(world, "crash")
    for _ in range(3):
        await world.sql("UPDATE jobs SET run_after = now()")
        await world.runner.run(job_id)
    ended = await row(world, job_id)
    assert (ended["status"], ended["attempts"], ended["error"]["code"]) == ("failed", 3, "jobs.internal")
    assert "ZeroDivision" not in str(ended)
    await world.runner.run(job_id)
    assert ACTS == ["crash"] * 3


async def test_a_refusal_fails_at_once_with_its_words(world: World) -> None:
    job_id = await enqueued(world, "refuse")
    await world.runner.run(job_id)
    ended = await row(world, job_id)
    assert ended["status"] == "failed"
    assert ended["error"] == {"code": "tests.refused", "detail": "No.", "fix": "Ask nicely."}


async def test_a_dependency_that_is_away_is_waited_for_with_growing_pauses(world: World) -> None:
    job_id = await enqueued(world, "away")
    await world.runner.run(job_id)
    waiting = await row(world, job_id)
    assert (waiting["status"], waiting["error"]["code"]) == ("queued", "tests.away")
    await world.runner.run(job_id)
    assert ACTS == ["away"], "it is not due yet"


async def test_two_workers_never_run_the_same_job(world: World) -> None:
    job_id = await enqueued(world, "x")
    runners = [JobRunner(world.resources) for _ in range(6)]
    await asyncio.gather(*(runner.run(job_id) for runner in runners))
    assert ACTS == ["x"]


async def test_a_dead_workers_job_is_taken_back_and_its_late_write_is_refused(world: World) -> None:
    job_id = await enqueued(world, "wait")
    zombie = asyncio.create_task(world.runner.run(job_id))
    while not ACTS:
        await asyncio.sleep(0.02)
    # The lease has run out, as if the worker had not been heard of; another worker takes over and succeeds.
    await world.sql("UPDATE jobs SET lease_until = now() - interval '1 second'")
    await world.runner.sweep()
    await world.sql("UPDATE jobs SET payload = jsonb_set(payload, '{act}', '\"second\"')")
    await JobRunner(world.resources).run(job_id)
    assert (await row(world, job_id))["result"] == {"act": "second"}
    GATE.set()
    await zombie
    ended = await row(world, job_id)
    assert (ended["status"], ended["result"], ended["attempts"]) == ("succeeded", {"act": "second"}, 2)


async def test_a_job_that_kills_its_worker_every_time_is_given_up(world: World) -> None:
    job_id = await enqueued(world, "x")
    for _ in range(3):
        await world.sql(
            "UPDATE jobs SET status = 'running', attempts = attempts + 1, lease_until = now() - interval '1 s'"
        )
        await world.runner.sweep()
    ended = await row(world, job_id)
    assert (ended["status"], ended["error"]["code"]) == ("failed", "jobs.lost")


async def test_the_sweep_wakes_what_no_message_came_for(world: World) -> None:
    job_id = await enqueued(world, "x")
    world.woken.clear()
    await world.runner.sweep()
    assert world.woken == [(job_id, 0)]


async def test_a_heartbeat_that_waited_for_the_last_transaction_gives_a_waiting_parent_no_lease(world: World) -> None:
    job_id = await enqueued(world, "hold")
    await world.runner.run(job_id)
    parent = await row(world, job_id)
    assert (parent["status"], parent["lease_until"]) == ("running", None)
    await world.sql("UPDATE jobs SET lease_until = lease_until - interval '1 hour'")
    await world.runner.sweep()
    await world.run_jobs()
    assert ACTS == ["hold", "child", "child", "child"]
    ended = await row(world, job_id)
    assert (ended["status"], ended["progress_done"], ended["progress_total"]) == ("succeeded", 3, 3)


async def test_an_outage_is_waited_out_and_counts_as_no_attempt(world: World) -> None:
    job_id = await enqueued(world, "outage")
    for _ in range(6):
        assert await world.run_jobs() == 1
        waiting = await row(world, job_id)
        assert (waiting["status"], waiting["error"]["code"]) == ("queued", "tests.outage")
        assert waiting["max_attempts"] - waiting["attempts"] == 3
        await world.sql("UPDATE jobs SET run_after = now()")


async def test_an_outage_is_not_waited_out_for_ever(world: World) -> None:
    job_id = await enqueued(world, "outage")
    await world.sql("UPDATE jobs SET created_at = now() - interval '2 hours'")
    for _ in range(3):
        assert await world.run_jobs() == 1
        await world.sql("UPDATE jobs SET run_after = now() WHERE status = 'queued'")
    ended = await row(world, job_id)
    assert (ended["status"], ended["error"]["code"]) == ("failed", "tests.outage")


async def test_a_stopping_worker_hands_its_job_back(world: World) -> None:
    job_id = await enqueued(world, "wait")
    running = asyncio.create_task(world.runner.run(job_id))
    while not ACTS:
        await asyncio.sleep(0.02)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    handed_back = await row(world, job_id)
    assert (handed_back["status"], handed_back["lease_until"]) == ("queued", None)
    assert handed_back["max_attempts"] - handed_back["attempts"] == 3, "a stop does not count as an attempt"


async def test_cancelling_stops_a_running_job(world: World, client: httpx2.AsyncClient) -> None:
    job_id = await enqueued(world, "wait")
    running = asyncio.create_task(world.runner.run(job_id))
    while not ACTS:
        await asyncio.sleep(0.02)
    answer = await client.post(f"jobs/{job_id}/cancel")
    assert (answer.status_code, answer.json()["status"]) == (202, "cancelling")
    await asyncio.wait_for(running, 5)
    assert (await row(world, job_id))["status"] == "cancelled"
    again = await client.post(f"jobs/{job_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "jobs.has_ended")


async def test_a_queued_job_is_cancelled_by_the_worker(world: World, client: httpx2.AsyncClient) -> None:
    job_id = await enqueued(world, "x")
    await client.post(f"jobs/{job_id}/cancel")
    assert (await row(world, job_id))["status"] == "cancelling"
    await world.run_jobs()
    assert (await row(world, job_id))["status"] == "cancelled"
    assert ACTS == []


async def test_retry_runs_a_failed_job_again(world: World, client: httpx2.AsyncClient) -> None:
    job_id = await enqueued(world, "refuse")
    await world.run_jobs()
    await world.sql("UPDATE jobs SET payload = jsonb_set(payload, '{act}', '\"x\"')")
    answer = await client.post(f"jobs/{job_id}/retry")
    assert (answer.status_code, answer.json()["status"], answer.json()["error"]) == (202, "queued", None)
    await world.run_jobs()
    assert (await row(world, job_id))["status"] == "succeeded"
    refused = await client.post(f"jobs/{job_id}/retry")
    assert (refused.status_code, refused.json()["code"]) == (409, "jobs.not_ended")


async def imported(client: httpx2.AsyncClient, project_id: str) -> str:
    answer = await client.post(
        "scripts/parse",
        files={"file": ("two-rooms.fountain", SCREENPLAY)},
        data={"project_id": project_id, "engine": "rules"},
    )
    return str(answer.json()["job_id"])


async def test_of_an_import_only_the_failed_scenes_run_again(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    job_id = await imported(client, project_id)
    await world.runner.run(UUID(job_id))
    # The second scene loses what the breakdown needs, so that its job fails.
    await world.sql("UPDATE scenes SET parsed = NULL WHERE sequence_number = 2")
    await world.run_jobs()
    parent = (await client.get(f"jobs/{job_id}")).json()
    assert (parent["status"], parent["error"]["code"]) == ("failed", "jobs.parts_failed")
    assert parent["progress"] == {"done": 2, "total": 3}
    failed = (await client.get("jobs", params={"parent_id": job_id, "state": "failed"})).json()["items"]
    assert [(job["label"], job["error"]["code"]) for job in failed] == [
        ("EXT. FERRY DECK - DAY", "scripts.nothing_to_break_down")
    ]
    before = await world.sql("SELECT id FROM shots ORDER BY id")
    await world.sql(
        "UPDATE scenes s SET parsed = o.parsed FROM scenes o WHERE s.sequence_number = 2 AND o.sequence_number = 1"
    )
    await client.post(f"jobs/{job_id}/retry")
    await world.run_jobs()
    parent = (await client.get(f"jobs/{job_id}")).json()
    assert (parent["status"], parent["error"], parent["progress"]) == ("succeeded", None, {"done": 3, "total": 3})
    after = await world.sql("SELECT id FROM shots")
    assert set(before) < set(after), "the shots of the other scenes stay as they are"


async def test_a_part_that_ends_while_its_import_is_cancelled_does_not_block_it(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    job_id = await imported(client, project_id)
    await world.runner.run(UUID(job_id))
    [(child_id,)] = await world.sql("SELECT id FROM jobs WHERE parent_id = :id", id=job_id)
    await world.sql("UPDATE jobs SET status = 'running', attempts = 1 WHERE id = :id", id=child_id)
    await client.post(f"jobs/{job_id}/cancel")
    async with world.resources.db.transaction() as session:
        # The part has begun its last transaction: its own row first, then its parent's.
        assert await jobs.lock_attempt(session, UUID(str(child_id)), 1)
        cancelling = asyncio.create_task(world.runner.run(UUID(job_id)))
        await asyncio.sleep(0.3)
        await jobs.succeed(session, UUID(str(child_id)), {}, [])
        await jobs.count_child(session, UUID(job_id), 3)
    await cancelling
    parent = (await client.get(f"jobs/{job_id}")).json()
    assert parent["status"] == "succeeded", "the cancel came too late to cancel anything"
    assert parent["progress"] == {"done": 3, "total": 3}


async def test_no_part_begins_once_its_import_is_being_cancelled(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    job_id = await imported(client, project_id)
    await world.runner.run(UUID(job_id))
    [(child_id,)] = await world.sql("SELECT id FROM jobs WHERE parent_id = :id", id=job_id)
    await client.post(f"jobs/{job_id}/cancel")
    # The worker was woken for the part before it is told of the cancel.
    await world.runner.run(UUID(str(child_id)))
    assert (await client.get(f"projects/{project_id}/shots")).json()["items"] == []
    await world.run_jobs()
    assert (await client.get(f"jobs/{job_id}")).json()["status"] == "cancelled"
    assert [job["status"] for job in (await client.get("jobs", params={"parent_id": job_id})).json()["items"]] == [
        "cancelled"
    ]


async def test_cancelling_an_import_keeps_what_is_stored(
    world: World, client: httpx2.AsyncClient, project_id: str
) -> None:
    job_id = await imported(client, project_id)
    await world.runner.run(UUID(job_id))
    await client.post(f"jobs/{job_id}/cancel")
    await world.run_jobs()
    assert (await client.get(f"jobs/{job_id}")).json()["status"] == "cancelled"
    assert len((await client.get(f"projects/{project_id}/scenes")).json()["items"]) == 3
    await client.post(f"jobs/{job_id}/retry")
    await world.run_jobs()
    assert (await client.get(f"jobs/{job_id}")).json()["status"] == "succeeded"


async def test_a_worker_that_dies_anywhere_in_an_import_makes_no_scene_twice(
    world: World, client: httpx2.AsyncClient, project_id: str, import_script: Import
) -> None:
    await import_script()
    expected = await world.sql("SELECT slugline, sequence_number FROM scenes ORDER BY 2")
    shots = await world.sql("SELECT description FROM shots ORDER BY 1")
    await world.sql("DELETE FROM scenes")
    job_id = await imported(client, project_id)
    # Every attempt is lost once before it is allowed to end.
    for _ in range(2):
        await world.sql(
            "UPDATE jobs SET status = 'running', attempts = attempts + 1, lease_until = now() - interval '1 s'"
            " WHERE status = 'queued'"
        )
        await world.runner.sweep()
        await world.runner.run(UUID(job_id))
    await world.run_jobs()
    assert (await client.get(f"jobs/{job_id}")).json()["status"] == "succeeded"
    assert await world.sql("SELECT slugline, sequence_number FROM scenes ORDER BY 2") == expected
    assert await world.sql("SELECT description FROM shots ORDER BY 1") == shots
