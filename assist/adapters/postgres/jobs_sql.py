# ruff: noqa: S608 - composed of constants of this file only
"""The statements of the job store. Row-level security narrows each to one workspace."""

from sqlalchemy import text

JOB = """
    SELECT job_id AS id, state, sent_as, source, kind, prune, stage, done, total, attempts,
           generation_id AS generation, CAST(report AS text) AS report,
           CAST(problem AS text) AS problem, created_at, updated_at
    FROM ingest_jobs
"""
UNFINISHED = "state IN ('waiting', 'building')"

GET = text(f"{JOB} WHERE job_id = :id")
LATEST = text(f"{JOB} ORDER BY number DESC LIMIT :limit")
ALL_UNFINISHED = text(f"{JOB} WHERE {UNFINISHED} ORDER BY number")

ADD = text("""
    INSERT INTO ingest_jobs (job_id, state, sent_as, source, kind, prune, stage, done, total,
                             attempts, reading, home, created_at, updated_at)
    VALUES (:id, :state, :sent_as, :source, :kind, :prune, :stage, :done, :total,
            :attempts, CAST(:reading AS json), :home, :created_at, :updated_at)
""")
ADD_DOCUMENTS = """
    INSERT INTO ingest_job_documents (job_id, position, body, lines)
    SELECT %(job)s, position, CAST(body AS json), CAST(lines AS json)
    FROM unnest(CAST(%(positions)b AS integer[]), CAST(%(bodies)b AS text[]),
                CAST(%(lines)b AS text[])) AS new (position, body, lines)
"""
READING = text(f"""
    SELECT CAST(reading AS text) FROM ingest_jobs
    WHERE job_id = :id AND reading IS NOT NULL AND {UNFINISHED}
""")
DOCUMENTS = text("""
    SELECT CAST(body AS text) AS body, lines FROM ingest_job_documents
    WHERE job_id = :id ORDER BY position
""")

ANY_UNFINISHED = text(f"SELECT EXISTS (SELECT FROM ingest_jobs WHERE {UNFINISHED})")
CLAIM = text(f"""
    UPDATE ingest_jobs
    SET state = 'building', builder = :builder, heartbeat_at = :at, updated_at = :at,
        stage = '', done = 0, total = 0, attempts = attempts + 1
    WHERE job_id = (
        SELECT job_id FROM ingest_jobs WHERE {UNFINISHED} AND (home IS NULL OR home = :builder)
        ORDER BY number LIMIT 1 FOR UPDATE
    ) AND (state = 'waiting' OR builder = :builder OR heartbeat_at < :lost)
    AND NOT EXISTS (
        SELECT FROM ingest_jobs
        WHERE state = 'building' AND builder <> :builder AND heartbeat_at >= :lost
    )
    RETURNING job_id
""")
"""Only the oldest that this builder can read can be claimed, and nothing while another builds."""
ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('ingest ' || :workspace, 0))")
"""Two builders that claim at the same moment would not see each other's claim."""

SAVE = text("""
    UPDATE ingest_jobs
    SET state = :state, stage = :stage, done = :done, total = :total, attempts = :attempts,
        generation_id = :generation, report = CAST(:report AS json),
        problem = CAST(:problem AS json), updated_at = :updated_at, heartbeat_at = :updated_at
    WHERE job_id = :id
""")
DROP_READING = text("UPDATE ingest_jobs SET reading = NULL WHERE job_id = :id")
DROP_DOCUMENTS = text("DELETE FROM ingest_job_documents WHERE job_id = :id")
DROP_OLD = text(f"""
    DELETE FROM ingest_jobs WHERE NOT {UNFINISHED} AND number <= (
        SELECT number FROM ingest_jobs WHERE NOT {UNFINISHED}
        ORDER BY number DESC OFFSET :kept LIMIT 1
    )
""")
