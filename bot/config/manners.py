"""Read from the settings how the bot behaves among people."""

from datetime import timedelta

from bot.config.general import GeneralSettings
from bot.core.manners import Manners


def manners_of(settings: GeneralSettings) -> Manners:
    """Return how the bot is to behave."""
    return Manners(
        helped_within=timedelta(minutes=settings.helper_minutes),
        per_author=settings.replies_per_author,
        per_channel=settings.replies_per_channel,
        per_workspace=settings.replies_per_workspace,
        unrepeated_for=timedelta(minutes=settings.repeat_minutes),
        in_a_row=timedelta(seconds=settings.burst_seconds),
        on_call_hours=settings.on_call_hours,
        digest=settings.digest,
        cautioned=settings.caution_categories,
        reminded_after=timedelta(hours=settings.reminder_hours),
        held_for=timedelta(hours=settings.draft_hours),
        related=settings.related,
    )
