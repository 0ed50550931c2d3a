"""Make room for further answers of an entry, each for a locale and a region."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; what an entry has already stays its plain answer."""
    op.create_table(
        "answers",
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("locale", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("question", sa.Text),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "position", name="pk_answers"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_answers_entry_id_entries", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Drop it, with the phrasings of other locales: each entry keeps its plain answer."""
    entries = sa.table("entries", sa.column("id"), sa.column("locale"))
    phrases = sa.table("phrases", sa.column("entry_id"), sa.column("locale"))
    own = sa.exists().where(entries.c.id == phrases.c.entry_id, entries.c.locale == phrases.c.locale)
    op.execute(sa.delete(phrases).where(~own))
    op.drop_table("answers")
