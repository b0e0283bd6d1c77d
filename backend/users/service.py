"""Sign-in, sessions and API tokens."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pwdlib import PasswordHash
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import AppError, NotFoundError
from backend.users import repository
from backend.users.models import AccessToken, User
from backend.users.schemas import Login, TokenCreate

_passwords = PasswordHash.recommended()
# Verified when no account matches, so that a wrong address takes as long as a wrong password.
_DUMMY_HASH = _passwords.hash(secrets.token_urlsafe(16))


def hash_token(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


async def login(session: AsyncSession, data: Login, *, session_days: int) -> tuple[User, str]:
    """Check the credentials and open a session; returns the account and the session's secret.

    Raises 401 `users.wrong_credentials`, which does not tell which of the two was wrong.
    """
    user = await repository.find_user_by_email(session, data.email)
    password_hash = user.password_hash if user else _DUMMY_HASH
    is_right = await asyncio.to_thread(_passwords.verify, data.password.get_secret_value(), password_hash)
    if user is None or not is_right:
        raise AppError(
            401,
            "users.wrong_credentials",
            "That e-mail address and password do not match.",
            fix="Check both and try again. The first account's password was printed when the system first started.",
        )
    await repository.delete_expired_tokens(session, user.id)
    secret = secrets.token_urlsafe(32)
    session.add(
        AccessToken(
            user_id=user.id,
            kind="session",
            token_hash=hash_token(secret),
            expires_at=datetime.now(UTC) + timedelta(days=session_days),
        )
    )
    await session.flush()
    return user, secret


async def logout(session: AsyncSession, secret: str) -> None:
    """Close the session with this secret."""
    await repository.delete_token_by_hash(session, hash_token(secret))


async def authenticate(session: AsyncSession, secret: str) -> User:
    """The account behind a session's or API token's secret; 401 when there is none."""
    user = await repository.find_user_by_token(session, hash_token(secret))
    if user is None:
        raise AppError(
            401,
            "users.invalid_token",
            "This session or token is not valid: it was revoked, signed out or has expired.",
            fix="Sign in again, or make a new API token.",
        )
    return user


async def create_token(session: AsyncSession, user: User, data: TokenCreate) -> tuple[AccessToken, str]:
    """Make an API token; returns its row and its secret."""
    secret = f"auteur_{secrets.token_urlsafe(32)}"
    token = AccessToken(user_id=user.id, kind="api", name=data.name, token_hash=hash_token(secret))
    session.add(token)
    await session.flush()
    await session.refresh(token)
    return token, secret


async def revoke_token(session: AsyncSession, user: User, token_id: UUID) -> None:
    """Revoke one of the account's API tokens."""
    if not await repository.delete_api_token(session, user.id, token_id):
        raise NotFoundError("users.token_not_found", "You have no API token with this id.")


@dataclass(frozen=True)
class FirstAdmin:
    """What became of the first account; the password only when it was generated now."""

    email: str
    password: str | None
    is_created: bool


async def create_user(session: AsyncSession, *, email: str, name: str, password: str, is_admin: bool) -> User:
    """Add an account; 409 when the address is taken."""
    if await repository.find_user_by_email(session, email):
        raise AppError(409, "users.email_taken", f"An account with the address {email} exists already.")
    password_hash = await asyncio.to_thread(_passwords.hash, password)
    user = User(email=email, name=name, password_hash=password_hash, is_admin=is_admin)
    session.add(user)
    await session.flush()
    await session.refresh(user)
    return user


async def ensure_first_admin(session: AsyncSession, *, email: str, password: str | None) -> FirstAdmin:
    """Make the first account of an empty installation; changes nothing in any other."""
    if await repository.has_users(session):
        return FirstAdmin(email=email, password=None, is_created=False)
    secret = password or secrets.token_urlsafe(12)
    await create_user(session, email=email, name=email.split("@")[0], password=secret, is_admin=True)
    return FirstAdmin(email=email, password=None if password else secret, is_created=True)


@dataclass(frozen=True)
class ResetPassword:
    """What a reset ended: browser sessions always, API tokens when asked; and the tokens that still work."""

    sessions_ended: int
    tokens_revoked: int
    tokens_left: int


async def reset_password(session: AsyncSession, *, email: str, password: str, revoke_tokens: bool) -> ResetPassword:
    """Set an account's password and end its sessions; 404 `users.not_found` for an unknown address."""
    user = await repository.find_user_by_email(session, email)
    if user is None:
        raise NotFoundError("users.not_found", f"There is no account with the address {email}.")
    user.password_hash = await asyncio.to_thread(_passwords.hash, password)
    await session.flush()
    sessions = await repository.delete_tokens(session, user.id, "session")
    tokens = await repository.delete_tokens(session, user.id, "api") if revoke_tokens else 0
    left = await repository.list_api_tokens(session, user.id)
    return ResetPassword(sessions_ended=sessions, tokens_revoked=tokens, tokens_left=len(left))
