"""Give each test of the loopback a Discord of its own."""

from tests.loopback.discord.fixtures import asker, client, guild, loopback

__all__ = ["asker", "client", "guild", "loopback"]
