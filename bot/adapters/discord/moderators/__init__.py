"""Take what moderators do on Discord: review, settings, entries of replies, and why."""
