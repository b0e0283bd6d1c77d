"""The one boundary: every request and every task attempt runs in `Database.transaction()`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData, Text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from backend.core.outbox import Outbox
from backend.core.settings import DatabaseSettings


class Base(DeclarativeBase):
    """Declarative base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "%(table_name)s_%(column_0_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "fk": "%(table_name)s_%(column_0_name)s_fkey",
            "pk": "%(table_name)s_pkey",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True), str: Text()}


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Open the pool. The session's time zone is UTC, so that `NOW()` into a plain TIMESTAMP is UTC."""
    return create_async_engine(
        settings.url,
        pool_size=settings.pool_size,
        max_overflow=8,
        pool_pre_ping=False,
        pool_recycle=1800,
        # An error must not carry rows into the log: they hold screenplays and password hashes.
        hide_parameters=True,
        connect_args={"server_settings": {"timezone": "UTC", "application_name": "auteur"}, "timeout": 5},
    )


Deliver = Callable[[Outbox], Awaitable[None]]


class Database:
    """Opens transactions and, after each commit, hands on what was only allowed to leave then."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], deliver: Deliver) -> None:
        self._sessions = sessions
        self._deliver = deliver

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction: commits once at the end, rolls back on any error, then delivers its outbox."""
        async with self._sessions() as session:
            async with session.begin():
                yield session
            outbox = Outbox.of(session)
        if outbox:
            await self._deliver(outbox)
