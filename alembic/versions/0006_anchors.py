"""The script's elements, the anchors of shots in them, breakdown runs and what they replaced, a bin for scenes."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)

# What a shot's anchor remembers of an element: whoever covers it notices when its words change.
DIGEST = "md5(type || chr(31) || coalesce(character, '') || chr(31) || text)"


def _script_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("s3_key", sa.Text()),
        sa.Column("cast_names", JSONB(), nullable=False, server_default="[]"),
        sa.Column("plan", JSONB()),
    )


def _shot_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("anchors", JSONB(), nullable=False, server_default="[]"),
        sa.Column("provenance", JSONB(), nullable=False, server_default="{}"),
        sa.Column("run_id", sa.Uuid()),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "script_elements",
        sa.Column("id", sa.Uuid(), primary_key=True, server_default=sa.func.gen_random_uuid()),
        sa.Column("scene_id", sa.Uuid(), sa.ForeignKey("scenes.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("character", sa.Text()),
        sa.Column("extensions", JSONB(), nullable=False, server_default="[]"),
        sa.Column("dual", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("emphasis", JSONB(), nullable=False, server_default="[]"),
        sa.Column("line_start", sa.Integer(), nullable=False),
        sa.Column("line_end", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), sa.Computed(DIGEST, persisted=True), nullable=False),
    )
    op.create_index("script_elements_scene_idx", "script_elements", ["scene_id", "position"])
    op.create_table(
        "breakdown_runs",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("script_id", sa.Uuid(), sa.ForeignKey("scripts.id", ondelete="SET NULL")),
        sa.Column("job_id", sa.Uuid()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, server_default=""),
        sa.Column("created_at", TIME, nullable=False, server_default=sa.func.now()),
        sa.Column("reverted_at", TIME),
        sa.CheckConstraint("kind IN ('import', 'scene', 'draft')", name="kind"),
    )
    op.create_index("breakdown_runs_project_idx", "breakdown_runs", ["project_id", "created_at"])
    op.create_table(
        "archived_shots",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("run_id", sa.Uuid(), sa.ForeignKey("breakdown_runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("scene_id", sa.Uuid(), sa.ForeignKey("scenes.id", ondelete="CASCADE"), nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.Column("archived_at", TIME, nullable=False, server_default=sa.func.now()),
    )
    op.create_index("archived_shots_run_idx", "archived_shots", ["run_id"])
    op.create_index("ix_archived_shots_scene_id", "archived_shots", ["scene_id"])
    for column in _script_columns():
        op.add_column("scripts", column)
    op.alter_column("scripts", "source", nullable=True)
    op.add_column("scenes", sa.Column("binned_at", TIME))
    op.add_column("jobs", sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
    for column in _shot_columns():
        op.add_column("shots", column)
    op.create_foreign_key("shots_run_id_fkey", "shots", "breakdown_runs", ["run_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_shots_run_id", "shots", ["run_id"])
    for statement in (ELEMENTS_FROM_SCENES, CAST_FROM_SCENES, SLIM_SCENES, ANCHORS_FROM_LINES):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute(SCENES_FROM_ELEMENTS)
    op.drop_index("ix_shots_run_id", "shots")
    for column in reversed(_shot_columns()):
        op.drop_column("shots", column.name)
    op.drop_column("jobs", "weight")
    op.drop_column("scenes", "binned_at")
    # What was imported since has its bytes in the object store: its text stands in for them.
    op.execute("UPDATE scripts SET source = convert_to(coalesce(text, ''), 'UTF8') WHERE source IS NULL")
    op.alter_column("scripts", "source", nullable=False)
    for column in reversed(_script_columns()):
        op.drop_column("scripts", column.name)
    for table in ("archived_shots", "breakdown_runs", "script_elements"):
        op.drop_table(table)


ELEMENTS_FROM_SCENES = """
INSERT INTO script_elements (scene_id, position, type, text, character, extensions, dual, emphasis, line_start,
                             line_end)
SELECT sc.id, e.ord - 1, e.value->>'type', e.value->>'text', e.value->>'character',
       coalesce(e.value->'extensions', '[]'), coalesce((e.value->>'dual')::boolean, false),
       coalesce(e.value->'emphasis', '[]'), (e.value->>'line_start')::int, (e.value->>'line_end')::int
FROM scenes sc CROSS JOIN LATERAL jsonb_array_elements(sc.parsed->'elements') WITH ORDINALITY AS e(value, ord)
"""
CAST_FROM_SCENES = """
UPDATE scripts SET cast_names = found.cast_names
FROM (SELECT DISTINCT ON (script_id) script_id, parsed->'cast' AS cast_names FROM scenes
      WHERE parsed ? 'cast' AND script_id IS NOT NULL ORDER BY script_id, sequence_number) found
WHERE found.script_id = scripts.id
"""
SLIM_SCENES = "UPDATE scenes SET parsed = parsed - 'elements' - 'cast' - 'raw_text' WHERE parsed IS NOT NULL"
ANCHORS_FROM_LINES = """
UPDATE shots s SET anchors = found.anchors
FROM (SELECT own.id, jsonb_agg(jsonb_build_object('id', e.id, 'digest', e.digest) ORDER BY e.position) AS anchors
      FROM shots own JOIN script_elements e ON e.scene_id = own.scene_id
        AND e.line_start <= own.line_end AND e.line_end >= own.line_start
      GROUP BY own.id) found
WHERE found.id = s.id
"""
SCENES_FROM_ELEMENTS = """
UPDATE scenes sc SET parsed = sc.parsed || jsonb_build_object(
    'raw_text', coalesce(sc.raw_content, ''),
    'cast', coalesce((SELECT cast_names FROM scripts WHERE scripts.id = sc.script_id), '[]'),
    'elements', coalesce((
        SELECT jsonb_agg(jsonb_build_object('type', e.type, 'text', e.text, 'character', e.character,
                                            'extensions', e.extensions, 'dual', e.dual, 'emphasis', e.emphasis,
                                            'line_start', e.line_start, 'line_end', e.line_end) ORDER BY e.position)
        FROM script_elements e WHERE e.scene_id = sc.id), '[]'))
WHERE sc.parsed IS NOT NULL
"""
