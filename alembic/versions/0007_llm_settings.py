"""What an administrator overrides of the language model's settings; progress in bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A model of 12 GB is downloaded in bytes, which do not fit 32 bits.
PROGRESS = ("progress_done", "progress_total")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "llm_settings",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False, server_default="1"),
        sa.Column("base_url", sa.Text()),
        sa.Column("model", sa.Text()),
        sa.Column("assembly_model", sa.Text()),
        sa.Column("vision_model", sa.Text()),
        sa.Column("temperature", sa.Float()),
        sa.Column("timeout_seconds", sa.Float()),
        sa.Column("connect_timeout_seconds", sa.Float()),
        sa.Column("max_parallel", sa.Integer()),
        sa.Column("max_context_tokens", sa.Integer()),
        sa.Column("keep_alive", sa.Text()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
    for column in PROGRESS:
        op.alter_column("jobs", column, type_=sa.BigInteger(), existing_type=sa.Integer(), existing_nullable=False)


def downgrade() -> None:
    """Take back."""
    for column in PROGRESS:
        op.execute(f"UPDATE jobs SET {column} = least({column}, 2147483647)")  # noqa: S608  (our own names)
        op.alter_column("jobs", column, type_=sa.Integer(), existing_type=sa.BigInteger(), existing_nullable=False)
    op.drop_table("llm_settings")
