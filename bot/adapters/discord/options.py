"""Options of the connection to Discord: tokens, addresses and ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.models import Permalink

API_URL = "https://discord.com/api/v10"
GATEWAY_URL = "wss://gateway.discord.gg"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordOptions:
    """The token, addresses, and ids of roles, channels and people.

    Messages that are not seen to yet wait in the folder `spool`.

    Links lead to `domains` and their subdomains only. Without `servers`, that of the review channel is served, or else
    the only one. Without `moderator_roles`, everybody who may manage messages is a moderator. Moderators and members
    with one of `helper_roles` are helpers; solutions of those with
    one of `trusted_roles` need no approval. `bots` are other bots and webhooks that are answered like people. Without
    `message_content` the bot reads only what is meant for it. A post whose answer helped gets the tag with the name
    `solved_tag`. `regions` are those that roles stand for.
    `permalink` leads to messages of all platforms.
    """

    token: str = field(repr=False)
    spool: Path
    api_url: str = API_URL
    gateway_url: str = GATEWAY_URL
    domains: frozenset[str] = frozenset()
    servers: frozenset[int] = frozenset()
    moderator_roles: frozenset[int] = frozenset()
    helper_roles: frozenset[int] = frozenset()
    trusted_roles: frozenset[int] = frozenset()
    on_call_role: int | None = None
    review_channel: int | None = None
    bots: frozenset[int] = frozenset()
    regions: Mapping[int, str] = field(default_factory=dict)
    message_content: bool = True
    shard_ids: tuple[int, ...] = ()
    shard_count: int | None = None
    delete_secrets: bool = False
    flag_links: bool = True
    solved_tag: str | None = None
    close_solved: bool = False
    permalink: Permalink = lambda _: None
