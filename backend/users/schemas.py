"""Wire classes of accounts and tokens."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, SecretStr, StringConstraints

from backend.core.schemas import Name, Read, Timestamp, Write


class Login(Write):
    """Credentials of a person."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=1024)]


class Me(Read):
    """The signed-in account."""

    id: UUID
    email: str
    name: str
    is_admin: bool
    created_at: Timestamp


class TokenCreate(Write):
    """A new API token."""

    name: Name


class Token(Read):
    """An API token, without its secret."""

    id: UUID
    name: str
    created_at: Timestamp
    last_used_at: Timestamp | None


class NewToken(Token):
    """An API token with its secret, which is shown this once."""

    token: str = Field(description="Send it as `Authorization: Bearer TOKEN`. It cannot be shown again.")


class TokenPage(Read):
    """All API tokens of the signed-in account."""

    items: list[Token]
    total: int
