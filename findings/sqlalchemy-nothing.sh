#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with SQLite
# Expected: the documentation says that names which are reserved words of a database are quoted, so that any name of a
# column works: "order" and "group" do.
# Instead a column named "nothing" is not quoted for SQLite, where NOTHING is a keyword since 3.24 (ON CONFLICT DO
# NOTHING): the table cannot be created. On PostgreSQL the same name needs no quotes, and works.
# Seen: "order is quoted: True, nothing is quoted: False, the table is created: False"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet SQLAlchemy==2.1.9

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

quote = sqlite.dialect().identifier_preparer.quote
quoted = [quote(name) != name for name in ("order", "nothing")]
engine = sa.create_engine("sqlite://")
table = sa.Table("shares", sa.MetaData(), sa.Column("nothing", sa.Float))
created = True
try:
    table.create(engine)
except sa.exc.OperationalError:
    created = False
print(f"order is quoted: {quoted[0]}, nothing is quoted: {quoted[1]}, the table is created: {created}")
if (quoted, created) != ([True, False], False):
    sys.exit("CHANGED: a column named nothing is quoted, or needs no quotes")
PYTHON
