# ruff: noqa: S608 - composed of constants of this file only
"""Which rows of which table are a person's, and the statements that find them and take them away.

They run as the user who owns the tables, whom row-level security may not hold (a superuser): so
each names the workspace itself. A table that nobody has thought about here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import TextClause, text

OWN = "workspace_id = current_setting('assist.workspace')"
OWN_THREAD = "split_part(thread_id, '/', 1) = current_setting('assist.workspace')"
EARLIER = "(CAST(:before AS timestamptz) IS NULL OR {column} < CAST(:before AS timestamptz))"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a table's rows.

    Those of a person, by `where`, are deleted, or rewritten by `change`. Without `where` there are
    none of a person, for the reason in `why`.
    """

    where: str = ""
    change: str = ""
    why: str = ""
    named: bool = False
    """Whether the ids of somebody who was forgotten may go on standing there, for that reason."""


OF_CASES = Rule(where="case_id = ANY(:cases)")
OF_THREADS = Rule(where="thread_id = ANY(:threads)")
SUGGESTIONS = (
    "(ticket_id = ANY(:tickets) OR customer_id = CAST(:customer AS text)) "
    f"AND {EARLIER.format(column='created_at')}"
)
OF_EVALS = (
    "(ticket_id = ANY(:tickets) OR EXISTS (SELECT FROM unnest(CAST(:cases AS text[])) AS one "
    "WHERE case_id = 'decided-' || lower(regexp_replace(one, '^case-', '')) "
    f"OR position(one IN coalesce(asked->>'note', '')) > 0)) AND {EARLIER.format(column='at')}"
)
"""Of a case made of one of theirs, whose id says so or whose note; and of a ticket of theirs."""
OF_ERRANDS = "case_id = ANY(:cases) OR helpdesk || ':' || ticket_id = ANY(:tickets)"
MADE_OF_THEIRS = "made_of ?| CAST(:tickets AS text[])"
PROVEN_BY_THEIRS = (
    "EXISTS (SELECT FROM unnest(CAST(:tickets AS text[])) AS one "
    "WHERE position(CAST(to_json(one) AS text) IN CAST(proof AS text)) > 0)"
)
"""A proof names the tickets that would get worse."""
NOBODY = "it holds no customer's data"
ENDED = "rows of a job go with the job"
OF_STAFF = "it is about people who work here"
TO_MEND = "what the company mends, in the words of people who work here"
OF_COMPANY = "what the company says; the precedents of a case are taken out by an ingest"

RULES: Mapping[str, Rule] = {
    "feedback": Rule(
        where=f"suggestion_id IN (SELECT suggestion_id FROM suggestions WHERE {OWN} "
        f"AND {SUGGESTIONS})"
    ),
    "suggestions": Rule(where=SUGGESTIONS),
    "consultations": Rule(where="ticket_id = ANY(:tickets)"),
    "procrastinate_jobs": Rule(
        where="EXISTS (SELECT FROM unnest(CAST(:cases AS text[])) AS one "
        "WHERE starts_with(args->>'about', one))"
    ),
    "procrastinate_events": Rule(why=ENDED),
    "procrastinate_periodic_defers": Rule(why=NOBODY),
    "procrastinate_workers": Rule(why=NOBODY),
    "errands": Rule(where=OF_ERRANDS),
    "escalations": OF_CASES,
    "approvals": OF_CASES,
    "notices": OF_CASES,
    "ledger": OF_CASES,
    "case_events": OF_CASES,
    "checkpoint_writes": OF_THREADS,
    "checkpoint_blobs": OF_THREADS,
    "checkpoints": OF_THREADS,
    "cases": OF_CASES,
    # Money that was given stays given: the sum, the action and who allowed it, of nobody.
    "grants": Rule(
        where="CAST(:customer AS text) IS NOT NULL AND (customer_id = CAST(:customer AS text) "
        f"OR ticket_id = ANY(:tickets)) AND {EARLIER.format(column='at')}",
        change="grant_id = CAST(:nobody AS text) || '-' || number, customer_id = :nobody, "
        "ticket_id = '', suggestion_id = '', parameters = '{}', void_reason = ''",
    ),
    "gap_tickets": Rule(where="ticket_id = ANY(:tickets)"),
    "gap_events": Rule(
        where="tickets ?| CAST(:tickets AS text[])",
        change="tickets = (SELECT coalesce(jsonb_agg(one), '[]') "
        "FROM jsonb_array_elements_text(tickets) AS one WHERE NOT one = ANY(:tickets))",
    ),
    # What was made of their words is made anew of what is left; an editor's own text is marked.
    "gaps": Rule(
        where=f"{MADE_OF_THEIRS} OR {PROVEN_BY_THEIRS}",
        change="proof = NULL, made_of = (SELECT coalesce(jsonb_agg(one), '[]') "
        "FROM jsonb_array_elements_text(made_of) AS one WHERE NOT one = ANY(:tickets)), "
        f"stale = stale OR {MADE_OF_THEIRS}, "
        f"draft = CASE WHEN {MADE_OF_THEIRS} THEN '' ELSE draft END, "
        f"body = CASE WHEN {MADE_OF_THEIRS} THEN body || "
        """'{"label": "", "keywords": [], "evidence": []}' ELSE body END""",
    ),
    "upstream_items": Rule(why=TO_MEND),
    "upstream_events": Rule(why=TO_MEND),
    "gap_runs": Rule(why="numbers, and ids of gaps"),
    "eval_results": Rule(where=OF_EVALS),
    "eval_runs": Rule(why="means of curated cases, and their ids"),
    "audit": Rule(why="the log of who did what is only added to; it holds ids alone", named=True),
    "tombstones": Rule(why="a keyed hash"),
    "documents": Rule(why=OF_COMPANY),
    "passages": Rule(why=OF_COMPANY),
    "files": Rule(why=OF_COMPANY),
    "generations": Rule(why=NOBODY),
    "generation_documents": Rule(why=NOBODY),
    "generation_files": Rule(why=NOBODY),
    "ingest_jobs": Rule(why=OF_COMPANY),
    "ingest_job_documents": Rule(why=OF_COMPANY),
    "refusals": Rule(why=OF_COMPANY),
    "workspaces": Rule(why=NOBODY),
    "spending": Rule(why=NOBODY),
    "spending_holds": Rule(why=NOBODY),
    "api_keys": Rule(why=OF_STAFF),
    "people": Rule(why=OF_STAFF),
    "sessions": Rule(why=OF_STAFF),
    "entrances": Rule(why=OF_STAFF),
}
"""Every table that there is, and those that refer to another before it."""
THREADS = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")

TICKETS = f"""
    SELECT DISTINCT event.case_id, body->'ticket'->>'id' AS ticket_id,
           body->'ticket'->'customer'->>'email' AS email
    FROM case_events AS event JOIN cases USING (workspace_id, case_id)
    WHERE event.{OWN} AND kind IN ('opened', 'message')
        AND {EARLIER.format(column="opened_at")}
"""
BY_ID = text(f"{TICKETS} AND body->'ticket'->'customer'->>'id' = :customer")
BY_EMAIL = text(f"""
    {TICKETS} AND coalesce(body->'ticket'->'customer'->>'id', '') = ''
        AND lower(body->'ticket'->'customer'->>'email') = ANY(:emails)
""")
BY_ROW = text(f"""
    SELECT case_id, ticket_id FROM cases
    WHERE {OWN} AND (customer_id = :customer OR ticket_id = ANY(:tickets))
        AND {EARLIER.format(column="opened_at")}
""")
ELSEWHERE = text(f"""
    SELECT ticket_id FROM grants
    WHERE {OWN} AND customer_id = :customer AND ticket_id <> ''
        AND {EARLIER.format(column="at")}
    UNION SELECT ticket_id FROM suggestions
    WHERE {OWN} AND customer_id = :customer AND {EARLIER.format(column="created_at")}
""")
TOLD = text(f"""
    SELECT CAST(body->'ticket' AS text) FROM case_events
    WHERE {OWN} AND case_id = ANY(:cases) AND kind IN ('opened', 'message')
        AND body->'ticket' IS NOT NULL
""")
ENDED_BEFORE = text(f"""
    SELECT case_id, ticket_id FROM cases
    WHERE {OWN} AND status IN ('solved', 'unanswered', 'cancelled') AND changed_at < :before
    ORDER BY changed_at, case_id LIMIT :limit
""")
ALONE_BEFORE = text(f"""
    SELECT DISTINCT ticket_id FROM suggestions AS made
    WHERE {OWN} AND created_at < :before AND NOT EXISTS (
        SELECT FROM cases WHERE cases.workspace_id = made.workspace_id
            AND cases.ticket_id = made.ticket_id)
    LIMIT :limit
""")
PRECEDENTS = text(f"""
    SELECT DISTINCT document_id FROM documents
    WHERE {OWN} AND kind = 'precedent' AND (document_id = ANY(:ids) OR EXISTS (
        SELECT FROM unnest(CAST(:ids AS text[])) AS one
        WHERE position(CAST(to_json(one) AS text) IN CAST(body AS text)) > 0))
    ORDER BY document_id
""")
"""An id stands in the document's JSON as a value of its own, with its quotes."""
DROP_FILE = text(f"""
    DELETE FROM generation_files WHERE {OWN} AND name = :name AND generation_id = ANY(:generations)
""")
DROP_ORPHANS = text(f"""
    DELETE FROM files WHERE {OWN} AND NOT EXISTS (
        SELECT FROM generation_files AS member
        WHERE member.workspace_id = files.workspace_id AND member.hash = files.hash)
""")
HOLD_CASES = text("""
    SELECT pg_advisory_xact_lock(hashtextextended(
        'assist.case.' || current_setting('assist.workspace') || '/' || one, 0))
    FROM unnest(CAST(:cases AS text[])) AS one ORDER BY one
""")
"""The lock under which a case is worked on, taken for each."""

TOMBSTONES = text(f"""
    SELECT kind, encode(digest, 'hex') AS digest, encode(salt, 'hex') AS salt, at
    FROM tombstones WHERE {OWN} ORDER BY at, digest
""")
WORKSPACE = text("INSERT INTO workspaces DEFAULT VALUES ON CONFLICT DO NOTHING")
BURY = text("""
    INSERT INTO tombstones (kind, digest, salt, at)
    VALUES (:kind, decode(:digest, 'hex'), decode(:salt, 'hex'), :at)
    ON CONFLICT (workspace_id, digest) DO UPDATE SET at = greatest(tombstones.at, excluded.at)
""")


def count_of(table: str) -> TextClause:
    """How many rows of a table are theirs."""
    return text(f"SELECT count(*) FROM {table} WHERE {_own(table)} AND ({RULES[table].where})")


def taken_from(table: str) -> TextClause:
    """Takes them away, or the person out of them."""
    rule, whose = RULES[table], f"WHERE {_own(table)} AND ({RULES[table].where})"
    if rule.change:
        return text(f"UPDATE {table} SET {rule.change} {whose}")
    return text(f"DELETE FROM {table} {whose}")


def _own(table: str) -> str:
    return OWN_THREAD if table in THREADS else OWN
