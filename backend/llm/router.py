"""Routes of the language model's settings, doctor and downloads."""

from fastapi import APIRouter, status

from backend.jobs import service as jobs
from backend.jobs.schemas import JobRead
from backend.llm import doctor, service
from backend.llm.schemas import DoctorReport, LlmSettingsRead, LlmSettingsUpdate, PullRequest
from backend.resources import ResourcesDep, SessionDep
from backend.users.dependencies import administrator, administrator_standalone, signed_in, signed_in_standalone

router = APIRouter(prefix="/llm", tags=["llm"])


@router.get("/settings", operation_id="get_llm_settings", response_model=LlmSettingsRead, dependencies=[signed_in])
async def get_llm_settings(resources: ResourcesDep, session: SessionDep) -> LlmSettingsRead:
    """The language model's settings that hold now, each with its default and whether it is overridden."""
    return await service.get_settings(session, resources.settings.llm)


@router.patch(
    "/settings",
    operation_id="update_llm_settings",
    response_model=LlmSettingsRead,
    dependencies=[administrator_standalone],
)
async def update_llm_settings(data: LlmSettingsUpdate, resources: ResourcesDep) -> LlmSettingsRead:
    """Override settings, or take overrides back with null. Administrators only.

    Every process works with them within two seconds, without a restart; work under way ends as it began.
    """
    async with resources.db.transaction() as session:
        changed = await service.update_settings(session, resources.settings.llm, data)
    resources.llm.forget_settings()
    return changed


@router.post("/doctor", operation_id="run_llm_doctor", response_model=DoctorReport, dependencies=[signed_in_standalone])
async def run_llm_doctor(resources: ResourcesDep) -> DoctorReport:
    """Look at everything between here and a good reply, in order; takes at most 30 seconds.

    Each failure comes with what mends it. What depends on a failed check is skipped.
    """
    return await doctor.examine(await resources.llm.settings())


@router.post(
    "/pull",
    operation_id="pull_llm_model",
    response_model=JobRead,
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[administrator],
)
async def pull_llm_model(data: PullRequest, session: SessionDep) -> JobRead:
    """Let the Ollama server download a model. Administrators only.

    A job whose progress is in bytes; for a model that is being downloaded already, that job. It can be cancelled.
    """
    return jobs.to_read(await service.start_pull(session, data.model))
