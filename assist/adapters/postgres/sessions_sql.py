"""The statements of the session store. Row-level security narrows each to one workspace."""

from sqlalchemy import text

_ROW = """
    SELECT s.session_id AS id, s.kind, s.means, s.person_id, s.role, s.level,
        coalesce(p.name, k.note, '') AS name, s.key_id, s.parent_id, s.made_at, s.seen_at,
        LEAST(s.expires_at, k.expires_at, o.expires_at, ok.expires_at) AS expires_at,
        LEAST(s.ended_at, k.revoked_at, o.ended_at, ok.revoked_at) AS ended_at
    FROM sessions s
    LEFT JOIN api_keys k ON k.workspace_id = s.workspace_id AND k.key_id = s.key_id
    LEFT JOIN sessions o ON o.workspace_id = s.workspace_id AND o.session_id = s.parent_id
    LEFT JOIN api_keys ok ON ok.workspace_id = o.workspace_id AND ok.key_id = o.key_id
    LEFT JOIN people p ON p.workspace_id = s.workspace_id AND p.person_id = s.person_id
"""
"""A session ends with its key, and a token with the session it was made in, and with its key."""
PERSON = text("""
    INSERT INTO people (person_id, issuer, subject, name, seen_at)
    VALUES (:person_id, :issuer, :subject, :name, :seen_at)
    ON CONFLICT (workspace_id, person_id)
    DO UPDATE SET name = EXCLUDED.name, seen_at = EXCLUDED.seen_at
""")
ADD = text("""
    INSERT INTO sessions (session_id, digest, kind, means, person_id, role, level, key_id,
        parent_id, made_at, seen_at, expires_at)
    VALUES (:id, :digest, :kind, :means, :person_id, :role, :level, :key_id,
        :parent_id, :made_at, :seen_at, :expires_at)
""")
TIDY = text("DELETE FROM sessions WHERE LEAST(expires_at, ended_at) < :before")
FIND = text(f"{_ROW} WHERE s.digest = :digest")
GET = text(f"{_ROW} WHERE s.session_id = :id")
LISTED = text(f"{_ROW} ORDER BY s.number DESC")
SEEN = text("""
    UPDATE sessions SET seen_at = :at WHERE session_id = :id AND seen_at <= :before
""")
END = text("UPDATE sessions SET ended_at = :at WHERE session_id = :id AND ended_at IS NULL")
TIDY_ENTRANCES = text("DELETE FROM entrances WHERE expires_at <= :at")
PUT = text("""
    INSERT INTO entrances (digest, kind, expires_at, body)
    VALUES (:digest, :kind, :expires_at, CAST(:body AS json))
    ON CONFLICT DO NOTHING
""")
TAKE = text("""
    DELETE FROM entrances WHERE digest = :digest AND expires_at > :at
    RETURNING kind, expires_at, body
""")
