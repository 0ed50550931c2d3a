"""Send what came later to who asked: the same on each platform."""

from bot.chat.messenger import Messenger, speaking_to
from bot.core.manners import is_unwanted
from bot.service.app import App
from bot.service.deliveries import Fault, NotSent, Outgoing, Sent


async def deliver_due(messenger: Messenger, app: App) -> None:
    """Send later and corrected answers that are due, as their channels are set by now."""

    async def deliver(outgoing: Outgoing) -> Sent | NotSent:
        question = outgoing.question
        settings = await app.channels.behaviour(question.ref.channel)
        if is_unwanted(settings.mode, question.surface):
            return NotSent(Fault.REFUSED)
        async with speaking_to(messenger, question, settings):
            return await messenger.deliver(outgoing)

    await app.deliveries.send_due(messenger.platform, deliver)
