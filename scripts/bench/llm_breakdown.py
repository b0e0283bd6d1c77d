"""Measure the language model's breakdown beside the naive prompt on the same scenes and model: `make bench-llm`."""

import argparse
import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from backend.clients.llm import Llm
from backend.clients.llm_errors import LlmAttempt, LlmInvalidReply, LlmTimeout
from backend.core.settings import LlmSettings
from backend.screenplay import Scene, Screenplay, parse
from backend.screenplay.cast import characters
from backend.scripts.breakdown import SceneTask, batches, by_llm
from backend.scripts.breakdown_prompt import SYSTEM_PROMPT
from backend.scripts.service import SAMPLE
from tests.support.ollama_process import running_ollama_server

TIMEOUT_SECONDS = 900.0
# The specification's prompt is the first paragraph of ours.
NAIVE_PROMPT = SYSTEM_PROMPT.split("\n\n", 1)[0]


class NaiveShot(BaseModel):
    """What the specification asks of a shot: prose and a length."""

    model_config = ConfigDict(extra="forbid")

    shot_description: str
    estimated_duration: int


class NaiveReply(BaseModel):
    """The shots of one scene, with no bounds but those the client gives every reply (24 items, 400 characters)."""

    model_config = ConfigDict(extra="forbid")

    shots: list[NaiveShot]


@dataclass
class Cost:
    """What the breakdown of all scenes took."""

    seconds: float = 0.0
    requests: int = 0
    prompt_tokens: int = 0
    output_tokens: int = 0
    unfinished: int = 0
    shots: int = 0

    def add(self, attempts: Sequence[LlmAttempt]) -> None:
        self.requests += len(attempts)
        self.prompt_tokens += sum(attempt.prompt_tokens or 0 for attempt in attempts)
        self.output_tokens += sum(attempt.output_tokens or 0 for attempt in attempts)
        self.unfinished += sum(attempt.done_reason != "stop" for attempt in attempts)


def main() -> None:
    """The test model behind the Ollama protocol, or a real server with --base-url and --model."""
    parser = argparse.ArgumentParser(prog="make bench-llm", description=__doc__)
    sample = resources.files("backend.screenplay") / "samples" / SAMPLE
    parser.add_argument("script", nargs="?", type=Path, default=Path(str(sample)))
    parser.add_argument("--scenes", type=int, default=4, help="how many, from the first one on")
    parser.add_argument("--base-url", help="of a running Ollama; without it the small test model is started")
    parser.add_argument("--model", default="smollm2:135m")
    chosen = parser.parse_args()
    with _server(chosen.base_url, chosen.model) as base_url:
        asyncio.run(_measure(parse(chosen.script.read_bytes()), chosen.scenes, base_url, chosen.model))


@contextmanager
def _server(base_url: str | None, model: str) -> Iterator[str]:
    if base_url:
        yield base_url
        return
    with running_ollama_server(model=model) as server:
        yield server.base_url


async def _measure(screenplay: Screenplay, count: int, base_url: str, model: str) -> None:
    scenes = [scene for scene in screenplay.scenes if not scene.is_omitted][:count]
    cast = [counted.name for counted in characters(screenplay)]
    print(f"{len(scenes)} scenes, {model}; load {os.getloadavg()[0]:.1f}", flush=True)
    llm = Llm(LlmSettings(base_url=base_url, model=model, timeout_seconds=TIMEOUT_SECONDS))
    try:
        print("                seconds  requests  prompt tokens  output tokens  per scene  unfinished  shots")
        ours, engines = await _ours(llm, scenes, cast)
        _print("ids and codes", ours, len(scenes))
        naive = await _naive(llm, scenes)
        _print("naive prose", naive, len(scenes))
        print(f"output tokens {ours.output_tokens / naive.output_tokens:.0%} of the naive prompt's; {engines}")
    finally:
        await llm.aclose()


async def _ours(llm: Llm, scenes: Sequence[Scene], cast: list[str]) -> tuple[Cost, str]:
    """Every round is counted, repairs too."""
    cost = Cost()
    tasks = [SceneTask(str(number), scene, cast, True) for number, scene in enumerate(scenes)]
    rules = 0
    for batch in batches(tasks, engine="ollama"):
        log: list[LlmAttempt] = []
        begun = time.perf_counter()
        made = await by_llm(llm, batch, log, may_fall_back=True, is_last_attempt=True)
        cost.seconds += time.perf_counter() - begun
        cost.add(log)
        cost.shots += sum(len(one.drafts) for one in made)
        rules += sum(one.engine == "rules" for one in made)
    return cost, f"{rules} of {len(scenes)} scenes were left to the rules"


async def _naive(llm: Llm, scenes: Sequence[Scene]) -> Cost:
    """One request a scene, never a second."""
    cost = Cost()
    for scene in scenes:
        begun = time.perf_counter()
        try:
            reply = await llm.structured(
                system=NAIVE_PROMPT, user=f"{scene.heading}\n\n{scene.raw_text}", reply=NaiveReply, max_retries=0
            )
            cost.add(reply.attempts)
            cost.shots += len(reply.value.shots)
        except LlmInvalidReply as error:
            cost.add(error.attempts)
        except LlmTimeout:
            cost.unfinished += 1
        cost.seconds += time.perf_counter() - begun
    return cost


def _print(name: str, cost: Cost, scenes: int) -> None:
    print(
        f"{name:14} {cost.seconds:8.1f} {cost.requests:9} {cost.prompt_tokens:14} {cost.output_tokens:14}"
        f" {cost.output_tokens / scenes:10.0f} {cost.unfinished:11} {cost.shots:6}",
        flush=True,
    )


if __name__ == "__main__":
    main()
