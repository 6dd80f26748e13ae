"""Gaps of the knowledge base: what was found, its tickets, what was decided, and the runs.

`body` is a gap as the last run found it, without its tickets: those have rows of their own, so
that forgetting a customer takes them out one by one. `made_of` are the ids of all tickets whose
words may stand in `body` and `draft`; `stale` says that one of them was forgotten. `center` is
empty where a gap grew into another one: nothing new is matched to it. `text` is the editor's own.
`gap_events` is only added to. `key` tells a request that came twice.
"""

from alembic import op

revision = "0014"
down_revision = "0013"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)
GAP = "FOREIGN KEY (workspace_id, gap_id) REFERENCES gaps"
TABLES = {
    "gaps": f"""
        {WORKSPACE},
        gap_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL,
        state text NOT NULL
            CHECK (state IN ('open', 'accepted', 'rejected', 'verified', 'reopened')),
        owner text NOT NULL DEFAULT '',
        impact double precision NOT NULL CHECK (impact >= 0),
        found_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        rejected_tickets integer,
        published_at timestamptz,
        stale boolean NOT NULL,
        embedder text NOT NULL,
        center json NOT NULL,
        radius double precision NOT NULL,
        made_of jsonb NOT NULL,
        body jsonb NOT NULL,
        draft text NOT NULL,
        text text NOT NULL,
        proof json,
        PRIMARY KEY (workspace_id, gap_id)""",
    "gap_tickets": f"""
        {WORKSPACE},
        gap_id text NOT NULL,
        ticket_id text NOT NULL,
        part integer NOT NULL CHECK (part >= 0),
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, gap_id, ticket_id, part),
        {GAP}""",
    "gap_events": f"""
        {WORKSPACE},
        gap_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        key text NOT NULL,
        at timestamptz NOT NULL,
        what text NOT NULL,
        by text NOT NULL,
        reason text NOT NULL,
        tickets jsonb NOT NULL,
        digest text NOT NULL,
        PRIMARY KEY (workspace_id, gap_id, key),
        {GAP}""",
    "gap_runs": f"""
        {WORKSPACE},
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        started_at timestamptz NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, number)""",
}
GRANTS = {
    "gaps": "SELECT, INSERT, UPDATE",
    "gap_tickets": "SELECT, INSERT, UPDATE, DELETE",
    "gap_events": "SELECT, INSERT",
    "gap_runs": "SELECT, INSERT",
}
INDEXES = (
    "CREATE INDEX gaps_by_impact ON gaps (workspace_id, impact DESC, gap_id)",
    "CREATE INDEX gap_tickets_of_ticket ON gap_tickets (workspace_id, ticket_id)",
    "CREATE INDEX gap_events_in_order ON gap_events (workspace_id, gap_id, number)",
)


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {name} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"GRANT {GRANTS[name]} ON {name} TO assist_app")
    for statement in INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
