#!/usr/bin/env bash
# SQLite by sqlite3 of Python's standard library (seen with SQLite 3.40.1 and Python 3.11.7; nothing is installed)
# Expected: sqlite3.connect(timeout=...) is documented as the seconds that a connection waits while a table is locked,
# before it raises "database is locked". So each statement waits for so long.
# Instead PRAGMA journal_mode = WAL does not wait at all; BEGIN IMMEDIATE on the same connection does.
# Seen: "BEGIN IMMEDIATE: database is locked after 1.0 s" and "PRAGMA journal_mode = WAL: database is locked after 0.0 s"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cd "$folder"
timeout 60 python3 - <<'PYTHON'
import platform
import sqlite3
import sys
import time

TIMEOUT = 1

print(f"SQLite {sqlite3.sqlite_version}, Python {platform.python_version()}")
first = sqlite3.connect("faq.db", isolation_level=None)
first.execute("CREATE TABLE questions (text)")
first.execute("BEGIN IMMEDIATE")  # as another process does while it makes its tables
second = sqlite3.connect("faq.db", isolation_level=None, timeout=TIMEOUT)
waited = {}
for statement in ("BEGIN IMMEDIATE", "PRAGMA journal_mode = WAL"):
    began = time.monotonic()
    try:
        second.execute(statement)
    except sqlite3.OperationalError as error:
        waited[statement] = time.monotonic() - began
        print(f"{statement}: {error} after {waited[statement]:.1f} s")
begin, switch = waited.get("BEGIN IMMEDIATE", 0), waited.get("PRAGMA journal_mode = WAL", TIMEOUT)
if begin < TIMEOUT * 0.9 or switch > TIMEOUT * 0.5:
    sys.exit("CHANGED: to switch to write-ahead logging heeds the timeout, or to begin a transaction does not")
PYTHON
