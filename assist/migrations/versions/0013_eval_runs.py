"""Runs of the evaluation harness that were published to the service, with each case's result.

Of a result the outline and the whole stand apart: a list reads outlines alone. `asked` and `body`
are null where only the outline is kept on. `ticket_id` is that of the case's ticket: curated cases
can be made of real tickets, redacted, and whoever wrote one can be forgotten.
"""

from alembic import op

revision = "0013"
down_revision = "0012"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)
TABLES = {
    "eval_runs": f"""
        {WORKSPACE},
        run_id text NOT NULL,
        suite text NOT NULL,
        started_at timestamptz NOT NULL,
        at timestamptz NOT NULL,
        by text NOT NULL,
        total integer NOT NULL CHECK (total >= 0),
        head json NOT NULL,
        slices jsonb NOT NULL,
        PRIMARY KEY (workspace_id, run_id)""",
    "eval_results": f"""
        {WORKSPACE},
        run_id text NOT NULL,
        case_id text NOT NULL,
        trial integer NOT NULL CHECK (trial > 0),
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        ticket_id text NOT NULL,
        at timestamptz NOT NULL,
        outline json NOT NULL,
        asked json,
        body json,
        PRIMARY KEY (workspace_id, run_id, case_id, trial),
        FOREIGN KEY (workspace_id, run_id) REFERENCES eval_runs""",
}
GRANTS = {"eval_runs": "SELECT, INSERT, UPDATE", "eval_results": "SELECT, INSERT, UPDATE"}
INDEXES = (
    "CREATE INDEX eval_runs_of_suite ON eval_runs (workspace_id, suite, started_at DESC, run_id)",
    "CREATE INDEX eval_runs_newest ON eval_runs (workspace_id, started_at DESC, run_id)",
    "CREATE INDEX eval_results_in_order ON eval_results (workspace_id, run_id, number)",
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
