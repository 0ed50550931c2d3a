#!/usr/bin/env bash
# markdownify 1.2.3 (with beautifulsoup4 4.15.0 and html5lib 1.1)
# Expected: a list becomes a list. By the HTML standard (13.1.2.4, optional tags) the end tag of li, dt and dd may be left
# out where the next of these begins, so a page without them has the same list.
# Instead each item is put into the one before it, and all are written in one line. It parses with html.parser, which
# closes nothing of that; with bs4_options="html5lib" the list is as it should be.
# Seen: "html.parser: '1. Open it- Press reset' and 'Where?: Here. When?: Now.'" and
#       "html5lib: '1. Open it\n2. Press reset' and 'Where?\n:   Here.\n\nWhen?\n:   Now.'"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet markdownify==1.2.3 beautifulsoup4==4.15.0 html5lib==1.1

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

from markdownify import markdownify

STEPS = "<ol><li>Open it<li>Press reset</ol>"
FAQ = "<dl><dt>Where?<dd>Here.<dt>When?<dd>Now.</dl>"
EXPECTED = {
    "html.parser": ("1. Open it- Press reset", "Where?: Here. When?: Now."),
    "html5lib": ("1. Open it\n2. Press reset", "Where?\n:   Here.\n\nWhen?\n:   Now."),
}

found = {"html.parser": (markdownify(STEPS), markdownify(FAQ))}  # as it is by itself
found["html5lib"] = tuple(markdownify(page, bs4_options="html5lib") for page in (STEPS, FAQ))
for parser, (steps, faq) in found.items():
    print(f"{parser}: {steps!r} and {faq!r}")
if found != EXPECTED:
    sys.exit("CHANGED: markdownify makes something else of items without an end tag")
PYTHON
