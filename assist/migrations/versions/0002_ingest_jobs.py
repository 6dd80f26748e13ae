"""Ingest jobs, and what was read for those that have not ended.

`number` is the order they came in. The documents of a job lie in rows of their own, so that a
large knowledge base travels in batches; `lines` says where each part of a document's front matter
stands in its source, for messages.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

WORKSPACE = "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)"

TABLES = {
    "ingest_jobs": f"""
        {WORKSPACE} REFERENCES workspaces,
        job_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        state text NOT NULL
            CHECK (state IN ('waiting', 'building', 'published', 'unchanged', 'failed')),
        sent_as text NOT NULL CHECK (sent_as IN ('reading', 'documents', 'files')),
        source text NOT NULL,
        kind text,
        prune boolean NOT NULL,
        stage text NOT NULL,
        done integer NOT NULL,
        total integer NOT NULL,
        attempts integer NOT NULL,
        builder text,
        heartbeat_at timestamptz,
        generation_id text,
        report json,
        problem json,
        reading json,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, job_id)""",
    "ingest_job_documents": f"""
        {WORKSPACE},
        job_id text NOT NULL,
        position integer NOT NULL,
        body json NOT NULL,
        lines json NOT NULL,
        PRIMARY KEY (workspace_id, job_id, position),
        FOREIGN KEY (workspace_id, job_id) REFERENCES ingest_jobs ON DELETE CASCADE""",
}

INDEXES = (
    "CREATE UNIQUE INDEX ingest_jobs_in_order ON ingest_jobs (workspace_id, number)",
    """CREATE INDEX ingest_jobs_unfinished ON ingest_jobs (workspace_id, number)
    WHERE state IN ('waiting', 'building')""",
)

GRANTS = {
    "ingest_jobs": "SELECT, INSERT, UPDATE, DELETE",
    "ingest_job_documents": "SELECT, INSERT, DELETE",
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
