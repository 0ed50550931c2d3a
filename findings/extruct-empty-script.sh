#!/usr/bin/env bash
# extruct 0.18.0
# Expected: with errors="log" or "ignore" what cannot be read is passed over, and the rest of the page is returned; the
# documentation has these log or ignore exceptions in place of raising them.
# Instead one empty JSON-LD script, such as a template leaves where it has nothing to say, takes all others with it: not
# only is the sound FAQPage beside it gone, the key "json-ld" is missing from the result.
# Seen: "with the FAQPage alone: ['FAQPage']" and "with an empty script beside it: nothing, keys: []"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet extruct==0.18.0

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import extruct

FAQ = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [
{"@type": "Question", "name": "Where?", "acceptedAnswer": {"@type": "Answer", "text": "Here."}}]}</script>"""
EMPTY = '<script type="application/ld+json"></script>'


def read(scripts: str) -> dict[str, list[dict[str, object]]]:
    page = f"<!doctype html><html><head><title>FAQ</title>{scripts}</head><body></body></html>"
    return extruct.extract(page, syntaxes=["json-ld"], errors="ignore")


alone, beside = read(FAQ), read(EMPTY + FAQ)
types = [item["@type"] for item in alone.get("json-ld", [])]
print(f"with the FAQPage alone: {types}")
print(f"with an empty script beside it: {beside.get('json-ld') or 'nothing'}, keys: {list(beside)}")
if types != ["FAQPage"] or beside != {}:
    sys.exit("CHANGED: extruct returns what it can read beside an empty script, or cannot read the FAQPage")
PYTHON
