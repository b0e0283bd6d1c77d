"""The request that a job comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("jobs", sa.Column("request_id", sa.Text()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("jobs", "request_id")
