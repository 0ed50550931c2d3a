#!/usr/bin/env bash
# slack_bolt 1.30.0
# Expected: Slack's page on listening to messages has a plain string match any message that contains it, and re.compile
# as what to give instead where a pattern is wanted; in Bolt for JavaScript a string is looked for as it is.
# Instead a string is a regular expression too. So a question with brackets and a question mark is found in others, and
# one with a dollar sign is not even found in itself.
# Seen: "'What does it cost (monthly)?' is found in 'What does it cost to leave?': True" and
#       "'Is it $5 a month?' is found in 'Is it $5 a month?': False"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet slack_bolt==1.30.0

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import json
import logging
import sys

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

COST, PRICE = "What does it cost (monthly)?", "Is it $5 a month?"
CASES = {(COST, COST): True, (COST, "What does it cost to leave?"): True, (PRICE, PRICE): False}

logging.disable(logging.CRITICAL)  # what no listener takes is logged


def authorize(**_known: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U9", bot_id="B9", bot_token="xoxb-none")


def is_found(keyword: str, text: str) -> bool:
    """Tell whether a listener for the keyword hears a message of this text."""
    heard = []
    app = App(
        authorize=authorize, signing_secret="none", request_verification_enabled=False, process_before_response=True
    )
    app.message(keyword)(lambda message: heard.append(message["text"]))
    event = {"type": "message", "text": text, "user": "U1", "channel": "C1", "channel_type": "channel", "ts": "1.1"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": event}
    app.dispatch(BoltRequest(body=json.dumps(body), headers={"content-type": "application/json"}))
    return heard == [text]


found = {case: is_found(*case) for case in CASES}
for (keyword, text), whether in found.items():
    print(f"{keyword!r} is found in {text!r}: {whether}")
if found != CASES:
    sys.exit("CHANGED: Bolt takes a keyword for something else than a pattern")
PYTHON
