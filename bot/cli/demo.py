"""Show the bot's whole life on one screen: nine steps, each checked against its promise."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from rich.text import Text

from bot.cli.ask import converse, encode_all, question
from bot.cli.failures import ExitCode
from bot.cli.imports import read_paths
from bot.cli.replies import WIDTH, boxed
from bot.cli.review_screens import show_items, told
from bot.cli.session import opened, settings_of
from bot.cli.terminal import Terminal, interactive, note
from bot.core.models import Answered, Audience, Surface, Unanswered
from bot.core.wording.replies import Reply
from bot.resources import MODEL, resource
from bot.service.app import App
from bot.service.questions import Asked
from bot.service.resolutions import NewAnswer

GAP = "do you have a bug bounty?"
GAP_ANSWER = "Yes, through **Support > Report a bug**."
GAP_AGAIN = "is there a bounty for bugs that I report?"
STAFF_ENTRY = "staff-on-call-rota"
STAFF_QUESTION = "who do I page for incidents?"
APP, WEB = "freeze-account-app", "freeze-account-web"


class DemoOutput:
    """Show steps one by one, and count those that did not turn out as promised."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.terminal = Terminal(width=WIDTH)
        self.broken = 0

    def announce(self, caption: str) -> None:
        """Print the caption of the next step."""
        self.terminal.print()
        self.terminal.print(Text(caption, style="bold"))

    def type(self, who: str, text: str) -> None:
        """Show what a person types."""
        self.terminal.print(Text.assemble((f"{who} ", "cyan"), ("> ", "dim"), text))

    async def ask(self, who: str, text: str, *, audience: Audience = Audience.PUBLIC) -> Asked:
        """Ask as a person of this name, and show the reply."""
        self.type(who, text)
        asked = await self.app.ask.ask(question(text, audience=audience, author=who))
        self.reply(asked.reply)
        return asked

    def reply(self, reply: Reply | None) -> None:
        """Show a reply in a box."""
        if reply is not None:
            self.terminal.print(boxed(reply), soft_wrap=False)

    def promise(self, *, kept: bool, outcome: str) -> None:
        """Print a warning when a step did not have this outcome."""
        if not kept:
            self.broken += 1
            self.terminal.print(Text(f"This went wrong. Promised was: {outcome}.", style="bold red"))


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
    asked = await output.ask("ana", "how do I freeze my account")
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


def demo(context: typer.Context) -> None:
    """Show what the bot does, on a store of its own. At a terminal you may ask it then."""
    with TemporaryDirectory(prefix="faqbot-demo-") as folder:
        # Nothing of the settings may change the outcome.
        own = {
            "database_url": f"sqlite:///{Path(folder, 'demo.db')}",
            "synonyms": None,
            "author_key": None,
            "model_dir": MODEL,
        }
        with opened(settings_of(context).model_copy(update=own)) as session:
            output = DemoOutput(session.app)
            session.run(play(output))
            if interactive():
                converse(session)
    if output.broken:
        note(f"{output.broken} of the steps did not turn out as promised.")
        raise typer.Exit(ExitCode.FAULT)
