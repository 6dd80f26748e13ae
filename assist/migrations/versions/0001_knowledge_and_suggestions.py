"""Workspaces; knowledge (documents, passages, files, generations); suggestions.

Every table carries `workspace_id` and shows a transaction only the rows of the workspace that it
has entered (`assist.workspace`); outside of one there are no rows. The service works as
`assist_app`, which cannot get around that.

A document's version is stored once, under a hash of all that is in it and in its passages, and
shared by the generations that hold it; so are files. `json`, not `jsonb`, keeps their text as it
was written.
"""

from alembic import op

revision = "0001"
down_revision = None

ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'assist_app') THEN
        CREATE ROLE assist_app NOLOGIN NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;  -- another database of this server was first: roles belong to the server
END $$
"""

MEMBERSHIP = """
DO $$
DECLARE
    -- From 16 on, who creates a role may grant it but not yet act as it.
    acting text DEFAULT CASE WHEN current_setting('server_version_num')::int >= 160000
                        THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    IF NOT pg_has_role(current_user, 'assist_app', acting) THEN
        EXECUTE format('GRANT assist_app TO %I', current_user);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO assist_app', current_schema());
END $$
"""

WORKSPACE = "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true)"
ROOTS = ("documents", "files", "generations", "suggestions")
"""Tables that refer to their workspace; the others do so through one of these."""

TABLES = {
    "workspaces": """
        PRIMARY KEY (workspace_id)""",
    "documents": """
        version text NOT NULL,
        document_id text NOT NULL,
        kind text NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, version)""",
    "passages": """
        version text NOT NULL,
        passage_id text NOT NULL,
        position integer NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, version, passage_id),
        FOREIGN KEY (workspace_id, version) REFERENCES documents ON DELETE CASCADE""",
    "files": """
        hash text NOT NULL,
        content text NOT NULL,
        PRIMARY KEY (workspace_id, hash)""",
    "generations": """
        generation_id text NOT NULL,
        number integer NOT NULL,
        state text NOT NULL CHECK (state IN ('staged', 'live', 'old')),
        fingerprint text NOT NULL,
        embedder text NOT NULL,
        chunking text NOT NULL,
        created_at timestamptz NOT NULL,
        documents integer NOT NULL,
        passages integer NOT NULL,
        PRIMARY KEY (workspace_id, generation_id)""",
    "generation_documents": """
        generation_id text NOT NULL,
        document_id text NOT NULL,
        version text NOT NULL,
        PRIMARY KEY (workspace_id, generation_id, document_id),
        FOREIGN KEY (workspace_id, generation_id) REFERENCES generations ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, version) REFERENCES documents""",
    "generation_files": """
        generation_id text NOT NULL,
        name text NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (workspace_id, generation_id, name),
        FOREIGN KEY (workspace_id, generation_id) REFERENCES generations ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, hash) REFERENCES files""",
    "suggestions": """
        suggestion_id text NOT NULL,
        ticket_id text NOT NULL,
        revision integer NOT NULL,
        generation_id text NOT NULL,
        created_at timestamptz NOT NULL,
        body jsonb NOT NULL,
        PRIMARY KEY (workspace_id, suggestion_id)""",
}

INDEXES = (
    "CREATE UNIQUE INDEX one_live_generation ON generations (workspace_id) WHERE state = 'live'",
    "CREATE INDEX generations_of_version ON generation_documents (workspace_id, version)",
    "CREATE INDEX generations_of_file ON generation_files (workspace_id, hash)",
    "CREATE INDEX suggestions_of_ticket ON suggestions (workspace_id, ticket_id, revision)",
)

GRANTS = {
    "workspaces": "SELECT, INSERT",
    "documents": "SELECT, INSERT, DELETE",
    "passages": "SELECT, INSERT",
    "files": "SELECT, INSERT, DELETE",
    "generations": "SELECT, INSERT, UPDATE, DELETE",
    "generation_documents": "SELECT, INSERT",
    "generation_files": "SELECT, INSERT",
    "suggestions": "SELECT, INSERT, UPDATE",
}


def upgrade() -> None:
    """Make the role, the tables, their policies and the default workspace."""
    op.execute(ROLE)
    op.execute(MEMBERSHIP)
    for name, columns in TABLES.items():
        workspace = f"{WORKSPACE} REFERENCES workspaces" if name in ROOTS else WORKSPACE
        op.execute(f"CREATE TABLE {name} ({workspace}, {columns})")
    op.execute("INSERT INTO workspaces (workspace_id) VALUES ('default')")
    for statement in INDEXES:
        op.execute(statement)
    for name, rights in GRANTS.items():
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_workspace ON {name} "
            "USING (workspace_id = current_setting('assist.workspace', true)) "
            "WITH CHECK (workspace_id = current_setting('assist.workspace', true))"
        )
        op.execute(f"GRANT {rights} ON {name} TO assist_app")


def downgrade() -> None:
    """Remove the tables. The role stays: other databases of the server may use it."""
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
