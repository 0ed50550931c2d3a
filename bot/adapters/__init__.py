"""Connect the bot to platforms: each package translates its events and messages, and has no rule of the product."""
