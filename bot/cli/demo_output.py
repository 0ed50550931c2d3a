"""Show what people type and what the bot replies, and hold it to what was promised."""

from rich.text import Text

from bot.cli.ask import question
from bot.cli.replies import WIDTH, boxed
from bot.cli.terminal import Terminal
from bot.core.models import Audience
from bot.core.wording.replies import Reply
from bot.service.app import App
from bot.service.questions import Asked


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
