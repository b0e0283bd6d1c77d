"""An applied draft keeps what the project was before it, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("scripts", sa.Column("undo", postgresql.JSONB(), nullable=True))
    op.add_column("scripts", sa.Column("applied_state", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("scripts", "applied_state")
    op.drop_column("scripts", "undo")
