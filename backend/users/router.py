"""Routes of sign-in and API tokens."""

from uuid import UUID

from fastapi import APIRouter, Request, Response, status

from backend.core.errors import AppError
from backend.resources import ResourcesDep, SessionDep
from backend.users import repository, service
from backend.users.dependencies import SESSION_COOKIE, SecretDep, UserDep
from backend.users.schemas import Login, Me, NewToken, Token, TokenCreate, TokenPage
from backend.users.throttle import LoginThrottle

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/login", operation_id="login", response_model=Me)
async def login(data: Login, request: Request, response: Response, resources: ResourcesDep) -> Me:
    """Open a session: sets the `auteur_session` cookie (HttpOnly, SameSite=Lax).

    401 when the credentials are wrong, 429 after too many failures.
    """
    throttle: LoginThrottle = request.app.state.login_throttle
    address = request.client.host if request.client else "unknown"
    await throttle.check(address, data.email)
    settings = resources.settings
    try:
        async with resources.db.transaction() as session:
            user, secret = await service.login(session, data, session_days=settings.session_days)
    except AppError:
        await throttle.record_failure(address, data.email)
        raise
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=settings.session_days * 86400,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies or request.url.scheme == "https",
    )
    return Me.model_validate(user)


@router.post("/logout", operation_id="logout", status_code=status.HTTP_204_NO_CONTENT)
async def logout(session: SessionDep, secret: SecretDep, response: Response) -> None:
    """Close the session and forget its cookie."""
    await service.logout(session, secret)
    response.delete_cookie(SESSION_COOKIE)


@router.get("/me", operation_id="get_me", response_model=Me)
async def get_me(user: UserDep) -> Me:
    """The signed-in account."""
    return Me.model_validate(user)


@router.post("/tokens", operation_id="create_token", response_model=NewToken, status_code=status.HTTP_201_CREATED)
async def create_token(data: TokenCreate, session: SessionDep, user: UserDep) -> NewToken:
    """Make an API token. Its secret is in this answer and nowhere else."""
    token, secret = await service.create_token(session, user, data)
    return NewToken(**Token.model_validate(token).model_dump(), token=secret)


@router.get("/tokens", operation_id="list_tokens", response_model=TokenPage)
async def list_tokens(session: SessionDep, user: UserDep) -> TokenPage:
    """Your API tokens, newest first, without their secrets."""
    tokens = await repository.list_api_tokens(session, user.id)
    return TokenPage(items=[Token.model_validate(token) for token in tokens], total=len(tokens))


@router.delete("/tokens/{token_id}", operation_id="revoke_token", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_token(token_id: UUID, session: SessionDep, user: UserDep) -> None:
    """Revoke an API token: the next request with it is answered 401."""
    await service.revoke_token(session, user, token_id)
