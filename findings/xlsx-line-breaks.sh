#!/usr/bin/env bash
# XlsxWriter 3.3.1, openpyxl 3.1.5, python-calamine 0.9.1
# Expected: an answer of two lines, as Windows ends them, that is written to a cell is read as these two lines. For a
# carriage return XlsxWriter writes _x000D_, which is how ECMA-376 (part 1, 22.9.2.19) spells such a character in a cell.
# Instead openpyxl leaves these seven characters in the text. python-calamine decodes them, but turns the number 2 of
# the next cell into 2.0, which openpyxl does not: a program that changes its reader changes its answers.
# Seen: "openpyxl: ('Open it._x000D_\nPress reset.', 2)" and
#       "python-calamine: ('Open it.\r\nPress reset.', 2.0)"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

import openpyxl
import python_calamine
import xlsxwriter

book = xlsxwriter.Workbook("faq.xlsx")
sheet = book.add_worksheet()
sheet.write_string(0, 0, "Open it.\r\nPress reset.")
sheet.write_number(0, 1, 2)
book.close()

found = {
    "openpyxl": next(openpyxl.load_workbook("faq.xlsx").active.values),
    "python-calamine": tuple(python_calamine.load_workbook("faq.xlsx").get_sheet_by_index(0).to_python()[0]),
}
for name, row in found.items():
    print(f"{name}: {row}")
expected = {
    "openpyxl": ("Open it._x000D_\nPress reset.", 2),
    "python-calamine": ("Open it.\r\nPress reset.", 2.0),
}
if repr(found) != repr(expected):  # 2 equals 2.0
    sys.exit("CHANGED: the readers agree on line breaks or numbers, or differ otherwise")
PYTHON
