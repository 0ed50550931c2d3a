"""Show that all log lines of one question carry one id, and those of another one another."""

import asyncio
import logging
from collections import defaultdict

import pytest

from bot.service.app import App
from bot.service.trace import TRACE, trace_of
from tests.service.samples import ask, question


class Noting(logging.Handler):
    """Note the lines of the services by the id that was in force when each was logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str | None, list[str]] = defaultdict(list)

    def emit(self, record: logging.LogRecord) -> None:
        """Note one line."""
        self.lines[TRACE.get()].append(record.getMessage())


async def test_questions_at_once_keep_their_own_ids(app: App, caplog: pytest.LogCaptureFixture) -> None:
    noting = Noting()
    logger = logging.getLogger("bot.service")
    logger.addHandler(noting)
    try:
        with caplog.at_level(logging.DEBUG, "bot.service"):
            await asyncio.gather(*(ask(app, "How much does it cost?", message_id=f"m{number}") for number in range(4)))
    finally:
        logger.removeHandler(noting)
    assert dict(noting.lines) == {
        trace_of(question("x", message_id=f"m{number}")): ["question.received", "question.decided"]
        for number in range(4)
    }
    assert TRACE.get() is None


def test_the_id_is_of_the_message_and_not_of_its_text() -> None:
    first = trace_of(question("x", message_id="m1"))
    assert first == trace_of(question("y", message_id="m1"))
    assert first != trace_of(question("x", message_id="m2"))
