"""Put the bot on Discord."""
