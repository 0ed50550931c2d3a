"""Ask people whether their words may become public FAQ, and store what they answer."""

import logging
from functools import partial

from bot.adapters.slack.bot import SlackBot, person, tell
from bot.adapters.slack.interactions import Interaction, pressed, taken
from bot.adapters.slack.showing.ids import SlackAction
from bot.adapters.slack.showing.parts import SlackMessage, button, mrkdwn, plain_section, row, section
from bot.chat.solving import CONSENT_LABELS, take_consent
from bot.core.review import Consent
from bot.core.wording.languages import speaking
from bot.core.wording.outcomes import CONSENT_QUESTION
from bot.service.deliveries import NotSent
from bot.service.learning import ConsentRequest

_log = logging.getLogger(__name__)
_ACTIONS = {
    Consent.YES: SlackAction.CONSENT_YES,
    Consent.ALWAYS: SlackAction.CONSENT_ALWAYS,
    Consent.NO: SlackAction.CONSENT_NO,
}


def register(bot: SlackBot) -> None:
    """Listen to the buttons."""
    for consent, action in _ACTIONS.items():
        bot.app.action(action)(pressed(bot, partial(_take, consent), by=taken, name="take a consent"))


def ask_author(bot: SlackBot, request: ConsentRequest | None, user_id: str) -> None:
    """Send somebody the question in a direct message, beside what is going on."""
    if request is not None:
        bot.work.start(_ask(bot, request, user_id), name="ask for a consent")


async def _ask(bot: SlackBot, request: ConsentRequest, user_id: str) -> None:
    with speaking(await bot.messenger.names.locale_of(user_id)):
        outcome = await bot.messenger.say(user_id, _message(request))
    if isinstance(outcome, NotSent):
        _log.info("slack.consent.not_asked", extra={"fault": outcome.fault})


def _message(request: ConsentRequest) -> SlackMessage:
    asked = mrkdwn(str(CONSENT_QUESTION))
    buttons = [button(CONSENT_LABELS[each], action, request.suggestion_id) for each, action in _ACTIONS.items()]
    return SlackMessage((section(asked), plain_section(request.text), row(buttons)), asked)


async def _take(consent: Consent, interaction: Interaction) -> None:
    who = person(interaction.user_id)
    told = await take_consent(interaction.app, str(interaction.action.get("value")), who, consent)
    await tell(interaction.bot, interaction.body, told)
