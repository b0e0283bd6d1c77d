"""Serve the built page from the API's port, where no Nginx stands in front."""

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_NOT_PAGES = ("api/", "docs", "docs-assets/", "redoc", "openapi.json", "healthz", "readyz", "metrics")


class _Spa(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file of the build; any other address that is a page's gets index.html, so that a reload works."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            is_page = (
                scope["method"] in ("GET", "HEAD") and not path.startswith(_NOT_PAGES) and "." not in Path(path).name
            )
            if error.status_code != 404 or not is_page:
                raise
            response = FileResponse(Path(str(self.directory)) / "index.html")
        is_hashed = path.startswith("assets/") and response.status_code == 200
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        return response


def mount(app: FastAPI, directory: Path) -> None:
    """Serve the build in `directory` at every address that no route has."""
    app.mount("/", _Spa(directory=directory, html=True), name="spa")
