"""Run the commands that stand on the input, as JSON, in one process; the checkout is the one on PYTHONPATH."""

import json
import sys

from bot.cli.app import main

for command in json.load(sys.stdin):
    sys.argv = ["faqbot", *command]
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
