"""Put the bot on platforms: each package translates its events and messages, and holds no rule of the product."""
