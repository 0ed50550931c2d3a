"""Give each test of the loopback a Slack of its own."""

from tests.loopback.slack.fixtures import mode, run_app, slack, slack_spec

__all__ = ["mode", "run_app", "slack", "slack_spec"]
