"""What a restore asks of the database's catalogue, and of the rows it has put in place."""

from sqlalchemy import text

SIGNED_IN = frozenset({"sessions", "entrances"})
"""Whoever was signed in signs in again: a session that has ended since must not begin anew."""
QUEUE = "procrastinate_"
"""The queue's tables. What is due is read off the ledger when a server starts."""

NAMES = text("""
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        AND relname NOT IN ('alembic_version', 'checkpoint_migrations')
    ORDER BY relname
""")
COLUMNS = text("""
    SELECT attname FROM pg_attribute
    WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped
        AND attgenerated = ''
    ORDER BY attnum
""")
REFERS = text("""
    SELECT one.relname AS table, other.relname AS to FROM pg_constraint
        JOIN pg_class AS one ON one.oid = conrelid
        JOIN pg_class AS other ON other.oid = confrelid
    WHERE contype = 'f' AND one.relnamespace = current_schema()::regnamespace
""")
NUMBERED = text("""
    SELECT relname AS table, attname AS column,
           pg_get_serial_sequence(quote_ident(relname), attname) AS sequence
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND attidentity <> ''
        AND NOT attisdropped
""")

REVOKED = text("""
    SELECT key_id, revoked_at FROM api_keys
    WHERE workspace_id = current_setting('assist.workspace') AND revoked_at IS NOT NULL
""")
REVOKE = text("""
    UPDATE api_keys SET revoked_at = :revoked_at
    WHERE workspace_id = current_setting('assist.workspace') AND key_id = :key_id
        AND revoked_at IS NULL
""")

CUSTOMERS = text("""
    SELECT customer_id FROM cases
    WHERE workspace_id = current_setting('assist.workspace') AND customer_id IS NOT NULL
    UNION SELECT customer_id FROM suggestions
    WHERE workspace_id = current_setting('assist.workspace') AND customer_id IS NOT NULL
    UNION SELECT customer_id FROM grants
    WHERE workspace_id = current_setting('assist.workspace')
    UNION SELECT body->'ticket'->'customer'->>'id' FROM case_events
    WHERE workspace_id = current_setting('assist.workspace') AND kind IN ('opened', 'message')
        AND body->'ticket'->'customer'->>'id' IS NOT NULL
""")
TICKETS = text("""
    SELECT ticket_id FROM cases WHERE workspace_id = current_setting('assist.workspace')
    UNION SELECT ticket_id FROM suggestions
    WHERE workspace_id = current_setting('assist.workspace')
    UNION SELECT ticket_id FROM consultations
    WHERE workspace_id = current_setting('assist.workspace')
    UNION SELECT ticket_id FROM grants WHERE workspace_id = current_setting('assist.workspace')
""")


def made_anew(table: str) -> bool:
    """Whether a table is in no backup: what stood there is of no use later, or does harm."""
    return table in SIGNED_IN or table.startswith(QUEUE)
