"""Who is asking: the dependencies every route but sign-in takes."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from backend.core.errors import AppError
from backend.resources import ResourcesDep, SessionDep
from backend.users import service
from backend.users.models import User

SESSION_COOKIE = "auteur_session"

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="An API token from `POST auth/tokens`.")
_cookie = APIKeyCookie(name=SESSION_COOKIE, auto_error=False, scheme_name="session")


async def get_secret(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> str:
    """The secret the request carries; a named but wrong Authorization header never falls back to the cookie."""
    if bearer is not None:
        return bearer.credentials
    if request.headers.get("authorization"):
        raise AppError(
            401, "users.invalid_token", "Only `Authorization: Bearer TOKEN` is understood.", fix="Send an API token."
        )
    if cookie is None:
        raise AppError(401, "users.not_signed_in", "You are not signed in.", fix="Sign in, or send an API token.")
    return cookie


SecretDep = Annotated[str, Depends(get_secret)]


async def get_user(session: SessionDep, secret: SecretDep) -> User:
    """The signed-in account, read in the request's own transaction."""
    return await service.authenticate(session, secret)


async def get_user_standalone(resources: ResourcesDep, secret: SecretDep) -> User:
    """The signed-in account, for routes that must not hold a transaction (uploads, waits, streams)."""
    async with resources.db.transaction() as session:
        return await service.authenticate(session, secret)


def _as_admin(user: User) -> User:
    if not user.is_admin:
        raise AppError(
            403,
            "users.not_an_administrator",
            "Only an administrator may do this.",
            fix="Ask an administrator of this installation.",
        )
    return user


async def get_admin(user: Annotated[User, Depends(get_user)]) -> User:
    """The signed-in account, if it is an administrator's; 403 otherwise."""
    return _as_admin(user)


async def get_admin_standalone(user: Annotated[User, Depends(get_user_standalone)]) -> User:
    """As `get_admin`, for routes that must not hold a transaction."""
    return _as_admin(user)


UserDep = Annotated[User, Depends(get_user)]
StandaloneUserDep = Annotated[User, Depends(get_user_standalone)]
administrator = Depends(get_admin)
administrator_standalone = Depends(get_admin_standalone)
signed_in = Depends(get_user)
signed_in_standalone = Depends(get_user_standalone)
