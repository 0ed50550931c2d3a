"""Put the bot on Slack."""
