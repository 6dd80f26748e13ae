"""Why the knowledge base that was handed in last was not taken: at most one row per workspace."""

from alembic import op

revision = "0004"
down_revision = "0003"

WORKSPACE = "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)"


def upgrade() -> None:
    """Make the table with its policy."""
    op.execute(f"""
        CREATE TABLE refusals (
            {WORKSPACE} REFERENCES workspaces,
            at timestamptz NOT NULL,
            location text NOT NULL,
            problem text NOT NULL,
            cure text NOT NULL,
            PRIMARY KEY (workspace_id))
    """)
    op.execute("ALTER TABLE refusals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own_workspace ON refusals "
        "USING (workspace_id = current_setting('assist.workspace', true)) "
        "WITH CHECK (workspace_id = current_setting('assist.workspace', true))"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON refusals TO assist_app")


def downgrade() -> None:
    """Remove the table."""
    op.execute("DROP TABLE refusals")
