"""Show the life of a question in nine steps, each checked against its promise."""

from bot.cli.review_screens import show_items, told
from bot.cli.sources import read_paths
from bot.cli.stage import Stage
from bot.core.models import Answered, Audience, Surface, Unanswered
from bot.resources import resource
from bot.service.asking import Asked
from bot.service.resolving import NewAnswer

GAP = "do you have a bug bounty program?"
GAP_ANSWER = "Yes, through **Support > Report a bug**."
GAP_AGAIN = "is there a bounty for bugs that I report?"
STAFF_ENTRY = "staff-on-call-rota"
STAFF_QUESTION = "who do I page for incidents?"
APP, WEB = "freeze-account-app", "freeze-account-web"


async def play(stage: Stage) -> None:
    """Play all steps."""
    await _fill(stage)
    await _answers(stage)
    await _choices(stage)
    await _review(stage)
    await _audiences(stage)


async def _fill(stage: Stage) -> None:
    documents = read_paths([resource("faq_data")])
    report = await stage.app.importing.import_documents(documents, actor="demo")
    stage.terminal.print(f"A temporary store with the {len(report.new)} entries of the FAQ that ships with the bot.")


async def _answers(stage: Stage) -> None:
    stage.announce("1. A member asks.")
    _expect_entry(stage, await stage.ask("ana", "how do I reset my password"), "reset-forgotten-password")
    stage.announce("2. Typing errors do no harm.")
    _expect_entry(stage, await stage.ask("ben", "verificaton code dosnt arive"), "verification-code-not-arriving")


async def _choices(stage: Stage) -> None:
    stage.announce("3. Two entries are close, so the bot asks which one is meant.")
    asked = await stage.ask("ana", "freeze my account")
    offered = [choice.entry_id for choice in asked.reply.choices] if asked.reply else []
    stage.promise(kept=set(offered) == {APP, WEB}, outcome="the app or the website to choose from")
    if APP in offered:
        stage.type("ana", str(offered.index(APP) + 1))
        stage.reply(await stage.app.ask.choose(APP, audience=Audience.PUBLIC))


async def _review(stage: Stage) -> None:
    stage.announce("4. Nothing fits: the bot says so, and keeps the question.")
    for who in ("ben", "cleo"):
        asked = await stage.ask(who, GAP)
        stage.promise(kept=isinstance(asked.decision, Unanswered), outcome="no answer")
    stage.announce("5. Moderators see what had no answer, most askers first.")
    stage.type("moderator", "faqbot review list")
    items = await stage.app.reviewing.list()
    show_items(stage.terminal, items)
    stage.promise(kept=[(item.text, item.askers) for item in items] == [(GAP, 2)], outcome="one item of two members")
    if items:
        await _teach(stage, items[0].id)


async def _teach(stage: Stage, item_id: str) -> None:
    stage.announce("6. A moderator answers; it is live at once.")
    stage.type("moderator", f'faqbot review answer {item_id} "{GAP_ANSWER}"')
    closed = await stage.app.reviewing.answer(item_id, NewAnswer(answer=GAP_ANSWER), actor="demo:moderator")
    stage.terminal.print(told(closed, "answered"))
    stage.announce("7. The same question in other words.")
    asked = await stage.ask("dora", GAP_AGAIN)
    _expect_entry(stage, asked, closed.entry.entry.id if closed.entry else None)


async def _audiences(stage: Stage) -> None:
    stage.announce("8. Staff ask in an internal channel.")
    _expect_entry(stage, await stage.ask("staff", STAFF_QUESTION, audience=Audience.INTERNAL), STAFF_ENTRY)
    stage.announce("9. A member asks the same: what is internal does not exist there.")
    asked = await stage.ask("ben", STAFF_QUESTION)
    shown = {asked.reply.entry_id, *(choice.entry_id for choice in asked.reply.choices)} if asked.reply else set()
    behind = await stage.app.ask.explain(STAFF_QUESTION, audience=Audience.PUBLIC, surface=Surface.CONSOLE)
    candidates = {match.entry_id for match in behind.ranking.matches}
    stage.promise(kept=STAFF_ENTRY not in shown | candidates, outcome="nothing of the internal entry")


def _expect_entry(stage: Stage, asked: Asked, entry_id: str | None) -> None:
    kept = isinstance(asked.decision, Answered) and asked.decision.match.entry_id == entry_id
    stage.promise(kept=kept, outcome=f"the entry {entry_id}")
