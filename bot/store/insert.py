"""Insert rows that may be there already, which SQLAlchemy spells differently for each database."""

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Transaction
from bot.store.tables import Table


def insert_into(tx: Transaction, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """Return a statement that can say what is to be done about a row that is there."""
    return postgresql.insert(table) if tx.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
