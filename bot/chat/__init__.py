"""Decide what the bot does in a conversation, once for all platforms: they hand in facts."""
