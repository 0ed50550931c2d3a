"""Write to the bot alone, the same on both platforms."""

from bot.adapters.discord.showing.parts import DiscordAction
from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.discord.bots import button
from tests.contract.sides import DiscordSide, Side, SlackSide, Written
from tests.loopback.discord import people
from tests.loopback.discord.invoking import click


async def tells(side: Side, who: str, text: str) -> list[str]:
    """Write to the bot alone, and return what it says to that."""
    before = len(side.asked_directly(who))
    await writes(side, who, text)
    await side.settle()
    return side.asked_directly(who)[before:]


async def writes(side: Side, who: str, text: str) -> Written:
    """Write to the bot alone."""
    if isinstance(side, SlackSide):
        message = await side.member(who).says(side.member(who).direct, text)
        side.messages[message.ts] = message
        return Written(message.ts, who, message)
    assert isinstance(side, DiscordSide)
    written = await people.write_directly(side.loopback, side.member(who), text)
    return Written(str(written), who, written)


async def presses(side: Side, who: str, what: str) -> None:
    """Press a button of the last message that the bot wrote to somebody alone."""
    if isinstance(side, SlackSide):
        *_, reply = side._direct(who)  # noqa: SLF001  # of the same tests
        await side.member(who).clicks(reply, SlackAction[what.upper()])
    elif isinstance(side, DiscordSide):
        channel, (*_, said) = side._direct(who)  # noqa: SLF001  # as above
        where = people.Who(channel, side.member(who))
        await click(side.loopback, where, int(said["id"]), button(said, DiscordAction[what.upper()]))
    await side.settle()


def stranger(side: Side, who: str) -> None:
    """Add somebody who is in no workspace that the bot serves, and may write to it."""
    if isinstance(side, SlackSide):
        side.members[who] = side.office.slack.member(who, team_id="T0ELSEWHERE", is_stranger=True)
    elif isinstance(side, DiscordSide):
        user = side.member(who)
        del side.loopback.world.guild(side.guild).members[user]
