"""Share what was answered in private."""

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack.actions import Press, pressed, taken
from bot.adapters.slack.members.incoming import part
from bot.adapters.slack.private import tell, words
from bot.adapters.slack.showing.answers import reply_message
from bot.adapters.slack.showing.ids import Action, shared_answer
from bot.adapters.slack.showing.parts import Message
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.refusals import NOT_NOW
from bot.core.wording.replies import SHARED, STAFF_ONLY
from bot.service.deliveries import Fault, NotSent, Sent

_OK = 200
_CLAIM = "share"


def register(bot: SlackBot) -> None:
    """Listen to the button that shares an answer."""
    bot.app.action(Action.SHARE)(pressed(bot, _share, by=taken, name="take a button"))


async def _share(press: Press) -> None:
    """Share an answer once, however often and wherever the button is taken."""
    channel, value = str(press.body["channel"]["id"]), press.action["value"]
    found = shared_answer(value)
    if found is None:
        return
    claim = await press.app.claims.take(_CLAIM, press.bot.me.workspace_id, channel, value)
    if claim is None:
        return
    if await _is_posted(press, channel, *found):
        await press.app.claims.finish(claim)
        await tell(press.bot, press.body, words(SHARED), replace=True)
    else:
        await press.app.claims.give_back(claim)


async def _is_posted(press: Press, channel: str, question_id: str, entry_id: str) -> bool:
    """Post an answer as those may read it who read the channel, in the thread if it was given in one."""
    bot = press.bot
    settings = await press.app.channels.behaviour(bot.place(channel))
    audience = await bot.places.audience(channel, marked=settings.audience)
    reply = await press.app.ask.choose(entry_id, audience=audience)
    if reply is None:
        await tell(bot, press.body, STAFF_ONLY)
        return False
    if await _post(press, channel, reply_message(reply, question_id=question_id, domains=bot.options.domains)):
        return True
    await tell(bot, press.body, NOT_NOW)
    return False


async def _post(press: Press, channel: str, message: Message) -> bool:
    """Post into a channel and return whether that worked; where the bot is no member, reply to the user's action."""
    thread = part(press.body, "container").get("thread_ts")
    outcome = await press.bot.messenger.say(channel, message, thread=thread)
    if isinstance(outcome, NotSent) and outcome.fault is Fault.GONE and "response_url" in press.body:
        answer = {"response_type": "in_channel", "replace_original": False, **message.sent}
        sent = await AsyncWebhookClient(press.body["response_url"], session=press.bot.client.session).send_dict(answer)
        return sent.status_code == _OK
    return isinstance(outcome, Sent)
