"""What is to be mended where it begins, so that an issue does not come any more.

`body` is the item; no word of a ticket stands there. `upstream_events` is only added to. `key`
tells a request that came twice.
"""

from alembic import op

revision = "0016"
down_revision = "0015"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)
TABLES = {
    "upstream_items": f"""
        {WORKSPACE},
        item_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        state text NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
        changed_at timestamptz NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, item_id)""",
    "upstream_events": f"""
        {WORKSPACE},
        item_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        key text NOT NULL,
        at timestamptz NOT NULL,
        by text NOT NULL,
        what text NOT NULL,
        note text NOT NULL,
        digest text NOT NULL,
        PRIMARY KEY (workspace_id, item_id, key),
        FOREIGN KEY (workspace_id, item_id) REFERENCES upstream_items""",
}
GRANTS = {"upstream_items": "SELECT, INSERT, UPDATE", "upstream_events": "SELECT, INSERT"}


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {name} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"GRANT {GRANTS[name]} ON {name} TO assist_app")


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
