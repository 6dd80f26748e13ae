"""What a workspace spends on language models; which home a job's files were sent to.

A hold is money set aside for one call, gone when the call is settled; one whose process died is
let go of after a while. `ingest_jobs.home` may be null: the release before writes none, and any
home builds such a job.
"""

from alembic import op

revision = "0012"
down_revision = "0011"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)
TABLES = {
    "spending": f"""
        {WORKSPACE},
        month date NOT NULL,
        spent numeric NOT NULL DEFAULT 0 CHECK (spent >= 0),
        PRIMARY KEY (workspace_id, month)""",
    "spending_holds": f"""
        {WORKSPACE},
        hold_id text NOT NULL,
        month date NOT NULL,
        amount numeric NOT NULL CHECK (amount >= 0),
        at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, hold_id),
        FOREIGN KEY (workspace_id, month) REFERENCES spending""",
}
GRANTS = {"spending": "SELECT, INSERT, UPDATE", "spending_holds": "SELECT, INSERT, DELETE"}


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {name} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"GRANT {GRANTS[name]} ON {name} TO assist_app")
    op.execute("ALTER TABLE ingest_jobs ADD COLUMN home text")


def downgrade() -> None:
    """Remove the tables."""
    op.execute("ALTER TABLE ingest_jobs DROP COLUMN home")
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
