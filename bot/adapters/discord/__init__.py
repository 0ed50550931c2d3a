"""Connect the bot to Discord."""
