"""Answer questions in Discord and Slack from an FAQ, and learn from what could not be answered."""

__version__ = "0.1.0"
