#!/usr/bin/env bash
# SQLite by sqlite3 of Python's standard library (seen with SQLite 3.40.1 and Python 3.11.7; nothing is installed)
# Expected: the documentation of Connection.close says that changes which were not committed are lost, as SQLite itself
# rolls back what is open on a connection that closes. So its lock is gone, and others can write.
# Instead the transaction and its lock stay for as long as anything refers to a cursor that has rows left, such as the
# traceback of an exception that a log still holds. After connection.rollback() they do not.
# Seen: "closed, cursor alive: database is locked", "cursor gone: written" and "rolled back and closed: written"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cd "$folder"
timeout 60 python3 - <<'PYTHON'
import platform
import sqlite3
import sys


def begun():
    """Return a connection in a transaction that writes, and a cursor that has a row left."""
    connection = sqlite3.connect("faq.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    cursor = connection.execute("SELECT 'Where?' UNION ALL SELECT 'Who?'")
    cursor.fetchone()
    return connection, cursor


def write():
    """Return what becomes of somebody else who writes."""
    other = sqlite3.connect("faq.db", isolation_level=None, timeout=0.1)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("COMMIT")
    except sqlite3.OperationalError as error:
        return str(error)
    finally:
        other.close()
    return "written"


print(f"SQLite {sqlite3.sqlite_version}, Python {platform.python_version()}")
connection, cursor = begun()
connection.close()
alive = write()
print(f"closed, cursor alive: {alive}")
del cursor
gone = write()
print(f"cursor gone: {gone}")
connection, cursor = begun()
connection.rollback()
connection.close()
rolled_back = write()
print(f"rolled back and closed: {rolled_back}")
if (alive, gone, rolled_back) != ("database is locked", "written", "written"):
    sys.exit("CHANGED: a connection that is closed leaves no lock behind, or to roll back does not help")
PYTHON
