"""The statements of approvals. Row-level security narrows each to one workspace."""

from sqlalchemy import text

ADD = text("""
    INSERT INTO approvals (approval_id, case_id, ticket_id, customer_id, suggestion_id,
                           candidate_id, needs, state, body)
    VALUES (:id, :case_id, :ticket_id, :customer_id, :suggestion_id, :candidate_id, :needs, :state,
            CAST(:body AS json))
    ON CONFLICT DO NOTHING
""")
GET = text("SELECT CAST(body AS text) FROM approvals WHERE approval_id = :id")
WAITING = text("""
    SELECT CAST(body AS text) FROM approvals
    WHERE suggestion_id = :suggestion_id AND candidate_id = :candidate_id AND state = 'open'
""")
OF_TICKET = text("""
    SELECT CAST(body AS text) FROM approvals WHERE ticket_id = :ticket_id ORDER BY number
""")
LISTED = text("""
    SELECT CAST(body AS text) FROM approvals WHERE state = ANY(:states)
    ORDER BY needs = ANY(:first) DESC, number LIMIT :limit
""")
CLOSE = text("""
    UPDATE approvals SET state = :state, body = CAST(:body AS json)
    WHERE approval_id = :id AND customer_id = :customer_id AND state = 'open'
""")
