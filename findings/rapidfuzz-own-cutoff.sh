#!/usr/bin/env bash
# RapidFuzz 3.14.6
# Expected: the documentation of fuzz.ratio says of score_cutoff that 0 is returned where the ratio is less than it. So
# a pair passes at a threshold that is its own score, as when one is set to the least score of a list of good pairs;
# and process.extractOne, which does the same with many choices, agrees.
# Instead some pairs score 0 at their own score, and the two disagree on them. Compared with >=, they pass.
# Seen: "ratio: 81.08108108108108; with that as score_cutoff: 0.0; extractOne: 81.08108108108108"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet RapidFuzz==3.14.6

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

from rapidfuzz import fuzz, process

ASKED, ENTRY = "Where is my order?", "Where is my parcel?"

score = fuzz.ratio(ASKED, ENTRY)
again = fuzz.ratio(ASKED, ENTRY, score_cutoff=score)
best = process.extractOne(ASKED, [ENTRY], scorer=fuzz.ratio, score_cutoff=score)
print(f"ratio: {score!r}; with that as score_cutoff: {again!r}; extractOne: {best and best[1]!r}")
if again != 0 or best is None or best[1] != score:
    sys.exit("CHANGED: a pair passes at its own score, or in neither way")
PYTHON
