"""The statements of timers and notices. Row-level security narrows each to one workspace.

A job is put into procrastinate's queue by its own function, in whatever transaction makes what it
is about: both are there, or neither. The queue is named after the workspace.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, text

from assist.domain.timer import TimedKind

TASK = "assist.timer"
DEFER = text("""
    SELECT procrastinate_defer_jobs_v1(array_agg(CAST(ROW(
        current_setting('assist.workspace'), CAST(:task AS text), 0, NULL, NULL,
        jsonb_build_object('kind', CAST(:kind AS text), 'about', about), at
    ) AS procrastinate_job_to_defer_v1)))
    FROM json_to_recordset(CAST(:timers AS json)) AS timer (about text, at timestamptz)
""")
NOW = text("SELECT now()")
STATE = text("""
    SELECT count(*) FILTER (WHERE status = 'todo') AS waiting,
           count(*) FILTER (WHERE status = 'todo' AND scheduled_at < now() - interval '1 minute')
               AS late,
           (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - interval '30 seconds') AS attended
    FROM procrastinate_jobs
""")

NOTICE = """
    SELECT notice_id AS id, kind, about, case_id, owner, due, made_at, seen_at, seen_by
    FROM notices
"""
MAKE = text("""
    INSERT INTO notices (notice_id, kind, about, case_id, owner, due, made_at, seen_at, seen_by)
    VALUES (:id, :kind, :about, :case_id, :owner, :due, :made_at, :seen_at, :seen_by)
    ON CONFLICT DO NOTHING
""")
GET = text(f"{NOTICE} WHERE notice_id = :id")
UNSEEN = text(f"""
    {NOTICE} WHERE seen_at IS NULL AND kind = ANY(:kinds)
        AND (kind NOT IN ('due', 'overdue') OR NOT EXISTS (
            SELECT FROM ledger WHERE entry_id = about AND state <> 'open'))
    ORDER BY due, number LIMIT :limit
""")
SEEN = text(f"""
    {NOTICE} WHERE seen_at IS NOT NULL AND kind = ANY(:kinds)
    ORDER BY seen_at DESC, number LIMIT :limit
""")
SEE = text("""
    UPDATE notices SET seen_at = :at, seen_by = :by WHERE notice_id = :id AND seen_at IS NULL
""")
MISSING = text("""
    SELECT entry_id FROM ledger AS entry
    WHERE state = 'open' AND coalesce(check_at, due) <= CAST(:now AS timestamptz) AND (
        body->>'kind' = 'look'
        OR NOT EXISTS (
            SELECT FROM notices WHERE about = entry_id AND kind = 'due')
        OR due <= CAST(:late AS timestamptz) AND NOT EXISTS (
            SELECT FROM notices WHERE about = entry_id AND kind = 'overdue'))
    ORDER BY coalesce(check_at, due), entry.number LIMIT :limit
""")


def set_timers(connection: Connection, kind: TimedKind, times: Mapping[str, datetime]) -> None:
    """Set timers in the open transaction, by the ids of what they are about."""
    if times:
        told = [{"about": about, "at": at.isoformat()} for about, at in times.items()]
        connection.execute(DEFER, {"task": TASK, "kind": kind, "timers": json.dumps(told)})
