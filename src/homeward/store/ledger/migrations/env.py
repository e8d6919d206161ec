"""Alembic's entry: runs the steps on the connection it is handed, one transaction a step."""

from alembic import context

from homeward.store.ledger.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, transactional_ddl=True, transaction_per_migration=True
)
with context.begin_transaction():
    context.run_migrations()
