"""Listeners for moderators on Discord: review, settings, entries from replies, and why."""
