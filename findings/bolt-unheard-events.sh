#!/usr/bin/env bash
# slack_bolt 1.30.0
# Expected: Slack wants an answer of 2xx to each event, and otherwise sends it up to three times more. Bolt acknowledges
# events by itself, so one that no listener is interested in is acknowledged and dropped.
# Instead it is answered with 404. Who listens to messages is sent every edit and removal of one as well, which
# app.message does not hear.
# Seen: "a message: 200", "its edit: 404", "its removal: 404" and "somebody joins: 404"
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

MESSAGE = {"type": "message", "text": "Where?", "user": "U1", "channel": "C1", "channel_type": "channel", "ts": "1.1"}
EVENTS = {
    "a message": MESSAGE,
    "its edit": {**MESSAGE, "subtype": "message_changed", "message": MESSAGE, "previous_message": MESSAGE},
    "its removal": {**MESSAGE, "subtype": "message_deleted", "previous_message": MESSAGE},
    "somebody joins": {**MESSAGE, "subtype": "channel_join"},
}

logging.disable(logging.CRITICAL)  # what no listener takes is logged


def authorize(**_known: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U9", bot_id="B9", bot_token="xoxb-none")


app = App(
    authorize=authorize, signing_secret="none", request_verification_enabled=False, process_before_response=True
)
app.message()(lambda message: None)
found = {}
for name, event in EVENTS.items():
    body = {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": event}
    request = BoltRequest(body=json.dumps(body), headers={"content-type": "application/json"})
    found[name] = app.dispatch(request).status
    print(f"{name}: {found[name]}")
if list(found.values()) != [200, 404, 404, 404]:
    sys.exit("CHANGED: Bolt acknowledges events that nobody listens to, or refuses others")
PYTHON
