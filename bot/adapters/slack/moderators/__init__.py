"""Take what moderators do in Slack: review, settings, entries of replies, and why."""
