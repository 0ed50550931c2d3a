"""Notify moderators of secrets that somebody posted; Slack lets no bot delete what others wrote."""

import logging

from bot.adapters.slack.addresses import domains_with
from bot.adapters.slack.showing.answers import notice_message
from bot.adapters.slack.slackbot import SlackBot, actor
from bot.core.models import Question
from bot.service.deliveries import NotSent

_log = logging.getLogger(__name__)


async def tell_moderators(bot: SlackBot, question: Question, *, may_delete: bool) -> bool:
    """Notify the review channel which message has a secret and who wrote it; the notice has nothing of the text."""
    del may_delete
    if bot.options.review_channel is None:
        return True
    author = await bot.messenger.names.within(actor(question.author_id))
    notice = notice_message(author, url=bot.messenger.permalink(question.ref), domains=domains_with(bot.me))
    outcome = await bot.messenger.say(bot.options.review_channel, notice)
    if isinstance(outcome, NotSent):
        _log.warning("slack.leak_notice.failed", extra={"fault": outcome.fault})
        return False
    return True
