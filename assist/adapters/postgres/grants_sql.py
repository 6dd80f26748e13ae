"""The statements of the ledger of grants. Row-level security narrows each to one workspace."""

from sqlalchemy import text

PATIENCE = text("SELECT set_config('lock_timeout', :patience, true)")
"""How long to wait for a lock, until the transaction ends."""
ALONE = text("SELECT pg_advisory_xact_lock(:key)")
"""Released when the transaction ends, after what it wrote can be seen by who waits."""

GRANT = """
    SELECT grant_id AS id, customer_id, ticket_id, suggestion_id, action,
           CAST(parameters AS text) AS parameters, amount, currency, level, granted_by AS by, at,
           clauses, policy_version, voided_at, voided_by, void_reason
    FROM grants
"""
GET = text(f"{GRANT} WHERE grant_id = :id")
OF_CUSTOMER = text(f"{GRANT} WHERE customer_id = :customer_id AND at >= :since ORDER BY at, number")

ADD = text("""
    INSERT INTO grants (grant_id, customer_id, ticket_id, suggestion_id, action, parameters,
                        amount, currency, level, granted_by, at, clauses, policy_version,
                        voided_at, voided_by, void_reason)
    VALUES (:id, :customer_id, :ticket_id, :suggestion_id, :action, CAST(:parameters AS json),
            :amount, :currency, :level, :by, :at, :clauses, :policy_version,
            :voided_at, :voided_by, :void_reason)
    ON CONFLICT (workspace_id, grant_id) DO NOTHING
""")
VOID = text("""
    UPDATE grants SET voided_at = :at, voided_by = :by, void_reason = :reason
    WHERE grant_id = :id AND customer_id = :customer_id AND voided_at IS NULL
""")
