#!/usr/bin/env bash
# alembic 1.20.1 with SQLAlchemy 2.1.9 and SQLite
# Expected: the documentation of batch operations says that a table is made again with the structure of the old one and
# the given changes, names unnamed CHECK constraints as what is left out, and warns of each. What else a table has, stays.
# Instead AUTOINCREMENT, the COLLATE of a column and all triggers of the table go as well, without a warning. So after a
# wider column of something else the id of the last row is given again, "reset" stands beside a unique "Reset", and a
# trigger that kept an index for searching up to date does nothing any more. (Issue 1758 of alembic is about STRICT and
# WITHOUT ROWID, which go in the same way; the flag for AUTOINCREMENT may be given again as table_kwargs.)
# Seen: "before: ids [1, 2, 4], 'reset' beside 'Reset': refused, told by the trigger: 4" and
#       "after: ids [1, 2, 3], 'reset' beside 'Reset': taken, told by the trigger: 0; warnings: 0"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet alembic==1.20.1 SQLAlchemy==2.1.9

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys
import warnings

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

TRIGGER = "CREATE TRIGGER told AFTER INSERT ON phrasings BEGIN INSERT INTO searched VALUES (new.id); END"


def seen(*, altered: bool) -> tuple[list[int], str, int]:
    """Return the ids after the last row was removed, what becomes of another case, and how often the trigger ran."""
    engine = sa.create_engine("sqlite://")
    metadata = sa.MetaData()
    phrasings = sa.Table(
        "phrasings",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.String(200, collation="NOCASE"), unique=True),
        sa.Column("language", sa.String(2)),
        sqlite_autoincrement=True,
    )
    searched = sa.Table("searched", metadata, sa.Column("id", sa.Integer))
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(TRIGGER)
        if altered:
            with Operations(MigrationContext.configure(connection)).batch_alter_table("phrasings") as batch:
                batch.alter_column("language", type_=sa.String(10))
        for text in ("Reset", "Where?", "Who?"):
            connection.execute(phrasings.insert(), {"text": text})
        connection.execute(phrasings.delete().where(phrasings.c.text == "Who?"))
        connection.execute(phrasings.insert(), {"text": "When?"})
        ids = list(connection.scalars(sa.select(phrasings.c.id).order_by(phrasings.c.id)))
        told = connection.scalar(sa.select(sa.func.count()).select_from(searched))
        try:
            connection.execute(phrasings.insert(), {"text": "reset"})
        except sa.exc.IntegrityError:
            return ids, "refused", told
        return ids, "taken", told


with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    before, after = seen(altered=False), seen(altered=True)
for name, (ids, case, told), more in (("before", before, ""), ("after", after, f"; warnings: {len(warned)}")):
    print(f"{name}: ids {ids}, 'reset' beside 'Reset': {case}, told by the trigger: {told}{more}")
if (before, after, len(warned)) != (([1, 2, 4], "refused", 4), ([1, 2, 3], "taken", 0), 0):
    sys.exit("CHANGED: a table that is made again keeps its ids, collations or triggers, or a warning tells")
PYTHON
