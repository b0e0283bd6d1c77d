"""The text of a screenplay as its line numbers count it, for formats that are not text themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("scripts", sa.Column("text", sa.Text()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("scripts", "text")
