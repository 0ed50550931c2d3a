"""Ask in Slack about threads that nobody writes in any more, and close them."""

from collections.abc import Collection
from datetime import UTC, datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.bot import SlackBot, person, tell
from bot.adapters.slack.histories import Histories, thread_of
from bot.adapters.slack.identity import Identity
from bot.adapters.slack.interactions import Interaction, pressed, taken
from bot.adapters.slack.members.solutions import show_solved
from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.sending import FAULTS, trouble
from bot.adapters.slack.showing.ids import SlackAction
from bot.adapters.slack.showing.parts import SlackMessage, button, mrkdwn, row, section
from bot.chat.stale_threads import LastWord, take_word
from bot.core.wording.labels import Label
from bot.core.wording.languages import Message
from bot.core.wording.stale_threads import IS_CLOSED, STILL_OPEN
from bot.service.conversations import LoggedQuestion
from bot.service.deliveries import NotSent, Sent

_KIND, _QUESTION = "faqbot_stale", "question"


def register(bot: SlackBot) -> None:
    """Listen to the buttons."""
    for action, solved in ((SlackAction.SOLVED, True), (SlackAction.STILL_OPEN, False)):
        step = partial(_say, solved)
        bot.app.action(action)(pressed(bot, step, by=taken, name="take a word on a thread"))


class SlackKeeper:
    """See to threads of the workspace."""

    platform = PLATFORM

    def __init__(self, client: AsyncWebClient, messenger: SlackMessenger, *, me: Identity) -> None:
        self._messenger = messenger
        self._histories = Histories(client, me)
        self._me = me

    def workspaces(self) -> Collection[str]:
        """Return the workspace."""
        return (self._me.workspace_id,)

    async def last_word(self, question: LoggedQuestion, asked: str | None) -> LastWord | NotSent:
        """Return who wrote last in the thread of a question."""
        last = question.ref.message_id
        try:
            async for message in self._histories.thread(question.ref):
                last = max(last, str(message["ts"]), key=float)
        except FAULTS as error:
            return trouble(error)
        at = datetime.fromtimestamp(float(last), UTC)
        return LastWord(at=at, is_new=asked is not None and float(last) > float(asked))

    async def find_asked(self, question: LoggedQuestion) -> Sent | NotSent | None:
        """Return the message that asks about a question."""
        try:
            async for message in self._histories.thread(question.ref):
                if self._histories.is_own(message, _KIND, _QUESTION, question.id):
                    return Sent(str(message["ts"]))
        except FAULTS as error:
            return trouble(error)
        return None

    async def ask(self, question: LoggedQuestion) -> Sent | NotSent:
        """Ask in the thread of a question."""
        place = question.ref
        return await self._messenger.say(place.channel_id, _asking(question.id), thread=thread_of(place))

    async def close(self, question: LoggedQuestion, asked: str) -> Sent | NotSent:
        """Show that the question is closed; Slack itself closes no threads."""
        return await self.show(question, asked, IS_CLOSED)

    async def show(self, question: LoggedQuestion, asked: str, text: Message) -> Sent | NotSent:
        """Put words in the place of what asked about a thread."""
        return await self._messenger.change(question.ref.channel_id, asked, _saying(text, question.id))


def _asking(question_id: str) -> SlackMessage:
    said = _saying(STILL_OPEN, question_id)
    buttons = [
        button(Label.SOLVED, SlackAction.SOLVED, question_id),
        button(Label.STILL_OPEN, SlackAction.STILL_OPEN, question_id),
    ]
    return SlackMessage((*said.blocks, row(buttons)), said.text, said.event_type, said.facts)


def _saying(text: Message, question_id: str) -> SlackMessage:
    shown = mrkdwn(str(text))
    return SlackMessage((section(shown),), shown, _KIND, {_QUESTION: question_id})


async def _say(solved: bool, interaction: Interaction) -> None:  # noqa: FBT001  # which button it was
    """Store what somebody says, and put it in the place of the question."""
    bot, who, question_id = interaction.bot, interaction.user_id, str(interaction.action["value"])
    helps = await bot.people.is_moderator(who) or await bot.people.is_helper(who)
    is_theirs, said = await take_word(interaction.app, question_id, person(who), solved=solved, helps=helps)
    if not is_theirs:
        await tell(bot, interaction.body, said)
        return
    where, message = interaction.body["channel"]["id"], interaction.body["message"]
    await bot.messenger.change(where, str(message["ts"]), _saying(said, question_id))
    if solved:
        await show_solved(bot, interaction.app, question_id)
