"""Connect the bot to Slack."""
