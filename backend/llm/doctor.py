"""The doctor: looks at everything between here and a good reply, in order, within 30 seconds."""

import asyncio
import time

from backend.clients.llm_server import OllamaServer
from backend.core.errors import AppError
from backend.core.settings import LlmSettings
from backend.llm import doctor_address, doctor_models, doctor_replies
from backend.llm.examination import Check, Examination, Finding
from backend.llm.mends import Mend
from backend.llm.schemas import CheckStatus, DoctorCheck, DoctorReport
from backend.llm.surroundings import Surroundings

LIMIT_SECONDS = 30.0
# With less than this left a check is not begun.
LEAST_SECONDS = 0.5

CHECKS = (*doctor_address.CHECKS, *doctor_models.CHECKS, *doctor_replies.CHECKS)


async def examine(
    settings: LlmSettings, surroundings: Surroundings | None = None, *, limit_seconds: float = LIMIT_SECONDS
) -> DoctorReport:
    """Run every check on the server of these settings. Never raises for what it finds."""
    started = time.monotonic()
    # How long each step may take is the doctor's own affair.
    patient = settings.model_copy(
        update={
            "timeout_seconds": limit_seconds,
            "connect_timeout_seconds": min(settings.connect_timeout_seconds, 3.0),
        }
    )
    try:
        server = OllamaServer(patient)
    except ValueError:
        # An address so broken that no client can be made of it; the first check says so.
        server = OllamaServer(patient.model_copy(update={"base_url": "http://127.0.0.1:9"}))
    examination = Examination(patient, server, surroundings or Surroundings.found())
    found: dict[str, DoctorCheck] = {}
    try:
        for check in CHECKS:
            left = limit_seconds - (time.monotonic() - started)
            found[check.id] = await _run(check, examination, found, left)
    finally:
        await server.aclose()
    return DoctorReport(
        status=_worst([check.status for check in found.values()]),
        base_url=settings.base_url,
        checks=list(found.values()),
        milliseconds=_milliseconds(started),
    )


async def _run(check: Check, examination: Examination, before: dict[str, DoctorCheck], left: float) -> DoctorCheck:
    for needed in check.needs:
        if before[needed].status not in ("ok", "warning"):
            return _skipped(check, f"Needs “{before[needed].title}”.")
    if left < LEAST_SECONDS:
        return _skipped(check, "No time was left for it.")
    started = time.monotonic()
    try:
        async with asyncio.timeout(min(check.seconds, left)):
            finding = await check.look(examination)
    except TimeoutError:
        finding = Finding(check.slow_status, check.slow, Mend(check.slow_fix))
    except AppError as error:
        finding = Finding("failed", error.detail, Mend(error.fix) if error.fix else None)
    return DoctorCheck(
        id=check.id,
        title=check.title,
        status=finding.status,
        detail=finding.detail,
        milliseconds=_milliseconds(started),
        fix=finding.mend.fix if finding.mend else None,
        mend=finding.mend.lines if finding.mend else None,
    )


def _skipped(check: Check, why: str) -> DoctorCheck:
    return DoctorCheck(
        id=check.id, title=check.title, status="skipped", detail=why, milliseconds=None, fix=None, mend=None
    )


def _milliseconds(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _worst(statuses: list[CheckStatus]) -> CheckStatus:
    order: tuple[CheckStatus, ...] = ("failed", "warning", "off")
    return next((status for status in order if status in statuses), "ok")
