"""Show the life of a question in nine steps, each checked against its promise."""

from bot.cli.ask import encode_all
from bot.cli.demo_output import DemoOutput
from bot.cli.imports import read_paths
from bot.cli.review_screens import show_items, told
from bot.core.models import Answered, Audience, Surface, Unanswered
from bot.resources import resource
from bot.service.questions import Asked
from bot.service.resolutions import NewAnswer

GAP = "do you have a bug bounty?"
GAP_ANSWER = "Yes, through **Support > Report a bug**."
GAP_AGAIN = "is there a bounty for bugs that I report?"
STAFF_ENTRY = "staff-on-call-rota"
STAFF_QUESTION = "who do I page for incidents?"
APP, WEB = "freeze-account-app", "freeze-account-web"


async def play(output: DemoOutput) -> None:
    """Play all steps."""
    await _fill(output)
    await _answers(output)
    await _choices(output)
    await _review(output)
    await _audiences(output)


async def _fill(output: DemoOutput) -> None:
    documents = read_paths([resource("faq_data")])
    report = await output.app.imports.import_documents(documents, actor="demo")
    await encode_all(output.app)
    output.terminal.print(f"A temporary store with the {len(report.new)} entries of the FAQ that ships with the bot.")


async def _answers(output: DemoOutput) -> None:
    output.announce("1. A member asks.")
    _expect_entry(output, await output.ask("ana", "how do I reset my password"), "reset-forgotten-password")
    output.announce("2. Typing errors do no harm.")
    _expect_entry(output, await output.ask("ben", "verificaton code dosnt arive"), "verification-code-not-arriving")


async def _choices(output: DemoOutput) -> None:
    output.announce("3. Two entries are close, so the bot asks which one is meant.")
    asked = await output.ask("ana", "freeze my account")
    offered = [choice.entry_id for choice in asked.reply.choices] if asked.reply else []
    output.promise(kept=set(offered) == {APP, WEB}, outcome="the app or the website to choose from")
    if APP in offered:
        output.type("ana", str(offered.index(APP) + 1))
        output.reply(await output.app.ask.choose(APP, audience=Audience.PUBLIC))


async def _review(output: DemoOutput) -> None:
    output.announce("4. Nothing fits: the bot says so, and keeps the question.")
    for who in ("ben", "cleo"):
        asked = await output.ask(who, GAP)
        output.promise(kept=isinstance(asked.decision, Unanswered), outcome="no answer")
    output.announce("5. Moderators see what had no answer, most askers first.")
    output.type("moderator", "faqbot review list")
    items = await output.app.review.list()
    show_items(output.terminal, items)
    output.promise(kept=[(item.text, item.askers) for item in items] == [(GAP, 2)], outcome="one item of two members")
    if items:
        await _teach(output, items[0].id)


async def _teach(output: DemoOutput, item_id: str) -> None:
    output.announce("6. A moderator answers; it is live at once.")
    output.type("moderator", f'faqbot review answer {item_id} "{GAP_ANSWER}"')
    closed = await output.app.review.answer(item_id, NewAnswer(answer=GAP_ANSWER), actor="demo:moderator")
    output.terminal.print(told(closed, "answered"))
    output.announce("7. The same question in other words.")
    asked = await output.ask("dora", GAP_AGAIN)
    _expect_entry(output, asked, closed.entry.entry.id if closed.entry else None)


async def _audiences(output: DemoOutput) -> None:
    output.announce("8. Staff ask in an internal channel.")
    _expect_entry(output, await output.ask("staff", STAFF_QUESTION, audience=Audience.INTERNAL), STAFF_ENTRY)
    output.announce("9. A member asks the same: what is internal does not exist there.")
    asked = await output.ask("ben", STAFF_QUESTION)
    shown = {asked.reply.entry_id, *(choice.entry_id for choice in asked.reply.choices)} if asked.reply else set()
    behind = await output.app.ask.explain(STAFF_QUESTION, audience=Audience.PUBLIC, surface=Surface.CONSOLE)
    candidates = {match.entry_id for match in behind.ranking.matches}
    output.promise(kept=STAFF_ENTRY not in shown | candidates, outcome="nothing of the internal entry")


def _expect_entry(output: DemoOutput, asked: Asked, entry_id: str | None) -> None:
    kept = isinstance(asked.decision, Answered) and asked.decision.match.entry_id == entry_id
    output.promise(kept=kept, outcome=f"the entry {entry_id}")
