"""Timers: procrastinate's tables, held to their workspace; notices of what is due.

The library's own statements make its tables, types, functions and triggers. They know no
workspace: a column that defaults to the one entered, filled whoever inserts, lets policies hold
every row to it, so that a worker sees, runs and prunes only its own. A release that needs a newer
schema of the library's adds its migrations as a step of its own.

`ledger.check_at` may be null: the release before goes on writing entries without it.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0008"
down_revision = "0007"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)"
QUEUE = {
    "procrastinate_jobs": "SELECT, INSERT, UPDATE, DELETE",
    "procrastinate_events": "SELECT, INSERT",
    "procrastinate_workers": "SELECT, INSERT, UPDATE, DELETE",
    "procrastinate_periodic_defers": "SELECT, UPDATE",
}
"""Rights on the library's tables; its trigger updates the last when a job is deleted."""
SEQUENCES = ("procrastinate_jobs_id_seq", "procrastinate_events_id_seq")
NOTICES = f"""
    CREATE TABLE notices (
        {WORKSPACE} REFERENCES workspaces,
        notice_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL CHECK (kind IN ('due', 'overdue', 'look', 'escalation_deadline')),
        about text NOT NULL,
        case_id text NOT NULL,
        owner text NOT NULL,
        due timestamptz NOT NULL,
        made_at timestamptz NOT NULL,
        seen_at timestamptz,
        seen_by text NOT NULL,
        PRIMARY KEY (workspace_id, notice_id),
        UNIQUE (workspace_id, about, kind),
        FOREIGN KEY (workspace_id, case_id) REFERENCES cases)
"""
INDEXES = (
    "CREATE INDEX notices_unseen ON notices (workspace_id, due, number) WHERE seen_at IS NULL",
    """CREATE INDEX ledger_reminded ON ledger (workspace_id, coalesce(check_at, due))
    WHERE state = 'open'""",
    "CREATE INDEX cases_of_customer ON cases (workspace_id, customer_id)",
)


def upgrade() -> None:
    """Make the tables with their policies."""
    cursor = op.get_bind().connection.cursor()  # many statements, with signs that bind nothing
    cursor.execute(SchemaManager.get_schema())
    cursor.close()
    for name, rights in QUEUE.items():
        op.execute(f"ALTER TABLE {name} ADD COLUMN {WORKSPACE}")
        _keep_apart(name)
        op.execute(f"GRANT {rights} ON {name} TO assist_app")
    for name in SEQUENCES:
        op.execute(f"GRANT USAGE ON SEQUENCE {name} TO assist_app")
    op.execute(NOTICES)
    _keep_apart("notices")
    op.execute("GRANT SELECT, INSERT, UPDATE (seen_at, seen_by) ON notices TO assist_app")
    op.execute("ALTER TABLE ledger ADD COLUMN check_at timestamptz")
    for statement in INDEXES:
        op.execute(statement)


def _keep_apart(name: str) -> None:
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_workspace ON {name} USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    """Remove what was made."""
    op.execute("DROP INDEX cases_of_customer, ledger_reminded")
    op.execute("ALTER TABLE ledger DROP COLUMN check_at")
    op.execute("DROP TABLE notices")
    op.execute("DROP TABLE procrastinate_events, procrastinate_periodic_defers CASCADE")
    op.execute("DROP TABLE procrastinate_jobs, procrastinate_workers CASCADE")
    op.execute("""
        DO $$ DECLARE one record; BEGIN
            FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
                WHERE pronamespace = current_schema()::regnamespace
                    AND proname LIKE 'procrastinate%'
            LOOP EXECUTE format('DROP FUNCTION %s CASCADE', one.name); END LOOP;
        END $$
    """)
    for name in ("job_to_defer_v1", "job_event_type", "job_status"):
        op.execute(f"DROP TYPE procrastinate_{name}")
