"""Bring the words that are kept of phrasings and questions in line with how those of other scripts are read now."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

# Not written out here: what is kept is compared with what the bot makes of a text, whichever version migrates.
from bot.core.searching.text import normalise

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PHRASES = sa.table(
    "phrases",
    sa.column("id", sa.Integer),
    sa.column("text", sa.Text),
    sa.column("normalised", sa.Text),
    sa.column("audience", sa.Text),
    sa.column("locale", sa.Text),
)
QUESTIONS = sa.table(
    "questions", sa.column("id", sa.Integer), sa.column("text", sa.Text), sa.column("normalised", sa.Text)
)
AT_ONCE = 500


def upgrade() -> None:
    """Write the words again where they differ; a phrasing that now says what another one says keeps its old ones.

    It is found as before, and the next person to change its entry is told which other one has it.
    """
    connection = op.get_bind()
    for row, words in _changed(PHRASES):
        taken = sa.select(PHRASES.c.id).where(
            PHRASES.c.normalised == words, PHRASES.c.audience == row["audience"], PHRASES.c.locale == row["locale"]
        )
        if words and connection.execute(taken).first() is None:
            _write(PHRASES, row["id"], words)
    for row, words in _changed(QUESTIONS):
        _write(QUESTIONS, row["id"], words)


def downgrade() -> None:
    """Leave them: a phrasing is written again when its entry changes."""


def _changed(table: sa.TableClause) -> Iterator[tuple[sa.RowMapping, str]]:
    """Yield the rows whose words are others now, and those; ASCII is read as ever."""
    for rows in _pages(table):
        for row in rows:
            if not row["text"].isascii() and (words := normalise(row["text"])) != row["normalised"]:
                yield row, words


def _pages(table: sa.TableClause) -> Iterator[Sequence[sa.RowMapping]]:
    last = 0
    there = sa.select(table).where(table.c.text.is_not(None), table.c.normalised.is_not(None))
    page = there.where(table.c.id > sa.bindparam("last")).order_by(table.c.id).limit(AT_ONCE)
    while rows := op.get_bind().execute(page, {"last": last}).mappings().all():
        yield rows
        last = rows[-1]["id"]


def _write(table: sa.TableClause, number: int, words: str) -> None:
    op.get_bind().execute(sa.update(table).where(table.c.id == number).values(normalised=words))
