"""The statements of the case store. Row-level security narrows each to one workspace."""

from sqlalchemy import text

HOLD = text("""
    SELECT set_config('lock_timeout', :patience, true),
           pg_advisory_xact_lock(hashtextextended(
               'assist.case.' || current_setting('assist.workspace') || '/' || :case_id, 0))
""")
ROW = """
    SELECT case_id AS id, ticket_id, customer_id, revision, status, suggestion_id, priority,
           opened_at, changed_at, events, applied
    FROM cases
"""
GET = text(f"{ROW} WHERE case_id = :id")
OF_TICKET = text(f"{ROW} WHERE ticket_id = :ticket_id")
LISTED = text(f"""
    {ROW} WHERE status = ANY(:statuses) ORDER BY changed_at DESC, case_id LIMIT :limit
""")
BEHIND = text("""
    SELECT case_id FROM cases WHERE applied < events ORDER BY changed_at, case_id LIMIT :limit
""")
OPEN = text("""
    INSERT INTO cases (case_id, ticket_id, customer_id, revision, status, suggestion_id, priority,
                       opened_at, changed_at, events, applied)
    VALUES (:id, :ticket_id, :customer_id, :revision, :status, :suggestion_id, :priority,
            :opened_at, :changed_at, 0, 0)
    ON CONFLICT (workspace_id, ticket_id) DO NOTHING
""")
SAVE = text("""
    UPDATE cases SET customer_id = :customer_id, revision = :revision, status = :status,
        suggestion_id = :suggestion_id, priority = :priority, changed_at = :changed_at,
        applied = greatest(applied, :applied)
    WHERE case_id = :id
""")

EVENT = """
    SELECT number, key, kind, at, by, release, CAST(body AS text) AS body FROM case_events
    WHERE case_id = :case_id
"""
EVENTS = text(f"{EVENT} ORDER BY number")
BY_KEY = text(f"{EVENT} AND key = :key")
NEXT = text("UPDATE cases SET events = events + 1 WHERE case_id = :case_id RETURNING events")
APPEND = text("""
    INSERT INTO case_events (case_id, number, key, kind, at, by, release, body)
    VALUES (:case_id, :number, :key, :kind, :at, :by, :release, CAST(:body AS json))
""")

OF_CUSTOMER = text(f"""
    {ROW} WHERE customer_id = :customer_id AND changed_at >= :since
    ORDER BY changed_at, case_id LIMIT :limit
""")

WRITE = text("""
    INSERT INTO ledger (entry_id, case_id, state, due, check_at, body)
    SELECT id, case_id, state, due, check_at, CAST(body AS json)
    FROM ROWS FROM (json_to_recordset(CAST(:entries AS json)) AS (
        id text, case_id text, state text, due timestamptz, check_at timestamptz, body text
    )) WITH ORDINALITY
    ORDER BY ordinality
    ON CONFLICT (workspace_id, entry_id) DO NOTHING
    RETURNING entry_id
""")
SETTLE = text("""
    UPDATE ledger SET state = :state, body = CAST(:body AS json)
    WHERE entry_id = :id AND state = 'open'
""")
ENTRY = text("SELECT CAST(body AS text) FROM ledger WHERE entry_id = :id")
OF_CASE = text("SELECT CAST(body AS text) FROM ledger WHERE case_id = :case_id ORDER BY number")
LEDGER = text("""
    SELECT CAST(body AS text) FROM ledger
    WHERE state = ANY(:states)
        AND (CAST(:due_by AS timestamptz) IS NULL OR due <= CAST(:due_by AS timestamptz))
    ORDER BY due NULLS LAST, number LIMIT :limit
""")
DUE = text("""
    SELECT CAST(body AS text) FROM ledger
    WHERE state = 'open' AND coalesce(check_at, due) <= :now AND due > :late
    ORDER BY due, number LIMIT :limit
""")
OVERDUE = text("""
    SELECT CAST(body AS text) FROM ledger WHERE state = 'open' AND due <= :late
    ORDER BY due, number LIMIT :limit
""")
COUNTS = text("""
    SELECT CASE WHEN state <> 'open' THEN state
                WHEN due <= :late THEN 'overdue'
                WHEN coalesce(check_at, due) <= :now THEN 'due'
                ELSE 'open' END AS standing, count(*) AS entries
    FROM ledger GROUP BY standing
""")
STATUS_COUNTS = text("SELECT status, count(*) AS cases FROM cases GROUP BY status")
