"""Escalations that were handed over, and approvals.

Neither is ever deleted by the application. Of one candidate one approval at a time may wait.
"""

from alembic import op

revision = "0009"
down_revision = "0008"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)
TABLES = {
    "escalations": f"""
        {WORKSPACE},
        escalation_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        case_id text NOT NULL,
        ticket_id text NOT NULL,
        team text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'taken', 'answered', 'withdrawn')),
        taken_by text NOT NULL,
        deadline timestamptz NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, escalation_id),
        FOREIGN KEY (workspace_id, case_id) REFERENCES cases""",
    "approvals": f"""
        {WORKSPACE},
        approval_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        case_id text NOT NULL,
        ticket_id text NOT NULL,
        customer_id text NOT NULL,
        suggestion_id text NOT NULL,
        candidate_id text NOT NULL,
        needs text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'withdrawn')),
        body json NOT NULL,
        PRIMARY KEY (workspace_id, approval_id),
        FOREIGN KEY (workspace_id, case_id) REFERENCES cases""",
}
INDEXES = (
    "CREATE INDEX escalations_of_ticket ON escalations (workspace_id, ticket_id, number)",
    (
        "CREATE INDEX escalations_pending ON escalations (workspace_id, deadline, number) "
        "WHERE state IN ('open', 'taken')"
    ),
    "CREATE INDEX approvals_of_ticket ON approvals (workspace_id, ticket_id, number)",
    "CREATE INDEX approvals_by_state ON approvals (workspace_id, state, number)",
    (
        "CREATE UNIQUE INDEX approvals_waiting "
        "ON approvals (workspace_id, suggestion_id, candidate_id) WHERE state = 'open'"
    ),
)


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {name} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {name} TO assist_app")
    for statement in INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
