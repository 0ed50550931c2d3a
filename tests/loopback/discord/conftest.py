"""Start a Discord for each test of the loopback."""

from tests.loopback.discord.fixtures import asker, client, guild, loopback

__all__ = ["asker", "client", "guild", "loopback"]
