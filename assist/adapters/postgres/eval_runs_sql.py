"""The statements of published runs."""

from sqlalchemy import text

ADD_RUN = text("""
    INSERT INTO eval_runs (run_id, suite, started_at, at, by, total, head, slices)
    VALUES (:run_id, :suite, :started_at, :at, :by, :total, CAST(:head AS json), '{}')
    ON CONFLICT (workspace_id, run_id) DO NOTHING
""")
LOCK_RUN = text("""
    SELECT CAST(head AS text) AS head, total FROM eval_runs WHERE run_id = :run_id FOR UPDATE
""")
ADD_SLICES = text("""
    UPDATE eval_runs SET slices = CAST(:slices AS jsonb) || slices WHERE run_id = :run_id
""")
ADD_RESULT = text("""
    INSERT INTO eval_results (run_id, case_id, trial, ticket_id, at, outline, asked, body)
    VALUES (:run_id, :case_id, :trial, :ticket_id, :at, CAST(:outline AS json),
            CAST(:asked AS json), CAST(:body AS json))
    ON CONFLICT (workspace_id, run_id, case_id, trial) DO NOTHING
""")

KEPT = """
    SELECT CAST(head AS text) AS head, {slices} AS slices, total, at, by, (
        SELECT count(*) FROM eval_results AS one WHERE one.workspace_id = eval_runs.workspace_id
            AND one.run_id = eval_runs.run_id) AS kept
    FROM eval_runs
"""
GET = text(f"{KEPT.format(slices='CAST(slices AS text)')} WHERE run_id = :run_id")
LISTED = text(f"""
    {KEPT.format(slices="'{}'")}
    WHERE (CAST(:suite AS text) IS NULL OR suite = :suite)
        AND (CAST(:run_id AS text) IS NULL
            OR (started_at, run_id) < (CAST(:started_at AS timestamptz), CAST(:run_id AS text)))
    ORDER BY started_at DESC, run_id DESC LIMIT :limit
""")
STARTED = text("SELECT started_at FROM eval_runs WHERE run_id = :run_id")
SUITES = text("SELECT DISTINCT suite FROM eval_runs ORDER BY suite")
OUTLINES = text("""
    SELECT CAST(outline AS text) FROM eval_results WHERE run_id = :run_id ORDER BY number
""")
TRIALS = text("""
    SELECT CAST(outline AS text) AS outline, CAST(asked AS text) AS asked,
           CAST(body AS text) AS body
    FROM eval_results WHERE run_id = :run_id AND case_id = :case_id ORDER BY trial
""")
THIN = text("""
    UPDATE eval_results SET asked = NULL, body = NULL
    WHERE body IS NOT NULL AND run_id IN (
        SELECT run_id FROM eval_runs WHERE suite = :suite
        ORDER BY started_at DESC, run_id DESC OFFSET :keep)
""")
