#!/usr/bin/env bash
# openpyxl 3.1.5, python-calamine 0.9.1
# Expected: a text that is put in a cell is that text for who opens the workbook. Of texts that are none the
# documentation names those that begin with "=", which are formulas.
# Instead there are two more. "#N/A" and the like are written as errors, which the other reader shows as nothing. And
# "_x000D_" is written as it stands, which by ECMA-376 (part 1, 22.9.2.19) means a carriage return: an answer about
# such codes says something else, although openpyxl itself reads it back unharmed.
# Seen: "openpyxl: ('#N/A', 'Look for _x000D_ in it')" and "python-calamine: ('', 'Look for \r in it')"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet openpyxl==3.1.5 python-calamine==0.9.1

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import openpyxl
import python_calamine

TEXTS = ("#N/A", "Look for _x000D_ in it")

book = openpyxl.Workbook()
book.active.append(TEXTS)
book.save("faq.xlsx")
found = {
    "openpyxl": next(openpyxl.load_workbook("faq.xlsx").active.values),
    "python-calamine": tuple(python_calamine.load_workbook("faq.xlsx").get_sheet_by_index(0).to_python()[0]),
}
for name, row in found.items():
    print(f"{name}: {row}")
if found != {"openpyxl": TEXTS, "python-calamine": ("", "Look for \r in it")}:
    sys.exit("CHANGED: openpyxl writes these texts as texts, or a reader takes them otherwise")
PYTHON
