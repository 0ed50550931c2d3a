"""Start a Slack for each test of the loopback."""

from tests.loopback.slack.fixtures import mode, run_app, slack, slack_spec

__all__ = ["mode", "run_app", "slack", "slack_spec"]
