"""Settings of the bot on Discord."""

from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from bot.config.wording import HTTP, WEBSOCKET, Wording, listed, pairs

API_URL = "https://discord.com/api/v10"
GATEWAY_URL = "wss://gateway.discord.gg"


class DiscordSettings(BaseSettings):
    """How to reach Discord, and which servers, channels and people count there."""

    discord_token: Annotated[
        SecretStr | None,
        Field(min_length=1, repr=False, description="Token of the bot on Discord."),
        Wording("the token of a bot", "none: not on Discord"),
    ] = None

    discord_api_url: Annotated[
        str,
        Field(pattern=HTTP, description="Address of Discord's API, for a proxy."),
        Wording("an address that begins with http:// or https://", f"`{API_URL}`"),
    ] = API_URL

    discord_gateway_url: Annotated[
        str,
        Field(pattern=WEBSOCKET, description="Address of Discord's gateway, for a proxy."),
        Wording("an address that begins with ws:// or wss://", f"`{GATEWAY_URL}`"),
    ] = GATEWAY_URL

    discord_message_content: Annotated[
        bool,
        Field(description="Whether to read messages that do not mention the bot; Discord calls it an intent."),
        Wording("true or false", "`True`"),
    ] = True

    discord_servers: Annotated[
        frozenset[int],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of the servers to serve, with commas between them; all others are ignored."),
        Wording("ids of servers with commas between them", "that of the review channel, else the only one"),
    ] = frozenset()

    discord_moderator_roles: Annotated[
        frozenset[int],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of the roles whose members are moderators, with commas between them."),
        Wording("ids of roles with commas between them", "whoever may manage messages"),
    ] = frozenset()

    discord_helper_roles: Annotated[
        frozenset[int],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of the roles whose members help others, beside moderators, with commas between them."),
        Wording("ids of roles with commas between them", "moderators alone"),
    ] = frozenset()

    discord_trusted_roles: Annotated[
        frozenset[int],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of the roles whose marked solutions become answers without approval."),
        Wording("ids of roles with commas between them", "none"),
    ] = frozenset()

    discord_on_call_role: Annotated[
        int | None,
        Field(ge=1, description="Id of the role to mention when somebody asks for a person."),
        Wording("the id of a role", "none"),
    ] = None

    discord_review_channel: Annotated[
        int | None,
        Field(ge=1, description="Id of the moderators' channel, where review items are shown."),
        Wording("the id of a channel", "none"),
    ] = None

    discord_bots: Annotated[
        frozenset[int],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of other bots and webhooks to answer like people, with commas between them."),
        Wording("ids of bots with commas between them", "none"),
    ] = frozenset()

    discord_regions: Annotated[
        dict[int, str],
        NoDecode,
        BeforeValidator(pairs),
        Field(description="Roles that stand for a region of the answers, each as `id=region`, with commas between."),
        Wording("pairs such as 1001=EU with commas between them", "none: members are asked"),
    ] = Field(default_factory=dict)

    discord_delete_secrets: Annotated[
        bool,
        Field(description="Whether to delete messages that hold a seed phrase or a private key."),
        Wording("true or false", "`False`"),
    ] = False

    discord_solved_tag: Annotated[
        str | None,
        Field(min_length=1, max_length=20, description="Tag that a forum post gets when the answer helped."),
        Wording("the name of a tag", "none"),
    ] = None

    discord_close_solved: Annotated[
        bool,
        Field(description="Whether to close a forum post when the answer helped."),
        Wording("true or false", "`False`"),
    ] = False

    discord_shard_count: Annotated[
        int | None,
        Field(ge=1, le=16_384, description="How many shards all processes together have."),
        Wording("a whole number from 1 to 16384", "what Discord proposes"),
    ] = None

    discord_shard_ids: Annotated[
        tuple[Annotated[int, Field(ge=0)], ...],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Which of the shards are this process's own, with commas between them; counted from 0."),
        Wording("numbers of shards with commas between them", "all"),
    ] = ()
