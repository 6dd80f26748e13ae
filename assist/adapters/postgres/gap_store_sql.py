"""The statements of gaps. Row-level security narrows each to one workspace."""

from sqlalchemy import text

HOLD = text("""
    SELECT pg_try_advisory_xact_lock(hashtextextended(
        'assist.gaps.' || current_setting('assist.workspace'), 0))
""")
COLUMNS = """
    gap_id, state, owner, found_at, seen_at, changed_at, rejected_tickets, published_at, stale,
    embedder, CAST(center AS text) AS center, radius, CAST(body AS text) AS body, draft, text,
    CAST(proof AS text) AS proof
"""
GET = f"SELECT {COLUMNS} FROM gaps WHERE gap_id = :gap_id"  # noqa: S608 - constants of this file
ONE = text(GET)
LOCK = text(f"{GET} FOR UPDATE")
EVERY = text(f"SELECT {COLUMNS} FROM gaps ORDER BY number")  # noqa: S608
PAGE = text(f"""
    SELECT {COLUMNS}, (
        SELECT count(DISTINCT ticket_id) FROM gap_tickets AS one
        WHERE one.workspace_id = gaps.workspace_id AND one.gap_id = gaps.gap_id) AS volume,
        count(*) OVER () AS total
    FROM gaps
    WHERE state = ANY(:states) AND (CAST(:kind AS text) IS NULL OR kind = :kind)
    ORDER BY impact DESC, gap_id LIMIT :limit OFFSET :offset
""")  # noqa: S608
COUNT = text("""
    SELECT count(*) FROM gaps
    WHERE state = ANY(:states) AND (CAST(:kind AS text) IS NULL OR kind = :kind)
""")
ADD = text("""
    INSERT INTO gaps (gap_id, kind, state, owner, impact, found_at, seen_at, changed_at,
        rejected_tickets, published_at, stale, embedder, center, radius, made_of, body, draft,
        text, proof)
    VALUES (:gap_id, :kind, :state, :owner, :impact, :found_at, :seen_at, :changed_at,
        :rejected_tickets, :published_at, :stale, :embedder, CAST(:center AS json), :radius,
        CAST(:made_of AS jsonb), CAST(:body AS jsonb), :draft, :text, CAST(:proof AS json))
    ON CONFLICT (workspace_id, gap_id) DO NOTHING
""")
SAVE = text("""
    UPDATE gaps SET kind = :kind, state = :state, owner = :owner, impact = :impact,
        seen_at = :seen_at, changed_at = :changed_at, rejected_tickets = :rejected_tickets,
        published_at = :published_at, stale = :stale, embedder = :embedder,
        center = CAST(:center AS json), radius = :radius, made_of = CAST(:made_of AS jsonb),
        body = CAST(:body AS jsonb), draft = :draft, text = :text, proof = CAST(:proof AS json)
    WHERE gap_id = :gap_id
""")
TICKETS = text("""
    SELECT gap_id, CAST(body AS text) AS body FROM gap_tickets
    WHERE CAST(:gap_id AS text) IS NULL OR gap_id = :gap_id ORDER BY number
""")
ADD_TICKET = text("""
    INSERT INTO gap_tickets (gap_id, ticket_id, part, body)
    VALUES (:gap_id, :ticket_id, :part, CAST(:body AS json))
    ON CONFLICT (workspace_id, gap_id, ticket_id, part) DO UPDATE SET body = excluded.body
""")
HAPPENED = text("SELECT 1 FROM gap_events WHERE gap_id = :gap_id AND key = :key")
ADD_EVENT = text("""
    INSERT INTO gap_events (gap_id, key, at, what, by, reason, tickets, digest)
    VALUES (:gap_id, :key, :at, :what, :by, :reason, CAST(:tickets AS jsonb), :digest)
""")
HISTORY = text("""
    SELECT key, at, what, by, reason, tickets, digest FROM gap_events
    WHERE gap_id = :gap_id ORDER BY number
""")
ADD_RUN = text("""
    INSERT INTO gap_runs (started_at, body) VALUES (:started_at, CAST(:body AS json))
""")
LAST_RUN = text("""
    SELECT CAST(body AS text) FROM gap_runs
    WHERE NOT :good OR body->>'error' = '' ORDER BY number DESC LIMIT 1
""")
