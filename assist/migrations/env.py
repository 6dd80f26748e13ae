"""Run by Alembic: the changes, in the transaction of the connection that asked for them."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
