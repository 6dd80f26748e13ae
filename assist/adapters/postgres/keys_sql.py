"""The statements of the key store. Row-level security narrows each to one workspace."""

from sqlalchemy import text

_ROW = """
    SELECT key_id AS id, role, level, note, made_at, expires_at, revoked_at, last_used_at
    FROM api_keys
"""
ADD = text("""
    INSERT INTO api_keys (key_id, digest, role, level, note, made_at, expires_at)
    VALUES (:id, :digest, :role, :level, :note, :made_at, :expires_at)
""")
FIND = text(f"{_ROW} WHERE digest = :digest")
GET = text(f"{_ROW} WHERE key_id = :id")
LISTED = text(f"{_ROW} ORDER BY number")
GUARDED = text("SELECT EXISTS (SELECT FROM api_keys WHERE revoked_at IS NULL)")
REVOKE = text("""
    UPDATE api_keys SET revoked_at = :at WHERE key_id = :id AND revoked_at IS NULL
""")
USED = text("""
    UPDATE api_keys SET last_used_at = :at
    WHERE key_id = :id AND (last_used_at IS NULL OR last_used_at <= :before)
""")
