"""Cases: what happened, where they stand, what was promised; feedback; LangGraph's checkpoints.

What happened is never changed or deleted by the application. The checkpointer's tables are the
library's own: they have no workspace, but a thread is named `workspace/case`, and policies hold
them to it. Its statements for building indexes beside other work cannot run in a transaction, and
on empty tables need not.
"""

import sqlalchemy as sa
from alembic import op
from langgraph.checkpoint.postgres.base import MIGRATIONS

revision = "0006"
down_revision = "0005"

OWN = "workspace_id = current_setting('assist.workspace', true)"
OWN_THREAD = "split_part(thread_id, '/', 1) = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)

TABLES = {
    "cases": f"""
        {WORKSPACE},
        case_id text NOT NULL,
        ticket_id text NOT NULL,
        customer_id text,
        revision integer NOT NULL,
        status text NOT NULL CHECK (status IN (
            'suggesting', 'deciding', 'waiting', 'solved', 'unanswered', 'cancelled')),
        suggestion_id text NOT NULL,
        priority text NOT NULL,
        opened_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        events integer NOT NULL,
        applied integer NOT NULL CHECK (applied <= events),
        PRIMARY KEY (workspace_id, case_id),
        UNIQUE (workspace_id, ticket_id)""",
    "case_events": f"""
        {WORKSPACE},
        case_id text NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        key text NOT NULL,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        by text NOT NULL,
        release text NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, case_id, number),
        UNIQUE (workspace_id, case_id, key),
        FOREIGN KEY (workspace_id, case_id) REFERENCES cases""",
    "ledger": f"""
        {WORKSPACE},
        entry_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        case_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'kept', 'broken', 'dropped')),
        due timestamptz,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, entry_id),
        FOREIGN KEY (workspace_id, case_id) REFERENCES cases""",
    "feedback": f"""
        {WORKSPACE},
        suggestion_id text NOT NULL,
        key text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, suggestion_id, key),
        FOREIGN KEY (workspace_id, suggestion_id) REFERENCES suggestions ON DELETE CASCADE""",
}
GRANTS = {
    "cases": "SELECT, INSERT, UPDATE",
    "case_events": "SELECT, INSERT",
    "ledger": "SELECT, INSERT, UPDATE",
    "feedback": "SELECT, INSERT",
}
INDEXES = (
    "CREATE INDEX cases_by_status ON cases (workspace_id, status, changed_at DESC)",
    "CREATE INDEX cases_behind ON cases (workspace_id) WHERE applied < events",
    "CREATE INDEX ledger_of_case ON ledger (workspace_id, case_id, number)",
    "CREATE INDEX ledger_due ON ledger (workspace_id, state, due, number)",
)
WRITTEN = sa.text("INSERT INTO checkpoint_migrations (v) VALUES (:v)")
THREADS = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        _keep_apart(name, OWN)
        op.execute(f"GRANT {GRANTS[name]} ON {name} TO assist_app")
    for statement in INDEXES:
        op.execute(statement)
    for number, statement in enumerate(MIGRATIONS):
        op.execute(statement.replace("CONCURRENTLY", ""))
        op.execute(
            sa.text("INSERT INTO checkpoint_migrations (v) VALUES (:v)").bindparams(v=number)
        )
    for name in THREADS:
        _keep_apart(name, OWN_THREAD)
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO assist_app")


def _keep_apart(name: str, own: str) -> None:
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_workspace ON {name} USING ({own}) WITH CHECK ({own})")


def downgrade() -> None:
    """Remove the tables."""
    for name in (*reversed(TABLES), *THREADS, "checkpoint_migrations"):
        op.execute(f"DROP TABLE {name}")
