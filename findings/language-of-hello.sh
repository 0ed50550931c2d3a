#!/usr/bin/env bash
# langdetect 1.0.9, py3langid 0.3.0
# Expected: of a message that is too short to tell, a detector of languages is unsure. What langdetect returns is
# documented as a probability, and so is the second half of what py3langid's classify returns.
# Instead langdetect is certain that "hola" is Welsh. py3langid says English, as it does of an empty text and with the
# same score, which is higher than that of a whole sentence: it knows nothing of either, and nothing in its answer says
# so. Both take "cant login" for French.
# Seen: "'hola': langdetect says cy at 1.00, py3langid says en at 9.1" and "'': py3langid says en at 9.1" and
#       "'hola, no puedo entrar': langdetect says es at 1.00, py3langid says es at -48.6"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet langdetect==1.0.9 py3langid==0.3.0 numpy==2.4.6

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import langdetect
import py3langid

langdetect.DetectorFactory.seed = 0  # it draws lots otherwise


def by_langdetect(text: str) -> tuple[str, float]:
    best = langdetect.detect_langs(text)[0]
    return best.lang, round(best.prob, 2)


def by_py3langid(text: str) -> tuple[str, float]:
    language, score = py3langid.classify(text)
    return language, round(float(score), 1)


found = {}
for text in ("hola", "cant login", "hola, no puedo entrar"):
    found[text] = (first, sure), (second, score) = by_langdetect(text), by_py3langid(text)
    print(f"{text!r}: langdetect says {first} at {sure:.2f}, py3langid says {second} at {score}")
nothing = by_py3langid("")
print(f"'': py3langid says {nothing[0]} at {nothing[1]}")
languages = {text: (first[0], second[0]) for text, (first, second) in found.items()}
if (
    languages != {"hola": ("cy", "en"), "cant login": ("fr", "fr"), "hola, no puedo entrar": ("es", "es")}
    or found["hola"][0][1] < 0.99
    or not found["hola"][1] == nothing > ("en", found["hola, no puedo entrar"][1][1])
):
    sys.exit("CHANGED: the detectors judge short messages otherwise")
PYTHON
