"""Screenplays, and what their import and the compiler add to scenes and shots."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _scene_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("script_id", sa.Uuid()),
        sa.Column("scene_number", sa.Text()),
        sa.Column("parsed", JSONB()),
    )


def _shot_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("size", sa.Text()),
        sa.Column("angle", sa.Text()),
        sa.Column("movement", sa.Text()),
        sa.Column("characters", JSONB(), nullable=False, server_default="[]"),
        sa.Column("dialogue", JSONB(), nullable=False, server_default="[]"),
        sa.Column("line_start", sa.Integer()),
        sa.Column("line_end", sa.Integer()),
        sa.Column("payload_source", sa.Text()),
        sa.Column("compiled_from", JSONB()),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "scripts",
        sa.Column("id", sa.Uuid(), primary_key=True, server_default=sa.func.gen_random_uuid()),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("format", sa.Text()),
        sa.Column("encoding", sa.Text()),
        sa.Column("title_page", JSONB(), nullable=False, server_default="{}"),
        sa.Column("warnings", JSONB(), nullable=False, server_default="[]"),
        sa.Column("preamble", JSONB(), nullable=False, server_default="[]"),
        sa.Column("engine", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_index("scripts_project_idx", "scripts", ["project_id", "created_at"])
    for column in _scene_columns():
        op.add_column("scenes", column)
    op.create_foreign_key("scenes_script_id_fkey", "scenes", "scripts", ["script_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_scenes_script_id", "scenes", ["script_id"])
    op.create_index("scenes_project_sequence_idx", "scenes", ["project_id", "sequence_number"])
    for column in _shot_columns():
        op.add_column("shots", column)


def downgrade() -> None:
    """Take back."""
    for column in reversed(_shot_columns()):
        op.drop_column("shots", column.name)
    op.drop_index("scenes_project_sequence_idx", "scenes")
    for column in reversed(_scene_columns()):
        op.drop_column("scenes", column.name)
    op.drop_table("scripts")
