"""The four tables of the specification, exactly."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE TYPE asset_type AS ENUM ('Character', 'Location', 'Object', 'Style')",
    """
    CREATE TABLE projects (
        id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
        name TEXT NOT NULL,
        resolution TEXT DEFAULT '4K', -- e.g., '3840x2160'
        aspect_ratio TEXT DEFAULT '16:9',
        veo_version TEXT DEFAULT '3.1',
        created_at TIMESTAMP DEFAULT NOW(),
        updated_at TIMESTAMP DEFAULT NOW()
    )
    """,
    """
    CREATE TABLE ingredients (
        id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
        project_id UUID REFERENCES projects(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        type asset_type NOT NULL,
        s3_key TEXT NOT NULL, -- The path in the MinIO bucket
        s3_bucket TEXT DEFAULT 'auteur-assets',
        thumbnail_key TEXT, -- Path to a generated low-res thumbnail
        metadata JSONB DEFAULT '{}', -- Stores AI-generated tags (e.g., {"hair": "blue", "mood": "dark"})
        created_at TIMESTAMP DEFAULT NOW()
    )
    """,
    "CREATE INDEX idx_ingredients_project_type ON ingredients(project_id, type)",
    """
    CREATE TABLE scenes (
        id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
        project_id UUID REFERENCES projects(id) ON DELETE CASCADE,
        slugline TEXT NOT NULL, -- e.g., "INT. SERVER ROOM - NIGHT"
        raw_content TEXT, -- The full text body of the scene
        sequence_number INT NOT NULL, -- For ordering scenes in the UI
        created_at TIMESTAMP DEFAULT NOW()
    )
    """,
    """
    CREATE TABLE shots (
        id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
        scene_id UUID REFERENCES scenes(id) ON DELETE CASCADE,
        description TEXT NOT NULL, -- The visual description
        duration FLOAT, -- Estimated duration in seconds
        sequence_number INT, -- Order within the scene
        -- "The Slot System": JSONB array of Ingredient UUIDs assigned to slots 1, 2, 3.
        -- Example: ["uuid-char-1", "uuid-loc-2", null]
        assigned_ingredients JSONB DEFAULT '[]',
        -- The computed prompt context sent to the LLM
        llm_context_cache TEXT,
        -- The final output for Google Flow/Veo
        veo_json_payload JSONB,
        status TEXT DEFAULT 'draft', -- 'draft', 'generating_json', 'ready'
        updated_at TIMESTAMP DEFAULT NOW()
    )
    """,
    "CREATE INDEX idx_shots_scene ON shots(scene_id)",
)


def upgrade() -> None:
    """Apply."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    for table in ("shots", "scenes", "ingredients", "projects"):
        op.drop_table(table)
    op.execute("DROP TYPE asset_type")
