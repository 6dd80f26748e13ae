"""That somebody was forgotten, without saying who; whose ticket a suggestion was made for.

A tombstone is a keyed hash of the id and never the id. The application reads tombstones and makes
none: each takes rows away again after a restore. `suggestions.customer_id` may be null: a ticket
need not name its customer, and the release before goes on writing rows without it.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

OWN = "workspace_id = current_setting('assist.workspace', true)"


def upgrade() -> None:
    """Make the table with its policy, and the column."""
    op.execute("""
        CREATE TABLE tombstones (
            workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)
                REFERENCES workspaces,
            kind text NOT NULL CHECK (kind IN ('customer', 'ticket')),
            digest bytea NOT NULL CHECK (octet_length(digest) = 32),
            salt bytea NOT NULL CHECK (octet_length(salt) = 32),
            at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, digest))
    """)
    op.execute("ALTER TABLE tombstones ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_workspace ON tombstones USING ({OWN}) WITH CHECK ({OWN})")
    op.execute("GRANT SELECT ON tombstones TO assist_app")
    op.execute("ALTER TABLE suggestions ADD COLUMN customer_id text")
    op.execute("""
        CREATE INDEX suggestions_of_customer ON suggestions (workspace_id, customer_id)
        WHERE customer_id IS NOT NULL
    """)


def downgrade() -> None:
    """Remove both."""
    op.execute("ALTER TABLE suggestions DROP COLUMN customer_id")
    op.execute("DROP TABLE tombstones")
