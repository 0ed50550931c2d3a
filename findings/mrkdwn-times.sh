#!/usr/bin/env bash
# markdown_to_mrkdwn 0.3.3
# Expected: text without markup stays as it is on its way from Markdown to Slack. By CommonMark (0.31, 6.2) an asterisk
# with a space on both sides opens no emphasis, and one behind a backslash is an asterisk.
# Instead every two asterisks in a line become underscores, in both cases.
# Seen: "'2 * 3 = 6, 4 * 5 = 20' becomes '2 _ 3 = 6, 4 _ 5 = 20'" and
#       "'Dial \*100\*' becomes 'Dial \_100\_'"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet markdown_to_mrkdwn==0.3.3

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

from markdown_to_mrkdwn import SlackMarkdownConverter

CASES = {"2 * 3 = 6, 4 * 5 = 20": "2 _ 3 = 6, 4 _ 5 = 20", r"Dial \*100\*": r"Dial \_100\_"}

convert = SlackMarkdownConverter().convert
found = {text: convert(text) for text in CASES}
for text, converted in found.items():
    print(f"'{text}' becomes '{converted}'")
if found != CASES:
    sys.exit("CHANGED: asterisks that are no markup are left alone, or become something else")
PYTHON
