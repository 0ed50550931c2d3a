"""Options of the connection to Slack: tokens, addresses and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.core.models import Permalink

PLATFORM = "slack"
API = "https://slack.com/api/"
PORT = 3000
MEMBERS = "members"
"""Every full member of the workspace, where people are listed."""


class Connection(StrEnum):
    """How events come from Slack: over a socket that the bot opens, or as signed requests to a server."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackOptions:
    """Tokens, addresses and people; people are listed by the ids of members and of user groups.

    Messages that are not seen to yet wait in the folder `spool`.

    `staff` may also hold `members`; moderators and `helpers` are helpers, and the solutions of `trusted` ones need no
    approval. Links lead to `domains` and their subdomains only. `bots` are the ids of other bots or of their apps that
    are answered like people. With `agent`, Slack shows the bot as an agent. `regions` are those that channels stand
    for. A question that was solved gets the `solved_reaction`. `permalink` leads to messages of all platforms.
    """

    bot_token: str = field(repr=False)
    spool: Path
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = API
    mode: Connection = Connection.SOCKET
    host: str = "127.0.0.1"
    port: int = PORT
    domains: frozenset[str] = frozenset()
    flag_links: bool = True
    moderators: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    trusted: frozenset[str] = frozenset()
    on_call: str | None = None
    review_channel: str | None = None
    bots: frozenset[str] = frozenset()
    regions: Mapping[str, str] = field(default_factory=dict)
    solved_reaction: str | None = None
    agent: bool = True
    permalink: Permalink = lambda _: None
