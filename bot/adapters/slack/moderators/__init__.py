"""Listeners for moderators in Slack: review, settings, entries from replies, and why."""
