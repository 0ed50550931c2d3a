"""Settings of the bot in Slack."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, NoDecode

from bot.config.wording import HTTP, Wording, filled, listed, lower, pairs

API_URL = "https://slack.com/api/"
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2,30}$")]
_Emoji = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_+-]{1,100}$")]


class SlackSettings(BaseSettings):
    """How to reach Slack, and which channels and people count there."""

    slack_bot_token: Annotated[
        SecretStr | None,
        Field(min_length=1, repr=False, description="Token of the bot in Slack."),
        Wording("the bot token of an app, which begins with xoxb-", "none: not in Slack"),
    ] = None

    slack_app_token: Annotated[
        SecretStr | None,
        Field(min_length=1, repr=False, description="Token of the app in Slack, to open sockets with."),
        Wording("the app-level token of an app, which begins with xapp-", "none"),
    ] = None

    slack_signing_secret: Annotated[
        SecretStr | None,
        Field(min_length=1, repr=False, description="Secret with which Slack signs what it sends over HTTP."),
        Wording("the signing secret of an app", "none"),
    ] = None

    slack_mode: Annotated[
        Literal["socket", "http"],
        BeforeValidator(lower),
        Field(description="How events come from Slack: over a `socket` that the bot opens, or by `http` to its port."),
        Wording("socket or http", "`socket`"),
    ] = "socket"

    slack_host: Annotated[
        str,
        Field(min_length=1, description="Address that the server for Slack listens at."),
        Wording("the address of this machine in a network", "`127.0.0.1`"),
    ] = "127.0.0.1"

    slack_port: Annotated[
        int,
        Field(ge=0, le=65_535, description="Port that the server for Slack listens at; 0 takes any that is free."),
        Wording("a whole number from 0 to 65535", "`3000`"),
    ] = 3000

    slack_api_url: Annotated[
        str,
        Field(pattern=HTTP, description="Address of Slack's API, for a proxy."),
        Wording("an address that begins with http:// or https://", f"`{API_URL}`"),
    ] = API_URL

    slack_moderators: Annotated[
        frozenset[_Id],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of the members and user groups that are moderators, with commas between them."),
        Wording("ids such as U024BE7LH or S0614TZR7 with commas between them", "nobody"),
    ] = frozenset()

    slack_staff: Annotated[
        frozenset[Literal["members"] | _Id],
        NoDecode,
        BeforeValidator(listed),
        Field(
            description="Ids of the members and user groups that read internal entries in private, as moderators do; "
            "`members` are all but guests."
        ),
        Wording("members, or ids such as U024BE7LH or S0614TZR7 with commas between them", "nobody"),
    ] = frozenset()

    slack_helpers: Annotated[
        frozenset[_Id],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of members and user groups that help others, beside moderators, with commas between."),
        Wording("ids such as U024BE7LH or S0614TZR7 with commas between them", "moderators alone"),
    ] = frozenset()

    slack_trusted: Annotated[
        frozenset[_Id],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of members and user groups whose marked solutions become answers without approval."),
        Wording("ids such as U024BE7LH or S0614TZR7 with commas between them", "nobody"),
    ] = frozenset()

    slack_on_call: Annotated[
        _Id | None,
        BeforeValidator(filled),
        Field(description="Id of the user group to mention when somebody asks for a person."),
        Wording("the id of a user group such as S0614TZR7", "none"),
    ] = None

    slack_review_channel: Annotated[
        _Id | None,
        BeforeValidator(filled),
        Field(description="Id of the moderators' channel, where review items are shown."),
        Wording("the id of a channel such as C024BE91L", "none"),
    ] = None

    slack_bots: Annotated[
        frozenset[_Id],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Ids of other bots to answer like people, with commas between them."),
        Wording("ids such as B024BE7LH with commas between them", "none"),
    ] = frozenset()

    slack_regions: Annotated[
        dict[_Id, str],
        NoDecode,
        BeforeValidator(pairs),
        Field(description="Channels that stand for a region of the answers, each as `id=region`, with commas between."),
        Wording("pairs such as C024BE91L=EU with commas between them", "none: members are asked"),
    ] = Field(default_factory=dict)

    slack_solved_reaction: Annotated[
        _Emoji | None,
        BeforeValidator(filled),
        Field(description="Emoji that the bot sets at a question when an answer helped, or a message solved it."),
        Wording("the name of an emoji such as white_check_mark", "none"),
    ] = None

    slack_agent: Annotated[
        bool,
        Field(description="Whether Slack shows the bot as an agent, which some plans lack."),
        Wording("true or false", "`True`"),
    ] = True
