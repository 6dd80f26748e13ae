"""Grants, the ledger that caps count; consultations, questions to colleagues.

A grant is never deleted: one that was taken back says when, by whom and why. `number` is the order
the rows came in. An amount is a `numeric` without a scale, which keeps the digits as they were
given. `json`, not `jsonb`, keeps parameters and consultations as they were written.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)

TABLES = {
    "grants": f"""
        {WORKSPACE},
        grant_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        customer_id text NOT NULL,
        ticket_id text NOT NULL,
        suggestion_id text NOT NULL,
        action text NOT NULL,
        parameters json NOT NULL,
        amount numeric,
        currency text CHECK (currency ~ '^[A-Z]{{3}}$'),
        level text NOT NULL,
        granted_by text NOT NULL,
        at timestamptz NOT NULL,
        clauses text[] NOT NULL,
        policy_version text NOT NULL,
        voided_at timestamptz,
        voided_by text NOT NULL,
        void_reason text NOT NULL,
        CHECK ((amount IS NULL) = (currency IS NULL)),
        PRIMARY KEY (workspace_id, grant_id)""",
    "consultations": f"""
        {WORKSPACE},
        consultation_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        ticket_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('proposed', 'open', 'answered', 'withdrawn')),
        due timestamptz NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, consultation_id)""",
}

INDEXES = (
    "CREATE INDEX grants_of_customer ON grants (workspace_id, customer_id, at)",
    "CREATE INDEX grants_of_ticket ON grants (workspace_id, ticket_id)",
    "CREATE INDEX consultations_of_ticket ON consultations (workspace_id, ticket_id, number)",
    """CREATE INDEX consultations_open ON consultations (workspace_id, due, number)
    WHERE state = 'open'""",
)

GRANTS = {
    "grants": "SELECT, INSERT, UPDATE (voided_at, voided_by, void_reason)",
    "consultations": "SELECT, INSERT, UPDATE",
}


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_workspace ON {name} "
            "USING (workspace_id = current_setting('assist.workspace', true)) "
            "WITH CHECK (workspace_id = current_setting('assist.workspace', true))"
        )
        op.execute(f"GRANT {GRANTS[name]} ON {name} TO assist_app")
    for statement in INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
