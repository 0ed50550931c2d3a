"""Answer questions in processes that kill themselves: `python -m tests.service.repliers URL PORT`.

Each process gets a question of its own and is killed one step later than the one before, until one gets through. The
last one comes when all leases are over: it takes up what is left, and gets all questions again, as platforms bring
them again. What is printed is how many were killed, as JSON.
"""

import sys

from sqlalchemy import Engine, event

from bot.service.app import App
from bot.store import Database
from tests.service.conversations import message
from tests.service.deliveries import Watch
from tests.service.samples import FEES, services
from tests.service.senders import Life, post, run

MOST = 100  # more than there are steps


async def work(url: str, port: int, life: Life, watch: Watch) -> None:
    """Answer one question, or whatever others left."""
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, life.step)
    database = Database(url)
    app = services(database, clock=watch)
    if life.left is None:
        while left := await app.conversations.unfinished("slack"):
            for each in left:
                await send(app, each.question.id, each.question.ref.message_id, port, life)
        for number in range(MOST):
            await answer(app, f"m{number}", port, life)
    else:
        await answer(app, f"m{life.left}", port, life)
    await database.aclose()


async def answer(app: App, message_id: str, port: int, life: Life) -> None:
    """Answer a question."""
    asked = await app.ask.ask(message(FEES.question, message_id))
    if asked.reply is not None:
        await send(app, asked.question_id, message_id, port, life)


async def send(app: App, question_id: str, message_id: str, port: int, life: Life) -> None:
    """Post a reply under the id of its question, and say that it was sent."""
    sent = await post(message_id, port, life)
    await app.conversations.sent(question_id, sent.message_id)


if __name__ == "__main__":
    run(work, *sys.argv[1:])
