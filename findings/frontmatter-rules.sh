#!/usr/bin/env bash
# python-frontmatter 1.3.0
# Expected: the documentation says that a text without front matter comes back as it is, with no metadata. In Markdown
# a line of three hyphens is a rule, and a page may put one above each of its sections.
# Instead all from a rule in the first line to the next one is taken for front matter. Where that is no mapping of
# YAML, it is neither metadata nor content: the first section is gone, and no error is raised.
# Seen: "metadata {}, content '## Who may join?\n\nAnybody.'"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet python-frontmatter==1.3.0

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import frontmatter

FIRST, SECOND = "## Where is it?\n\nIn Berlin.", "## Who may join?\n\nAnybody."
PAGE = f"---\n\n{FIRST}\n\n---\n\n{SECOND}\n"

metadata, content = frontmatter.parse(PAGE)
print(f"metadata {metadata}, content {content!r}")
if (metadata, content) != ({}, SECOND):
    sys.exit("CHANGED: a page that begins with a rule is read as a whole, or refused")
PYTHON
