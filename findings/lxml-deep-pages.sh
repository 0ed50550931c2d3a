#!/usr/bin/env bash
# lxml 6.1.3, selectolax 1.0.2
# Expected: lxml reads a page as browsers do; its documentation has the parser try hard to get through broken HTML, and
# this one is not broken. Where it leaves something out, it raises an error.
# Instead a page ends where elements are nested more than some 250 deep: neither what is in them nor what comes after
# is there, and nothing is raised. Only error_log has it. With huge_tree=True the page is whole.
# Seen: "lxml: 'Where? Here. '", "lxml, huge_tree: 'Where? Here. Why? So. Who? Me.'",
#       "selectolax: 'Where? Here. Why? So. Who? Me.'" and "error_log: Excessive depth in document: 256, ..."
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet lxml==6.1.3 selectolax==1.0.2

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

from lxml import html
from selectolax.lexbor import LexborHTMLParser

WRAPS = 300
BEFORE, WITHIN, AFTER = "Where? Here. ", "Why? So. ", "Who? Me."
PAGE = f"<body><p>{BEFORE}</p>{'<div>' * WRAPS}<p>{WITHIN}</p>{'</div>' * WRAPS}<p>{AFTER}</p></body>"

usual, huge = html.HTMLParser(), html.HTMLParser(huge_tree=True)
found = {
    "lxml": html.document_fromstring(PAGE, parser=usual).text_content(),
    "lxml, huge_tree": html.document_fromstring(PAGE, parser=huge).text_content(),
    "selectolax": LexborHTMLParser(PAGE).body.text(),
}
for name, text in found.items():
    print(f"{name}: {text!r}")
print(f"error_log: {usual.error_log.last_error.message}")
whole = BEFORE + WITHIN + AFTER
if found != {"lxml": BEFORE, "lxml, huge_tree": whole, "selectolax": whole}:
    sys.exit("CHANGED: lxml reads what is nested deep, or another parser does not")
PYTHON
