"""SQL of accounts and tokens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.users.models import AccessToken, User

# A token's last use is written at most this often: reading must not become writing.
LAST_USED_GRAIN = timedelta(minutes=10)


async def find_user_by_email(session: AsyncSession, email: str) -> User | None:
    """The account with this address, whatever its case."""
    found: User | None = await session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    return found


# Built once: this runs in front of every request.
_USER_BY_TOKEN = (
    select(User, AccessToken.id, AccessToken.last_used_at)
    .join(AccessToken, AccessToken.user_id == User.id)
    .where(
        AccessToken.token_hash == bindparam("token_hash"),
        or_(AccessToken.expires_at.is_(None), AccessToken.expires_at > bindparam("now")),
    )
)


async def find_user_by_token(session: AsyncSession, token_hash: bytes) -> User | None:
    """The account behind a valid, unexpired token."""
    now = datetime.now(UTC)
    found_rows = await session.execute(_USER_BY_TOKEN, {"token_hash": token_hash, "now": now})
    row = found_rows.one_or_none()
    if row is None:
        return None
    user, token_id, last_used_at = row
    if last_used_at is None or now - last_used_at > LAST_USED_GRAIN:
        await session.execute(update(AccessToken).where(AccessToken.id == token_id).values(last_used_at=now))
    found: User = user
    return found


async def delete_token_by_hash(session: AsyncSession, token_hash: bytes) -> None:
    """Forget one token, if it is there."""
    await session.execute(delete(AccessToken).where(AccessToken.token_hash == token_hash))


async def delete_expired_tokens(session: AsyncSession, user_id: UUID) -> None:
    """Forget the account's tokens whose time is over."""
    await session.execute(
        delete(AccessToken).where(AccessToken.user_id == user_id, AccessToken.expires_at < func.now())
    )


async def list_api_tokens(session: AsyncSession, user_id: UUID) -> list[AccessToken]:
    """The account's API tokens, newest first."""
    rows = await session.scalars(
        select(AccessToken)
        .where(AccessToken.user_id == user_id, AccessToken.kind == "api")
        .order_by(AccessToken.created_at.desc(), AccessToken.id)
    )
    return list(rows)


async def delete_api_token(session: AsyncSession, user_id: UUID, token_id: UUID) -> bool:
    """Revoke one of the account's API tokens; false when it is not theirs or not there."""
    deleted = await session.scalar(
        delete(AccessToken)
        .where(AccessToken.id == token_id, AccessToken.user_id == user_id, AccessToken.kind == "api")
        .returning(AccessToken.id)
    )
    return deleted is not None


async def delete_tokens(session: AsyncSession, user_id: UUID, kind: str) -> int:
    """Revoke all of the account's sessions, or all its API tokens; returns how many there were."""
    deleted = await session.scalars(
        delete(AccessToken).where(AccessToken.user_id == user_id, AccessToken.kind == kind).returning(AccessToken.id)
    )
    return len(deleted.all())


async def has_users(session: AsyncSession) -> bool:
    """Whether any account exists."""
    return bool(await session.scalar(select(select(User.id).exists())))
