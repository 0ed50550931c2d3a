"""Listeners for members in Slack: questions, buttons, search, and their own data."""
