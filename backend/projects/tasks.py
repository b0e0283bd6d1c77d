"""Background work on projects."""

from backend.jobs.registry import handles
from backend.jobs.run import JobRun
from backend.projects.payloads import DeleteProjectObjects


@handles(DeleteProjectObjects)
async def delete_project_objects(run: JobRun, payload: DeleteProjectObjects) -> None:
    """Delete every object under the project's prefix."""
    await run.wait_for_backup()
    deleted = await run.resources.storage.delete_prefix(payload.prefix)
    async with run.complete() as completion:
        completion.result = {"deleted": deleted}
