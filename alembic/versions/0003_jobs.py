"""Background work."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("projects.id", ondelete="CASCADE")),
        sa.Column("parent_id", sa.Uuid(), sa.ForeignKey("jobs.id", ondelete="CASCADE")),
        sa.Column("subject_id", sa.Uuid()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, server_default=""),
        sa.Column("payload", JSONB(), nullable=False),
        sa.Column("dedupe_key", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False, server_default="queued"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("max_attempts", sa.Integer(), nullable=False, server_default="3"),
        sa.Column("progress_done", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("progress_total", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("error", JSONB()),
        sa.Column("result", JSONB()),
        sa.Column("log", JSONB(), nullable=False, server_default="[]"),
        sa.Column("run_after", TIME, nullable=False, server_default=sa.func.now()),
        sa.Column("lease_until", TIME),
        sa.Column("created_at", TIME, nullable=False, server_default=sa.func.now()),
        sa.Column("started_at", TIME),
        sa.Column("finished_at", TIME),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'succeeded', 'failed', 'cancelling', 'cancelled')", name="status"
        ),
    )
    op.create_index(
        "jobs_active_dedupe_key",
        "jobs",
        ["dedupe_key"],
        unique=True,
        postgresql_where=sa.text("status IN ('queued', 'running', 'cancelling')"),
    )
    op.create_index(
        "jobs_queue_idx", "jobs", ["status", "run_after", "id"], postgresql_where=sa.text("finished_at IS NULL")
    )
    op.create_index("jobs_parent_idx", "jobs", ["parent_id", "status", "id"])
    op.create_index("jobs_project_idx", "jobs", ["project_id", "id"])
    op.create_index("jobs_subject_idx", "jobs", ["subject_id", "id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("jobs")
