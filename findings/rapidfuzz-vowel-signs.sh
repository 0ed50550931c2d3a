#!/usr/bin/env bash
# RapidFuzz 3.14.6
# Expected: utils.default_process makes texts comparable: its documentation has it remove all characters that are not
# alphanumeric, such as punctuation. By Unicode's rules for words (UAX 29, WB4) the marks of a letter stay with it.
# Instead the vowel signs of Hindi, Bengali, Tamil and Thai are taken for punctuation and become spaces, as do the
# accents of letters that are stored in two code points. Words break, and different words are the same.
# Seen: "'दिन' (day) becomes 'द न', 'दान' (gift) becomes 'द न', which score 100"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet RapidFuzz==3.14.6

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

DAY, GIFT = "\u0926\u093f\u0928", "\u0926\u093e\u0928"
BOTH = "\u0926 \u0928"
ACCENTED = "cafe\u0301s"  # as file names of macOS have it

score = fuzz.ratio(DAY, GIFT, processor=default_process)
found = (default_process(DAY), default_process(GIFT), score, default_process(ACCENTED))
print(f"{DAY!r} (day) becomes {found[0]!r}, {GIFT!r} (gift) becomes {found[1]!r}, which score {score:.0f}")
print(f"{ACCENTED!r} becomes {found[3]!r}; as they are, the first two score {fuzz.ratio(DAY, GIFT):.0f}")
if found != (BOTH, BOTH, 100, "cafe s"):
    sys.exit("CHANGED: default_process leaves the marks of letters where they are, or does something else with them")
PYTHON
