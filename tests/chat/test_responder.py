"""Show how many questions are decided and logged at once."""

import asyncio
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from bot.chat.apps import OneApp
from bot.chat.messenger import Messenger
from bot.chat.responder import Responder
from bot.core.manners import ChannelSettings
from bot.core.models import Mode, Question, Unanswered
from bot.service.app import App
from bot.service.claims import Spool
from bot.service.limits import Written
from bot.service.questions import Asked, AskService
from tests.service.samples import question

_ALL = 50


class Counted(AskService):
    """Count how many ask at once; nobody gets a decision before some have asked."""

    def __init__(self, enough: int) -> None:
        self.now = self.most = 0
        self._enough = enough
        self._is_enough = asyncio.Event()

    async def ask(
        self, question: Question, *, wait: timedelta = timedelta(), written: Written = lambda _: None
    ) -> Asked:
        """Decide that there is no answer."""
        del wait, written
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == self._enough:
            self._is_enough.set()
        await self._is_enough.wait()
        self.now -= 1
        return Asked(question_id=question.ref.message_id, decision=Unanswered())


async def no_locale(_: object) -> None:
    """Return what a platform says that tells no locale."""


async def test_a_burst_waits_for_its_turn_and_not_in_the_database(service: App, tmp_path: Path) -> None:
    counted = Counted(enough=8)
    with closing(Spool(tmp_path, "slack")) as spool:
        # No message is sent: nothing fits.
        messenger = SimpleNamespace(written_at=lambda _: None, locale_of=no_locale)
        responder = Responder(OneApp(replace(service, ask=counted)), cast("Messenger", messenger), spool)
        questions = [question("cat", message_id=f"{number}") for number in range(_ALL)]

        await asyncio.gather(*(responder.receive(one, ChannelSettings(mode=Mode.MENTION)) for one in questions))

    assert counted.most == 8
