"""Revised drafts of a screenplay, and where a scene in the bin stood."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _script_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("draft_of", sa.Uuid()),
        sa.Column("draft_scenes", JSONB()),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("applied", JSONB()),
    )


def upgrade() -> None:
    """Apply."""
    for column in _script_columns():
        op.add_column("scripts", column)
    op.create_foreign_key("scripts_draft_of_fkey", "scripts", "scripts", ["draft_of"], ["id"], ondelete="CASCADE")
    op.create_index("ix_scripts_draft_of", "scripts", ["draft_of"])
    op.add_column("scenes", sa.Column("binned_after", sa.Uuid()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("scenes", "binned_after")
    op.execute("DELETE FROM scripts WHERE draft_of IS NOT NULL AND applied_at IS NULL")
    op.drop_index("ix_scripts_draft_of", "scripts")
    for column in reversed(_script_columns()):
        op.drop_column("scripts", column.name)
