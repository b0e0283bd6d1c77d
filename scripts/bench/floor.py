"""The floor: a bare FastAPI application that answers any path under /bodies with bytes held in memory."""

import os
from pathlib import Path

from fastapi import FastAPI, Response

FOLDER = "BENCH_BODIES"


def app() -> FastAPI:
    """Factory for uvicorn: serves each file of the folder named by BENCH_BODIES as JSON under its name."""
    bodies = {path.name: path.read_bytes() for path in Path(os.environ[FOLDER]).iterdir()}
    bare = FastAPI()

    @bare.get("/bodies/{name}")
    async def get_body(name: str) -> Response:
        return Response(bodies[name], media_type="application/json")

    return bare
