"""API keys: the hash of each secret, and what its bearer may do.

The application can take a key back and note when it was used, and change nothing else of it: not
its role, its level or the day it ends. It can delete none.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

OWN = "workspace_id = current_setting('assist.workspace', true)"


def upgrade() -> None:
    """Make the table with its policy."""
    op.execute("""
        CREATE TABLE api_keys (
            workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)
                REFERENCES workspaces,
            key_id text NOT NULL,
            number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
            digest bytea NOT NULL CHECK (octet_length(digest) = 32),
            role text NOT NULL CHECK (role IN ('agent', 'lead', 'qa', 'editor', 'admin')),
            level text NOT NULL,
            note text NOT NULL,
            made_at timestamptz NOT NULL,
            expires_at timestamptz,
            revoked_at timestamptz,
            last_used_at timestamptz,
            PRIMARY KEY (workspace_id, key_id),
            UNIQUE (workspace_id, digest))
    """)
    op.execute("ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_workspace ON api_keys USING ({OWN}) WITH CHECK ({OWN})")
    op.execute("GRANT SELECT, INSERT, UPDATE (revoked_at, last_used_at) ON api_keys TO assist_app")


def downgrade() -> None:
    """Remove the table."""
    op.execute("DROP TABLE api_keys")
