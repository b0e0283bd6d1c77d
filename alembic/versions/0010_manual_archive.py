"""A shot can go to the archive by hand, without a run that replaced it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("archived_shots", "run_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM archived_shots WHERE run_id IS NULL")
    op.alter_column("archived_shots", "run_id", existing_type=sa.Uuid(), nullable=False)
