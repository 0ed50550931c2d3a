#!/usr/bin/env bash
# PyYAML 6.0.3
# Expected: SafeLoader and CSafeLoader read the same files, the second one faster; the documentation calls the
# differences subtle and not really significant. By YAML 1.1 and 1.2 a question mark is special only where a plain
# scalar begins, and a tab may stand within one.
# Instead SafeLoader refuses a list of questions in brackets, and a tab in a line of text; CSafeLoader reads both.
# Seen: "'[Where?, Who?]': SafeLoader raised ParserError, CSafeLoader gave ['Where?', 'Who?']" and
#       "'answer: Berlin\tGermany': SafeLoader raised ScannerError, CSafeLoader gave {'answer': 'Berlin\tGermany'}"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet PyYAML==6.0.3

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import yaml

CASES = {
    "[Where?, Who?]": ("raised ParserError", "gave ['Where?', 'Who?']"),
    "answer: Berlin\tGermany": ("raised ScannerError", "gave {'answer': 'Berlin\\tGermany'}"),
}


def read(text: str, loader: type) -> str:
    """Say what a loader makes of a text."""
    try:
        return f"gave {yaml.load(text, Loader=loader)}"
    except yaml.YAMLError as error:
        return f"raised {type(error).__name__}"


found = {text: (read(text, yaml.SafeLoader), read(text, yaml.CSafeLoader)) for text in CASES}
for text, (safe, fast) in found.items():
    print(f"{text!r}: SafeLoader {safe}, CSafeLoader {fast}")
if found != CASES:
    sys.exit("CHANGED: the two loaders of PyYAML agree on these, or differ otherwise")
PYTHON
