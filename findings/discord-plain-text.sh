#!/usr/bin/env bash
# discord.py 2.7.1
# Expected: discord.utils.remove_markdown gives the words of a message without their styles; its documentation says
# that with ignore_links, which is the default, links are left alone.
# Instead a link with a label goes as a whole, its words included.
# Seen: "'See [the guide](https://faq.example/start) first.' became 'See  first.'" and
#       "'[how do I log in](https://faq.example/login)?' became '?'"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet discord.py==2.7.1

timeout 60 "$folder/venv/bin/python" - <<'PYTHON'
import sys

import discord

ASKED = {
    "See [the guide](https://faq.example/start) first.": "See  first.",
    "[how do I log in](https://faq.example/login)?": "?",
    "See https://faq.example/start first.": "See https://faq.example/start first.",
}

found = {text: discord.utils.remove_markdown(text) for text in ASKED}
for text, plain in found.items():
    print(f"{text!r} became {plain!r}")
if found != ASKED:
    sys.exit("CHANGED: remove_markdown does something else with links")
PYTHON
