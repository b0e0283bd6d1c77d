"""Look at everything the installation stands on, and say what to do where something is wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from backend.core.errors import AppError
from backend.operations import doctor_checks as checks
from backend.operations.findings import Finding, State
from backend.resources import Resources

CHECK_SECONDS = 15.0


@dataclass(frozen=True)
class Diagnosis:
    """One line of the doctor."""

    name: str
    state: State
    detail: str
    fix: str | None

    def line(self) -> str:
        """For a person: state, name, what is there, and after an arrow what to do."""
        said = f"{self.state:<8} {self.name:<9} {self.detail}"
        return f"{said} → {self.fix}" if self.fix else said


Check = Callable[[Resources], Awaitable[Finding]]

# In the order in which to mend them.
CHECKS: dict[str, tuple[Check, str]] = {
    "database": (checks.database, "Start PostgreSQL, and check DATABASE__URL."),
    "redis": (checks.redis, "Start Redis, and check REDIS__URL. Nothing is lost: work waits in the database."),
    "storage": (checks.storage, "Start the object store, and check the S3__ settings."),
    "worker": (checks.worker, "Start Redis first: workers are seen through it."),
    "accounts": (checks.accounts, "Mend the database first."),
    "llm": (checks.llm, "`python -m backend.cli llm-doctor` looks closer."),
    "disk": (checks.disk, "Check the folder's permissions."),
    "clock": (checks.clock, "Mend database and object store first."),
    "secrets": (checks.secrets, ""),
}


async def diagnose(resources: Resources, only: str | None = None) -> list[Diagnosis]:
    """Every check, all at once; none takes longer than `CHECK_SECONDS`."""
    names = [only] if only else list(CHECKS)
    return list(await asyncio.gather(*(_diagnose(resources, name) for name in names)))


async def _diagnose(resources: Resources, name: str) -> Diagnosis:
    check, fix = CHECKS[name]
    try:
        found = await asyncio.wait_for(check(resources), CHECK_SECONDS)
    except TimeoutError:
        return Diagnosis(name, "failed", f"No answer within {CHECK_SECONDS:.0f} seconds.", fix)
    except AppError as error:
        return Diagnosis(name, "failed", error.detail, error.fix or fix)
    except (OSError, SQLAlchemyError, RedisError) as error:
        first_line = (str(error).splitlines() or [""])[0][:300]
        return Diagnosis(name, "failed", f"{type(error).__name__}: {first_line}", fix)
    return Diagnosis(name, found.state, found.detail, found.fix)
