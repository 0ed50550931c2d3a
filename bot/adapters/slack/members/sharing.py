"""Share what was answered in private."""

from collections import OrderedDict
from dataclasses import dataclass, field

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.refusals import NOT_NOW
from bot.adapters.slack.asides import tell, words
from bot.adapters.slack.members.incoming import part
from bot.adapters.slack.pressing import Press, pressed, taken
from bot.adapters.slack.showing.answers import reply_message
from bot.adapters.slack.showing.ids import Action, shared_answer
from bot.adapters.slack.showing.messages import Message
from bot.adapters.slack.slackbot import SlackBot
from bot.core.replies import SHARED, STAFF_ONLY
from bot.service.delivering import Fault, NotSent, Sent

_MOST = 1_000
_OK = 200


def register(bot: SlackBot) -> None:
    """Listen to the button that shares an answer."""
    bot.app.action(Action.SHARE)(pressed(bot, _Sharing().share, by=taken, name="take a button"))


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Remember what was shared, so that two clicks share it once."""

    done: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)

    async def share(self, press: Press) -> None:
        """Post an answer as those may read it who read the channel, in the thread if it was given in one."""
        found = shared_answer(press.action["value"])
        channel = str(press.body["channel"]["id"])
        if found is None or not self._is_first(channel, press.action["value"]):
            return
        question_id, entry_id = found
        bot = press.bot
        settings = await press.app.channels.behaviour(bot.place(channel))
        audience = await bot.places.audience(channel, marked=settings.audience)
        reply = await press.app.ask.choose(entry_id, audience=audience)
        if reply is None:
            await tell(bot, press.body, STAFF_ONLY)
            return
        message = reply_message(reply, question_id=question_id, domains=bot.options.domains)
        if await _post(press, channel, message):
            await tell(bot, press.body, words(SHARED), replace=True)
            return
        del self.done[channel, press.action["value"]]
        await tell(bot, press.body, NOT_NOW)

    def _is_first(self, channel: str, value: str) -> bool:
        if (channel, value) in self.done:
            return False
        self.done[channel, value] = None
        if len(self.done) > _MOST:
            self.done.popitem(last=False)
        return True


async def _post(press: Press, channel: str, message: Message) -> bool:
    """Post into a channel, and tell whether that was done; one without the bot takes it from whoever shares."""
    thread = part(press.body, "container").get("thread_ts")
    outcome = await press.bot.messenger.say(channel, message, thread=thread)
    if isinstance(outcome, NotSent) and outcome.fault is Fault.GONE and "response_url" in press.body:
        answer = {"response_type": "in_channel", "replace_original": False, **message.sent}
        sent = await AsyncWebhookClient(press.body["response_url"], session=press.bot.client.session).send_dict(answer)
        return sent.status_code == _OK
    return isinstance(outcome, Sent)
