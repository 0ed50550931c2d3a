"""Make services over a database, fill them, and look at everything that they left behind."""

from datetime import UTC, datetime
from textwrap import dedent

from sqlalchemy import Connection, select

from bot.core.manners import USUAL, Manners
from bot.core.models import Audience, Entry, MessageRef, Question, Surface
from bot.core.searching.lexicon import Lexicon
from bot.formats import Document
from bot.formats.reading import read
from bot.service import Clock
from bot.service.app import App, assemble
from bot.service.questions import Asked
from bot.store import Database
from bot.store.tables import Table
from tests.schemas import on_connection

NOW = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
KEY = b"a key of the tests"

FEES = Entry(id="fees", question="How much does a withdrawal cost?", answer="One coin.", staff_note="Never waive it.")
WEB = Entry(id="freeze-web", question="How do I freeze my account (web)?", answer="Click freeze.")
PHONE = Entry(id="freeze-app", question="How do I freeze my account (app)?", answer="Tap freeze.")
LIMITS = Entry(
    id="limits",
    question="When does compliance raise a deposit ceiling?",
    answer="After the audit by team Zebra.",
    staff_note="Ask Quentin.",
    audience=Audience.INTERNAL,
)
ENTRIES = (FEES, WEB, PHONE, LIMITS)
UNKNOWN = "where is the parrot"


def services(
    database: Database,
    *,
    author_key: bytes | None = KEY,
    clock: Clock = lambda: NOW,
    hedged: bool = False,
    manners: Manners = USUAL,
) -> App:
    """Return the services as the bot has them, but for a clock that stands still."""
    return assemble(
        database,
        lexicon=Lexicon(),
        author_key=author_key,
        clock=clock,
        hedged=hedged,
        manners=manners,
        reviewed=("slack", "discord"),
    )


def question(
    text: str,
    message_id: str = "m1",
    *,
    audience: Audience = Audience.PUBLIC,
    author: str = "U1",
    thread: str = "t1",
) -> Question:
    """Return a question in a thread of Slack."""
    return Question(
        text=text,
        ref=MessageRef(platform="slack", workspace_id="T1", channel_id="C1", thread_id=thread, message_id=message_id),
        author_id=author,
        surface=Surface.MENTION,
        audience=audience,
    )


async def ask(app: App, text: str, message_id: str = "m1", *, audience: Audience = Audience.PUBLIC) -> Asked:
    """Ask one question."""
    return await app.ask.ask(question(text, message_id, audience=audience))


async def dump(url: str) -> str:
    """Return every value in every table, also of those that a test does not think of."""
    return await on_connection(url, _dump)


def _dump(connection: Connection) -> str:
    tables = Table.metadata.sorted_tables
    return "\n".join(f"{table.name}: {row}" for table in tables for row in connection.execute(select(table)))


def faq(text: str, name: str = "faq.yaml") -> Document:
    """Return what a file with this text holds."""
    return read(name, dedent(text).encode())
