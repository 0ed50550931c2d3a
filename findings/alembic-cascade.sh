#!/usr/bin/env bash
# alembic 1.20.1 with SQLAlchemy 2.1.9 and SQLite
# Expected: the documentation says of batch operations that where foreign keys refer to the table and are enforced, to
# drop it raises an error. So a migration that forgets to switch them off should fail, and change nothing.
# Instead nothing is raised where the keys have ON DELETE CASCADE: SQLite deletes the rows of a table before it drops
# it, so all rows of other tables that refer to it go as well. To widen a column of one table empties the next one.
# Seen: "before: 1 entry, 2 phrasings; after a wider column of entries: 1 entry, 0 phrasings"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet alembic==1.20.1 SQLAlchemy==2.1.9

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

engine = sa.create_engine("sqlite:///faq.db")


@sa.event.listens_for(engine, "connect")
def enforce(connection, _record) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


metadata = sa.MetaData()
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("title", sa.String(20), nullable=False),
)
phrasings = sa.Table(
    "phrasings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("entry_id", sa.ForeignKey("entries.id", ondelete="CASCADE"), nullable=False),
)
metadata.create_all(engine)


def counts() -> tuple[int, int]:
    with engine.connect() as connection:
        return tuple(connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in (entries, phrasings))


with engine.begin() as connection:
    connection.execute(entries.insert(), {"id": 1, "title": "Opening hours"})
    connection.execute(phrasings.insert(), [{"id": 1, "entry_id": 1}, {"id": 2, "entry_id": 1}])
before = counts()
try:
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("entries") as batch:
            batch.alter_column("title", type_=sa.String(200))
except sa.exc.DBAPIError as error:
    sys.exit(f"CHANGED: a table that is referred to is not dropped any more ({error.orig})")
after = counts()
print(
    f"before: {before[0]} entry, {before[1]} phrasings;"
    f" after a wider column of entries: {after[0]} entry, {after[1]} phrasings"
)
if (before, after) != ((1, 2), (1, 0)):
    sys.exit("CHANGED: to alter a table in a batch leaves the rows of others, or fails")
PYTHON
