"""People who sign in, their sessions, ways in that open once, and the audit log.

Of a session the application can note when it was used and end it; its role, its level and its end
it cannot change. The audit log it can only read and add to, and a trigger refuses everybody else
too, the owner of the table included: whoever must change it has to take the trigger away first.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

OWN = "workspace_id = current_setting('assist.workspace', true)"
WORKSPACE = (
    "workspace_id text NOT NULL DEFAULT current_setting('assist.workspace', true) "
    "REFERENCES workspaces"
)
ROLE = "role text NOT NULL CHECK (role IN ('agent', 'lead', 'qa', 'editor', 'admin'))"
DIGEST = "digest bytea NOT NULL CHECK (octet_length(digest) = 32)"

TABLES = {
    "people": f"""
        {WORKSPACE},
        person_id text NOT NULL,
        issuer text NOT NULL,
        subject text NOT NULL,
        name text NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, person_id),
        UNIQUE (workspace_id, issuer, subject)""",
    "sessions": f"""
        {WORKSPACE},
        session_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        {DIGEST},
        kind text NOT NULL CHECK (kind IN ('browser', 'token')),
        means text NOT NULL CHECK (means IN ('key', 'provider', 'link', 'host')),
        person_id text NOT NULL,
        {ROLE},
        level text NOT NULL,
        key_id text,
        parent_id text,
        made_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (workspace_id, session_id),
        UNIQUE (workspace_id, digest),
        FOREIGN KEY (workspace_id, key_id) REFERENCES api_keys""",
    "entrances": f"""
        {WORKSPACE},
        {DIGEST},
        kind text NOT NULL CHECK (kind IN ('provider', 'link', 'host')),
        expires_at timestamptz NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (workspace_id, digest)""",
    "audit": f"""
        {WORKSPACE},
        entry_id text NOT NULL,
        number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL,
        who text NOT NULL,
        means text NOT NULL,
        what text NOT NULL,
        about text[] NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('done', 'denied', 'refused', 'failed')),
        PRIMARY KEY (workspace_id, entry_id)""",
}
GRANTS = {
    "people": "SELECT, INSERT, UPDATE (name, seen_at)",
    "sessions": "SELECT, INSERT, UPDATE (seen_at, ended_at), DELETE",
    "entrances": "SELECT, INSERT, DELETE",
    "audit": "SELECT, INSERT",
}
INDEXES = (
    "CREATE INDEX sessions_old ON sessions (workspace_id, expires_at)",
    "CREATE INDEX audit_by_number ON audit (workspace_id, number DESC)",
    "CREATE INDEX audit_by_who ON audit (workspace_id, who, number DESC)",
)
REFUSE = """
    CREATE FUNCTION assist_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE 'the audit log is only added to' USING ERRCODE = 'insufficient_privilege';
    END $$
"""


def upgrade() -> None:
    """Make the tables with their policies."""
    for name, columns in TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {name} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"GRANT {GRANTS[name]} ON {name} TO assist_app")
    for statement in INDEXES:
        op.execute(statement)
    op.execute(REFUSE)
    op.execute("""
        CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION assist_audit_is_kept()
    """)


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
    op.execute("DROP FUNCTION assist_audit_is_kept")
