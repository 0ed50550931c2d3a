"""Run the revisions on the connection, and in the transaction, that bot.store.migration hands over."""

from alembic import context

from bot.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    # SQLite alters most things only by making the table again.
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
