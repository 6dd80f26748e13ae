"""Errands to helpdesks: tickets to fetch and texts to send, kept until they are done.

No word of a ticket stands here: what is to be sent is read from the case's event that `key` names.
`signed` is the digest of what a helpdesk signed: the same bytes again are a replay.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

OWN = "workspace_id = current_setting('assist.workspace', true)"
ERRANDS = """
    CREATE TABLE errands (
        workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)
            REFERENCES workspaces,
        errand_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL CHECK (kind IN ('fetch', 'reply')),
        helpdesk text NOT NULL,
        ticket_id text NOT NULL,
        key text NOT NULL,
        signed text NOT NULL,
        case_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'done', 'dropped', 'failed')),
        made_at timestamptz NOT NULL,
        tried_at timestamptz,
        tries integer NOT NULL CHECK (tries >= 0),
        problem text NOT NULL,
        PRIMARY KEY (workspace_id, errand_id)
    )
"""
INDEXES = (
    """
    CREATE UNIQUE INDEX errands_signed ON errands (workspace_id, helpdesk, signed)
    WHERE signed <> ''
    """,
    "CREATE INDEX errands_of_ticket ON errands (workspace_id, helpdesk, ticket_id, number)",
    "CREATE INDEX errands_waiting ON errands (workspace_id, state, number)",
)


def upgrade() -> None:
    """Make the table with its policy."""
    op.execute(ERRANDS)
    op.execute("ALTER TABLE errands ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_workspace ON errands USING ({OWN}) WITH CHECK ({OWN})")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON errands TO assist_app")
    for statement in INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """Remove the table."""
    op.execute("DROP TABLE errands")
